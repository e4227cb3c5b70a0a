"""Rows as people read them: computed columns, labels for options, masks for those who may not see everything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from engine.feel import Environment
from engine.forms import shown
from engine.forms.model import CHOICE, Field, Option, look_up
from engine.forms.secrets import masked
from engine.hiding import NOTHING, without
from engine.ledgers.leading import Lead
from engine.ledgers.model import Column, Ledger
from engine.persistence.repositories.ledgers import LedgerRecord

HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a page or a paper shows it: *values* as stored, *cells* as read, *leads* by column for those that lead on."""

    id: UUID
    revision: int
    key: str
    seq: int
    unit: str
    state: str
    values: Mapping[str, object]
    cells: Mapping[str, str]
    is_open: bool
    instance_id: UUID | None
    updated_at: datetime
    updated_by: str
    leads: Mapping[str, Lead] = field(default_factory=dict)


@dataclass(slots=True)
class Presenter:
    """Words the rows of one ledger for one reader."""

    ledger: Ledger
    environment: Environment
    units: Mapping[str, str]
    role: str | None = None
    clear: bool = False
    hides: Callable[[Mapping[str, object]], frozenset[str]] = lambda values: NOTHING
    follow: Callable[[object], Lead | None] = lambda _target: None
    _options: dict[tuple[str, ...], list[Option]] = field(default_factory=dict)

    def row(self, record: LedgerRecord, columns: Sequence[Column], number: int | None = None) -> Row:
        """Word the *columns* of one record; *number* is its line where it stands among others, as on paper."""
        labelled = any("label" in worded.names for column in columns if (worded := column.value or column.show))
        context = self.context(record, labelled) | ({} if number is None else {"seq": number})
        hidden = self.hides(record.values)
        cells = {column.id: HIDDEN if column.id in hidden else self.cell(column, context) for column in columns}
        return Row(
            record.id, record.revision, record.business_key, record.seq, record.unit, record.state, self._values(record), cells,
            self.ledger.is_open(record.state), record.instance_id, record.updated_at, record.updated_by,
            self._leads([column for column in columns if column.id not in hidden], context),
        )  # fmt: skip

    def _leads(self, columns: Sequence[Column], context: Mapping[str, object]) -> Mapping[str, Lead]:
        targets = {column.id: column.link.evaluate(context, self.environment) for column in columns if column.link}
        return {name: lead for name, target in targets.items() if (lead := self.follow(target)) is not None}

    def context(self, record: LedgerRecord, labelled: bool = True) -> dict[str, object]:
        """Give what the row's expressions see; the labels of all options are looked up only where something asks for them."""
        own = {
            "seq": record.seq,
            "key": record.business_key,
            "unit": record.unit,
            "unit_name": self.units.get(record.unit, record.unit),
        }
        own |= {"state": record.state, "list": record.list_key, "updated_at": record.updated_at.strftime("%Y-%m-%d %H:%M")}
        context: dict[str, object] = {
            **dict.fromkeys(self.ledger.columns),
            **without(record.values, self.hides(record.values)),
            **own,
            self.ledger.key: record.business_key,
        }
        if labelled:
            context["label"] = self.labels(context)
        return context

    def labels(self, context: Mapping[str, object]) -> dict[str, str]:
        """Give the labels of the options chosen in a row."""
        fields = self.ledger.options_of.items()
        return {name: shown(found, look_up(context, name), self.options(found, context)) for name, found in fields}

    def options(self, found: Field, context: Mapping[str, object]) -> list[Option]:
        """Give a field's options, resolved once for each of the row's values that they depend on."""
        names = found.choices.expression.names if found.choices and found.choices.expression else frozenset[str]()
        known = {name: context.get(name) for name in sorted(names & self.ledger.columns.keys())}
        key = (found.key, *map(repr, known.values()))
        if key not in self._options:
            self._options[key] = found.options(known, self.environment)
        return self._options[key]

    def cell(self, column: Column, context: Mapping[str, object]) -> str:
        """Word one cell."""
        text = self._text(column, context)
        return masked(text, column.mask) if column.mask and not self.sees_all else text

    @property
    def sees_all(self) -> bool:
        """Tell whether nothing is masked for this reader."""
        return self.clear or self.role in self.ledger.clear_for

    def _text(self, column: Column, context: Mapping[str, object]) -> str:
        worded = column.value or column.show
        if worded is not None:
            value = worded.evaluate(context, self.environment)
            return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
        value = look_up(context, column.id)
        if column.field is None:
            return _plain(value)
        if column.kind == "dynamiclist":
            return self._lines(column.field, value, context)
        return shown(column.field, value, self.options(column.field, context) if column.kind in CHOICE else ())

    def _lines(self, found: Field, value: object, context: Mapping[str, object]) -> str:
        """Word a list of rows: one line each, numbered when there are several."""
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        lines = [self._line(found, row, {**context, **row}) for row in rows]
        return lines[0] if len(lines) == 1 else "\n".join(f"{number}.{line}" for number, line in enumerate(lines, 1))

    def _line(self, found: Field, row: Mapping[str, object], context: Mapping[str, object]) -> str:
        said = [shown(part, look_up(row, part.key), part.options(context, self.environment)) for part in found.fields()]
        first, *others = [text for text in said if text] or [""]
        return f"{first}({'，'.join(others)})" if others else first

    def _values(self, record: LedgerRecord) -> Mapping[str, object]:
        """Give the stored values, without those that are masked for this reader."""
        masks = () if self.sees_all else (column.id for column in self.ledger.columns.values() if column.mask)
        hidden = self.hides(record.values) | frozenset(masks)
        return without(record.values, hidden) if hidden else record.values


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(_plain, value))
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("label") or "、".join(_plain(part) for part in value.values()))
    return "" if value is None else ("是" if value else "否") if isinstance(value, bool) else str(value)
