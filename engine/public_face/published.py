"""What is published: lists that a pack declares, column by column, and look-ups by an exact key."""

from dataclasses import dataclass

from engine import definitions, ledgers
from engine.forms.validators import narrow
from engine.ledgers import reading
from engine.packs.public import LookUp, PublicList
from engine.persistence.records import Page
from engine.persistence.work import UnitOfWork
from engine.public_face import limits
from engine.public_face.persons import face
from engine.public_face.progress import facts

PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its heading and what else is said."""

    title: str
    facts: list[tuple[str, str]]


def entries(work: UnitOfWork, pack_key: str, code: str, page: int = 1) -> tuple[PublicList, Page[Entry]]:
    """Give a page of a published list."""
    shown = face(work, pack_key).list(code)
    return shown, _of_table(work, pack_key, shown, page) if shown.table else _of_ledger(work, shown, page)


def look_up(work: UnitOfWork, pack_key: str, code: str, key: str, address: str) -> tuple[LookUp, Entry | None]:
    """Give what is public of the one row with this key, if there is one; nobody asks for all of them."""
    asked = face(work, pack_key).lookup(code)
    plain = narrow(key).replace(" ", "").upper()
    if not plain:
        return asked, None
    limits.spend(work, f"look.{code}", address, asked.per_address, limits.HOUR)
    row = work.ledger_rows.find(asked.ledger, plain)
    return asked, None if row is None else Entry(plain, facts(work, asked.ledger, row, asked.columns))


def _of_ledger(work: UnitOfWork, shown: PublicList, page: int) -> Page[Entry]:
    """Read every unit's rows that the view and the filter hold for; of them the declared columns alone are shown."""
    ledger = ledgers.definition(work, shown.ledger)
    view = ledgers.view_of(ledger, shown.view)
    held, order = reading.held_conditions(ledger, view, shown.filter), reading.sql_names(ledger, view.sort)
    found, total = work.ledger_rows.page(ledger.id, None, held, order, "", PAGE, (page - 1) * PAGE)
    return Page([_entry(facts(work, ledger.id, row, shown.columns)) for row in found], total, page, PAGE)


def _of_table(work: UnitOfWork, pack_key: str, shown: PublicList, page: int) -> Page[Entry]:
    rows = definitions.pack(work, pack_key).reference(shown.table)
    held = {name: (wanted,) if isinstance(wanted, str) else wanted for name, wanted in shown.filter.items()}
    fitting = [row for row in rows if all(row.get(name) in wanted for name, wanted in held.items())]
    here = fitting[(page - 1) * PAGE : page * PAGE]
    lines = [[(column.label or column.id, row.get(column.id, "")) for column in shown.columns] for row in here]
    return Page([_entry(line) for line in lines], len(fitting), page, PAGE)


def _entry(line: list[tuple[str, str]]) -> Entry:
    return Entry(line[0][1], [(label, text) for label, text in line[1:] if text])
