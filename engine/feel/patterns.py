"""Regular expressions of XPath, as FEEL uses them, on a matcher whose time is limited."""

import re as python_re
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from engine.feel.errors import FeelError, Undefined
from engine.feel.limits import PATTERN_LENGTH, PATTERN_SECONDS, STRING_LENGTH, Meter
from engine.feel.pattern_syntax import translated

if TYPE_CHECKING:
    import regex

Result = TypeVar("Result")
_REFERENCE = python_re.compile(r"\\([\\$])|\$(\d+)|([\\$])")
_FLAGS = {"s": "DOTALL", "m": "MULTILINE", "i": "IGNORECASE"}
_STEPS_PER_SECOND = 3_000_000


class Pattern:
    """A compiled regular expression."""

    __slots__ = ("_found", "_literal")

    def __init__(self, found: "regex.Pattern[str]", literal: bool) -> None:
        self._found = found
        self._literal = literal

    def found_in(self, text: str, meter: Meter) -> bool:
        """Say whether the pattern occurs in a text."""
        return _timed(lambda: self._found.search(text, timeout=PATTERN_SECONDS), meter) is not None

    def replace_in(self, text: str, replacement: str, meter: Meter) -> str:
        """Replace every occurrence; ``$1`` stands for a group, ``$0`` for all of it."""
        if self.found_in("", meter):
            raise Undefined("replace: the pattern must not match an empty text")
        if not self._literal and any(part[3] for part in _REFERENCE.finditer(replacement)):
            raise Undefined("replace: write $1 for a group, \\$ for a dollar sign and \\\\ for a backslash")
        left = STRING_LENGTH

        def expand(found: "regex.Match[str]") -> str:
            nonlocal left
            filled = replacement if self._literal else _REFERENCE.sub(lambda part: _part(part, found), replacement)
            left -= len(filled)
            if left < 0:
                raise FeelError("A text may have at most {limit} characters", limit=STRING_LENGTH)
            return filled

        return _timed(lambda: self._found.sub(expand, text, timeout=PATTERN_SECONDS), meter)

    def split(self, text: str, meter: Meter) -> list[str]:
        """Give what stands between the occurrences."""
        pieces = []
        place = 0
        for start, end in self._spans(text, meter):
            if end > start:
                pieces.append(text[place:start])
                place = end
        return [*pieces, text[place:]]

    def all_in(self, text: str, meter: Meter) -> list[str]:
        """Give every occurrence."""
        return [text[start:end] for start, end in self._spans(text, meter)]

    def _spans(self, text: str, meter: Meter) -> list[tuple[int, int]]:
        return _timed(lambda: [found.span() for found in self._found.finditer(text, timeout=PATTERN_SECONDS)], meter)


def _part(part: "python_re.Match[str]", found: "regex.Match[str]") -> str:
    """Fill in one reference; ``$12`` is group 12 if there is one, else group 1 and a 2."""
    if part[1]:
        return part[1]
    digits = part[2]
    while len(digits) > 1 and int(digits) > found.re.groups:
        digits = digits[:-1]
    group = found[int(digits)] if int(digits) <= found.re.groups else ""
    return (group or "") + part[2][len(digits) :]


def _timed(work: Callable[[], Result], meter: Meter) -> Result:
    """Charge for the time a match takes: nothing else tells how much work a pattern is."""
    began = time.perf_counter()
    try:
        result = work()
    except TimeoutError:
        raise FeelError("A regular expression takes too long") from None
    meter.spend(int((time.perf_counter() - began) * _STEPS_PER_SECOND))
    return result


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str) -> Pattern:
    """Compile a pattern with flags out of ``smixq``; raise ``Undefined`` for anything XPath does not allow."""
    if len(pattern) > PATTERN_LENGTH:
        raise Undefined(f"a regular expression may have at most {PATTERN_LENGTH} characters")
    if set(flags) - set("smixq"):
        raise Undefined(f"{flags[:10]} are no flags of a regular expression")
    import regex  # slow to import, seldom needed

    literal = "q" in flags
    text = regex.escape(pattern) if literal else translated(pattern, flags)
    options = regex.VERSION1
    for flag in set(flags) & set(_FLAGS):
        options |= regex.RegexFlag[_FLAGS[flag]]
    try:
        return Pattern(regex.compile(text, options), literal)
    except (regex.error, OverflowError, RecursionError, MemoryError) as error:
        raise Undefined(f"{pattern[:40]} is no regular expression: {error}") from None
