"""Changing a ledger's rows: each checked by its form, each saved only if nobody changed it meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from engine import attachments, audit, sealing
from engine.errors import EngineError
from engine.forms import bind, submission
from engine.ledgers import errors
from engine.ledgers.catalogue import definition, environment, pack_of
from engine.ledgers.filters import fixed
from engine.ledgers.model import Ledger
from engine.ledgers.reading import Filter, hides
from engine.persistence.keys import new_key
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.repositories.sealed import SealedRecord
from engine.persistence.work import UnitOfWork

RowFaults = dict[str, EngineError]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What to do with one row: new without *id*; *submitted* are the cells as typed, others stay as they are."""

    submitted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    id: UUID | None = None
    revision: int | None = None
    delete: bool = False


@dataclass(frozen=True, slots=True)
class Saving:
    """What came of it: *faults* by position of the change and column ("" for the whole row); *saved* row by position."""

    faults: Mapping[int, RowFaults]
    saved: Mapping[int, UUID]

    @property
    def complete(self) -> bool:
        """Tell whether every change was saved."""
        return not self.faults


def change(ledger: Ledger, values: Mapping[str, object], row_id: UUID | None = None, revision: int | None = None) -> RowChange:
    """Make a change out of typed values."""
    return RowChange(submission(tuple(ledger.form.fields()), values), row_id, revision)


def may_edit(work: UnitOfWork, ledger: Ledger) -> bool:
    """Tell whether the actor's role changes this ledger outside tasks."""
    return work.actor.role in ledger.edit


def save_rows(
    work: UnitOfWork,
    ledger_id: str,
    changes: Sequence[RowChange],
    list_filter: Filter | None = None,
    granted: bool = False,
    partial: bool = False,
) -> Saving:
    """Create, change and delete rows of one list.

    With any fault nothing is saved, unless *partial* was confirmed: then the rows without a fault are.
    *list_filter* gives new rows their fixed columns. *granted* means that the actor holds a task that shows this list.
    """
    ledger = definition(work, ledger_id)
    if not granted and not may_edit(work, ledger):
        raise errors.NotYourLedger(ledger=ledger.name)
    prepared = prepare(work, ledger, changes, list_filter or {})
    if prepared.faults and not partial:
        return Saving(prepared.faults, {})
    return _write(work, ledger, prepared)


@dataclass(slots=True)
class Prepared:
    """Changes that have been checked, before anything is written."""

    faults: dict[int, RowFaults] = field(default_factory=dict)
    created: dict[int, LedgerRecord] = field(default_factory=dict)
    updated: dict[int, LedgerRecord] = field(default_factory=dict)
    deleted: dict[int, LedgerRecord] = field(default_factory=dict)


def prepare(work: UnitOfWork, ledger: Ledger, changes: Sequence[RowChange], list_filter: Filter) -> Prepared:
    """Check the changes without writing anything."""
    known = work.ledger_rows.get_many(ledger.id, [part.id for part in changes if part.id])
    checking = _Checking(work, ledger, fixed(list_filter), known)
    for position, part in enumerate(changes):
        try:
            checking.check(position, part)
        except errors.RowError as error:
            checking.prepared.faults[position] = {"": error}
    checking.check_keys()
    return checking.prepared


