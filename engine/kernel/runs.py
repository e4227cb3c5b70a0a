"""Running: an instance begins or takes one command, and moves until everything in it waits."""

from datetime import datetime

from engine.kernel import commands, listening, live, scopes, state
from engine.kernel.errors import InstanceOver, NoSuchStart
from engine.kernel.instance import Instance
from engine.kernel.net import Net, net_of
from engine.kernel.nodes import Node
from engine.kernel.parts import Parted
from engine.kernel.port import Advance, Command, Definition, Variables, VariablesSet
from engine.kernel.tokens import ACTING


def start(
    definition: Definition, variables: Variables, at: datetime, start_element: str | None = None, child: bool = False
) -> Advance:
    """Begin an instance at its none start event, or at *start_element*; a *child* tells its parent of uncaught errors."""
    net = net_of(definition)
    begin = _begin(net, start_element)
    instance = Instance(net, child)
    instance.prepare(definition, at)
    root = instance.plant(scopes.stored_all(variables))
    if root.variables:
        instance.emit(VariablesSet(None, dict(root.variables)))
    root.memo["path"], root.memo["brought"] = [begin.element_id], {}
    listening.begin(root, root.node.before)
    root.go(ACTING)
    return _finish(definition, instance)


def _begin(net: Net, start_element: str | None) -> Node:
    for element in (net.process.elements[root] for root in net.process.roots):
        kind = element.event.kind if element.event else "none"
        if element.id == start_element and (element.type == "startEvent" or element.instantiate):
            return net.node(element.id)
        if element.type == "startEvent" and start_element is None and kind == "none":
            return net.node(element.id)
    raise NoSuchStart(process_id=net.process.id, element_id=start_element or "")


def advance(definition: Definition, state_: bytes, command: Command, at: datetime) -> Advance:
    """Carry out one command; the same state and command always give the same result."""
    net = net_of(definition)
    instance = live.take(definition.key, state_)
    if instance is None or instance.spec is not net:
        instance = state.decode(net, state_)
    if instance.has_ended:
        raise InstanceOver
    instance.prepare(definition, at)
    commands.apply(instance, command)
    return _finish(definition, instance, state_)


def _finish(definition: Definition, instance: Instance, before: bytes = b"") -> Advance:
    instance.run()
    stored, effects = state.encode(instance), tuple(instance.effects)
    instance.effects = []
    live.keep(definition.key, bytes(stored), instance)
    return Advance(stored.after(before) if isinstance(stored, Parted) else stored, effects)
