"""Small process files for tests, written as the elements between the process tags."""

from collections.abc import Mapping
from itertools import pairwise

from engine import deployments
from engine.bootstrap import Engine
from engine.deployments import Deployment

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="zhenggai:tests">'
)


def process(body: str, process_id: str = "p", roots: str = "", **properties: str) -> bytes:
    """Write a process around *body*; *properties* become its ``bpm:`` properties, *roots* stand before it."""
    head = f'<process id="{process_id}" name="{process_id}" isExecutable="true">{_properties(properties)}'
    return f"{HEAD}{roots}{head}{body}</process></definitions>".encode()


def user_task(task_id: str, groups: str = "manager@HQ", assignee: str = "", inside: str = "", **properties: str) -> str:
    """Write a user task offered to *groups* or given to *assignee*."""
    given = f'assignee="{assignee}"' if assignee else f'candidateGroups="{groups}"'
    found = f"<zeebe:userTask/><zeebe:assignmentDefinition {given}/>{_bare(properties)}"
    return f'<userTask id="{task_id}" name="{task_id.title()}"><extensionElements>{found}</extensionElements>{inside}</userTask>'


def flow(*path: str, condition: str = "") -> str:
    """Write the sequence flows along *path*."""
    inside = f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>' if condition else ""
    pairs = pairwise(path)
    return "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}">{inside}</sequenceFlow>' for a, b in pairs)


def in_a_row(*tasks: str, **properties: str) -> bytes:
    """Write a process of user tasks one after the other."""
    ids = [task.split('id="')[1].split('"')[0] for task in tasks]
    ends = '<startEvent id="start"/><endEvent id="end"/>'
    return process(ends + "".join(tasks) + flow("start", *ids, "end"), **properties)


def side_by_side(count: int, process_id: str = "p") -> bytes:
    """Write a process with *count* parallel user tasks t0, t1 ... between a split and a join."""
    gates = '<startEvent id="start"/><parallelGateway id="split"/><parallelGateway id="join"/><endEvent id="end"/>'
    tasks = "".join(user_task(f"t{number}") + flow("split", f"t{number}", "join") for number in range(count))
    return process(gates + tasks + flow("start", "split") + flow("join", "end"), process_id)


def deploy(engine: Engine, *files: bytes, pack: str = "pack", **more: bytes) -> Deployment:
    """Deploy process files, and *more* under their own names."""
    named = {f"{number}.bpmn": data for number, data in enumerate(files)}
    named |= {name.replace("__", "."): data for name, data in more.items()}
    return engine.run(lambda work: deployments.deploy(work, pack, named))


def _properties(properties: Mapping[str, str]) -> str:
    return f"<extensionElements>{_bare(properties)}</extensionElements>" if properties else ""


def _bare(properties: Mapping[str, str]) -> str:
    if not properties:
        return ""
    rows = "".join(f'<zeebe:property name="bpm:{name}" value="{_escaped(value)}"/>' for name, value in properties.items())
    return f"<zeebe:properties>{rows}</zeebe:properties>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
