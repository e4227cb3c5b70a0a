"""The board as a spreadsheet, lights as colours with their words; and the list behind a figure."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from flask_babel import gettext as _

from webui.spreadsheet import OPTIONS, XLSX, stamp

__all__ = ["XLSX", "list_of", "workbook"]
FILLS = {"over": "#FDECEA", "near": "#FFF4DF", "done": "#E8F5EC", "normal": "#E8F5EC"}
Lines = Iterable[Sequence[object]]


def workbook(name: str, found: Mapping[str, Any], mark: str) -> BytesIO:
    """Write the matrix, the indicators with their definitions, and each chart's numbers, as they stand on the page."""
    head = [_("No."), _("Unit"), *(column.name for column in found["columns"])]
    stream = BytesIO()
    with _book(stream) as book:
        _matrix(book, name, head, found["rows"])
        groups = [*found["groups"], ("", found["highlights"])]
        lines = [
            (card.name, shown.name, f"{shown.text}{shown.unit}", shown.part, "" if shown.whole is None else shown.whole,
             shown.word, shown.why or shown.change, card.definition)
            for _group, cards in groups for card in cards for shown in card.figures
        ]  # fmt: skip
        titles = (_("Indicator"), _("Figure"), _("Number"), _("Counted"), _("Of"), _("Light"), _("Remark"), _("Definition"))
        _sheet(book, _("Indicators"), titles, lines, (18, 18, 12, 10, 10, 10, 26, 90))
        for chart in found["charts"]:
            counts = [(bar.label, *_counts(bar, len(chart.series)), bar.total) for bar in chart.bars]
            _sheet(book, chart.name, ("", *chart.series, _("Total")), counts, (26, *[14] * len(chart.series), 10))
        _stamp_all(book, mark)
    stream.seek(0)
    return stream


def list_of(name: str, found: Mapping[str, Any], mark: str) -> BytesIO:
    """Write the rows or units behind a figure, its definition above them."""
    stream = BytesIO()
    with _book(stream) as book:
        if "page" in found:
            columns = found["columns"]
            lines: Lines = [[row.cells[column.id] for column in columns] for row in found["page"].rows]
            titles, widths = [column.label for column in columns], [column.width for column in columns]
        else:
            titles, widths = [_("Unit"), _("Milestone"), _("Due"), _("Reached on"), _("Counted")], [28, 28, 14, 14, 10]
            lines = [_unit_line(one) for one in found["standings"]]
        _sheet(book, name, titles, lines, widths, found["card"].definition)
        _stamp_all(book, mark)
    stream.seek(0)
    return stream


def _book(stream: BytesIO) -> Any:
    import xlsxwriter  # slow to import, seldom needed

    return xlsxwriter.Workbook(stream, OPTIONS)


def _stamp_all(book: Any, mark: str) -> None:
    for sheet in book.worksheets():
        stamp(sheet, mark)


def _unit_line(one: Mapping[str, Any]) -> list[object]:
    due = one["milestone"]
    return [
        one["unit"],
        due.name if due else "",
        str(due.date) if due else "",
        str(one["reached_on"] or ""),
        _("yes") if one["counts"] else _("no"),
    ]


def _counts(bar: Any, width: int) -> list[int]:
    counts = [0] * width
    for part in bar.parts:
        counts[part.series] = part.count
    return counts


def _matrix(book: Any, name: str, head: Sequence[str], rows: Sequence[Any]) -> None:
    sheet = book.add_worksheet(_("Units and milestones"))
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    bold = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#F0F3F7"})
    plain = book.add_format({"border": 1})
    fills = {light: book.add_format({"border": 1, "align": "center", "bg_color": colour}) for light, colour in FILLS.items()}
    centred = book.add_format({"border": 1, "align": "center"})
    sheet.merge_range(0, 0, 0, max(1, len(head) - 1), name, title)
    for column, text in enumerate(head):
        sheet.write_string(1, column, text, bold)
    for number, (unit, cells) in enumerate(rows, start=1):
        sheet.write_number(number + 1, 0, number, centred)
        sheet.write_string(number + 1, 1, unit.name, plain)
        for column, cell in enumerate(cells, start=2):
            sheet.write_string(number + 1, column, cell.text, fills.get(cell.light, centred))
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, max(2, len(head) - 1), 12)
    sheet.freeze_panes(2, 2)
    _for_paper(sheet, 1)


def _sheet(book: Any, name: str, titles: Sequence[str], lines: Lines, widths: Sequence[float], above: str = "") -> None:
    sheet = book.add_worksheet(name.translate(dict.fromkeys(map(ord, "[]:*?/\\"), " "))[:31])
    head = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#F0F3F7"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    first = 0
    if above:
        sheet.merge_range(0, 0, 0, max(1, len(titles) - 1), above, book.add_format({"text_wrap": True, "valign": "top"}))
        sheet.set_row(0, 34)
        first = 1
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(first, column, title, head)
    for number, line in enumerate(lines, start=first + 1):
        for column, value in enumerate(line):
            write = sheet.write_number if isinstance(value, int) else sheet.write_string
            write(number, column, value if isinstance(value, int) else str(value), cell)
    sheet.freeze_panes(first + 1, 0)
    _for_paper(sheet, first)


def _for_paper(sheet: Any, head: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(head)
    sheet.fit_to_pages(1, 0)
