"""Numbers that a process takes at its start, in the transaction that begins it: who files something reads its number at once."""

from __future__ import annotations

from collections.abc import Mapping

from engine import definitions
from engine.clock import ZONE
from engine.definitions import Loaded
from engine.persistence.work import UnitOfWork
from engine.workers.number import take

SERIES, NAME = "bpm:numbering", "bpm:numberAs"
USUAL_NAME = "number"


def numbered(work: UnitOfWork, definition: Loaded, variables: Mapping[str, object]) -> Mapping[str, object]:
    """Give *variables* with the number of the series that the process declares, unless whoever begins it gives one."""
    properties = definition.process.properties
    if SERIES not in properties:
        return variables
    name = properties[NAME].text if NAME in properties else USUAL_NAME
    if variables.get(name):
        return variables
    series = definitions.pack(work, definition.row.pack).series(properties[SERIES].text)
    today = work.now.astimezone(ZONE)
    return {**variables, name: take(work, series, {"year": today.year, "day": f"{today:%Y%m%d}"} | dict(variables))}
