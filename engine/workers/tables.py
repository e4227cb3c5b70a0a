"""Workers that ask and change tables: ledger rows, reference tables, and the units that are late."""

from collections.abc import Mapping
from typing import Any

from engine import definitions, ledgers
from engine.clock import ZONE
from engine.errors import EngineError
from engine.ledgers import Projected, reading
from engine.persistence.records import Job
from engine.persistence.work import UnitOfWork
from engine.workers import InputMissing, Result, needed


class UnknownOperation(EngineError):
    """The worker ledger knows query, count, update and create, but not {operation}."""


def ledger_rows(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Give the rows of the ledger in the header that ``ledger_filter`` holds for, as ``rows``."""
    return {"rows": _rows(work, headers, variables)}


def ledger_tables(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Give the rows of several ledgers (header ``ledgers``, with commas) that ``ledger_filter`` holds for, as ``tables``."""
    names = [name.strip() for name in str(needed("ledger_tables", headers, "ledgers")).split(",")]
    return {"tables": {name: _rows(work, {"ledger": name}, variables) for name in names}}


def count_rows(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Count the rows of the ledger in the header that ``ledger_filter`` holds for, as ``count``."""
    return {"count": ledgers.count(work, _ledger(headers), _filter(variables))}


def ledger(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Do what the header ``operation`` says: query, count, update (``ledger_key``, ``ledger_values``) or create."""
    operation = headers.get("operation", "query")
    if operation == "query":
        return ledger_rows(work, job, headers, variables)
    if operation == "count":
        return count_rows(work, job, headers, variables)
    if operation not in ("update", "create"):
        raise UnknownOperation(operation=operation)

    values = needed("ledger", variables, "ledger_values")
    if not isinstance(values, dict):
        raise InputMissing(type="ledger", name="ledger_values")
    key = str(needed("ledger", variables, "ledger_key"))
    state = values.get("state")
    own = {name: value for name, value in values.items() if name != "state"}
    unit = variables.get("unit")
    ledgers.project(work, _ledger(headers), key, own, str(state) if state else None, None, str(unit) if unit else None)
    return {}


def ledger_write(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Create or update the rows in ``write_rows`` (contexts of columns, with ``key`` unless the ledger numbers them, and
    optionally ``state`` and ``unit``) in the ledger of the header; give their keys in the same order as ``written``."""
    given = needed("ledger_write", variables, "write_rows")
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise InputMissing(type="ledger_write", name="write_rows")
    unit = str(variables.get("unit") or "") or None
    rows = [
        Projected(str(row.get("key") or ""), {name: value for name, value in row.items() if name not in ("key", "state")},
                  str(row["state"]) if row.get("state") is not None else None, unit)
        for row in given
    ]  # fmt: skip
    return {"written": ledgers.project_many(work, _ledger(headers), rows)}


def milestones(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Give who reached ``milestone`` (a code or several), and when, as ``reached``: code, unit, on (ISO date), on_time."""
    asked = needed("milestones", variables, "milestone")
    codes = [str(code) for code in asked] if isinstance(asked, list) else [str(asked)]
    dates = {code: definitions.pack(work, _pack(work, job)).milestone(code).date for code in codes}
    found = sorted(work.milestones.reached(codes), key=lambda row: (row.code, row.unit or ""))
    days = [(row, row.reached_at.astimezone(ZONE).date()) for row in found]
    return {
        "reached": [
            {"code": row.code, "unit": row.unit, "on": day.isoformat(), "on_time": day <= dates[row.code]} for row, day in days
        ]
    }


def reference(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Give the rows of the reference table in the header ``table`` that ``where`` (column: value) holds for, as ``rows``."""
    table = str(needed("reference", headers, "table"))
    where = variables.get("where")
    wanted = where.items() if isinstance(where, dict) else ()
    rows = definitions.pack(work, _pack(work, job)).reference(table)
    return {"rows": [row for row in rows if all(row.get(name) == value for name, value in wanted)]}


def late_units(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Give the units that have not reached ``milestone``, in official order, as ``late``: those in ``among``, else of the board.

    What the campaign reaches as a whole is reached for everybody as soon as anybody has marked it.
    """
    code = str(needed("late_units", variables, "milestone"))
    pack = definitions.pack(work, _pack(work, job))
    reached = {row.unit for row in work.milestones.reached([code])}
    types = pack.board.unit_types if pack.board else ()
    among = variables.get("among")
    asked = [u for u in work.units.all() if (u.code in among if isinstance(among, list) else not types or u.type in types)]
    done = bool(reached) and pack.milestone(code).per == "campaign"
    late = [] if done else [unit for unit in asked if unit.code not in reached]
    return {"late": [{"code": unit.code, "name": unit.name, "short_name": unit.short_name} for unit in late]}


def _rows(work: UnitOfWork, headers: Mapping[str, str], variables: Mapping[str, object]) -> list[dict[str, Any]]:
    found = ledgers.definition(work, _ledger(headers))
    records, _ = reading.records(work, found, None, _filter(variables))
    own = [
        {"key": row.business_key, "state": row.state, "list": row.list_key, "seq": row.seq, "unit": row.unit} for row in records
    ]
    return [dict(row.values) | facts for row, facts in zip(records, own, strict=True)]


def _ledger(headers: Mapping[str, str]) -> str:
    return str(needed("ledger", headers, "ledger"))


def _filter(variables: Mapping[str, object]) -> Mapping[str, object]:
    held = variables.get("ledger_filter")
    return held if isinstance(held, dict) else {}


def _pack(work: UnitOfWork, job: Job) -> str:
    if job.definition_id is None:
        raise InputMissing(type=job.type, name="definition")
    return definitions.loaded(work, job.definition_id).row.pack
