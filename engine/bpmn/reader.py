"""Process files in, checked processes out: everything wrong with them is found at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from engine.bpmn import elements as flow_nodes
from engine.bpmn import grammar, reach, structure
from engine.bpmn.document import Document, Known, child, extension, flag, needs_declaring, variable_names
from engine.bpmn.model import Element, Flow, Process, Value
from engine.bpmn.structure import Drawing
from engine.bpmn.vocabulary import BPMN, FLOW_NODES, SUB_PROCESSES
from engine.errors import Problem
from engine.source import Findings, elements, line_of, local_name, namespace, parse, text_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files say; *processes* is only to be run when there are no *problems*."""

    processes: list[Process]
    problems: list[Problem]
    warnings: list[Problem]


def read(files: Mapping[str, bytes], known: Known | None = None) -> Reading:
    """Read and check process files together; without *known* the forms, decisions and processes they name are not looked up."""
    drawings: list[Drawing] = []
    findings: list[Findings] = []
    for file, content in files.items():
        found = Findings(file)
        findings.append(found)
        drawings += _read_file(found, content, known)
    _check_process_ids(drawings)
    if known is not None:
        for drawing in drawings:
            _resolve(drawing, known, {other.process.id for other in drawings})
    problems = _once(problem for found in findings for problem in found.problems)
    return Reading([drawing.process for drawing in drawings], problems, _once(w for found in findings for w in found.warnings))


def _once(problems: Iterator[Problem]) -> list[Problem]:
    """Drop what was said twice of the same place, and put the rest in reading order."""
    unique = {str(problem): problem for problem in problems}
    return sorted(unique.values(), key=lambda problem: (problem.file, problem.line))


def _read_file(found: Findings, content: bytes, known: Known | None) -> list[Drawing]:
    root = parse(found, content)
    if root is None:
        return []
    if local_name(root) != "definitions" or namespace(root) != BPMN:
        found.refuse(root, "This is not a BPMN 2.0 file. Export it as BPMN 2.0 XML.")
        return []
    grammar.check(found, root)
    names = frozenset(filter(needs_declaring, variable_names(root) | (known.names if known else frozenset())))
    by_id = {node.get("id", ""): node for node in elements(root) if node.get("id")}
    by_id |= {node.get("id", ""): node for node in root.iter(f"{{{BPMN}}}*") if local_name(node).endswith("EventDefinition")}
    document = Document(root, found, names, by_id)
    processes = elements(root, "process")
    if not processes:
        found.refuse(root, "The file has no process. Draw one.")
    return [drawing for node in processes if (drawing := _read_process(document, node))]


def _read_process(document: Document, node: etree._Element) -> Drawing | None:
    identifier = node.get("id")
    if not identifier:
        document.refuse(node, "The {element} has no id. Give it one.", element="process")
        return None
    if not flag(node, "isExecutable", False):
        document.refuse(node, 'The process is not executable. Write isExecutable="true".')
    nodes: dict[str, etree._Element] = {}
    lanes = _lanes(node)
    found = {element.id: element for element in _nodes(document, node, None, lanes, nodes)}
    flows = {flow.id: flow for flow in _flows(document, node, found, nodes)}
    for reference in node.iter("{*}flowNodeRef"):
        if text_of(reference) not in found:
            document.findings.warn(
                reference, "The lane names {element}, which is no element of this process.", element=text_of(reference)
            )
    nodes[identifier] = node
    tag = extension(node, "versionTag")
    process = Process(
        id=identifier,
        name=node.get("name") or identifier,
        file=document.findings.file,
        version_tag=None if tag is None else tag.get("value"),
        elements=_joined(node, found, flows),
        flows=flows,
        roots=tuple(element.id for element in found.values() if element.parent is None),
        lanes=tuple(dict.fromkeys(lane.get("name", "") for lane in node.iter("{*}lane"))),
        properties=flow_nodes.properties(document, node),
        documentation=text_of(child(node, "documentation")),
        data_objects=tuple(item.get("name", "") for item in node.iter("{*}dataObject") if item.get("name")),
        execution_listeners=flow_nodes.listeners(document, node, "executionListener"),
        line=line_of(node),
    )
    drawing = Drawing(document, process, nodes)
    structure.check(drawing)
    reach.check(drawing)
    return drawing


def _lanes(process: etree._Element) -> dict[str, str]:
    """Map each element to the name of its innermost lane: inner lanes come later in document order."""
    found: dict[str, str] = {}
    for lane in process.iter("{*}lane"):
        for reference in elements(lane, "flowNodeRef"):
            found[text_of(reference)] = lane.get("name", "")
    return found


