"""What is fuzzed: each target takes bytes and may only decline in the ways it promises."""

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engine import bpmn, dmn, forms, kernel
from engine.feel import Environment, FeelError, FeelSyntaxError, compile_expression, compile_unary_tests

HOME = Path(__file__).parents[2]
NOON = datetime(2022, 8, 10, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CONTEXT: dict[str, object] = {
    "n": 7,
    "text": "意见",
    "list": [1, 2, [3]],
    "c": {"a": 1, "b": [2]},
    "day": NOON.date(),
    "yes": True,
}
STILL = Environment(now=lambda: NOON)
SECONDS = 10.0


class TooSlow(BaseException):
    """One input took longer than the processor time it may take."""


@contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """Break off what takes longer than so many seconds of the processor."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def feel(content: bytes) -> None:
    """An expression is declined, or evaluates to something."""
    text = content.decode("utf-8", "replace")
    for make in (_expression, _tests):
        try:
            make(text)
        except (FeelSyntaxError, FeelError):
            continue


def _expression(text: str) -> None:
    compile_expression(text, CONTEXT).evaluate(CONTEXT, STILL)


def _tests(text: str) -> None:
    compile_unary_tests(text, CONTEXT).matches(7, CONTEXT, STILL)


def decisions(content: bytes) -> None:
    """A decision file is declined with its reasons, or its decisions decide."""
    reading = dmn.read({"t.dmn": content})
    for decision in () if reading.problems else reading.decisions.values():
        try:
            decision.evaluate(CONTEXT, STILL)
        except FeelError:
            continue


def processes(content: bytes) -> None:
    """A process file is declined with its reasons, or the kernel says what it cannot run."""
    reading = bpmn.read({"p.bpmn": content}, bpmn.Known(frozenset({"f"}), frozenset({"d"}), frozenset({"q"})))
    for process in () if reading.problems else reading.processes:
        kernel.refuse(process)


def form_files(content: bytes) -> None:
    """A form file is declined with its reasons, or binds what is submitted."""
    for form in forms.read({"f.form": content}).forms.values():
        try:
            forms.bind(form, {"a": ["1"], "b": ["意见", "2"]}, CONTEXT, STILL)
        except FeelError:
            continue


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "feel": feel, "decisions": decisions, "processes": processes, "forms": form_files,
}  # fmt: skip


def seeds(target: str) -> list[bytes]:
    """Give what is known to be well-formed, to be damaged."""
    if target == "feel":
        texts = [text for file in HOME.glob("processes/*/*.bpmn") for text in _expressions(file.read_text())]
        return [text.encode() for text in sorted(set(texts))]
    pattern = {"decisions": "processes/**/*.dmn", "processes": "tests/bpmn/*.bpmn", "forms": "forms/**/*.form"}[target]
    files = sorted(HOME.glob(pattern), key=lambda file: file.stat().st_size)
    return [file.read_bytes() for file in files[:60]]


def _expressions(text: str) -> Iterator[str]:
    for part in text.split('"')[1::2]:
        if part.startswith("="):
            yield part[1:].replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
