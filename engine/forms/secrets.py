"""Secrets: what was typed into a sensitive field, as its masked words with the clear text aside.

Whatever writes a secret down writes the masked words; only the engine's seal takes the clear text with it.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Literal, cast, get_args

Mask = Literal["name", "phone", "id", "address", "all"]
MASKS: tuple[Mask, ...] = get_args(Mask)
ROW = "_row"
_STARS = "****"
_PLACE = re.compile(r".{2,}?(?:区|县|旗)|.{2,}?市")
_MASKED = re.compile(r"\*{2}")


class Secret(str):
    """Masked words; *clear* is what was typed."""

    clear: str
    mask: Mask
    __slots__ = ("clear", "mask")

    def __new__(cls, clear: str, mask: Mask) -> "Secret":
        made = super().__new__(cls, masked(clear, mask))
        made.clear, made.mask = clear, mask
        return made


def masked(text: str, mask: str) -> str:
    """Hide most of a text: a name keeps its first character, a number its ends, an address its district."""
    if not text:
        return ""
    if mask == "name":
        return text[0] + "**"
    if mask == "address":
        district = _PLACE.match(text)
        return (district.group() if district else text[:2]) + _STARS
    if mask == "id" and len(text) > 10:
        return text[:4] + "*" * 10 + text[-4:]
    if mask == "phone" and len(text) > 8:
        return text[:3] + _STARS + text[-4:]
    return "***"


def is_masked(text: str) -> bool:
    """Tell whether a text reads as if it were masked already."""
    return _MASKED.search(text) is not None


def row_id() -> str:
    """Make the name of a row of a list, so that what is sealed in it stays with it when rows before it go."""
    return uuid.uuid4().hex[:8]


def plain(value: object) -> object:
    """Give a value with its secrets as mere words."""
    if isinstance(value, Secret):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def holds_any(value: object) -> bool:
    """Tell whether there is a secret somewhere in a value."""
    if isinstance(value, Mapping):
        return any(map(holds_any, value.values()))
    return any(map(holds_any, value)) if isinstance(value, list | tuple) else isinstance(value, Secret)


def part(values: Mapping[str, object], sensitive: Mapping[str, Mask]) -> "Parted":
    """Take the secrets out of *values*: mere words stay, the clear texts are given by the path of their field.

    Text under a *sensitive* name becomes a secret too, wherever it came from, unless it reads as masked already.
    Rows of a list are named, so that a path goes on meaning the same row.
    """
    parted = Parted(sensitive)
    parted.values = cast(dict[str, object], parted.walk(values, "", ""))
    return parted


class Parted:
    """Values without their clear texts, and these by path."""

    def __init__(self, sensitive: Mapping[str, Mask]) -> None:
        self.values: dict[str, object] = {}
        self.clear: dict[str, Secret] = {}
        self._sensitive = sensitive
        self._above = {pattern[: dot.start()] for pattern in sensitive for dot in re.finditer(r"\.", pattern)}

    def walk(self, value: object, path: str, pattern: str) -> object:
        """Copy a value without its secrets."""
        if isinstance(value, str):
            return self._text(value, path, pattern)
        if isinstance(value, Mapping):
            return {name: self.walk(inner, _under(path, name), _under(pattern, name)) for name, inner in value.items()}
        if isinstance(value, list | tuple) and (pattern in self._above or any(map(holds_any, value))):
            return [self._row(row, path, pattern) for row in value]
        return value

    def _row(self, row: object, path: str, pattern: str) -> object:
        if not isinstance(row, Mapping):
            return self.walk(row, path, pattern)
        name = str(row.get(ROW) or row_id())
        return {**cast(dict[str, object], self.walk(row, _under(path, name), pattern)), ROW: name}

    def _text(self, text: str, path: str, pattern: str) -> str:
        mask = self._sensitive.get(pattern)
        if not isinstance(text, Secret) and mask and text and not is_masked(text):
            text = Secret(text, mask)
        if not isinstance(text, Secret):
            return text
        self.clear[path] = text
        return str.__str__(text)


def _named(path: str, row: object) -> str:
    return _under(path, row[ROW]) if isinstance(row, Mapping) and ROW in row else path


def _under(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


def restored(values: Mapping[str, object], clear: Mapping[str, Secret]) -> dict[str, object]:
    """Put secrets back to where they were taken out."""
    return cast(dict[str, object], _restored(values, clear, ""))


def _restored(value: object, clear: Mapping[str, Secret], path: str) -> object:
    if isinstance(value, str):
        return clear.get(path, value)
    if isinstance(value, Mapping):
        return {name: _restored(inner, clear, _under(path, name)) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_restored(row, clear, _named(path, row)) for row in value]
    return value


def texts_at(values: object, sensitive: Mapping[str, Mask], path: str = "", pattern: str = "") -> Iterator[tuple[str, str, str]]:
    """Give every sensitive text among *values*: its path, the pattern of its field, and how it reads."""
    if isinstance(values, str):
        yield from ((path, pattern, values),) if values and pattern in sensitive else ()
    elif isinstance(values, Mapping):
        for name, inner in values.items():
            yield from texts_at(inner, sensitive, _under(path, name), _under(pattern, name))
    elif isinstance(values, list | tuple):
        for row in values:
            yield from texts_at(row, sensitive, _named(path, row), pattern)
