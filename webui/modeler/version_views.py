"""Versions of a file: what it was, what differs, and making an older one hold again."""

import difflib
from collections.abc import Iterator

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import comparing, deployments, versions
from engine.persistence.work import UnitOfWork
from engine.versions import ProcessVersion
from webui.modeler.blueprint import bp
from webui.modeler.contents import base_of, content, is_text, name
from webui.modeler.wording import fact_of, kind_of, type_of
from webui.work import change, unit_of_work


@bp.get("/<pack>/versions/<path:path>")
def history(pack: str, path: str) -> ResponseReturnValue:
    """List what a file has been, and the versions of the processes in it."""
    with unit_of_work() as work:
        found = versions.history(work, pack, path)[::-1]
        processes = {key: here for key, all_ in versions.processes(work, pack).items() if (here := _in_file(all_, path))}
        people = {login: person.name for login, person in work.people.named({version.by for version in found}).items()}
        made_in = {version.change_id: work.changes.find(version.change_id) for version in found if version.change_id}
        here = path in versions.files(work, pack)
    may = g.actor.may("publish_process")
    return render_template(
        "modeler/history.html", pack=pack, path=path, versions=found, processes=processes, people=people, changes=made_in,
        may=may, here=here,
    )  # fmt: skip


def _in_file(found: list[ProcessVersion], path: str) -> list[ProcessVersion]:
    return [version for version in found if version.row.path == path]


@bp.post("/<pack>/activate/<process_id>/<int:version>")
def activate(pack: str, process_id: str, version: int) -> ResponseReturnValue:
    """Start new matters with an older version again."""
    change(lambda work: deployments.activate(work, process_id, version))
    flash(_("New matters follow version %(version)s again; those under way keep theirs.", version=version))
    with unit_of_work() as work:
        path = versions.version(work, process_id, version).path
    return redirect(url_for(".history", pack=pack, path=path))


@bp.get("/<pack>/compare/<path:path>")
def compare(pack: str, path: str) -> ResponseReturnValue:
    """Show two contents of a file side by side, and in words what differs."""
    new = request.args.get("new", "now")
    with unit_of_work() as work:
        old = request.args.get("old") or _before(work, pack, path, new)
        before, after = content(work, pack, path, old), content(work, pack, path, new)
        numbers = [version.number for version in versions.history(work, pack, path)][::-1]
    drawn = path.endswith(".bpmn")
    return render_template(
        "modeler/compare.html", pack=pack, path=path, old=old, new=new, numbers=numbers, name=name, drawn=drawn,
        differences=comparing.compare(before, after) if drawn else [], alike=before == after,
        lines=[] if drawn else list(_lines(before, after)), say={"kind": kind_of, "type": type_of, "fact": fact_of},
    )  # fmt: skip


def _before(work: UnitOfWork, pack: str, path: str, new: str) -> str:
    """Choose what to compare with: the content before, or what a draft was begun from."""
    if not new.isdigit() and new != "now":
        return base_of(work, pack, path, new)
    numbers = [version.number for version in versions.history(work, pack, path)]
    if not numbers:
        abort(404)
    earlier = [number for number in numbers if new == "now" or number < int(new)]
    return str(earlier[-2] if new == "now" and len(earlier) > 1 else earlier[-1] if earlier else numbers[0])


def _lines(before: bytes, after: bytes) -> Iterator[str]:
    if not is_text(before) or not is_text(after):
        return
    yield from list(difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), lineterm="", n=3))[2:]
