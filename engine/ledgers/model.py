"""A declared ledger: its columns, its views, and how a view looks on paper. Pure data, read from a pack."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.feel import Environment, Expression
from engine.forms.model import Field, Form, Setting
from engine.persistence.repositories.ledgers import Condition

Align = Literal["left", "center", "right"]
Mask = Literal["", "name", "phone", "id", "address", "all"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A line with ``{expressions}`` in it."""

    parts: tuple[Setting, ...] = ()

    def of(self, context: Mapping[str, object], environment: Environment) -> str:
        """Fill the line in; null prints as nothing."""
        return "".join(_written(part.of(context, environment)) for part in self.parts)

    @property
    def names(self) -> frozenset[str]:
        """Give the names that the line uses."""
        return frozenset(name for part in self.parts if part.expression for name in part.expression.names)


def _written(value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(_written, value))
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; *value* computes it, *show* words it, *link* says where it leads, *field* is the form's field behind it."""

    id: str
    label: str
    width: float
    align: Align
    field: Field | None = None
    value: Expression | None = None
    show: Expression | None = None
    mask: Mask = ""
    total: bool = False
    link: Expression | None = None

    @property
    def kind(self) -> str:
        """Give the type of the cells."""
        return self.field.kind if self.field else "text"


@dataclass(frozen=True, slots=True)
class Heading:
    """A second level of the table's head over some neighbouring columns."""

    label: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a view looks on paper and in a workbook; *upright* names the four columns of a record that stands upright."""

    paper: Literal["A3", "A4"]
    landscape: bool
    title: Wording
    file: Wording
    head: tuple[Wording, ...] = ()
    foot: tuple[Wording, ...] = ()
    notes: tuple[Wording, ...] = ()
    instructions: tuple[str, ...] = ()
    groups: tuple[Heading, ...] = ()
    blank_rows: int = 0
    empty: Wording = field(default_factory=Wording)
    upright: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of another ledger that belong to a row: those with the value of its column *by* in their *column*."""

    name: str
    ledger: str
    view: str
    column: str
    by: str


@dataclass(frozen=True, slots=True)
class View:
    """Some columns of a ledger, filtered and sorted; *start* is the process that makes its rows."""

    id: str
    name: str
    columns: tuple[Column, ...]
    filter: Mapping[str, object]
    conditions: tuple[Condition, ...]
    sort: tuple[str, ...]
    sheet: Sheet | None = None
    start: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger of a pack."""

    id: str
    name: str
    pack: str
    form: Form
    key: str
    list: tuple[str, ...]
    unit: str
    columns: Mapping[str, Column]
    views: Mapping[str, View]
    numbering: str = ""
    edit: frozenset[str] = frozenset()
    open_states: frozenset[str] | None = None
    deletable: bool = True
    clear_for: frozenset[str] = frozenset()
    pool: str = ""
    related: tuple[Related, ...] = ()
    version: str = ""
    options_of: Mapping[str, Field] = field(default_factory=dict)

    def view(self, view_id: str = "") -> View:
        """Give a view, the first one when none is named."""
        return self.views[view_id] if view_id else next(iter(self.views.values()))

    def is_open(self, state: str) -> bool:
        """Tell whether people may change a row in this state."""
        return self.open_states is None or state in self.open_states
