"""Regular expressions of XPath, as FEEL uses them, on a matcher whose time is limited."""

import re as python_re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import regex

from engine.feel.errors import FeelError, Undefined
from engine.feel.limits import PATTERN_LENGTH, PATTERN_SECONDS, STRING_LENGTH
from engine.feel.pattern_syntax import translated

Result = TypeVar("Result")
_REFERENCE = python_re.compile(r"\\([\\$])|\$(\d)|([\\$])")
_FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE}


class Pattern:
    """A compiled regular expression."""

    __slots__ = ("_found", "_literal")

    def __init__(self, found: "regex.Pattern[str]", literal: bool) -> None:
        self._found = found
        self._literal = literal

    def found_in(self, text: str) -> bool:
        """Say whether the pattern occurs in a text."""
        return _timed(lambda: self._found.search(text, timeout=PATTERN_SECONDS)) is not None

    def replace_in(self, text: str, replacement: str) -> str:
        """Replace every occurrence; ``$1`` stands for a group, ``$0`` for all of it."""
        if self._found.fullmatch("", timeout=PATTERN_SECONDS):
            raise Undefined("replace: the pattern must not match an empty text")
        self._check(replacement)
        budget = [STRING_LENGTH]

        def expand(found: "regex.Match[str]") -> str:
            filled = replacement if self._literal else _REFERENCE.sub(lambda part: _part(part, found), replacement)
            budget[0] -= len(filled)
            if budget[0] < 0:
                raise FeelError(f"A text may have at most {STRING_LENGTH} characters")
            return filled

        return _timed(lambda: self._found.sub(expand, text, timeout=PATTERN_SECONDS))

    def _check(self, replacement: str) -> None:
        if not self._literal and any(part[3] for part in _REFERENCE.finditer(replacement)):
            raise Undefined("replace: write $1 for a group, \\$ for a dollar sign and \\\\ for a backslash")

    def split(self, text: str) -> list[str]:
        """Give what stands between the occurrences."""
        pieces = []
        place = 0
        for found in _timed(lambda: list(self._found.finditer(text, timeout=PATTERN_SECONDS))):
            if found.end() > found.start():
                pieces.append(text[place : found.start()])
                place = found.end()
        return [*pieces, text[place:]]

    def all_in(self, text: str) -> list[str]:
        """Give every occurrence."""
        return [found[0] for found in _timed(lambda: list(self._found.finditer(text, timeout=PATTERN_SECONDS)))]


def _part(part: "python_re.Match[str]", found: "regex.Match[str]") -> str:
    if part[1]:
        return part[1]
    group = int(part[2])
    return (found[group] or "") if group <= (found.re.groups) else ""


def _timed(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except TimeoutError:
        raise FeelError("A regular expression takes too long") from None


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str) -> Pattern:
    """Compile a pattern with flags out of ``smixq``; raise ``Undefined`` for anything XPath does not allow."""
    if len(pattern) > PATTERN_LENGTH:
        raise Undefined(f"a regular expression may have at most {PATTERN_LENGTH} characters")
    if set(flags) - set("smixq"):
        raise Undefined(f"{flags[:10]} are no flags of a regular expression")
    literal = "q" in flags
    text = regex.escape(pattern) if literal else translated(pattern, flags)
    options = regex.VERSION1
    for flag in flags:
        options |= _FLAGS.get(flag, 0)
    try:
        return Pattern(regex.compile(text, options), literal)
    except (regex.error, OverflowError, RecursionError, MemoryError) as error:
        raise Undefined(f"{pattern[:40]} is no regular expression: {error}") from None