def _nodes(
    document: Document, scope: etree._Element, parent: Element | None, lanes: dict[str, str], nodes: dict[str, etree._Element]
) -> Iterator[Element]:
    """Read the flow nodes of a scope and of every scope inside it, outer ones first."""
    inherited = parent.lane if parent else None
    for node in elements(scope, *FLOW_NODES):
        if namespace(node) != BPMN or not _has_id(document, node):
            continue
        identifier = node.get("id", "")
        lane = lanes.get(identifier, inherited)
        element = flow_nodes.read(document, node, _place(node, parent), parent.id if parent else None, lane)
        if identifier in nodes:
            continue
        nodes[identifier] = node
        yield element
        if local_name(node) in SUB_PROCESSES:
            yield from _nodes(document, node, element, lanes, nodes)


def _has_id(document: Document, node: etree._Element) -> bool:
    if not node.get("id"):
        document.findings.refuse(node, "The {element} has no id. Give it one.", element=local_name(node))
    return bool(node.get("id"))


def _place(node: etree._Element, parent: Element | None) -> str:
    if local_name(node) != "startEvent":
        return local_name(node)
    if parent is None:
        return "process start"
    return "event sub-process start" if parent.type == "eventSubProcess" else "sub-process start"


def _flows(
    document: Document, process: etree._Element, found: dict[str, Element], nodes: dict[str, etree._Element]
) -> Iterator[Flow]:
    for node in process.iter(f"{{{BPMN}}}sequenceFlow"):
        if not _has_id(document, node):
            continue
        condition = document.expression(child(node, "conditionExpression"), "condition")
        ends = {name: node.get(name, "") for name in ("sourceRef", "targetRef")}
        missing = [name for name, end in ends.items() if end not in found]
        for name in missing:
            template = "The {end} of the flow is {element}, which is no element of this process. Connect the flow."
            document.refuse(node, template, end=name, element=ends[name] or "-")
        if not missing and node.get("id", "") not in nodes:
            nodes[node.get("id", "")] = node
            yield Flow(node.get("id", ""), node.get("name", ""), ends["sourceRef"], ends["targetRef"], condition)


def _joined(process: etree._Element, found: dict[str, Element], flows: dict[str, Flow]) -> dict[str, Element]:
    """Give every element its flows, its children and, where it has one, its compensation handler."""
    incoming: dict[str, list[str]] = {identifier: [] for identifier in found}
    outgoing: dict[str, list[str]] = {identifier: [] for identifier in found}
    children: dict[str, list[str]] = {identifier: [] for identifier in found}
    for flow in flows.values():
        outgoing[flow.source].append(flow.id)
        incoming[flow.target].append(flow.id)
    for element in found.values():
        if element.parent:
            children[element.parent].append(element.id)
    handlers = {line.get("sourceRef", ""): line.get("targetRef", "") for line in process.iter(f"{{{BPMN}}}association")}
    return {
        identifier: replace(
            element,
            incoming=tuple(incoming[identifier]),
            outgoing=tuple(outgoing[identifier]),
            children=tuple(children[identifier]),
            compensation_handler=_handler(element, handlers, found),
        )
        for identifier, element in found.items()
    }


def _handler(element: Element, handlers: dict[str, str], found: dict[str, Element]) -> str | None:
    if element.type != "boundaryEvent" or not element.event or element.event.kind != "compensation":
        return None
    handler = found.get(handlers.get(element.id, ""))
    return handler.id if handler and handler.for_compensation else None


def _check_process_ids(drawings: list[Drawing]) -> None:
    first: dict[str, str] = {}
    for drawing in drawings:
        other = first.setdefault(drawing.process.id, drawing.process.file)
        if other != drawing.process.file:
            template = "The process {id} is already in {file}. Give this one another id."
            drawing.refuse(drawing.process.id, template, id=drawing.process.id, file=other)


def _resolve(drawing: Drawing, known: Known, processes: set[str]) -> None:
    for element in drawing.process.elements.values():
        for value, what, ids in (
            (element.form_id, "form", known.forms),
            (element.called_decision, "decision", known.decisions),
            (element.called_process, "process", known.processes | processes),
        ):
            _check_known(drawing, element, value, what, ids)


def _check_known(drawing: Drawing, element: Element, value: Value | None, what: str, ids: frozenset[str]) -> None:
    if value and not value.text.startswith("=") and value.text not in ids:
        template = "There is no {what} with the id {id} here. Deploy it too or correct the id."
        drawing.refuse(element.id, template, what=what, id=value.text)
