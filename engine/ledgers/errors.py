"""Reasons for not doing something to a ledger."""

from engine.errors import EngineError


class NoSuchLedger(EngineError):
    """There is no ledger {ledger}."""

    kind = "missing"


class NoSuchView(EngineError):
    """The ledger {ledger} has no view {view}."""

    kind = "missing"


class NotYourLedger(EngineError):
    """{ledger} is not changed in your post. It is changed within a task, or by those it belongs to."""

    kind = "forbidden"


class RowError(EngineError):
    """This row cannot be saved."""


class RowGone(RowError):
    """This row is no longer there. Reload the page."""


class RowChanged(RowError):
    """{who} changed this row at {at:%H:%M}. Reload it, then make your change again."""

    kind = "conflict"


class RowClosed(RowError):
    """A row in the state “{state}” can no longer be changed here."""


class RowElsewhere(RowError):
    """This row belongs to another list."""


class RowKept(RowError):
    """Rows of {ledger} are not deleted."""


class RowFollowed(RowError):
    """This row belongs to a matter that is being handled, so it is not deleted by hand."""


class KeyMissing(RowError):
    """Please fill in “{label}”; it names the row."""


class KeyTaken(RowError):
    """There is another row with {key}."""


class PasteError(EngineError):
    """What was pasted does not fit the table."""


class NothingPasted(PasteError):
    """There is nothing to paste. Copy cells in the spreadsheet first."""


class TooManyPasted(PasteError):
    """{rows} rows are more than {most}. Paste them in parts."""


class UnknownHeaders(PasteError):
    """These column headings are not known here: {names}. Expected are {expected}."""


class WrongWidth(PasteError):
    """Row {row} has {cells} cells; expected are {expected}: {names}. Copy the headings too, then order does not matter."""


class TooWide(PasteError):
    """What was pasted is {cells} cells wide; from here on there are {columns} columns. Begin further left."""


class NotOurWorkbook(PasteError):
    """This workbook was not exported from this list. Export it here first, fill it in, then bring it back."""


class OutdatedWorkbook(PasteError):
    """The table has changed since this workbook was exported. Export it again and copy your rows over."""
