"""String functions."""

from engine.feel import patterns
from engine.feel.builtins.conversion import position
from engine.feel.builtins.registry import builtin
from engine.feel.errors import Undefined
from engine.feel.functions import Evaluation
from engine.feel.limits import bounded_list, bounded_text
from engine.feel.numbers import Number


@builtin("substring(string: string, start position: number, length?: number)")
def substring(text: str, start: Number, length: Number | None = None) -> str:
    """Give a part of a text."""
    place = position(start)
    if place == 0 or abs(place) > len(text):
        raise Undefined(f"substring: a text of {len(text)} characters has none at {place}")
    first = place - 1 if place > 0 else len(text) + place
    if length is None:
        return text[first:]
    if length < 1:
        raise Undefined("substring: the length must be at least 1")
    return text[first : first + position(length)]


@builtin("string length(string: string)")
def string_length(text: str) -> int:
    """Count the characters."""
    return len(text)


@builtin("upper case(string: string)")
def upper_case(text: str) -> str:
    """Write in capitals."""
    return text.upper()


@builtin("lower case(string: string)")
def lower_case(text: str) -> str:
    """Write in small letters."""
    return text.lower()


@builtin("trim(string: string)")
def trim(text: str) -> str:
    """Drop white space at both ends."""
    return text.strip()


@builtin("substring before(string: string, match: string)")
def substring_before(text: str, match: str) -> str:
    """Give what stands before the first occurrence."""
    return text.partition(match)[0] if match and match in text else ""


@builtin("substring after(string: string, match: string)")
def substring_after(text: str, match: str) -> str:
    """Give what stands after the first occurrence."""
    return text.partition(match)[2] if match else text


@builtin("contains(string: string, match: string)")
def contains(text: str, match: str) -> bool:
    """Say whether a text occurs in another."""
    return match in text


@builtin("starts with(string: string, match: string)")
def starts_with(text: str, match: str) -> bool:
    """Say whether a text begins with another."""
    return text.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(text: str, match: str) -> bool:
    """Say whether a text ends with another."""
    return text.endswith(match)


@builtin("matches(input: string, pattern: string, flags?: string?)")
def matches(run: Evaluation, text: str, pattern: str, flags: str | None = None) -> bool:
    """Say whether a regular expression occurs in a text."""
    return patterns.compiled(pattern, flags or "").found_in(text, run.meter)


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string?)")
def replace(run: Evaluation, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """Replace what a regular expression finds."""
    return bounded_text(patterns.compiled(pattern, flags or "").replace_in(text, replacement, run.meter))


@builtin("split(string: string, delimiter: string)")
def split(run: Evaluation, text: str, delimiter: str) -> list[object]:
    """Cut a text where a regular expression is found."""
    return bounded_list(list(patterns.compiled(delimiter, "").split(text, run.meter)), run.meter)


@builtin("extract(input: string, pattern: string, flags?: string?)")
def extract(run: Evaluation, text: str, pattern: str, flags: str | None = None) -> list[object]:
    """List what a regular expression finds."""
    return bounded_list(list(patterns.compiled(pattern, flags or "").all_in(text, run.meter)), run.meter)
