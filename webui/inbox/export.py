"""A tab of the inbox as a spreadsheet, text as text."""

from collections.abc import Iterable
from io import BytesIO

from flask_babel import gettext as _

from engine.persistence.repositories.inbox import InboxRow
from webui.formatting import ZONE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (44, 18, 22, 20, 14, 18, 18)


def workbook(name: str, rows: Iterable[InboxRow]) -> BytesIO:
    """Write the rows with a head that stays, filters, and widths that fit."""
    import xlsxwriter  # slow to import, seldom needed

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(name[:31])
        head = book.add_format({"bold": True, "bg_color": "#F0F3F7", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "border": 1, "align": "left"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        titles = [_("Matter"), _("Kind"), _("Step"), _("Number"), _("Unit"), _("Arrived"), _("Due")]
        for column, (title, width) in enumerate(zip(titles, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        last = 0
        for last, row in enumerate(rows, start=1):
            texts = (row.title or row.name, row.process_name, row.name, row.business_key or "", row.unit or "")
            for column, text in enumerate(texts):
                sheet.write_string(last, column, text, cell)
            for column, moment in ((5, row.at), (6, row.due_at)):
                if moment is None:
                    sheet.write_blank(last, column, None, cell)
                else:
                    sheet.write_datetime(last, column, moment.astimezone(ZONE).replace(tzinfo=None), day)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(titles) - 1)
    stream.seek(0)
    return stream
