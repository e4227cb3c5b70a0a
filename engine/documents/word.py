"""Reading a Word file as it is laid out: what holds for a run or a paragraph, its own or by its style."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

TWIP = 1 / 20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def tag(node: Any) -> str:
    """Give the name of an element without its namespace."""
    return str(node.tag).removeprefix(_W)


def attribute(node: Any, name: str) -> str | None:
    """Give an attribute of an element, if there is the element."""
    return None if node is None else node.get(_W + name)


def points(node: Any, name: str, default: float = 0.0) -> float:
    """Give a measure in points; Word counts in twentieths."""
    value = attribute(node, name)
    return default if value is None or not value.lstrip("-").isdigit() else int(value) * TWIP


def child(node: Any, *names: str) -> Any:
    """Follow a path of elements; nothing where it ends early."""
    for name in names:
        node = None if node is None else node.find(_W + name)
    return node


def children(node: Any, name: str) -> list[Any]:
    """Give the direct children with a name."""
    return [] if node is None else node.findall(_W + name)


@dataclass(frozen=True, slots=True)
class Script:
    """How a run is set."""

    font: str
    size: float
    bold: bool
    colour: str
    underlined: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """How a paragraph is set; lengths in points, *line* exact or 0 for as high as its text."""

    align: str = "left"
    line: float = 0.0
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    new_page: bool = False
    keep: bool = False
    right_tab: bool = False
    borders: tuple[tuple[str, str, float, float, str], ...] = field(default=())


class Word:
    """An opened Word file."""

    def __init__(self, content: bytes) -> None:
        from docx import Document  # slow to import, seldom needed

        self.document = Document(io.BytesIO(content))
        self.body = self.document.element.body
        settings = self.document.settings.element
        self.even_and_odd = child(settings, "evenAndOddHeaders") is not None

    @cached_property
    def _styles(self) -> dict[str, Any]:
        return {str(attribute(style, "styleId")): style for style in children(self.document.styles.element, "style")}

    @cached_property
    def _usual(self) -> tuple[Any, Any]:
        found = child(self.document.styles.element, "docDefaults")
        return child(found, "rPrDefault", "rPr"), child(found, "pPrDefault", "pPr")

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        """Walk a style and what it is based on; without one, the style of ordinary paragraphs."""
        style = self._styles.get(style_id or "Normal")
        while style is not None:
            yield style
            style = self._styles.get(attribute(child(style, "basedOn"), "val") or "")

    def script(self, run: Any, paragraph: Any) -> Script:
        """Give how a run is set."""
        places = [child(run, "rPr")] if run is not None else [child(paragraph, "pPr", "rPr")]
        places += [child(style, "rPr") for style in self._chain(attribute(child(paragraph, "pPr", "pStyle"), "val"))]
        places.append(self._usual[0])

        def said(name: str, key: str) -> str | None:
            return next((value for place in places if (value := attribute(child(place, name), key)) is not None), None)

        bold = next((child(place, "b") for place in places if child(place, "b") is not None), None)
        font = said("rFonts", "eastAsia") or said("rFonts", "ascii") or ""
        size = float(said("sz", "val") or 21) / 2
        colour, line = said("color", "val") or "000000", said("u", "val") or "none"
        on = bold is not None and attribute(bold, "val") not in ("0", "false")
        return Script(font, size, on, "000000" if colour == "auto" else colour, line != "none")

    def frame(self, paragraph: Any) -> Frame:
        """Give how a paragraph is set."""
        places = [child(paragraph, "pPr")]
        places += [child(style, "pPr") for style in self._chain(attribute(child(paragraph, "pPr", "pStyle"), "val"))]
        places.append(self._usual[1])

        def first(name: str, key: str) -> Any:
            return next((node for place in places if attribute(node := child(place, name), key) is not None), None)

        spacing, own = first("spacing", "line"), places[0]
        exact = attribute(spacing, "lineRule") == "exact"
        before, after = first("spacing", "before"), first("spacing", "after")
        left, right = first("ind", "left"), first("ind", "right")
        indent, hanging = points(first("ind", "firstLine"), "firstLine"), points(first("ind", "hanging"), "hanging")
        aligned = attribute(first("jc", "val"), "val") or "left"
        return Frame(
            {"start": "left", "end": "right"}.get(aligned, aligned), points(spacing, "line") if exact else 0.0,
            points(before, "before"), points(after, "after"), points(left, "left"), points(right, "right"), indent - hanging,
            child(own, "pageBreakBefore") is not None, child(own, "keepNext") is not None,
            any(attribute(stop, "val") == "right" for stop in children(child(own, "tabs"), "tab")), _borders(own),
        )  # fmt: skip


def _borders(properties: Any) -> tuple[tuple[str, str, float, float, str], ...]:
    """Give the lines around a paragraph: side, kind, width, distance, colour."""
    lines = child(properties, "pBdr")
    found = []
    for side in ("top", "bottom"):
        node = child(lines, side)
        kind = attribute(node, "val") or "none"
        if kind not in ("none", "nil"):
            width, space = int(attribute(node, "sz") or 4) / 8, float(attribute(node, "space") or 0)
            colour = attribute(node, "color") or "000000"
            found.append((side, kind, width, space, "000000" if colour == "auto" else colour))
    return tuple(found)
