"""The BPMN half of the conformance cases: whole processes, run by the kernel in a world of their own."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from engine import kernel
from engine.bpmn import read
from engine.bpmn.model import Process
from engine.bpmn.timers import read_duration
from tests.conformance.cases import Case
from tests.conformance.host import Host

AT = datetime(2022, 8, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def run(folder: Path) -> Iterator[Case]:
    """Run every case of the manifest in *folder*."""
    for entry in json.loads((folder / "manifest.json").read_text(encoding="utf-8")):
        content = (folder / entry["file"]).read_bytes()
        for number, case in enumerate(entry["cases"], 1):
            yield Case(f"{entry['group']}/{entry['name']}/{number}", _fault(entry["file"], content, case))


def _fault(file: str, content: bytes, case: dict[str, object]) -> str:
    reading = read({file: content})
    refused = reading.problems or [problem for process in reading.processes for problem in kernel.refuse(process)]
    wanted = str(case["outcome"])
    if refused:
        return "" if wanted.startswith("rejected") else f"refused: {refused[0].message}"
    try:
        host = _played(reading.processes, case)
    except Exception as error:  # a case that breaks the kernel is a failed case
        return f"{type(error).__name__}: {error}"
    outcome, trace = host.outcome(), host.trace()
    if outcome not in wanted:
        return f"{outcome} instead of {wanted}, trace {sorted(trace.elements())}"
    words = case["trace"] if isinstance(case["trace"], list) else []
    if trace != Counter(words):
        return f"trace {sorted(trace.elements())} instead of {sorted(words)}"
    return ""


def _played(processes: list[Process], case: dict[str, object]) -> Host:
    host = Host(processes, AT)
    variables = case["variables"] if isinstance(case["variables"], dict) else {}
    if case["second_process_is_waiting"]:
        host.start(processes[1].id, dict(variables))
    host.start(processes[0].id, dict(variables))
    if case["then_advance_clock"]:
        duration = read_duration(case["then_advance_clock"])
        host.advance_clock(duration.clock + timedelta(days=duration.days))
    return host
