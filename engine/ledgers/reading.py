"""Asking a ledger: its rows within the reader's data scope, and counts for boards."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from engine import hiding, sealing
from engine.identity import succession
from engine.identity.reading import note_list
from engine.identity.recusal import pool_name
from engine.ledgers.catalogue import definition, environment
from engine.ledgers.errors import NoSuchView
from engine.ledgers.filters import conditions
from engine.ledgers.leading import followed
from engine.ledgers.model import Column, Ledger, View
from engine.ledgers.presenting import Presenter, Row
from engine.persistence.records import PAGE, Page
from engine.persistence.repositories.ledgers import Condition, LedgerRecord
from engine.persistence.work import UnitOfWork

Filter = Mapping[str, object]


def view_of(ledger: Ledger, view_id: str = "") -> View:
    """Give a view of the ledger, the first when none is named."""
    if view_id and view_id not in ledger.views:
        raise NoSuchView(ledger=ledger.name, view=view_id)
    return ledger.view(view_id)


def read(work: UnitOfWork, ledger_id: str) -> Ledger:
    """Give a ledger whose rows whoever acts is going to read; of a restricted one the trail keeps that."""
    ledger = definition(work, ledger_id)
    if ledger.pool:
        note_list(work, pool_name(ledger.pack, ledger.pool), ledger.id, ledger.name)
    return ledger


def presenter(work: UnitOfWork, ledger: Ledger) -> Presenter:
    """Give what words the ledger's rows for the one who acts."""
    names = {unit.code: unit.name for unit in work.units.all()}
    worded = Presenter(ledger, environment(work, ledger.pack), names, work.actor.role, follow=partial(followed, work))
    if not work.actor.is_system and ledger.form.restricted:
        worded.hides = hides(work, ledger)
    return worded


def hides(work: UnitOfWork, ledger: Ledger) -> Callable[[Mapping[str, object]], frozenset[str]]:
    """Give what names the cells of a row that are not for the one who acts."""
    rules, known = hiding.rules_of([ledger.form]), environment(work, ledger.pack)
    return lambda values: hiding.hidden(work.actor, rules, values, known)


def shut(work: UnitOfWork, ledger: Ledger) -> frozenset[str]:
    """Give the columns in which the one who acts neither searches, nor filters, sorts and counts by them."""
    return hides(work, ledger)({}) if ledger.form.restricted else hiding.NOTHING


def rows(
    work: UnitOfWork,
    ledger_id: str,
    view_id: str = "",
    filter: Filter | None = None,
    sort: Sequence[str] = (),
    search: str = "",
    page: int = 1,
    size: int | None = PAGE,
) -> Page[Row]:
    """Give one page of a view's rows that the actor may see; *size* None gives them all."""
    ledger = read(work, ledger_id)
    view = view_of(ledger, view_id)
    closed = shut(work, ledger)
    known = tuple(name for name in sort if is_sortable(ledger, name) and name.removeprefix("-") not in closed) or view.sort
    before = (page - 1) * size if size else 0
    found, total = records(work, ledger, view, filter, known, search, size, before)
    worded = presenter(work, ledger)
    lines = [worded.row(record, view.columns, number) for number, record in enumerate(found, before + 1)]
    return Page(lines, total, page, size or max(total, 1))


def rows_that(
    work: UnitOfWork,
    ledger: Ledger,
    columns: Sequence[Column],
    held: Sequence[Condition],
    sort: Sequence[str],
    page: int = 1,
    size: int | None = PAGE,
) -> Page[Row]:
    """Give one page of the rows of which everything in *held* is true, as far as the actor may see them."""
    order, offset = sql_names(ledger, sort), (page - 1) * size if size else 0
    found, total = work.ledger_rows.page(ledger.id, work.actor.scope.units, held, order, "", size, offset)
    worded = presenter(work, ledger)
    return Page([worded.row(record, columns) for record in found], total, page, size or max(total, 1))


def records(
    work: UnitOfWork,
    ledger: Ledger,
    view: View | None,
    filter: Filter | None = None,
    sort: Sequence[str] = (),
    search: str = "",
    size: int | None = None,
    offset: int = 0,
) -> tuple[list[LedgerRecord], int]:
    """Give rows as they are stored, within the actor's data scope."""
    closed = shut(work, ledger)
    if closed and any(part.column in closed for part in conditions(filter or {})):
        return [], 0
    held = [_carried_on(work, part) for part in held_conditions(ledger, view, filter)]
    order = sql_names(ledger, sort or (view.sort if view else ("list", "seq")))
    marks = sealing.marks(work, search) if search and ledger.form.sensitive else ()
    return work.ledger_rows.page(ledger.id, work.actor.scope.units, held, order, search, size, offset, marks, closed)


def held_conditions(ledger: Ledger, view: View | None, filter: Filter | None) -> tuple[Condition, ...]:
    """Join a view's filter and a further one, with names as the tables know them."""
    both = (*(view.conditions if view else ()), *conditions(filter or {}))
    return tuple(Condition(sql_name(ledger, part.column), part.operator, part.value) for part in both)


def _carried_on(work: UnitOfWork, part: Condition) -> Condition:
    """Let a question for the rows of a unit find those that its successor, or what it carries on, has now."""
    if part.column != "unit" or part.operator != "any" or not succession.successors(work):
        return part
    heirs = {succession.heir_of(work, str(unit)) for unit in part.value}
    return Condition("unit", "any", tuple(sorted(heirs | succession.forebears(work, heirs))))


def sql_name(ledger: Ledger, name: str) -> str:
    """Give the name under which a column is searched: the unit, which sorts officially, and the business key have their own."""
    return "unit" if name in (ledger.unit, "unit_name") else "key" if name == ledger.key else name


def sql_names(ledger: Ledger, names: Sequence[str]) -> list[str]:
    """Give the names to sort by, each with its sign."""
    return [("-" if name.startswith("-") else "") + sql_name(ledger, name.removeprefix("-")) for name in names]


def is_sortable(ledger: Ledger, name: str) -> bool:
    """Tell whether lists can be sorted by a column; computed ones cannot."""
    column = ledger.columns.get(name.removeprefix("-"))
    return column is not None and column.value is None


def get(work: UnitOfWork, ledger_id: str, key: str) -> Row | None:
    """Give the row with a business key, as far as the actor may see it."""
    ledger = read(work, ledger_id)
    record = work.ledger_rows.find(ledger_id, key)
    units = work.actor.scope.units
    if record is None or (units is not None and record.unit not in units):
        return None
    return presenter(work, ledger).row(record, tuple(ledger.columns.values()))


def tally(work: UnitOfWork, ledger_id: str, by: str | Sequence[str] = (), filter: Filter | None = None) -> dict[object, int]:
    """Count rows by the values of one column, or by tuples of several; the key is None without any."""
    ledger = definition(work, ledger_id)
    names = (by,) if isinstance(by, str) else tuple(by)
    if shut(work, ledger) & {*names, *(part.column for part in conditions(filter or {}))}:
        return {}
    held = held_conditions(ledger, None, filter)
    found = work.ledger_rows.tally(ledger_id, work.actor.scope.units, [sql_name(ledger, name) for name in names], held)
    if not names:
        return {None: found[0].rows if found else 0}
    return {(row[0] if isinstance(by, str) else tuple(row[:-1])): row.rows for row in found}


def count(work: UnitOfWork, ledger_id: str, filter: Filter | None = None) -> int:
    """Count the rows that fit."""
    return tally(work, ledger_id, (), filter).get(None, 0)
