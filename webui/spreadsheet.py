"""A list as a spreadsheet: its head stays and repeats on paper, text stays text, and it is as wide as a page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from flask import Response, g, request, send_file

from engine import exporting
from webui.formatting import ZONE
from webui.work import the_engine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\"), " ")
MOST = 5000


def sent(name: str, columns: Mapping[str, float], rows: Iterable[Sequence[object]]) -> Response:
    """Send the rows as a file that says who took it away and when; *columns* are titles with their widths."""
    found = list(rows)
    return send_file(
        workbook(name, columns, found, taken(name, len(found))), XLSX, as_attachment=True, download_name=f"{name}.xlsx"
    )


def taken(name: str, rows: int) -> str:
    """Keep in the trail that rows are taken away; give the line that says who took them and when."""
    with the_engine().work(g.actor) as work:
        exporting.note(work, request.path, name, rows)
        return exporting.mark(work)


def stamp(sheet: Any, mark: str) -> None:
    """Print a line at the head of every page of a sheet."""
    sheet.set_header("&R&9&K666666" + mark.replace("&", "&&"))


def workbook(name: str, columns: Mapping[str, float], rows: Iterable[Sequence[object]], mark: str = "") -> BytesIO:
    """Write the rows below their titles."""
    import xlsxwriter  # slow to import, seldom needed

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        sheet = book.add_worksheet(name.translate(FORBIDDEN)[:31])
        head = book.add_format({"bold": True, "bg_color": "#F0F3F7", "border": 1, "align": "center", "valign": "vcenter"})
        for column, (title, width) in enumerate(columns.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        last = _lines(book, sheet, rows)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        _for_paper(sheet)
        stamp(sheet, mark)
    stream.seek(0)
    return stream


def _lines(book: Any, sheet: Any, rows: Iterable[Sequence[object]]) -> int:
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy/m/d", "border": 1, "align": "left", "valign": "top"})
    moment = book.add_format({"num_format": "yyyy/m/d hh:mm", "border": 1, "align": "left", "valign": "top"})
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(last, column, value.astimezone(ZONE).replace(tzinfo=None), moment)
            elif isinstance(value, date):
                sheet.write_datetime(last, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(last, column, value, text)
            else:
                sheet.write_string(last, column, str(value or ""), text)
    return last


def _for_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
