"""The cell formats of a printed ledger: title in 小标宋, heads in 黑体 on light grey, body in 仿宋, thin borders."""

from typing import Any

from engine.ledgers.paper import PaperColumn

TITLE, HEAD, BODY = "方正小标宋简体", "黑体", "仿宋"


class Formats:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells: dict[tuple[str, str], Any] = {}
        boxed = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        line = {"font_name": BODY, "font_size": 12, "valign": "vcenter"}
        self.title = book.add_format({"font_name": TITLE, "font_size": 22, "align": "center", "valign": "vcenter"})
        self.head = book.add_format({**boxed, "font_name": HEAD, "font_size": 11, "align": "center", "bg_color": "#F2F2F2"})
        self.left = book.add_format({**line, "align": "left"})
        self.middle = book.add_format({**line, "align": "center"})
        self._right = book.add_format({**line, "align": "right"})
        self._to_sign = book.add_format({**line, "align": "right", "indent": 12})
        self.note = book.add_format({**line, "font_size": 11, "align": "left", "text_wrap": True})
        self.text = book.add_format({**boxed, "font_name": BODY, "font_size": 11, "align": "left"})
        self.plain = book.add_format({"border": 1, "valign": "vcenter", "font_name": BODY, "font_size": 11})
        self.centred = book.add_format({**boxed, "font_name": BODY, "font_size": 11, "align": "center"})
        self.empty = book.add_format({**boxed, "font_name": BODY, "font_size": 12, "align": "center"})
        self.total = book.add_format({**boxed, "font_name": HEAD, "font_size": 11, "align": "center"})
        summed = {**boxed, "font_name": HEAD, "font_size": 11, "align": "right"}
        self.total_number = book.add_format({**summed, "num_format": "#,##0.00"})
        self.total_whole = book.add_format({**summed, "num_format": "#,##0"})

    def last(self, text: str) -> Any:
        """Give the format of the rightmost line; one that waits for a signature leaves room for it."""
        return self._to_sign if text.rstrip().endswith((":", "\uff1a")) else self._right

    def cell(self, column: PaperColumn, whole: bool = False) -> Any:
        """Give the format of a column's cells; *whole* numbers have no decimal places."""
        kind = "whole" if whole and column.kind == "number" else column.kind
        key = (kind, column.align)
        if key not in self._cells:
            numbers = {"date": "yyyy/m/d", "number": "#,##0.00", "whole": "#,##0"}
            style = {
                "border": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "font_name": BODY,
                "font_size": 11,
                "align": column.align,
            }
            self._cells[key] = self._book.add_format({**style, "num_format": numbers.get(kind, "@")})
        return self._cells[key]
