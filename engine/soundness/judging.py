"""Judging: each scope of a process is drawn, reduced and, where branches run beside each other, given to the prover."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.bpmn.model import Element, Process
from engine.errors import Problem
from engine.soundness.reducing import reduce
from engine.soundness.skeleton import Skeleton, draw, targets_of

PROVER = Path(__file__).parent / "prover.py"
PATIENCE = 15
NEVER_JOINED = "The branches that should come together here may not all arrive: the process would wait for ever. Mend the paths."
MEETS = (
    "Branches that run side by side meet here unjoined: what follows happens once for each. Join them with a parallel gateway."
)
ENDS_TWICE = "The process can come to this end more than once. Join the branches before it."
NO_END = "From here no path leads to an end. Draw a way out."
UNJUDGED = "Whether the process always comes to its end cannot be proved with this element ({type}). Look at it with care."
MEETING = "Whether the process always comes to its end cannot be proved, because what follows this event joins the main path."
NO_ANSWER = "Whether the process always comes to its end could not be proved in time. Look at its parallel branches with care."
UNKNOWN = frozenset({"inclusiveGateway", "complexGateway", "adHocSubProcess"})
BREAKING = frozenset({"terminate", "error", "cancel", "escalation"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was proved to be a fault (*findings*), and where nothing could be proved (*unjudged*)."""

    findings: tuple[Problem, ...] = ()
    unjudged: tuple[Problem, ...] = ()


def judge(process: Process) -> Verdict:
    """Say whether a process that passed the check of its deployment can always come to its end."""
    unjudged = [_said(process, event.id, MEETING) for event in _meeting(process)]
    findings: list[Problem] = []
    tangled: list[Skeleton] = []
    for elements, starts in _scopes(process):
        unknown = [_said(process, element.id, UNJUDGED, type=element.type) for element in _unknown(process, elements)]
        unjudged += unknown
        if unknown:
            continue
        skeleton = draw(process, elements, starts)
        findings += [_said(process, element_id, NO_END) for element_id in _endless(skeleton)]
        reduce(skeleton)
        if "fork" in skeleton.nodes.values():
            tangled.append(skeleton)
    answers = _proved([skeleton.text() for skeleton in tangled]) if tangled else []
    if answers is None:
        return Verdict(tuple(findings), (*unjudged, _said(process, process.id, NO_ANSWER)))
    for skeleton, answer in zip(tangled, answers, strict=True):
        findings += [_said(process, element_id, template) for element_id, template in _faults(skeleton, answer)]
    return Verdict(tuple({str(found): found for found in findings}.values()), tuple(unjudged))


def _said(process: Process, element_id: str, template: str, **facts: object) -> Problem:
    element = process.elements.get(element_id)
    return Problem(process.file, element_id, element.line if element else process.line, template, facts)


def _scopes(process: Process) -> Iterator[tuple[list[Element], list[str]]]:
    """Give every scope with its starts: the process, each sub-process, and what follows an event beside the main path."""
    for inside in _insides(process):
        starts = [element.id for element in inside if element.type == "startEvent" or element.instantiate]
        aside = {event.id: _after(process, [event.id]) for event in inside if _is_beside(event)}
        main = _after(process, starts)
        beside = frozenset[str]().union(*aside.values()) - main
        if starts:
            yield [element for element in inside if element.id not in beside], starts
        for event, following in aside.items():
            if not following & main:
                yield [element for element in inside if element.id in following], [event]


def _insides(process: Process) -> list[list[Element]]:
    """Give the elements directly inside the process and inside each of its sub-processes."""
    parents = [None, *(element.id for element in process.elements.values() if element.children)]
    return [[element for element in process.elements.values() if element.parent == parent] for parent in parents]


def _meeting(process: Process) -> Iterator[Element]:
    """Give the events whose branch, beside the main path, comes back to it."""
    for inside in _insides(process):
        main = _after(process, [element.id for element in inside if element.type == "startEvent"])
        yield from (event for event in inside if _is_beside(event) and main & _after(process, [event.id]))


def _after(process: Process, starts: Sequence[str]) -> frozenset[str]:
    """Give everything that paths lead to, without what follows events beside the main path."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        element = process.elements[waiting.pop()]
        if element.id not in found:
            found.add(element.id)
            attached = [other for other in process.elements.values() if other.attached_to == element.id and other.interrupting]
            waiting += [*targets_of(process, element), *(other.id for other in attached)]
    return frozenset(found)


def _is_beside(element: Element) -> bool:
    """Say whether an event starts something beside the main path."""
    return bool(element.attached_to) and not element.interrupting


def _unknown(process: Process, elements: Sequence[Element]) -> list[Element]:
    parallel = any(element.type == "parallelGateway" for element in elements)
    return [element for element in elements if _is_unknown(process, element) or (parallel and _breaks(element))]


def _is_unknown(process: Process, element: Element) -> bool:
    chooses = any(process.flows[flow].condition for flow in element.outgoing) and len(element.outgoing) > 1
    return element.type in UNKNOWN or element.for_compensation or (chooses and not element.type.endswith("Gateway"))


def _breaks(element: Element) -> bool:
    """Say whether an end takes away what still runs beside it."""
    return element.type == "endEvent" and element.event is not None and element.event.kind in BREAKING


def _endless(skeleton: Skeleton) -> list[str]:
    """Name the elements from which no end can be reached."""
    open_ = {key for key, kind in skeleton.nodes.items() if kind == "end"}
    while more := {source for source, target in skeleton.flows if target in open_} - open_:
        open_ |= more
    return list(dict.fromkeys(skeleton.origin[key] for key in skeleton.nodes if key not in open_))


def _proved(models: list[str]) -> list[dict[str, Any]] | None:
    """Ask the prover; nothing when it does not answer."""
    try:
        asked = [sys.executable, "-I", str(PROVER)]
        done = subprocess.run(asked, input=json.dumps(models), capture_output=True, text=True, timeout=PATIENCE, check=True)  # noqa: S603 our own program
    except (subprocess.SubprocessError, OSError):
        return None
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def _faults(skeleton: Skeleton, answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "deadlock" in answer:
        waiting = _last_flows(answer["deadlock"]["example"])
        yield from ((skeleton.origin[skeleton.flows[flow][1]], NEVER_JOINED) for flow in waiting)
    if "unsafe" in answer:
        met = [_flow(name) for name in answer["unsafe"]["elements"]]
        yield from ((skeleton.origin[skeleton.flows[flow][0]], MEETS) for flow in met)
    elif "twice" in answer:
        yield from ((skeleton.origin[key], ENDS_TWICE) for key in answer["twice"]["elements"])


def _last_flows(example: dict[str, Any]) -> list[int]:
    """Give the flows on which something waits at the end of a counterexample."""
    last = example["transitions"][-1]["next_state"] if example["transitions"] else example["start_state"]
    return [_flow(name) for snapshot in last["snapshots"] for name in snapshot["tokens"]]


def _flow(name: str) -> int:
    return int(name.removeprefix("f"))
