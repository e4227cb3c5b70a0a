"""The smallest process around a few elements, so that a test shows only what it is about."""

from engine.bpmn import Known, read
from engine.bpmn.model import Element, Process

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
ENVELOPE = f"""<definitions xmlns="{BPMN}" xmlns:zeebe="{ZEEBE}" targetNamespace="t">
{{roots}}<process id="p" isExecutable="true">
{{body}}
</process></definitions>"""
START, END = '<startEvent id="start"/>', '<endEvent id="end"/>'


def flow(source: str, target: str, inner: str = "", identifier: str = "") -> str:
    """A sequence flow, named after its ends."""
    name = identifier or f"{source}_{target}"
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def between(element: str, identifier: str = "it") -> str:
    """A process body of start, *element*, end."""
    return START + element + END + flow("start", identifier) + flow(identifier, "end")


def extended(content: str) -> str:
    """Extension elements."""
    return f"<extensionElements>{content}</extensionElements>"


def xml(body: str, roots: str = "") -> bytes:
    """A whole file."""
    return ENVELOPE.format(body=body, roots=roots).encode()


def process(body: str, roots: str = "") -> Process:
    """Read a process that has no problems."""
    reading = read({"p.bpmn": xml(body, roots)})
    assert [str(problem) for problem in reading.problems] == []
    return reading.processes[0]


def element(body: str, roots: str = "", identifier: str = "it") -> Element:
    """Read one element of a process that has no problems."""
    return process(body, roots).elements[identifier]


def complaints(body: str, roots: str = "", known: Known | None = None) -> list[str]:
    """Read a process and give what is refused, as sentences."""
    return [problem.message for problem in read({"p.bpmn": xml(body, roots)}, known).problems]


def notices(body: str, roots: str = "") -> list[str]:
    """Read a process without problems and give what is kept without effect, as sentences."""
    reading = read({"p.bpmn": xml(body, roots)})
    assert [str(problem) for problem in reading.problems] == []
    return [warning.message for warning in reading.warnings]
