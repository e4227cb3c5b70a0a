"""Names of more than one word, or with operators in them, that an expression may use."""

import re
from collections.abc import Iterable

_EXTRA = "\u00b7\u0300-\u036f\u203f-\u2040"
NAME = re.compile(rf"(?:[^\W\d]|[\U00010000-\U000effff])(?:\w|[{_EXTRA}\U00010000-\U000effff])*")
_PART = re.compile(rf"[\w{_EXTRA}\U00010000-\U000effff]")
SPACE = re.compile(r"\s+")


def normal(name: str) -> str:
    """Write a name with single spaces, as it is looked up."""
    return SPACE.sub(" ", name.strip())


class KnownNames:
    """The names that a plain reading would take apart, longest first."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_start: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        self._known: set[str] = set()
        for name in names:
            self.add(name)

    def copy(self) -> "KnownNames":
        """Give names to add to without changing these."""
        twin = KnownNames()
        twin._known = set(self._known)
        twin._by_start = {start: list(patterns) for start, patterns in self._by_start.items()}
        return twin

    def add(self, name: str) -> bool:
        """Learn a name; say whether it was one that matters here and new."""
        name = normal(name)
        if not name or name in self._known or NAME.fullmatch(name) or not NAME.match(name):
            return False
        self._known.add(name)
        patterns = self._by_start.setdefault(name[0], [])
        patterns.append((name, re.compile(r"\s+".join(re.escape(word) for word in name.split(" ")))))
        patterns.sort(key=lambda pair: -len(pair[0]))
        return True

    def match(self, text: str, position: int) -> tuple[str, int] | None:
        """Find the longest known name that stands here whole; give it and where it ends."""
        for name, pattern in self._by_start.get(text[position], ()):
            found = pattern.match(text, position)
            if found and not (_PART.match(text, found.end()) and _PART.match(name[-1])):
                return name, found.end()
        return None
