"""A list as a workbook, laid out as offices print it: title, signing line, bordered table, foot line, page numbers.

Besides the list it holds how to fill it in and the code tables, so that it can be filled in offline and brought back.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.documents.formats import Formats
from engine.documents.guide_sheets import CODES, Guide, codes, instructions
from engine.documents.measuring import row_height
from engine.ledgers.paper import Paper, PaperColumn, PaperRow

LIST, META = "清单", "_meta"
_MARGIN = 0.59
_PAPERS = {"A3": 8, "A4": 9}
_QR_POINTS, _QR_DPI = 60, 300
# widths (in characters) at which 11 pt type printed to the page's width comes out at 9 pt
_ROOM = {("A3", True): 238, ("A3", False): 163, ("A4", True): 163, ("A4", False): 111}
_LEAST_DATE = 11.5
_MOST_HEADER = 240


@dataclass(frozen=True, slots=True)
class Extras:
    """What a workbook has besides its list: instructions, code tables, what lets it come back, the code of its snapshot."""

    instructions: Sequence[str] = ()
    guides: Sequence[Guide] = ()
    meta: Mapping[str, Any] | None = None
    blank_rows: int = 0
    code: str = ""
    qr: bytes = b""
    qr_pixels: int = 1
    cited: str = ""
    mark: str = ""


def workbook(paper: Paper, extras: Extras, at: datetime) -> bytes:
    """Write the workbook of one list."""
    import xlsxwriter  # slow to import, seldom needed

    target, paper = io.BytesIO(), fitted(paper)
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": paper.title, "author": paper.unit_name, "created": at.replace(tzinfo=None)})
        choices = {guide.column: guide for guide in extras.guides if guide.choices}
        _Sheet(book, paper, extras, choices).write()
        instructions(book, extras.instructions, extras.guides)
        codes(book, choices)
        if extras.meta:
            _meta(book, paper, extras.meta)
    return target.getvalue()


def fitted(paper: Paper) -> Paper:
    """Narrow the columns until the table, set to the width of its page, can still be read without glasses."""
    most = _ROOM[paper.paper, paper.landscape]
    whole = sum(column.width for column in paper.columns)
    if whole <= most:
        return paper
    least = {"date": _LEAST_DATE}
    columns = (replace(column, width=max(column.width * most / whole, least.get(column.kind, 0))) for column in paper.columns)
    return replace(paper, columns=tuple(columns))


class _Sheet:
    """The sheet with the list, written from the top row down."""

    def __init__(self, book: Any, paper: Paper, extras: Extras, choices: Mapping[str, Guide]) -> None:
        self._sheet = book.add_worksheet(LIST)
        self._formats = Formats(book)
        self._paper, self._extras, self._choices = paper, extras, choices
        self._width = len(paper.columns)
        self._row = 0

    def write(self) -> None:
        self._page()
        self._title()
        self._heading()
        for row in self._paper.rows:
            self._line(row)
        self._rest()
        self._foot()

    def _page(self) -> None:
        sheet, paper = self._sheet, self._paper
        sheet.set_paper(_PAPERS[paper.paper])
        (sheet.set_landscape if paper.landscape else sheet.set_portrait)()
        sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, 0.75)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        code = f"&R&10校验码 {self._extras.code}" if self._extras.code else ""
        sheet.set_footer(f"&C&10第 &P 页 共 &N 页{code}", {"margin": 0.3})
        cited, mark = (text.replace("&", "&&") for text in (self._extras.cited[:_MOST_HEADER], self._extras.mark))
        if cited or mark:
            head = (f"&C&8{cited}" if cited else "") + (f"&R&8&K666666{mark}" if mark else "")
            sheet.set_header(head, {"margin": 0.2})
        for number, column in enumerate(paper.columns):
            sheet.set_column(number, number, column.width)
        sheet.set_column(self._width, self._width, None, None, {"hidden": True})

    def _title(self) -> None:
        self._across(0, self._width - 1, self._paper.title, self._formats.title)
        if self._extras.qr:
            self._code()
        self._next(_QR_POINTS + 6 if self._extras.qr else 42)
        if self._paper.head:
            self._parts(self._paper.head)
            self._next(26)

    def _code(self) -> None:
        """Put the QR code at the right end of the title, where no stamp and no signature will cover it."""
        side, widths = _QR_POINTS * 4 // 3, [_pixels(column.width) for column in self._paper.columns]
        # within one column, so that programs that measure columns differently still show a square
        place = next((at for at in reversed(range(self._width)) if widths[at] > side + 4), self._width - 1)
        left = max(widths[place] - side - 4, 0)
        picture = {"image_data": io.BytesIO(self._extras.qr), "x_offset": left, "y_offset": 3, "object_position": 3}
        scale = _QR_POINTS / 72 * _QR_DPI / self._extras.qr_pixels
        self._sheet.insert_image(
            0, place, "code.png", {**picture, "x_scale": scale, "y_scale": scale, "description": self._extras.code}
        )

    def _parts(self, texts: Sequence[str]) -> None:
        """Write texts side by side: the first left, the last right, the others between."""
        styles = [self._formats.left, self._formats.middle]
        if len(texts) == 1:
            self._across(0, self._width - 1, texts[0], styles[0])
            return
        bounds = _split([column.width for column in self._paper.columns], len(texts))
        for number, (text, (start, end)) in enumerate(zip(texts, bounds, strict=False)):
            style = styles[0] if number == 0 else styles[1] if number < len(texts) - 1 else self._formats.last(text)
            self._across(start, end, text, style)

    def _heading(self) -> None:
        top = self._row
        grouped = {name: label for label, names in self._paper.groups for name in names}
        for number, column in enumerate(self._paper.columns):
            if grouped and column.id not in grouped:
                self._sheet.merge_range(top, number, top + 1, number, column.label, self._formats.head)
            else:
                self._sheet.write_string(top + bool(grouped), number, column.label, self._formats.head)
        if grouped:
            self._groups(top, grouped)
            self._next(24)
        self._next(max(30, row_height([(column.label, column.width) for column in self._paper.columns], 15)))
        self._sheet.freeze_panes(self._row, 0)
        self._sheet.repeat_rows(top, self._row - 1)

    def _groups(self, top: int, grouped: Mapping[str, str]) -> None:
        names = [column.id for column in self._paper.columns]
        for label, members in self._paper.groups:
            places = sorted(names.index(name) for name in members)
            self._across(places[0], places[-1], label, self._formats.head, top)

    def _line(self, row: PaperRow) -> None:
        for number, column in enumerate(self._paper.columns):
            self._cell(number, column, row)
        self._sheet.write_string(self._row, self._width, f"{row.id}:{row.revision}")
        self._validate()
        self._next(row_height([(row.cells.get(column.id, ""), column.width) for column in self._paper.columns], 15))

    def _cell(self, number: int, column: PaperColumn, row: PaperRow) -> None:
        value = row.values.get(column.id)
        style = self._formats.cell(column, whole=isinstance(value, int))
        if column.kind == "date" and isinstance(value, str):
            self._sheet.write_datetime(self._row, number, datetime.combine(date.fromisoformat(value), datetime.min.time()), style)
        elif column.kind == "number" and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            self._sheet.write_number(self._row, number, float(value), style)
        else:
            self._sheet.write_string(self._row, number, row.cells.get(column.id, ""), style)

    def _rest(self) -> None:
        """Write what stands below the rows: the word that there are none, rows to fill in, the totals."""
        if not self._paper.rows and not self._extras.blank_rows:
            self._across(0, self._width - 1, self._paper.empty or "(无)", self._formats.empty)
            self._next(36)
        for _ in range(self._extras.blank_rows):
            for number, column in enumerate(self._paper.columns):
                self._sheet.write_blank(self._row, number, None, self._formats.cell(column))
            self._validate()
            self._next(30)
        if self._paper.totals and self._paper.rows:
            self._totals()

    def _totals(self) -> None:
        for number, column in enumerate(self._paper.columns):
            total = self._paper.totals.get(column.id)
            if total is not None:
                style = self._formats.total_number if "." in total else self._formats.total_whole
                self._sheet.write_number(self._row, number, float(total), style)
            else:
                self._sheet.write_string(self._row, number, "合计" if number == 0 else "", self._formats.total)
        self._next(28)

    def _foot(self) -> None:
        if self._paper.foot:
            self._parts(self._paper.foot)
            self._next(28)
        for note in self._paper.notes:
            self._across(0, self._width - 1, note, self._formats.note)
            whole = sum(column.width for column in self._paper.columns)
            self._next(row_height([(note, whole)], 14))

    def _validate(self) -> None:
        from xlsxwriter.utility import xl_col_to_name

        for number, column in enumerate(self._paper.columns):
            guide = self._choices.get(column.id)
            if guide and not guide.many:
                place = list(self._choices).index(column.id)
                name = xl_col_to_name(place)
                source = f"={CODES}!${name}$2:${name}${len(guide.choices) + 1}"
                said = {"error_title": guide.label, "error_message": "请从下拉列表中选择。"}
                self._sheet.data_validation(self._row, number, self._row, number, {"validate": "list", "source": source, **said})

    def _across(self, start: int, end: int, text: str, style: Any, row: int | None = None) -> None:
        at = self._row if row is None else row
        if start == end:
            self._sheet.write_string(at, start, text, style)
        else:
            self._sheet.merge_range(at, start, at, end, text, style)

    def _next(self, height: float) -> None:
        self._sheet.set_row(self._row, height)
        self._row += 1


def _pixels(width: float) -> int:
    return int(width * 7 + 0.5)


def _split(widths: Sequence[float], parts: int) -> list[tuple[int, int]]:
    """Cut the columns into *parts* stretches of about the same width."""
    bounds: list[tuple[int, int]] = []
    whole, start, sum_ = sum(widths), 0, 0.0
    for number, room in enumerate(widths):
        sum_ += room
        left = len(widths) - number - 1
        if (sum_ >= whole * (len(bounds) + 1) / parts and len(bounds) < parts - 1) or left < parts - len(bounds) - 1:
            bounds.append((start, number))
            start = number + 1
    if start < len(widths):
        bounds.append((start, len(widths) - 1))
    return bounds


def _meta(book: Any, paper: Paper, meta: Mapping[str, Any]) -> None:
    """Note on a sheet that nobody sees which list and which layout this is, so that it can be brought back."""
    sheet = book.add_worksheet(META)
    known = {**meta, "columns": [column.id for column in paper.columns], "first_row": _first_row(paper)}
    sheet.write_string(0, 0, json.dumps(known, ensure_ascii=False, sort_keys=True))
    sheet.very_hidden()


def _first_row(paper: Paper) -> int:
    return 1 + bool(paper.head) + 1 + bool(paper.groups) + 1
