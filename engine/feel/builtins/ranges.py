"""Range functions: how points and ranges lie to each other, and the conversion from text."""

import re
from collections.abc import Callable

from engine.feel.builtins.registry import builtin
from engine.feel.comparison import compare, equal, order_key, within
from engine.feel.errors import Undefined
from engine.feel.functions import Evaluation
from engine.feel.numbers import parse_number
from engine.feel.ranges import Range
from engine.feel.temporal_text import parse_temporal
from engine.feel.tokens import unescaped

_POINT = "number|string|date|time|moment|days|months"
_TEXT = re.compile(r"\s*([\[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])\s*", re.DOTALL)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_AT = re.compile(r'@"([^"]*)"|(?:date|time|date and time|duration)\(\s*"([^"]*)"\s*\)')
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")


def _order(a: object, b: object) -> int:
    order = compare(a, b)
    if order is None:
        raise Undefined("the points and ranges cannot be compared")
    return order


def _same(a: object, b: object) -> bool:
    return _order(a, b) == 0


@builtin(f"before(point1: {_POINT}, point2: {_POINT})")
def before(a: object, b: object) -> bool:
    """Say whether a point is less than another."""
    return _order(a, b) < 0


@builtin(f"before(point: {_POINT}, range: range)")
def before_range(point: object, interval: Range) -> bool:
    """Say whether a point lies before a range."""
    order = _order(point, interval.start)
    return order < 0 or (order == 0 and not interval.start_included)


@builtin(f"before(range: range, point: {_POINT})")
def range_before(interval: Range, point: object) -> bool:
    """Say whether a range ends before a point."""
    order = _order(interval.end, point)
    return order < 0 or (order == 0 and not interval.end_included)


@builtin("before(range1: range, range2: range)")
def range_before_range(a: Range, b: Range) -> bool:
    """Say whether a range ends before another begins."""
    order = _order(a.end, b.start)
    return order < 0 or (order == 0 and not (a.end_included and b.start_included))


@builtin(f"after(point1: {_POINT}, point2: {_POINT})")
def after(a: object, b: object) -> bool:
    """Say whether a point is greater than another."""
    return before(b, a)


@builtin(f"after(point: {_POINT}, range: range)")
def after_range(point: object, interval: Range) -> bool:
    """Say whether a point lies after a range."""
    return range_before(interval, point)


@builtin(f"after(range: range, point: {_POINT})")
def range_after(interval: Range, point: object) -> bool:
    """Say whether a range begins after a point."""
    return before_range(point, interval)


@builtin("after(range1: range, range2: range)")
def range_after_range(a: Range, b: Range) -> bool:
    """Say whether a range begins after another ends."""
    return range_before_range(b, a)


@builtin("meets(range1: range, range2: range)")
def meets(a: Range, b: Range) -> bool:
    """Say whether a range ends where another begins."""
    return _same(a.end, b.start) and a.end_included and b.start_included


@builtin("met by(range1: range, range2: range)")
def met_by(a: Range, b: Range) -> bool:
    """Say whether a range begins where another ends."""
    return meets(b, a)


@builtin("overlaps(range1: range, range2: range)")
def overlaps(a: Range, b: Range) -> bool:
    """Say whether two ranges share something."""
    return not range_before_range(a, b) and not range_before_range(b, a)


@builtin("overlaps before(range1: range, range2: range)")
def overlaps_before(a: Range, b: Range) -> bool:
    """Say whether a range begins before another and ends in it."""
    starts, ends = _order(a.start, b.start), _order(a.end, b.end)
    first = starts < 0 or (starts == 0 and a.start_included and not b.start_included)
    last = ends < 0 or (ends == 0 and (not a.end_included or b.end_included))
    return first and last and not range_before_range(a, b)


@builtin("overlaps after(range1: range, range2: range)")
def overlaps_after(a: Range, b: Range) -> bool:
    """Say whether a range begins in another and ends after it."""
    starts, ends = _order(a.start, b.start), _order(a.end, b.end)
    first = starts > 0 or (starts == 0 and b.start_included and not a.start_included)
    last = ends > 0 or (ends == 0 and (not b.end_included or a.end_included))
    return first and last and not range_before_range(b, a)


@builtin(f"finishes(point: {_POINT}, range: range)")
def finishes(point: object, interval: Range) -> bool:
    """Say whether a point is the end of a range."""
    return interval.end_included and _same(point, interval.end)


