"""The skeleton of a scope: where its paths part and meet, without data; a small graph, written as BPMN for the prover."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from engine.bpmn.model import Element, Process

HEAD = '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="p" isExecutable="true">'
KINDS = {"step": "task", "choice": "exclusiveGateway", "fork": "parallelGateway", "start": "startEvent", "end": "endEvent"}
CHOOSING = frozenset({"exclusiveGateway", "eventBasedGateway"})


@dataclass(slots=True)
class Skeleton:
    """Nodes by key with their kind (start, step, choice, fork, end), flows between them, and the element each stands for."""

    nodes: dict[str, str] = field(default_factory=dict)
    flows: list[tuple[str, str]] = field(default_factory=list)
    origin: dict[str, str] = field(default_factory=dict)
    _number: "count[int]" = field(default_factory=count)

    def add(self, kind: str, element_id: str) -> str:
        """Draw a node for an element and give its key."""
        key = f"n{next(self._number)}"
        self.nodes[key], self.origin[key] = kind, element_id
        return key

    def into(self, key: str) -> list[str]:
        """Give where the flows into a node come from."""
        return [source for source, target in self.flows if target == key]

    def out_of(self, key: str) -> list[str]:
        """Give where the flows out of a node lead."""
        return [target for source, target in self.flows if source == key]

    def text(self) -> str:
        """Write it down for the prover."""
        nodes = "".join(self._node(key, KINDS[kind]) for key, kind in self.nodes.items())
        flows = "".join(
            f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"></bpmn:sequenceFlow>'
            for number, (source, target) in enumerate(self.flows)
        )
        return f"{HEAD}{nodes}{flows}</bpmn:process></bpmn:definitions>"

    def _node(self, key: str, tag: str) -> str:
        ends = "".join(
            f"<bpmn:{end}>f{number}</bpmn:{end}>"
            for end, side in (("incoming", 1), ("outgoing", 0))
            for number, flow in enumerate(self.flows)
            if flow[side] == key
        )
        return f'<bpmn:{tag} id="{key}" name="{key}">{ends}</bpmn:{tag}>'


def draw(process: Process, elements: Iterable[Element], starts: Iterable[str]) -> Skeleton:
    """Draw the elements of one scope, which begins at one of *starts* at a time."""
    made, scope = Skeleton(), {element.id: element for element in elements}
    doors = {element.id: _drawn(made, element) for element in scope.values()}
    for element in scope.values():
        leaving = doors[element.id][1]
        for boundary in scope.values():
            if boundary.attached_to == element.id and boundary.interrupting:
                made.flows.append((leaving, doors[boundary.id][0]))
        _leave(made, element, leaving, [doors[target][0] for target in targets_of(process, element) if target in doors])
    entries = [doors[entry][0] for entry in starts]
    choice = made.add("choice", next(iter(starts)))
    made.flows.append((made.add("start", next(iter(starts))), choice))
    made.flows += [(choice, entry) for entry in entries]
    return made


def targets_of(process: Process, element: Element) -> list[str]:
    """Give the elements that come after one, across a pair of links too."""
    if element.event is not None and element.event.kind == "link" and element.type == "intermediateThrowEvent":
        catches = [other for other in process.elements.values() if other.type == "intermediateCatchEvent" and other.event]
        return [o.id for o in catches if o.event and o.event.kind == "link" and o.event.name == element.event.name]
    return [process.flows[flow].target for flow in element.outgoing]


def _drawn(made: Skeleton, element: Element) -> tuple[str, str]:
    """Draw an element with a door in, where its flows meet, and a door out, where its ways part."""
    if element.type == "parallelGateway":
        join, fork = made.add("fork", element.id), made.add("fork", element.id)
        made.flows.append((join, fork))
        return join, fork
    merge = made.add("choice", element.id)
    itself = made.add("end" if element.type == "endEvent" else "step", element.id)
    made.flows.append((merge, itself))
    if element.type == "endEvent":
        return merge, itself
    out = made.add("choice", element.id)
    made.flows.append((itself, out))
    return merge, out


def _leave(made: Skeleton, element: Element, out: str, targets: list[str]) -> None:
    """Draw the ways out: one of them after a gateway that chooses, otherwise all of them; without any, an end."""
    if element.type == "endEvent":
        return
    if not targets:
        made.flows.append((out, made.add("end", element.id)))
        return
    if len(targets) > 1 and element.type not in CHOOSING | {"parallelGateway"}:
        fork = made.add("fork", element.id)
        made.flows.append((out, fork))
        out = fork
    made.flows += [(out, target) for target in targets]
