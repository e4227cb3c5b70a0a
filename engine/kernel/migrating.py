"""Migrating a running instance to another version of its process: every visit moves to the element it is mapped to.

A plan maps element ids; what it does not name keeps its id. ``faults`` says what of a plan can never work, ``misfits`` what
does not work for one instance. What waits keeps waiting as it was: jobs, timers, subscriptions and people's tasks go on.
Boundary events and event sub-processes that only the new version has are armed; those that it has no more are disarmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.bpmn.model import Element, MultiInstance, Process
from engine.kernel import state, watches
from engine.kernel.containers import Container
from engine.kernel.errors import InstanceOver
from engine.kernel.gateways import EventBased
from engine.kernel.net import INNER, net_of
from engine.kernel.parts import Parted, nothing
from engine.kernel.tokens import ACTING, WAITING, Token

if TYPE_CHECKING:
    from engine.kernel.nodes import Node
    from engine.kernel.port import Definition, Effect

Plan = Mapping[str, str]
Finding = tuple[str, str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Migrated:
    """An instance on its new version: its state, what was armed and disarmed, and where each open visit is now."""

    state: bytes
    effects: tuple[Effect, ...]
    moved: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Versions:
    """The old and the new version of a process, and which element of the one becomes which of the other."""

    old: Process
    new: Process
    plan: Plan

    def to(self, element_id: str) -> str:
        """Give the element's id in the new version."""
        return self.plan.get(element_id, element_id)

    def has(self, element_id: str) -> bool:
        """Say whether the new version has a place for the element."""
        return self.to(element_id) in self.new.elements

    def flow(self, flow_id: str) -> str | None:
        """Find a flow in the new version: by its id, else the only one between the same elements."""
        flow = self.old.flows[flow_id]
        ends = self.to(flow.source), self.to(flow.target)
        same = self.new.flows.get(flow_id)
        if same is not None and same.target == ends[1]:
            return flow_id
        between = [other.id for other in self.new.flows.values() if (other.source, other.target) == ends]
        return between[0] if len(between) == 1 else None


def faults(versions: Versions) -> list[Finding]:
    """Say what is wrong with a plan whatever runs: the element, a sentence and its facts."""
    found: list[Finding] = []
    for before, after in versions.plan.items():
        if before not in versions.old.elements:
            found.append((before, "The old version has no element {element_id}.", {"element_id": before}))
        elif after not in versions.new.elements:
            found.append((before, "The new version has no element {element_id}.", {"element_id": after}))
        else:
            found += _differences(versions, versions.old.elements[before])
    return found


def misfits(source: Definition, target: Definition, stored: bytes, plan: Plan) -> list[Finding]:
    """Say why an instance cannot be migrated: where it stands that the new version has no place for."""
    versions = Versions(source.process, target.process, plan)
    tokens = state.decode(net_of(source), stored).tasks.values()
    found = [finding for token in tokens for finding in _misfits(versions, token)]
    return list({(element_id, template): (element_id, template, facts) for element_id, template, facts in found}.values())


def migrate(source: Definition, target: Definition, stored: bytes, plan: Plan, at: datetime) -> Migrated:
    """Put an instance that fits (``misfits`` found nothing) on another version; only a new condition that holds already acts."""
    versions, net = Versions(source.process, target.process, plan), net_of(target)
    before = state.decode(net_of(source), stored)
    if before.has_ended:
        raise InstanceOver
    before.prepare(source, at)
    for token in [token for token in before.tasks.values() if token.watch and not versions.has(token.node.element_id)]:
        token.cancel()
    before.codes = {}  # written anew, without those of what has gone
    after = state.restored(net, _renamed(versions, state.plain(before)))
    after.prepare(target, at)
    known = {versions.to(element_id) for element_id in source.process.elements}
    for token in [token for token in after.tasks.values() if not token.watch and token.phase == ACTING]:
        watches.arm_all(token, watches.prepare_all(token, [node for node in _beside(token) if node.element_id not in known]))
    moved = {token.id: token.node.element_id for token in after.tasks.values() if token is not after.root}
    after.run()
    written = state.encode(after)
    if before.touched is not None and not isinstance(written, Parted):
        written = Parted.of(written, nothing, anew=True)
    return Migrated(written, (*before.effects, *after.effects), moved)


