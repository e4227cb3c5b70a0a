"""Checking what a pack counts against its ledgers: no column may be counted by, and no view shown, that is not there."""

from collections.abc import Iterable, Iterator, Mapping

from engine import packs
from engine.errors import Problem
from engine.ledgers import Ledger
from engine.packs import Pack

Counted = tuple[str, str, Iterable[str], str]  # place, ledger, columns, view


def check(files: Mapping[str, bytes], ledgers: Mapping[str, Ledger]) -> list[Problem]:
    """Give what is wrong; a ledger that is not there, or could not be read, was named before."""
    if "pack.toml" not in files:
        return []
    return [
        Problem("pack.toml", place, 1, template, facts)
        for place, ledger, columns, view in _counted(packs.parse(dict(files)))
        if ledger in ledgers
        for template, facts in _amiss(ledgers[ledger], columns, view)
    ] + list(_exposed(packs.parse(dict(files)), ledgers))


def _exposed(pack: Pack, ledgers: Mapping[str, Ledger]) -> Iterator[Problem]:
    """Name what would show a restricted ledger to everybody."""
    pools = {pool.code for pool in pack.pools}
    for ledger in ledgers.values():
        if ledger.pool and ledger.pool not in pools:
            template = "The ledger {ledger} belongs to the pool {pool}, which is not in [[pools]]."
            yield Problem("pack.toml", "pools", 1, template, {"ledger": ledger.id, "pool": ledger.pool})
    for indicator in pack.indicators:
        shut = [figure.ledger for figure in indicator.figures if figure.ledger in ledgers and ledgers[figure.ledger].pool]
        if shut and not indicator.suppress_below:
            template = (
                "The indicator {code} counts the restricted ledger {ledger}: say suppress_below, so that no small number shows."
            )
            yield Problem("pack.toml", f"indicators[{indicator.code}]", 1, template, {"code": indicator.code, "ledger": shut[0]})
    for place, name in _boards(pack):
        if name in ledgers and ledgers[name].pool:
            template = (
                "The board shows {ledger} to everybody, but it is restricted: count it with an indicator and suppress_below."
            )
            yield Problem("pack.toml", place, 1, template, {"ledger": name})


def _boards(pack: Pack) -> Iterator[tuple[str, str]]:
    if pack.board:
        for kind in ("columns", "tiles", "charts"):
            yield from ((f"board.{kind}[{part.name}]", part.ledger) for part in getattr(pack.board, kind))


def _counted(pack: Pack) -> Iterator[Counted]:
    for indicator in pack.indicators:
        for figure in indicator.figures:
            if figure.ledger:
                place = f"indicators[{indicator.code}].figures[{figure.name}]"
                yield place, figure.ledger, (*figure.filter, *figure.of, figure.column), figure.view
    if pack.board:
        for column in pack.board.columns:
            if column.ledger:
                yield f"board.columns[{column.name}]", column.ledger, (*column.filter, *column.of, column.value), ""
        for tile in pack.board.tiles:
            yield f"board.tiles[{tile.name}]", tile.ledger, (*tile.filter, *(tile.of or {})), ""
        for chart in pack.board.charts:
            yield f"board.charts[{chart.name}]", chart.ledger, (*chart.filter, chart.by, chart.split), ""


def _amiss(ledger: Ledger, columns: Iterable[str], view: str) -> Iterator[tuple[str, dict[str, object]]]:
    for name in sorted({name.removesuffix("!").strip() for name in columns} - {""}):
        if name not in ledger.columns:
            yield "{name} is no column of the ledger.", {"name": name}
        elif ledger.columns[name].value is not None:
            yield "{name} is computed; it cannot be counted by.", {"name": name}
    if view and view not in ledger.views:
        yield "The ledger {ledger} has no view {view}.", {"ledger": ledger.id, "view": view}
