"""The board as a spreadsheet, lights as colours with their words."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from webui.inbox.export import XLSX

__all__ = ["XLSX", "workbook"]
FILLS = {"over": "#FDECEA", "near": "#FFF4DF", "done": "#E8F5EC", "normal": "#E8F5EC"}


def workbook(name: str, head: Sequence[str], rows: Sequence[Any]) -> BytesIO:
    """Write the matrix as it stands on the page."""
    import xlsxwriter  # slow to import, seldom needed

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
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
        sheet.set_column(2, max(2, len(head) - 1), 14)
        sheet.freeze_panes(2, 2)
        sheet.set_landscape()
        sheet.repeat_rows(1)
        sheet.fit_to_pages(1, 0)
    stream.seek(0)
    return stream
