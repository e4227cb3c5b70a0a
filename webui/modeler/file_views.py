"""Files that come and go: a new process, decision or form, empty or as a copy, and a file that is to be taken away."""

from collections.abc import Mapping
from typing import cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import changes, definitions, dmn, new_files
from engine.change_errors import KeyTaken, NoSuchOriginal, UnfitKey
from engine.new_files import Kind, Wanted
from engine.persistence.work import UnitOfWork
from webui.i18n import translated
from webui.modeler.blueprint import bp
from webui.modeler.vocabulary import units_of_roles
from webui.tables.form_views import used_by
from webui.work import change, unit_of_work

SUFFIXES = {"process": ".bpmn", "decision": ".dmn", "form": ".form"}


@bp.get("/<pack>/new")
def new(pack: str) -> ResponseReturnValue:
    """Ask what is to be begun."""
    return _page(pack)


@bp.post("/<pack>/new")
def begin(pack: str) -> ResponseReturnValue:
    """Begin a file as a draft of mine, and open it."""
    kind = _kind()
    try:
        begun = change(lambda work: new_files.begin(work, pack, _wanted(work, pack, kind)))
    except (UnfitKey, KeyTaken, NoSuchOriginal) as error:
        return _page(pack, translated(error)), 422
    if kind == "process" and new_files.begins_by_itself(begun.data):
        flash(_("The copy begins by a message or a timer, as its original does: change that first, or both will begin."), "near")
    flash(_("%(path)s is begun as your draft. It holds once another person has published it.", path=begun.path))
    return redirect(
        url_for(".edit", pack=pack, path=begun.path) if kind == "process" else url_for("tables.open", path=begun.path)
    )


@bp.post("/<pack>/remove/<path:path>")
def remove(pack: str, path: str) -> ResponseReturnValue:
    """Say in my change that a file is to go."""
    change(lambda work: changes.remove(work, pack, path))
    flash(_("%(path)s will go when another person publishes your change. Until then everything stays as it is.", path=path))
    return redirect(url_for(".index"))


def _page(pack: str, error: str = "") -> str:
    kind = _kind()
    with unit_of_work() as work:
        originals = _originals(work, pack, kind)
        roles = definitions.pack(work, pack).roles
    return render_template(
        "modeler/new.html",
        pack=pack,
        kind=kind,
        kinds=_kinds(),
        originals=originals,
        roles=roles,
        error=error,
        typed=request.values,
    )


def _kind() -> Kind:
    kind = request.values.get("kind", "process")
    if kind not in SUFFIXES:
        abort(404)
    return cast(Kind, kind)


def _kinds() -> dict[str, str]:
    return {"process": _("A process"), "decision": _("A decision table"), "form": _("A form")}


def _originals(work: UnitOfWork, pack: str, kind: Kind) -> list[tuple[str, str]]:
    """Give what can be copied, by the name people know it by."""
    files = changes.overlaid(work, changes.mine(work, pack), pack)
    paths = sorted(path for path in files if path.endswith(SUFFIXES[kind]))
    names = _names(work, kind, {path: files[path] for path in paths})
    return [(path, names.get(path, "")) for path in paths]


def _names(work: UnitOfWork, kind: Kind, files: Mapping[str, bytes]) -> dict[str, str]:
    if kind == "process":
        return {row.path: row.name for row in work.definitions.active()}
    if kind == "form":
        uses = used_by(work)
        return {path: "、".join(dict.fromkeys(uses.get(path.removeprefix("forms/").removesuffix(".form"), ()))) for path in files}
    return {path: "、".join(one.title or one.name for one in dmn.read({path: files[path]}).decisions.values()) for path in files}


def _wanted(work: UnitOfWork, pack: str, kind: Kind) -> Wanted:
    name, key = request.form.get("name", "").strip(), request.form.get("key", "").strip()
    return Wanted(kind, key, name, request.form.get("like", ""), _words(work, pack, kind, name))


def _words(work: UnitOfWork, pack: str, kind: Kind, name: str) -> dict[str, str]:
    if kind == "form":
        return {"field": _("Explanation")}
    if kind == "decision":
        return {"input": _("Input"), "output": _("Outcome")}
    declared = definitions.pack(work, pack)
    role = next((role for role in declared.roles if role.code == request.form.get("role")), declared.roles[0])
    held = units_of_roles(declared).get(role.code, set())
    group = f"{role.code}@{next(iter(held))}" if len(held) == 1 else f'=["{role.code}@" + starter.unit]'
    begun, done = _("%(name)s has begun", name=name), _("%(name)s is done", name=name)
    return {"role": role.code, "group": group, "lane": role.name, "begun": begun, "step": _("First step"), "done": done}
