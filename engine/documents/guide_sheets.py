"""The sheets beside a list that say how it is filled in: instructions, a line for each column, the code tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.documents.formats import Formats
from engine.documents.measuring import row_height, width

INSTRUCTIONS, CODES = "填表说明", "代码表"
_MOST_LISTED = 120


@dataclass(frozen=True, slots=True)
class Guide:
    """How one column is filled in: *choices* are the labels of its options."""

    column: str
    label: str
    help: str
    required: bool
    example: str
    choices: tuple[str, ...] = ()
    many: bool = False


def instructions(book: Any, lines: Sequence[str], guides: Sequence[Guide]) -> None:
    """Write how the list is filled in."""
    if not lines and not guides:
        return
    sheet, formats = book.add_worksheet(INSTRUCTIONS), Formats(book)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for number, room in enumerate((20, 8, 70, 30)):
        sheet.set_column(number, number, room)
    sheet.merge_range(0, 0, 0, 3, INSTRUCTIONS, formats.title)
    sheet.set_row(0, 36)
    row = 1
    for line in lines:
        sheet.merge_range(row, 0, row, 3, line, formats.note)
        sheet.set_row(row, row_height([(line, 128)], 18))
        row += 1
    for number, label in enumerate(("栏目", "必填", "填写说明", "示例")):
        sheet.write_string(row, number, label, formats.head)
    for guide in guides:
        row += 1
        said = (guide.label, "必填" if guide.required else "选填", _help(guide), guide.example)
        for number, text in enumerate(said):
            sheet.write_string(row, number, text, formats.text if number != 1 else formats.centred)
        sheet.set_row(row, row_height(list(zip(said, (20, 8, 70, 30), strict=True)), 15))


def _help(guide: Guide) -> str:
    choices = ("可多选,用顿号分开:" if guide.many else "从下拉列表中选择:") + _listed(guide) if guide.choices else ""
    return "\n".join(part for part in (guide.help, choices) if part)


def _listed(guide: Guide) -> str:
    return "、".join(guide.choices) if sum(map(width, guide.choices)) < _MOST_LISTED else f"见“{CODES}”"


def codes(book: Any, choices: Mapping[str, Guide]) -> None:
    """Write the code tables, one column each, which the list's drop-downs point at."""
    if not choices:
        return
    sheet, formats = book.add_worksheet(CODES), Formats(book)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for number, guide in enumerate(choices.values()):
        sheet.set_column(number, number, max(14, *(min(width(choice) + 2, 120) for choice in guide.choices)))
        sheet.write_string(0, number, guide.label, formats.head)
        for row, choice in enumerate(guide.choices, 1):
            sheet.write_string(row, number, choice, formats.plain)
    sheet.freeze_panes(1, 0)