def _beside(token: Token) -> tuple[Node, ...]:
    """Give the events that may break into a visit."""
    if "back" in token.memo:
        return ()
    return (*token.node.boundaries, *token.node.starts) if isinstance(token.node, Container) else token.node.boundaries


def _renamed(versions: Versions, value: list[Any]) -> list[Any]:
    """Write a stored state with the ids of the new version."""
    counter, is_child, has_ended, codes, rows = value
    moved = []
    for key, code, parent, condition, phase, watch, flow, memo, *variables in rows:
        way = versions.flow(flow) or flow if flow else 0
        moved.append([key, code, parent, condition, phase, watch, way, _memo(versions, memo) if memo else 0, *variables])
    return [counter, is_child, has_ended, [_code(versions, code) for code in codes], moved]


def _code(versions: Versions, code: str) -> str:
    return versions.to(code.removesuffix(INNER)) + (INNER if code.endswith(INNER) else "")


def _memo(versions: Versions, memo: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(memo)
    for name in memo.keys() & {"path", "next"}:
        found[name] = [versions.to(element_id) for element_id in memo[name]]
    if "past" in memo:
        found["past"] = _dones(versions, memo["past"])
    if "undo" in memo:
        found["undo"] = {number: [_dones(versions, dones), by] for number, (dones, by) in memo["undo"].items()}
    if "gone" in memo:
        gone = memo["gone"].items()
        found["gone"] = {_code(versions, code): [versions.flow(flow) or flow for flow in flows] for code, flows in gone}
    return found


def _dones(versions: Versions, dones: Iterable[list[Any]]) -> list[Any]:
    return [
        [
            versions.to(element_id),
            _code(versions, code),
            _code(versions, handler) if handler else "",
            variables,
            _dones(versions, inner),
        ]
        for element_id, code, handler, variables, inner in dones
    ]


def _misfits(versions: Versions, token: Token) -> Iterator[Finding]:
    if token is token.workflow.root:
        yield from _undone(versions, token)
        return
    element = token.node.element
    facts: dict[str, object] = {"element_id": element.id}
    if versions.has(element.id):
        yield from _differences(versions, element)
        yield from _undone(versions, token)
    elif not token.watch or isinstance(token.scope.node, EventBased):
        yield element.id, "It stands at {element_id}, which the new version does not have. Map it.", facts
    if token.flow is not None and token.state == WAITING and versions.flow(token.flow) is None:
        template = "A branch waits at {element_id} by the flow {flow}, which the new version does not have."
        yield element.id, template, facts | {"flow": token.flow}


def _undone(versions: Versions, token: Token) -> Iterator[Finding]:
    """Name what was done and could not be undone any more."""
    queues = [dones for dones, _ in token.memo.get("undo", {}).values()]
    for element_id in _places([*token.memo.get("past", []), *(done for dones in queues for done in dones)]):
        if not versions.has(element_id):
            template = "What was done at {element_id} could not be undone any more: the new version does not have it. Map it."
            yield element_id, template, {"element_id": element_id}


def _places(dones: Iterable[list[Any]]) -> Iterator[str]:
    for element_id, _, handler, _, inner in dones:
        yield element_id
        if handler:
            yield handler.removesuffix(INNER)
        yield from _places(inner)


def _differences(versions: Versions, element: Element) -> Iterator[Finding]:
    """Say in what an element and the one it is mapped to differ so that a visit cannot go from one to the other."""
    other = versions.new.elements[versions.to(element.id)]
    facts: dict[str, object] = {"element_id": element.id, "other": other.id}
    if _shape(element) != _shape(other):
        yield element.id, "{element_id} and {other} are not of the same kind.", facts
    if (element.parent and versions.to(element.parent)) != other.parent:
        yield element.id, "{other} lies in another sub-process than {element_id}.", facts
    if (element.attached_to and versions.to(element.attached_to)) != other.attached_to:
        yield element.id, "{other} stands on another activity than {element_id}.", facts


def _shape(element: Element) -> tuple[object, ...]:
    loop = element.loop
    repeats = type(loop).__name__, loop.sequential if isinstance(loop, MultiInstance) else None
    return element.type, tuple(part.kind for part in watches.parts(element.event)), repeats
