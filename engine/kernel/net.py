"""The net of a process: SpiffWorkflow's specification, built once per definition from the checked process, then only read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock

from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.bpmn.model import Element, MultiInstance, Process, StandardLoop
from engine.feel import Environment
from engine.kernel import joins
from engine.kernel.activities import Call, Decision, Job, Script, UserTask
from engine.kernel.containers import AdHoc, Container, Root, Transaction
from engine.kernel.events import Catch, End, Happened, Link, Started, Throw
from engine.kernel.gateways import Complex, EventBased, Exclusive, Inclusive, Parallel
from engine.kernel.loops import Parallel as MultiParallel
from engine.kernel.loops import Repeated, Sequential
from engine.kernel.nodes import Node
from engine.kernel.port import Definition
from engine.kernel.watches import parts

Functions = Mapping[str, Callable[..., object]]

NODES: dict[str, type[Node]] = {
    "startEvent": Happened,
    "boundaryEvent": Happened,
    "endEvent": End,
    "intermediateCatchEvent": Catch,
    "intermediateThrowEvent": Throw,
    "receiveTask": Catch,
    "task": Node,
    "manualTask": Node,
    "userTask": UserTask,
    "serviceTask": Job,
    "sendTask": Throw,
    "scriptTask": Script,
    "businessRuleTask": Decision,
    "callActivity": Call,
    "subProcess": Container,
    "eventSubProcess": Container,
    "transaction": Transaction,
    "adHocSubProcess": AdHoc,
    "exclusiveGateway": Exclusive,
    "parallelGateway": Parallel,
    "inclusiveGateway": Inclusive,
    "eventBasedGateway": EventBased,
    "complexGateway": Complex,
}
INNER = "*"


class Net(WorkflowSpec):  # type: ignore[misc]
    """The nodes of one process, connected."""

    def __init__(self, process: Process) -> None:
        super().__init__(process.id, process.file)
        self.process = process
        self._nodes: dict[str, Node] = {}
        self._reach: dict[str, dict[str, frozenset[str]]] = {}
        self._functions: tuple[Functions, Environment] | None = None
        self.root = Root(self, process)
        for element in process.elements.values():
            self._add(element)
        for element in process.elements.values():
            self._connect(self._nodes[element.id])
        self._furnish(self.root, process.roots)

    def node(self, code: str) -> Node:
        """Give the node under a code: an element's id, with a star for the children of its loop, or "" for the process."""
        if not code:
            return self.root
        return self._nodes[code]

    def find(self, element_id: str) -> Node | None:
        """Give the node of an element, if there is one."""
        return self._nodes.get(element_id)

    def target(self, flow_id: str) -> Node:
        """Give the node a flow leads to."""
        return self._nodes[self.process.flows[flow_id].target]

    def link(self, thrown: Element) -> Node:
        """Give the node of the link event that catches *thrown*."""
        [caught] = self.process.links(thrown, "intermediateCatchEvent")
        return self._nodes[caught.id]

    def sources(self, element: Element) -> list[str]:
        """Give the elements that lead to *element*: by its flows, by links, from the activity it stands on."""
        found = [self.process.flows[flow].source for flow in element.incoming]
        if element.type == "intermediateCatchEvent":
            found += [one.id for one in self.process.links(element, "intermediateThrowEvent")]
        return [*found, element.attached_to] if element.attached_to else found

    def reaches(self, node: Node) -> dict[str, frozenset[str]]:
        """Say which incoming flows of a join each element can reach without passing it."""
        if node.code not in self._reach:
            self._reach[node.code] = joins.reach(self, node)
        return self._reach[node.code]

    def environment(self, functions: Functions) -> Environment:
        """Give a FEEL environment of its own for one command, its functions prepared once."""
        if self._functions is None or self._functions[0] is not functions:
            self._functions = (functions, Environment(functions=functions))
        fresh = Environment()
        fresh.functions = self._functions[1].functions
        return fresh

    def _add(self, element: Element) -> None:
        kind = Job if element.job_type is not None else NODES[element.type]
        if element.type == "startEvent" and element.parent and self.process.elements[element.parent].type == "eventSubProcess":
            kind = Started
        if element.type == "intermediateThrowEvent" and element.event is not None and element.event.kind == "link":
            kind = Link
        if element.loop is None:
            self._nodes[element.id] = kind(self, element.id, element)
            return
        inner = self._nodes[element.id + INNER] = kind(self, element.id + INNER, element)
        if isinstance(element.loop, StandardLoop):
            self._nodes[element.id] = Repeated(self, inner, element.loop)
        else:
            self._nodes[element.id] = _several(self, inner, element.loop)

    def _connect(self, node: Node) -> None:
        element = node.element
        node.flows = tuple(self.process.flows[flow] for flow in element.outgoing)
        for flow in node.flows:
            node.connect(self._nodes[flow.target])
        if element.attached_to:
            host = self._nodes[element.attached_to]
            host.boundaries = (*host.boundaries, node)
            host.connect(node)
            if element.compensation_handler is not None:
                self._nodes.get(host.element_id + INNER, host).undone_by = self._nodes[element.compensation_handler]
        if element.children:
            self._furnish(self._nodes.get(element.id + INNER, node), element.children)

    def _furnish(self, container: Node, children: tuple[str, ...]) -> None:
        """Tell a container how it begins and what can break into it."""
        assert isinstance(container, Container), "only containers have children"
        for element in (self.process.elements[child] for child in children):
            node = self._nodes[element.id]
            if element.type == "startEvent" and container.begin is None:
                container.begin = node
                container.connect(node)
            elif element.type == "eventSubProcess":
                starts = [self._nodes[child] for child in element.children if self.process.elements[child].type == "startEvent"]
                container.starts = (*container.starts, *starts)
                for start in starts:
                    if any(part.kind == "compensation" for part in parts(start.element.event)):
                        container.undone_inside = (element.id, start.element_id)


def _several(net: Net, inner: Node, loop: MultiInstance) -> Node:
    return Sequential(net, inner, loop) if loop.sequential else MultiParallel(net, inner, loop)


_nets: dict[str, Net] = {}
_lock = Lock()


def net_of(definition: Definition) -> Net:
    """Give the net of a definition, built when it is first asked for."""
    net = _nets.get(definition.key)
    if net is None or net.process is not definition.process:
        net = Net(definition.process)
        with _lock:
            _nets[definition.key] = net
    return net
