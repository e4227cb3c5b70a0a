"""What is meant to become of a matter: the row of a reference table that fits it, found once for each table."""

from collections.abc import Mapping, Sequence

from engine import definitions
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork
from engine.rehearsal.script import Plot

Row = Mapping[str, str]


class Plots:
    """The plots of a script."""

    def __init__(self, plots: Sequence[Plot]) -> None:
        self._plots = plots
        self._rows: dict[str, dict[str, Row]] = {}

    def of(self, work: UnitOfWork, instance: Instance) -> Row | None:
        """Give the row that tells of a matter, if a table does."""
        for plot in self._plots:
            if instance.process_id in plot.processes:
                loaded = definitions.loaded(work, instance.definition_id)
                found = plot.of.evaluate(instance.variables, loaded.at(work.now))
                return self._known(work, plot, loaded.row.pack).get(str(found))
        return None

    def _known(self, work: UnitOfWork, plot: Plot, pack: str) -> dict[str, Row]:
        if plot.table not in self._rows:
            self._rows[plot.table] = {row[plot.by]: row for row in reversed(definitions.pack(work, pack).reference(plot.table))}
        return self._rows[plot.table]
