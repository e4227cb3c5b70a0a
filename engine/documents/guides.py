"""How the columns of a list are filled in: help, example and choices, from the form that checks the rows."""

from engine import ledgers
from engine.documents.guide_sheets import Guide
from engine.forms.model import CHOICE, MANY_CHOICE, Field
from engine.ledgers.model import Ledger, View
from engine.persistence.work import UnitOfWork


def guides(work: UnitOfWork, ledger: Ledger, view: View) -> list[Guide]:
    """Give the guide of every column of a view that people fill in."""
    environment = ledgers.environment(work, ledger.pack)

    def choices(field: Field) -> tuple[str, ...]:
        return tuple(option.label for option in field.options({}, environment)) if field.kind in CHOICE else ()

    typed = [(column, column.field) for column in ledgers.typed(ledger, view.columns) if column.field]
    return [
        Guide(column.id, column.label, field.help, field.required, field.example, choices(field), field.kind in MANY_CHOICE)
        for column, field in typed
    ]
