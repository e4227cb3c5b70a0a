"""Setting a Word file: its pages, paragraphs and tables as the source of a typesetter, text only ever as quoted strings."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from engine.documents.word import Frame, Script, Word, attribute, child, children, points, tag

Family = Callable[[str], tuple[tuple[str, ...], bool]]
_CELL = 5.4


def source_of(word: Word, family: Family, mark: str) -> str:
    """Give the source of a whole document; *mark* stands at the head of each page where a font had to be replaced."""
    return _Setter(word, family).document(mark)


def quoted(text: str) -> str:
    """Give text as a string of the typesetter; spaces beside each other all count."""
    return json.dumps(text.replace("  ", "\u00a0\u00a0"), ensure_ascii=False)


class _Setter:
    def __init__(self, word: Word, family: Family) -> None:
        self._word, self._family = word, family
        self._replaced = False
        grid = child(word.document.sections[0]._sectPr, "docGrid")
        by_characters = attribute(grid, "type") in ("linesAndChars", "snapToChars")
        self._tracking = int(attribute(grid, "charSpace") or 0) / 4096 if by_characters else 0.0

    def document(self, mark: str) -> str:
        body = "\n".join(self._blocks(self._word.body))
        pages = self._page(mark)
        return f"{pages}\n{self._push()}\n{body}\n"

    # --- pages

    def _page(self, mark: str) -> str:
        section = self._word.document.sections[0]
        size = {name: _length(section, name) for name in ("page_width", "page_height")}
        margin = {side: _length(section, f"{side}_margin") for side in ("top", "right", "bottom", "left")}
        self._width = size["page_width"] - margin["left"] - margin["right"]
        heads = self._running("header", f"top + left, dx: {margin['left']}pt, dy: {_length(section, 'header_distance')}pt")
        feet = self._running("footer", f"bottom + left, dx: {margin['left']}pt, dy: -{_length(section, 'footer_distance')}pt")
        said = f'#place(top + right, dx: -20pt, dy: 14pt, text(size: 7.5pt, fill: luma(110), "{mark}"))' if self._replaced else ""
        margins = ", ".join(f"{side}: {length}pt" for side, length in margin.items())
        return (
            f"#set document(title: {quoted(self._word.document.core_properties.title or '')})\n"
            f'#set text(lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em, cjk-latin-spacing: none)\n'
            f"#set par(spacing: 0pt)\n#set block(spacing: 0pt)\n"
            f"#set page(width: {size['page_width']}pt, height: {size['page_height']}pt, margin: ({margins}), "
            f"foreground: context {{ let n = here().page()\n{heads}\n{feet}\n[{said}] }})"
        )

    def _running(self, name: str, place: str) -> str:
        """Set what runs at the head or the foot: the first page's, even pages', the others'."""
        section, kinds = self._word.document.sections[0], [("true", name)]
        if self._word.even_and_odd:
            kinds.insert(0, ("calc.even(n)", f"even_page_{name}"))
        if section.different_first_page_header_footer:
            kinds.insert(0, ("n == 1", f"first_page_{name}"))
        lines = []
        for condition, kind in kinds:
            part = getattr(section, kind)
            held = "" if part.is_linked_to_previous else "\n".join(self._blocks(part._element))
            lines.append(f"if {condition} {{ place({place}, block(width: {self._width}pt)[{held}]) }}")
        return " else ".join(lines)

    def _push(self) -> str:
        """Leave room below the head of the first page where it reaches into the text, as Word does."""
        section = self._word.document.sections[0]
        kind = "first_page_header" if section.different_first_page_header_footer else "header"
        part = getattr(section, kind)
        if part.is_linked_to_previous:
            return ""
        room = _length(section, "top_margin") - _length(section, "header_distance")
        held = "\n".join(self._blocks(part._element))
        return f"#context v(calc.max(0pt, measure(block(width: {self._width}pt)[{held}]).height - {room}pt))"

    # --- blocks

    def _blocks(self, holder: Any) -> Iterator[str]:
        for node in holder:
            if tag(node) == "p":
                yield self._paragraph(node)
            elif tag(node) == "tbl":
                yield self._table(node)

    def _paragraph(self, node: Any) -> str:
        frame = self._word.frame(node)
        runs = list(self._runs(node, frame))
        own = self._word.script(next(iter(children(node, "r")), None), node)
        size = max((self._word.script(run, node).size for run in children(node, "r")), default=own.size)
        line = frame.line or size * 1.3
        first = f"first-line-indent: (amount: {max(frame.first, 0)}pt, all: true)"
        way = f"leading: {line - size}pt, justify: {_said(frame.align == 'both')}, {first}"
        held = "".join(runs) if runs else f"#box(height: {size}pt)"
        align = frame.align if frame.align in ("center", "right") else "left"
        half = (line - size) / 2
        text = f"#block(width: 100%, inset: (y: {half}pt), sticky: {_said(frame.keep)})[#set align({align})\n#par({way})[{held}]]"
        if frame.left or frame.right:
            text = f"#pad(left: {frame.left}pt, right: {frame.right}pt)[{text}{_lines(frame, 'bottom')}]"
        else:
            text = text + _lines(frame, "bottom")
        above = f"#v({frame.before}pt)" if frame.before else ""
        below = f"#v({frame.after}pt)" if frame.after else ""
        return ("#pagebreak(weak: true)" if frame.new_page else "") + above + _lines(frame, "top") + text + below

    def _runs(self, node: Any, frame: Frame) -> Iterator[str]:
        """Set the runs of a paragraph; a field for the page number becomes one."""
        field = ""
        for run in node.iter("{*}r"):
            script = self._word.script(run, node)
            for part in run:
                name = tag(part)
                if name == "fldChar":
                    field = {"begin": "code", "separate": "shown"}.get(attribute(part, "fldCharType") or "", "")
                elif name == "instrText" and "PAGE" in (part.text or ""):
                    counted = "counter(page).final().first()" if "NUMPAGES" in part.text else "counter(page).get().first()"
                    yield self._text(script, f"context str({counted})")
                elif name == "t" and not field and part.text:
                    yield self._text(script, quoted(part.text))
                elif name == "tab":
                    yield "#h(1fr)" if frame.right_tab else "#h(2em)"
                elif name == "br":
                    yield "#pagebreak()" if attribute(part, "type") == "page" else "#linebreak()"

    def _text(self, script: Script, held: str) -> str:
        families, real = self._family(script.font)
        self._replaced = self._replaced or not real
        thick = ' stroke: 0.022em + rgb("#' + script.colour + '"),' if script.bold or (not real and "标宋" in script.font) else ""
        names = ", ".join(quoted(name) for name in families)
        text = (
            f'#text(font: ({names},), size: {script.size}pt, fill: rgb("#{script.colour}"),{thick} '
            f"tracking: {self._tracking:.3f}pt, {held})"
        )
        return f"#underline[{text}]" if script.underlined else text

    # --- tables

    def _table(self, node: Any) -> str:
        widths = [points(column, "w") for column in children(child(node, "tblGrid"), "gridCol")]
        properties = child(node, "tblPr")
        lines, margins = child(properties, "tblBorders"), child(properties, "tblCellMar")
        padding = points(child(margins, "left"), "w", _CELL)
        rows = [list(self._cells(row, number, node)) for number, row in enumerate(children(node, "tr"))]
        heads = [row for row, tr in zip(rows, children(node, "tr"), strict=True) if child(tr, "trPr", "tblHeader") is not None]
        cells = [f"table.header({', '.join(cell for row in heads for cell in row)})"] if heads else []
        cells += [cell for row in rows if row not in heads for cell in row]
        columns = ", ".join(f"{width}pt" for width in widths)
        text = f"table(columns: ({columns},), inset: (x: {padding}pt, y: 0pt), {_strokes(lines)}, {', '.join(cells)})"
        if child(properties, "tblpPr") is not None:
            return f"#v(1fr)#block(breakable: false, width: 100%)[#align(center, {text})]"
        return f"#align({attribute(child(properties, 'jc'), 'val') or 'left'}, {text})"

    def _cells(self, row: Any, number: int, table: Any) -> Iterator[str]:
        height, place = points(child(row, "trPr", "trHeight"), "val"), 0
        for cell in children(row, "tc"):
            properties = child(cell, "tcPr")
            span = int(attribute(child(properties, "gridSpan"), "val") or 1)
            merge = child(properties, "vMerge")
            if merge is not None and attribute(merge, "val") != "restart":
                place += span
                continue
            below = _rows_below(table, number, place) if merge is not None else 1
            upright = {"center": "horizon", "bottom": "bottom"}.get(attribute(child(properties, "vAlign"), "val") or "", "top")
            held = f"[{''.join(self._blocks(cell))}]"
            if height and place == 0:
                held = f"grid(columns: (0pt, 1fr), align: {upright}, block(height: {height}pt), {held})"
            yield f"table.cell(colspan: {span}, rowspan: {below}, align: {upright}, breakable: false, {held})"
            place += span


