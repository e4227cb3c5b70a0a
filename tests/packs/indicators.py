"""The campaign's indicators over data that is counted by hand: three units on 10 August, and what stands in their ledgers."""

from datetime import datetime
from typing import Any

from engine import definitions, indicators
from engine.bootstrap import Engine
from engine.clock import ZONE
from engine.identity.actor import Actor
from engine.persistence.identity_records import UnitRow
from engine.persistence.keys import new_key
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork
from tests import rows
from tests.ledgers.conftest import deploy
from tests.packs.stage import KEY, files

UNITS = (("GAJ", "市直部门"), ("JTJ", "市直部门"), ("HC", "县市区"), ("LDXZB", "办公室"))
Put = tuple[str, str, str, str, dict[str, Any]]  # ledger, key, unit, state, columns


def stage(engine: Engine, put: tuple[Put, ...], reached: tuple[tuple[str, str, str], ...] = ()) -> Engine:
    """Deploy the pack's files and write rows into its ledgers; *reached* are milestones: code, unit, ISO moment."""
    with engine.work() as work:
        deploy(work, files(), KEY)
        work.units.add([_unit(code, kind, place) for place, (code, kind) in enumerate(UNITS)])
        work.ledger_rows.add([_record(work, *row) for row in put])
        place, _definition = rows.instance(work, work.now)
        for code, unit, at in reached:
            moment = datetime.fromisoformat(at).replace(tzinfo=ZONE)
            rows.add(work, "milestone", id=new_key(), code=code, unit=unit, instance_id=place, root_id=place, reached_at=moment)
    return engine


def _unit(code: str, kind: str, place: int) -> UnitRow:
    return UnitRow(code, code, code, kind, "市", None, None, False, [], place, f"/{code}/", f"/{code}/", True, KEY, False)


def _record(work: UnitOfWork, ledger: str, key: str, unit: str, state: str, values: dict[str, Any]) -> LedgerRecord:
    facts, by = {"unit": unit, **values}, "test"
    return LedgerRecord(new_key(), KEY, ledger, unit, unit, key, 1, state, facts, 1, None, work.now, by, work.now, by)


def figures(engine: Engine, actor: Actor, code: str) -> list[tuple[int, int | None, str]]:
    """Give part, whole and number of each figure of an indicator."""
    with engine.work(actor) as work:
        found = indicators.get(work, KEY, code).readings
    return [(one.part, one.whole, "—" if one.number is None else str(one.number)) for one in found]


def behind(engine: Engine, actor: Actor, code: str, place: int = 0, side: indicators.Side = "part") -> list[str]:
    """Name what stands behind a figure: keys of rows, or units."""
    with engine.work(actor) as work:
        pack = definitions.pack(work, KEY)
        figure = indicators.figure_of(pack.indicator(code), place)
        if figure.ledger and figure.kind not in ("coverage", "without"):
            return [row.key for row in indicators.rows(work, pack, figure, side).rows]
        return [one.unit for one in indicators.units(work, pack, figure, side)]