@builtin("finishes(range1: range, range2: range)")
def range_finishes(a: Range, b: Range) -> bool:
    """Say whether a range is the last part of another."""
    starts = _order(a.start, b.start)
    inside = starts > 0 or (starts == 0 and (not a.start_included or b.start_included))
    return a.end_included == b.end_included and _same(a.end, b.end) and inside


@builtin(f"finished by(range: range, point: {_POINT})")
def finished_by(interval: Range, point: object) -> bool:
    """Say whether a range ends with a point."""
    return finishes(point, interval)


@builtin("finished by(range1: range, range2: range)")
def range_finished_by(a: Range, b: Range) -> bool:
    """Say whether a range has another as its last part."""
    return range_finishes(b, a)


@builtin(f"includes(range: range, point: {_POINT})")
def includes(run: Evaluation, interval: Range, point: object) -> bool | None:
    """Say whether a point lies in a range."""
    return within(point, interval, run.meter)


@builtin("includes(range1: range, range2: range)")
def range_includes(a: Range, b: Range) -> bool:
    """Say whether a range holds another."""
    starts, ends = _order(a.start, b.start), _order(a.end, b.end)
    first = starts < 0 or (starts == 0 and (a.start_included or not b.start_included))
    return first and (ends > 0 or (ends == 0 and (a.end_included or not b.end_included)))


@builtin(f"during(point: {_POINT}, range: range)")
def during(run: Evaluation, point: object, interval: Range) -> bool | None:
    """Say whether a point lies in a range."""
    return within(point, interval, run.meter)


@builtin("during(range1: range, range2: range)")
def range_during(a: Range, b: Range) -> bool:
    """Say whether a range lies in another."""
    return range_includes(b, a)


@builtin(f"starts(point: {_POINT}, range: range)")
def starts(point: object, interval: Range) -> bool:
    """Say whether a point is the start of a range."""
    return interval.start_included and _same(point, interval.start)


@builtin("starts(range1: range, range2: range)")
def range_starts(a: Range, b: Range) -> bool:
    """Say whether a range is the first part of another."""
    ends = _order(a.end, b.end)
    inside = ends < 0 or (ends == 0 and (not a.end_included or b.end_included))
    return a.start_included == b.start_included and _same(a.start, b.start) and inside


@builtin(f"started by(range: range, point: {_POINT})")
def started_by(interval: Range, point: object) -> bool:
    """Say whether a range starts with a point."""
    return starts(point, interval)


@builtin("started by(range1: range, range2: range)")
def range_started_by(a: Range, b: Range) -> bool:
    """Say whether a range has another as its first part."""
    return range_starts(b, a)


@builtin(f"coincides(point1: {_POINT}, point2: {_POINT})")
def coincides(a: object, b: object) -> bool:
    """Say whether two points are the same."""
    return _same(a, b)


@builtin("coincides(range1: range, range2: range)")
def range_coincides(run: Evaluation, a: Range, b: Range) -> bool:
    """Say whether two ranges are the same."""
    return equal(a, b, run.meter) is True


@builtin("range(from: string)")
def range_of_text(run: Evaluation, text: str) -> Range:
    """Read a range whose endpoints are literals."""
    found = _TEXT.fullmatch(text)
    if not found:
        raise Undefined(f'"{text[:40]}" is no range')
    low, high = _endpoint(found[2]), _endpoint(found[3])
    opening = order_key(low), order_key(high)
    if (low is None and high is None) or (low is not None and high is not None and not _ordered(*opening)):
        raise Undefined(f'"{text[:40]}" is no range')
    return Range(low, high, found[1] == "[" and low is not None, found[4] == "]" and high is not None)


def _ordered(low: tuple[str, object] | None, high: tuple[str, object] | None) -> bool:
    return low is not None and high is not None and low[0] == high[0] and low <= high


def _endpoint(text: str) -> object:
    if text in ("", "null"):
        return None
    for pattern, read in _READERS:
        if found := pattern.fullmatch(text):
            value = read(found)
            if value is not None:
                return value
    raise Undefined(f'"{text[:40]}" is no endpoint of a range')


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], object]], ...] = (
    (_NUMBER, lambda found: parse_number(found[0])),
    (_STRING, lambda found: unescaped(found[1])),
    (_AT, lambda found: parse_temporal(found[1] or found[2] or "")),
)
