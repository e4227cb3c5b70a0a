"""Ledgers: tables that a pack declares, kept as rows within a data scope, filled in by people and by processes.

Rows are checked by a form of the pack, changed only while nobody else changed them, pasted from a spreadsheet,
and kept equal to the variables of the process instance that treats them.
"""

from engine.ledgers.catalogue import all_of, declared, definition, environment, formal_name, is_shut
from engine.ledgers.editing import RowChange, Saving, change, may_edit, save_rows
from engine.ledgers.filters import FilterError, conditions, fixed
from engine.ledgers.intake import Fault, Incoming, Preview, block, paste, preview, texts, typed
from engine.ledgers.leading import Lead
from engine.ledgers.lookup import form_environment
from engine.ledgers.model import Column, Ledger, Sheet, View
from engine.ledgers.presenting import Presenter, Row
from engine.ledgers.projecting import Projected, columns, project, project_many
from engine.ledgers.reader import LedgerReading, read_ledgers
from engine.ledgers.reading import count, get, hides, presenter, rows, rows_that, tally, view_of
from engine.ledgers.relating import Relatives, related
from engine.ledgers.undoing import before, inverse

__all__ = [
    "Column", "Fault", "FilterError", "Incoming", "Lead", "Ledger", "LedgerReading", "Presenter", "Preview", "Projected",
    "Relatives", "Row", "RowChange", "Saving", "Sheet", "View", "all_of", "before", "block", "change", "columns", "conditions",
    "count", "declared", "definition", "environment", "fixed", "form_environment", "formal_name", "get", "hides", "inverse",
    "is_shut", "may_edit", "paste", "presenter", "preview", "project", "project_many", "read_ledgers", "related", "rows",
    "rows_that", "save_rows", "tally", "texts", "typed", "view_of",
]  # fmt: skip
