"""Migration: matters under way go on with another version; what would happen is shown before anything is touched."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from engine import migrating, versions
from engine.errors import EngineError
from engine.migrating import Trial
from webui.modeler.blueprint import bp
from webui.modeler.wording import type_of
from webui.problems import said
from webui.work import change, unit_of_work

PREFIX = "to:"


@bp.get("/<pack>/migrate/<process_id>/<int:old>")
def migration(pack: str, process_id: str, old: int) -> ResponseReturnValue:
    """Show where the matters of a version stand, where they would go on, and which of them fit."""
    return _page(pack, process_id, old)


@bp.post("/<pack>/migrate/<process_id>/<int:old>")
def migrate(pack: str, process_id: str, old: int) -> ResponseReturnValue:
    """Migrate every matter that fits, each in a transaction of its own."""
    new, reason = request.form.get("new", type=int), request.form.get("reason", "").strip()
    if new is None or not reason:
        flash(_("Say why: the reason stays in the trail of every matter."), "error")
        return _page(pack, process_id, old), 422
    with unit_of_work() as work:
        fitting = [one for one in migrating.trial(work, process_id, old, new, _plan()) if not one.problems]
    failed = [one for one in fitting if not _moved(one.instance_id, new, reason)]
    done = len(fitting) - len(failed)
    text = ngettext("%(num)s matter goes on with version %(new)s.", "%(num)s matters go on with version %(new)s.", done, new=new)
    flash(text)
    if failed:
        flash(_("Moved on meanwhile and stayed as they were: %(titles)s", titles=_titles(failed)), "error")
    return redirect(url_for(".migration", pack=pack, process_id=process_id, old=old, new=new))


def _moved(instance_id: UUID, new: int, reason: str) -> bool:
    plan = _plan()
    try:
        change(lambda work: migrating.migrate(work, instance_id, new, plan, reason))
    except EngineError:
        return False
    return True


def _titles(trials: Sequence[Trial]) -> str:
    return "、".join(trial.title for trial in trials)


def _plan() -> dict[str, str]:
    """Read which element becomes which; what keeps its id is not part of a plan."""
    chosen = {name.removeprefix(PREFIX): value for name, value in request.values.items() if name.startswith(PREFIX)}
    return {before: after for before, after in chosen.items() if after and after != before}


def _page(pack: str, process_id: str, old: int) -> str:
    plan = _plan()
    with unit_of_work() as work:
        found = [one for one in versions.processes(work, pack).get(process_id, []) if one.row.version != old]
        row = versions.version(work, process_id, old)
        new = request.values.get("new", type=int) or next((one.row.version for one in found), 0)
        wrong = migrating.faults(work, process_id, old, new, plan) if new else []
        trials = migrating.trial(work, process_id, old, new, plan) if new and not wrong else []
        places = migrating.places(work, process_id, old, new, plan) if new else []
        units = {unit.code: unit.name for unit in work.units.named({one.unit for one in trials if one.unit})}
    return render_template(
        "modeler/migrate.html", pack=pack, row=row, old=old, new=new, others=found, places=places, trials=trials, wrong=wrong,
        prefix=PREFIX, plan=plan, said=said, type_of=type_of, units=units, reason=request.form.get("reason", ""),
    )  # fmt: skip
