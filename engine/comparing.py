"""Comparing: what two contents of a process file say differently, element by element; how it is drawn does not count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from engine.bpmn.vocabulary import BPMN, FLOW_NODES
from engine.source import Findings, elements, local_name, namespace, parse, text_of

THINGS = frozenset(FLOW_NODES) | {
    "process", "participant", "lane", "sequenceFlow", "messageFlow", "association", "message", "signal", "error", "escalation",
    "textAnnotation", "group", "dataObjectReference", "dataStoreReference", "dataObject",
}  # fmt: skip
SILENT = frozenset({"incoming", "outgoing", "flowNodeRef", "laneSet", "childLaneSet"})
REFERENCES = frozenset(
    {"sourceRef", "targetRef", "attachedToRef", "messageRef", "signalRef", "errorRef", "escalationRef", "default"}
)
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact of an element before and after; nothing where it was not said."""

    fact: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """An element that came, went or changed; *name* is what people know it by."""

    kind: Kind
    id: str
    type: str
    name: str
    changes: tuple[FactChange, ...] = ()


@dataclass(frozen=True, slots=True)
class _Thing:
    type: str
    name: str
    facts: Mapping[str, str]


def compare(old: bytes, new: bytes) -> list[Difference]:
    """Name everything that *new* says differently from *old*, in the order of the files; what cannot be read says nothing."""
    before, after = _things(old), _things(new)
    found = [_changed(key, before, after) for key, thing in after.items() if key in before and before[key].facts != thing.facts]
    found += [Difference("added", key, thing.type, thing.name) for key, thing in after.items() if key not in before]
    found += [Difference("removed", key, thing.type, thing.name) for key, thing in before.items() if key not in after]
    order = {key: number for number, key in enumerate([*after, *before])}
    return sorted(found, key=lambda difference: order[difference.id])


def _changed(key: str, before: Mapping[str, _Thing], after: Mapping[str, _Thing]) -> Difference:
    old, new = before[key].facts, after[key].facts
    facts = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    changes = tuple(FactChange(fact, _shown(fact, old, before), _shown(fact, new, after)) for fact in facts)
    return Difference("changed", key, after[key].type, after[key].name, changes)


def _shown(fact: str, facts: Mapping[str, str], things: Mapping[str, _Thing]) -> str | None:
    """Give a fact as people read it: an element that is referred to by its name."""
    value = facts.get(fact)
    refers = value is not None and value in things and fact.rpartition(".")[2] in REFERENCES
    return things[value or ""].name if refers else value


def _things(content: bytes) -> dict[str, _Thing]:
    root = parse(Findings(""), content)
    if root is None:
        return {}
    nodes = {node.get("id", ""): node for node in root.iter(f"{{{BPMN}}}*") if node.get("id") and local_name(node) in THINGS}
    lanes = {text_of(place): lane.get("name", "") for lane in root.iter("{*}lane") for place in elements(lane, "flowNodeRef")}
    return {key: _Thing(local_name(node), _name(node, nodes), dict(_facts(node, lanes))) for key, node in nodes.items()}


def _name(node: etree._Element, nodes: Mapping[str, etree._Element]) -> str:
    """Give the name of an element; a flow without one is known by its ends."""
    ends = [nodes[node.get(end, "")] for end in ("sourceRef", "targetRef") if node.get(end, "") in nodes]
    if not node.get("name") and len(ends) == 2:
        return " → ".join(str(end.get("name") or end.get("id", "")) for end in ends)
    return str(node.get("name") or text_of(next(iter(elements(node, "text")), None)) or node.get("id", ""))


def _facts(node: etree._Element, lanes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if lane := lanes.get(node.get("id", "")):
        yield "lane", lane
    yield from _attributes(node, "")
    yield from _inside(node, "")


def _attributes(node: etree._Element, prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in node.attrib.items():
        name = str(key)
        if name != "id" and not name.startswith("{"):
            yield prefix + name, str(value)


def _inside(node: etree._Element, prefix: str) -> Iterator[tuple[str, str]]:
    for child in elements(node):
        name = local_name(child)
        if name in SILENT or (name in THINGS and namespace(child) == BPMN):
            continue
        if name in ("extensionElements", "properties", "ioMapping", "taskHeaders"):
            yield from _inside(child, prefix)
        elif name in ("property", "header"):
            yield str(child.get("name") or child.get("key", "")), child.get("value", "")
        elif name in ("input", "output"):
            yield f"{name}.{child.get('target', '')}", child.get("source", "")
        else:
            yield from _fact(child, prefix + name)


def _fact(node: etree._Element, name: str) -> Iterator[tuple[str, str]]:
    if not len(node):
        yield name, text_of(node)
    yield from _attributes(node, f"{name}.")
    yield from _inside(node, f"{name}.")