def _rows_below(table: Any, number: int, place: int) -> int:
    """Count the rows that a cell reaches down."""
    count = 1
    for row in children(table, "tr")[number + 1 :]:
        at = 0
        for cell in children(row, "tc"):
            merge = child(cell, "tcPr", "vMerge")
            if at == place and merge is not None and attribute(merge, "val") != "restart":
                count += 1
                break
            at += int(attribute(child(cell, "tcPr", "gridSpan"), "val") or 1)
        else:
            return count
    return count


def _strokes(lines: Any) -> str:
    """Give the lines of a table; where it has none of its own, none are drawn."""

    def width(side: str) -> str:
        node = child(lines, side)
        drawn = node is not None and attribute(node, "val") not in (None, "none", "nil")
        return f"{int(attribute(node, 'sz') or 4) / 8}pt" if drawn else "none"

    sides = {name: width(name) for name in ("top", "bottom", "left", "right", "insideH", "insideV")}
    return (
        f"stroke: (x, y) => (top: if y == 0 {{ {sides['top']} }} else {{ {sides['insideH']} }}, bottom: {sides['bottom']}, "
        f"left: if x == 0 {{ {sides['left']} }} else {{ {sides['insideV']} }}, right: {sides['right']})"
    )


def _lines(frame: Frame, side: str) -> str:
    """Draw the lines above or below a paragraph; double ones with the thick line where its kind has it."""
    return "".join(_line(*line[1:]) for line in frame.borders if line[0] == side)


def _line(kind: str, width: float, space: float, colour: str) -> str:
    paint = f'rgb("#{colour}")'
    widths: Iterable[float] = (width,)
    if kind.startswith("thickThin"):
        widths = (width, width / 3)
    elif kind.startswith("thinThick"):
        widths = (width / 3, width)
    elif kind == "double":
        widths = (width, width)
    drawn = f"#v({width / 2}pt)".join(f"#block(width: 100%, height: {each}pt, fill: {paint})" for each in widths)
    return f"#v({space}pt){drawn}"


def _length(section: Any, name: str) -> float:
    """Give a measure of the page in points."""
    found = getattr(section, name)
    return float(found.pt) if found is not None else 0.0


def _said(value: bool) -> str:
    return "true" if value else "false"
