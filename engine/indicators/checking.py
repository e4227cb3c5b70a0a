"""Checking a pack's indicators against its ledgers: a figure must not count by a column or show a view that is not there."""

from collections.abc import Iterator, Mapping

from engine import packs
from engine.errors import Problem
from engine.ledgers import Ledger
from engine.packs import Figure


def check(files: Mapping[str, bytes], ledgers: Mapping[str, Ledger]) -> list[Problem]:
    """Give what is wrong; that each ledger is there at all was checked with the pack itself."""
    if "pack.toml" not in files:
        return []
    return [
        Problem("pack.toml", f"indicators[{indicator.code}].figures[{figure.name}]", 1, template, facts)
        for indicator in packs.parse(dict(files)).indicators
        for figure in indicator.figures
        if figure.ledger
        for template, facts in _amiss(figure, ledgers[figure.ledger])
    ]


def _amiss(figure: Figure, ledger: Ledger) -> Iterator[tuple[str, dict[str, object]]]:
    names = {name.removesuffix("!").strip() for name in (*figure.filter, *figure.of)}
    for name in sorted({*names, *filter(None, [figure.column])}):
        if name not in ledger.columns:
            yield "{name} is no column of the ledger.", {"name": name}
        elif ledger.columns[name].value is not None:
            yield "{name} is computed; it cannot be counted by.", {"name": name}
    if figure.view and figure.view not in ledger.views:
        yield "The ledger {ledger} has no view {view}.", {"ledger": ledger.id, "view": figure.view}
