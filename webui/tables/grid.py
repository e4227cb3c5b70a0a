"""A grid: rows of texts under columns, as it is shown, typed into and sent back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

WHOLE_ROW = ""
MOST_ROWS = 3000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the file, its heading, what may be chosen, how wide it is in characters, what helps to fill it in."""

    id: str
    label: str
    options: Sequence[tuple[str, str]] = ()
    width: int = 12
    help: str = ""

    @property
    def heading(self) -> str:
        """The heading as a workbook has it."""
        return self.label or self.id

    def worded(self) -> "Column":
        """Give the column with its words as the reader has them: looked up once, whatever the number of rows."""
        options = tuple((value, str(label)) for value, label in self.options)
        return replace(self, label=str(self.label), options=options, help=str(self.help))


Faults = dict[tuple[int, str], list[str]]


@dataclass(slots=True)
class Grid:
    """Rows under columns; *faults* by row and column say what is wrong, a fault of a whole row has no column."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: list[list[str]]
    faults: Faults = field(default_factory=dict)
    help: str = ""

    def __post_init__(self) -> None:
        self.columns = tuple(column.worded() for column in self.columns)

    def add_fault(self, row: int, column: str, sentence: str) -> None:
        """Note what is wrong at a place; what the grid has no column for is said of the whole row."""
        known = {one.id for one in self.columns}
        self.faults.setdefault((row, column if column in known else WHOLE_ROW), []).append(sentence)

    def faults_at(self, row: int, column: str = WHOLE_ROW) -> Sequence[str]:
        """Give what is wrong at a place."""
        return self.faults.get((row, column), ())

    def label_of(self, column: str) -> str:
        """Give the heading of a column."""
        return next((one.heading for one in self.columns if one.id == column), column)

    def records(self) -> list[dict[str, str]]:
        """Give the rows by column."""
        return [dict(zip((column.id for column in self.columns), row, strict=True)) for row in self.rows]


def typed(name: str, columns: Sequence[Column], form: MultiDict[str, str]) -> list[list[str]]:
    """Read the rows a browser sends: every column is sent once for each row; rows without a word are left out."""
    cells = [form.getlist(f"{name}.{column.id}") for column in columns]
    rows = [[text.strip() for text in row] for row in zip(*cells, strict=False)]
    return [row for row in rows if any(row)][:MOST_ROWS]


def as_rows(columns: Sequence[Column], records: Sequence[Mapping[str, object]]) -> list[list[str]]:
    """Give records as rows of texts."""
    return [[as_text(record.get(column.id)) for column in columns] for record in records]


def as_text(value: object) -> str:
    """Write a value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
