"""Process administration: the list, the editor, and what it asks of the engine while one draws."""

import io
from pathlib import PurePosixPath
from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine import changes, definitions, versions
from engine.persistence.work import UnitOfWork
from webui.modeler import change_views, file_views, migration_views, version_views, wording
from webui.modeler.blueprint import bp, my_pack
from webui.modeler.contents import content, digest
from webui.modeler.vocabulary import vocabulary
from webui.navigation import Item
from webui.work import change, unit_of_work

MENU = tuple(
    Item("modeler.index", _l("Processes"), "diagram-3", group=_l("Process administration"), order=80, right=right)
    for right in ("edit_process", "publish_process")
)
PARTS = (change_views, file_views, migration_views, version_views)


@bp.get("/")
def index() -> ResponseReturnValue:
    """List what is deployed, what I am changing, and what waits for its publication."""
    with unit_of_work() as work:
        pack = my_pack(work)
        processes = versions.processes(work, pack)
        mine = changes.mine(work, pack)
        shown: dict[str, Any] = {
            "pack": definitions.pack(work, pack),
            "processes": processes,
            "mine": mine,
            "drafts": {row.path: row for row in work.changes.files(mine.id)} if mine else {},
            "stale": changes.stale(work, mine) if mine else [],
            "waiting": [one for one in work.changes.unpublished(pack) if one.state == "submitted"],
            "people": _names(work, {one.deployed_by for found in processes.values() for one in found}),
        }
    return render_template("modeler/index.html", **shown)


def _names(work: UnitOfWork, logins: set[str]) -> dict[str, str]:
    return {login: person.name for login, person in work.people.named(logins).items()}


@bp.get("/<pack>/edit/<path:path>")
def edit(pack: str, path: str) -> ResponseReturnValue:
    """Open a process file in the editor: my draft, or what holds now."""
    with unit_of_work() as work:
        draft, mine = changes.draft(work, pack, path), changes.mine(work, pack)
        if not path.endswith(".bpmn") or (draft is None and path not in versions.files(work, pack)):
            abort(404)
        if draft is not None and draft.removed:
            return redirect(url_for(".compare", pack=pack, path=path, new="mine"))
        shown: dict[str, Any] = {
            "words": vocabulary(work, pack),
            "draft": draft,
            "mine": mine,
            "others": changes.others(work, pack, path),
            "base": (draft.base_sha256 or "") if draft else digest(work, pack, path),
            "stale": mine is not None and path in changes.stale(work, mine),
            "processes": [row for row in work.definitions.active() if (row.pack, row.path) == (pack, path)],
        }
    can_edit = g.actor.may("edit_process") and (mine is None or mine.state in changes.EDITABLE)
    return render_template("modeler/edit.html", pack=pack, path=path, can_edit=can_edit, **shown)


@bp.get("/<pack>/file/<path:path>")
def file(pack: str, path: str) -> ResponseReturnValue:
    """Give a content of a file, to draw it or to keep it."""
    with unit_of_work() as work:
        data = content(work, pack, path, request.args.get("at", "now"))
    keep = "keep" in request.args
    kind = "application/octet-stream" if keep else "text/plain; charset=utf-8"
    return send_file(io.BytesIO(data), mimetype=kind, as_attachment=keep, download_name=PurePosixPath(path).name)


@bp.post("/<pack>/check/<path:path>")
def check(pack: str, path: str) -> ResponseReturnValue:
    """Say what the engine finds in the pack with what is on the screen."""
    data = _drawn()
    with unit_of_work() as work:
        checked = changes.check(work, pack, {path: data})
    readable = not any(problem.file == path for problem in checked.problems)
    return jsonify(wording.findings(checked, changes.judge(checked, [path] if readable else []), path))


@bp.post("/<pack>/keep/<path:path>")
def keep(pack: str, path: str) -> ResponseReturnValue:
    """Keep what is on the screen as a draft."""
    asked, data = request.get_json(), _drawn()
    saved = change(lambda work: changes.save(work, pack, path, data, asked.get("base") or None, int(asked.get("revision", 0))))
    return jsonify(revision=saved.revision, message=_("Draft saved at %(time)s", time=f"{saved.saved_at:%H:%M:%S}"))


def _drawn() -> bytes:
    return str(request.get_json().get("xml", "")).encode()


@bp.post("/<pack>/discard/<path:path>")
def discard(pack: str, path: str) -> ResponseReturnValue:
    """Throw my draft of a file away."""
    change(lambda work: changes.discard(work, pack, path))
    flash(_("Your draft of %(path)s has been discarded.", path=path))
    return redirect(url_for(".index"))


@bp.post("/<pack>/settle/<path:path>")
def settle(pack: str, path: str) -> ResponseReturnValue:
    """Let my draft hold over what was published meanwhile."""
    change(lambda work: changes.settle(work, pack, path))
    flash(_("Your draft now stands on what is in force. What was published meanwhile is undone where your draft says otherwise."))
    return redirect(url_for(".edit", pack=pack, path=path))


@bp.post("/<pack>/upload")
def upload(pack: str) -> ResponseReturnValue:
    """Take a file as a draft: under the name it is for, or under its own."""
    given = request.files.get("file")
    if given is None or not given.filename:
        flash(_("Choose a file first."), "over")
        return redirect(url_for(".index"))
    path, data = request.form.get("path") or PurePosixPath(given.filename.replace("\\", "/")).name, given.read()

    def save(work: UnitOfWork) -> None:
        before = changes.draft(work, pack, path)
        changes.save(work, pack, path, data, revision=before.revision if before else 0)

    change(save)
    flash(_("%(path)s has been taken in as your draft.", path=path))
    return redirect(url_for(".edit", pack=pack, path=path) if path.endswith(".bpmn") else url_for(".index"))