class _Checking:
    """The check of several changes at once."""

    def __init__(self, work: UnitOfWork, ledger: Ledger, given: Mapping[str, object], known: Mapping[UUID, LedgerRecord]) -> None:
        self.prepared = Prepared()
        self._work, self._ledger, self._given, self._known = work, ledger, given, known
        self._environment = environment(work, ledger.pack)
        self._fields = tuple(ledger.form.fields())
        self._hides = hides(work, ledger)
        self._pickers = [found.key for found in self._fields if found.kind == "filepicker"]

    def check(self, position: int, part: RowChange) -> None:
        if part.id is None:
            self._new(position, part)
        elif part.delete:
            self.prepared.deleted[position] = self._known_row(part)
        else:
            self._changed(position, part)

    def _known_row(self, part: RowChange) -> LedgerRecord:
        record = self._known.get(part.id) if part.id else None
        units = self._work.actor.scope.units
        if record is None or (units is not None and record.unit not in units):
            raise errors.RowGone
        if part.revision is not None and part.revision != record.revision:
            person = self._work.people.find(record.updated_by)
            raise errors.RowChanged(who=person.name if person else record.updated_by, at=record.updated_at)
        if not self._ledger.is_open(record.state):
            raise errors.RowClosed(state=record.state)
        if part.delete and not self._ledger.deletable:
            raise errors.RowKept(ledger=self._ledger.name)
        if part.delete and record.instance_id is not None:
            raise errors.RowFollowed
        if any(_cell(record, self._ledger, name) != value for name, value in self._given.items()):
            raise errors.RowElsewhere
        return record

    def _new(self, position: int, part: RowChange) -> None:
        values = self._bound(position, part.submitted, {})
        if values is None:
            return
        unit = str(values.get(self._ledger.unit) or self._work.actor.unit or "")
        units = self._work.actor.scope.units
        if units is not None and unit not in units:
            raise errors.RowElsewhere
        state, now, login = str(self._given.get("state", "")), self._work.now, self._work.actor.login
        values.setdefault(self._ledger.unit, unit)
        lists, key = list_key(self._ledger, values), str(values.get(self._ledger.key) or "")
        self.prepared.created[position] = LedgerRecord(
            new_key(), self._ledger.pack, self._ledger.id, unit, lists, key, 0, state, values, 1, None, now, login, now, login,
        )  # fmt: skip

    def _changed(self, position: int, part: RowChange) -> None:
        record = self._known_row(part)
        hidden = self._hides(record.values)
        typed = {name: texts for name, texts in part.submitted.items() if name.partition(".")[0] not in hidden}
        values = self._bound(position, self._overlaid(record.values, typed), record.values)
        if values is None:
            return
        values |= {name: record.values[name] for name in hidden if name in record.values}
        key = str(values.get(self._ledger.key) or record.business_key)
        self.prepared.updated[position] = replace(
            record, values=values, list_key=list_key(self._ledger, values), business_key=key,
            updated_at=self._work.now, updated_by=self._work.actor.login,
        )  # fmt: skip

    def _overlaid(self, stored: Mapping[str, object], submitted: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
        """Lay what was typed over what is stored; a list of rows that was typed replaces the stored one whole."""
        lists = [found.key for found in self._fields if found.kind == "dynamiclist"]
        typed = {key for key in lists if any(name == key or name.startswith(f"{key}.") for name in submitted)}
        kept = submission([found for found in self._fields if found.key not in typed], stored)
        return {**kept, **submitted}

    def _bound(
        self, position: int, submitted: Mapping[str, Sequence[str]], stored: Mapping[str, object]
    ) -> dict[str, object] | None:
        """Bind one row to the form; None when it has faults."""
        declared = {found.key for found in self._fields}
        given = {name: [str(value)] for name, value in self._given.items() if name in declared}
        files = attachments.facts(self._work, [text for key in self._pickers for text in submitted.get(key, ())])
        context = {**stored, **self._given, "unit": stored.get("unit") or self._given.get("unit") or self._work.actor.unit}
        bound = bind(self._ledger.form, {**submitted, **given}, context, self._environment, files)
        if bound.errors:
            self.prepared.faults[position] = dict(bound.errors)
            return None
        own = {name: value for name, value in self._given.items() if name not in ("state", "key", "list", "seq")}
        return {**stored, **bound.values, **own}

    def check_keys(self) -> None:
        """Refuse keys that other rows have; a series makes its own."""
        if self._ledger.numbering or self._ledger.key == "key":
            return
        rows = {**self.prepared.created, **self.prepared.updated}
        taken = self._work.ledger_rows.known_keys(self._ledger.id, {row.business_key for row in rows.values()})
        label = self._ledger.columns[self._ledger.key].label
        for position, row in sorted(rows.items()):
            if not row.business_key:
                self._refuse(position, errors.KeyMissing(label=label))
            elif taken.setdefault(row.business_key, row.id) != row.id:
                self._refuse(position, errors.KeyTaken(key=row.business_key))

    def _refuse(self, position: int, error: EngineError) -> None:
        self.prepared.created.pop(position, None)
        self.prepared.updated.pop(position, None)
        self.prepared.faults.setdefault(position, {})[self._ledger.key] = error


def _cell(record: LedgerRecord, ledger: Ledger, name: str) -> object:
    own = {
        "unit": record.unit,
        ledger.unit: record.unit,
        "state": record.state,
        "key": record.business_key,
        "list": record.list_key,
    }
    return own.get(name, record.values.get(name))


def list_key(ledger: Ledger, values: Mapping[str, object]) -> str:
    """Name the list that a row belongs to."""
    return "/".join("" if values.get(name) is None else str(values[name]) for name in ledger.list)


def _write(work: UnitOfWork, ledger: Ledger, prepared: Prepared) -> Saving:
    """Write what was found right; a row that somebody changed at this very moment becomes a fault."""
    sealed = sealing.take_rows(work, ledger.form.sensitive, [*prepared.created.values(), *prepared.updated.values()])
    number_rows(work, ledger, list(prepared.created.values()))
    work.ledger_rows.add(list(prepared.created.values()))
    saved = {position: row.id for position, row in prepared.created.items()}
    for position, row in prepared.updated.items():
        if work.ledger_rows.save(row):
            saved[position] = row.id
        else:
            prepared.faults[position] = {"": errors.RowGone()}
    for position, row in prepared.deleted.items():
        if work.ledger_rows.remove(row.id, row.revision):
            saved[position] = row.id
        else:
            prepared.faults[position] = {"": errors.RowGone()}
    _seal(work, ledger, sealed, prepared, saved)
    if saved:
        audit.record(work, "ledger.changed", ledger.id, _done(prepared, saved))
    return Saving(prepared.faults, saved)


def _seal(
    work: UnitOfWork,
    ledger: Ledger,
    sealed: Mapping[UUID, list[SealedRecord]],
    prepared: Prepared,
    saved: Mapping[int, UUID],
) -> None:
    """Keep what was sealed in the rows that were saved, and nothing of those that were removed."""
    records = [record for row in saved.values() for record in sealed.get(row, ())]
    if records:
        work.sealed.add(records)
    gone = [row.id for position, row in prepared.deleted.items() if position in saved]
    if gone and ledger.form.sensitive:
        work.sealed.drop(gone)


def _done(prepared: Prepared, saved: Mapping[int, UUID]) -> dict[str, list[str]]:
    """Name the rows that were created, changed and removed, for the audit trail."""
    kinds = {"created": prepared.created, "changed": prepared.updated, "removed": prepared.deleted}
    return {
        kind: [row.business_key for position, row in rows.items() if position in saved] for kind, rows in kinds.items() if rows
    }


def number_rows(work: UnitOfWork, ledger: Ledger, rows: Sequence[LedgerRecord]) -> None:
    """Give new rows their running number within the list and, where a series makes it, their key."""
    last = work.ledger_rows.last_numbers(ledger.id, {row.list_key for row in rows}) if rows else {}
    for row in rows:
        row.seq = last[row.list_key] = last.get(row.list_key, 0) + 1
        if ledger.numbering and not row.business_key:
            row.business_key = _next_key(work, ledger, row)
        row.business_key = row.business_key or str(row.id)
        if ledger.key not in ("key", "seq"):
            row.values[ledger.key] = row.business_key


def _next_key(work: UnitOfWork, ledger: Ledger, row: LedgerRecord) -> str:
    series = pack_of(work, ledger).series(ledger.numbering)
    facts = dict.fromkeys(series.per, "") | {**row.values, "unit": row.unit, "year": work.now.year}
    return series.pattern.format(**facts, n=work.numbers.next(series.series, series.scope(facts)))
