"""Pages for units: the tree in official order, one unit, a new one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import definitions
from engine.identity import rights, succession
from engine.identity import units as nouns
from engine.packs.reference import UNIT_COLUMNS
from engine.persistence.identity_records import UnitRow
from engine.persistence.repositories.people import PeopleFilters
from engine.persistence.work import UnitOfWork
from webui import spreadsheet
from webui.admin.blueprint import RIGHT, attempt, bp
from webui.sessions import needs_right
from webui.work import change, unit_of_work

MOST = 500


@bp.get("/units")
@needs_right(RIGHT)
def units() -> ResponseReturnValue:
    """Show the tree of units."""
    with unit_of_work() as work:
        tree = nouns.tree(work)
        people = work.people.count_by_unit(work.now.date())
    types = [(name, name) for name in dict.fromkeys(unit.type for unit in tree) if name]
    return render_template(
        "admin/units.html", units=_narrowed(tree), total=len(tree), people=people, types=types, ends=_ends(tree)
    )


@bp.get("/units.xlsx")
@needs_right(RIGHT)
def save_units() -> ResponseReturnValue:
    """Give the units, as the tree is narrowed, as a spreadsheet."""
    with unit_of_work() as work:
        tree = nouns.tree(work)
        people = work.people.count_by_unit(work.now.date())
    columns = {
        _("No."): 6, _("Unit"): 40, _("Short name"): 20, _("Code"): 10, _("Type"): 16, _("Level"): 12,
        _("People"): 8,
    }  # fmt: skip
    rows = (
        (number, unit.name, unit.short_name, unit.code, unit.type, unit.level, people.get(unit.code, 0))
        for number, unit in enumerate(_narrowed(tree), start=1)
    )
    return spreadsheet.sent(_("Units"), columns, rows)


def _narrowed(tree: list[UnitRow]) -> list[UnitRow]:
    asked = request.args
    wanted = asked.get("q", "").strip()
    return [unit for unit in tree if _matches(unit, wanted, asked.get("type", ""), asked.get("state", ""))]


@bp.route("/units/new", methods=["GET", "POST"])
@needs_right(RIGHT)
def new_unit() -> ResponseReturnValue:
    """Add a unit."""
    if request.method == "GET":
        return _form("admin/new_unit.html", {"parent": request.args.get("parent", "")}, {})
    code, details = request.form.get("code", "").strip().upper(), _details()
    made, errors = attempt(lambda work: nouns.create(work, code, details))
    if errors:
        return _form("admin/new_unit.html", request.form, errors), 422
    flash(_("%(name)s has been added at the end of the official order.", name=made.name))
    return redirect(url_for(".unit", code=code))


@bp.route("/units/<code>", methods=["GET", "POST"])
@needs_right(RIGHT)
def unit(code: str) -> ResponseReturnValue:
    """Show and change a unit."""
    if request.method == "GET":
        return _page(code, {})
    details, reason = _details(), request.form.get("reason", "").strip()
    changed, errors = attempt(lambda work: nouns.edit(work, code, details, reason))
    if errors:
        return _page(code, errors), 422
    flash(_("%(name)s has been saved.", name=changed.name))
    return redirect(url_for(".unit", code=code))


@bp.post("/units/<code>/place")
@needs_right(RIGHT)
def place_unit(code: str) -> ResponseReturnValue:
    """Move a unit in the official order: a step up or down, or before another one."""
    steps = request.form.get("steps", 0, type=int)
    before = request.form.get("before") or None
    change(lambda work: nouns.shift(work, code, steps) if steps else nouns.move(work, code, before))
    if steps:
        return redirect(f"{url_for('.units')}?{request.query_string.decode()}#unit-{code}")
    flash(_("The official order has been changed."))
    return redirect(url_for(".unit", code=code))


@bp.route("/units/<code>/succession", methods=["GET", "POST"])
@needs_right(RIGHT)
def carry_on(code: str) -> ResponseReturnValue:
    """Show what would go over to another unit, and hand it over."""
    heir, reason = request.values.get("heir", ""), request.form.get("reason", "").strip()
    if request.method == "POST" and reason:
        done = change(lambda work: succession.succeed(work, code, heir, reason))
        flash(_("%(heir)s carries on what was open at %(name)s.", heir=done.new.name, name=done.old.name))
        if done.asked:
            flash(
                _(
                    "%(number)s posts have been asked for. Each holds as soon as another administrator gives it.",
                    number=len(done.asked),
                )
            )
        return redirect(url_for(".unit", code=heir))
    with unit_of_work() as work:
        found = nouns.get(work, code)
        offered = [(unit.code, unit.name) for unit in nouns.tree(work) if unit.active and not unit.path.startswith(found.path)]
        plan = succession.plan(work, code, heir) if heir else None
        people = work.people.named({post.login for post in plan.posts}) if plan else {}
    page = render_template("admin/succession.html", unit=found, offered=offered, plan=plan, people=people, heir=heir)
    return page, 422 if request.method == "POST" else 200


@bp.post("/units/<code>/use")
@needs_right(RIGHT)
def use_unit(code: str) -> ResponseReturnValue:
    """Take a unit out of use, or back into it."""
    active = request.form.get("active") == "true"
    _done, errors = attempt(lambda work: nouns.set_active(work, code, active))
    if errors:
        return _page(code, errors), 422
    flash(_("The unit is in use again.") if active else _("The unit is no longer in use. Its history stays."))
    return redirect(url_for(".unit", code=code))


def _page(code: str, errors: dict[str, str]) -> str:
    with unit_of_work() as work:
        found = nouns.get(work, code)
        former = nouns.former_names(work, code)
        everybody = work.people.named({row.changed_by for row in former})
        members = work.people.search(PeopleFilters(unit=code), work.now.date(), work.now, 1, MOST).rows
        held = [post for post in work.posts.of([person.login for person in members]) if post.holds_on(work.now.date())]
        order = work.units.all()
        told = _told(work, found, {other.code: other.name for other in order})
    roles = {
        person.login: [post.role_name for post in held if (post.login, post.unit) == (person.login, code)] for person in members
    }
    places = [other.code for other in order]
    after = places[places.index(code) + 1 :]
    about: dict[str, Any] = {
        "unit": found,
        "told": told,
        "former": former,
        "names": everybody,
        "members": members,
        "roles": roles,
    }
    others = [(other.code, other.name) for other in order if other.code != code]
    about["heir"] = next((other for other in order if other.code == found.successor), None)
    about["carried"] = [other for other in order if other.successor == code]
    values = request.form if errors else _values(found)
    return _form("admin/unit.html", values, errors, others=others, follower=after[0] if after else "", **about)


def _told(work: UnitOfWork, unit: UnitRow, units: dict[str, str]) -> list[tuple[str, str]]:
    """Give what else the pack's own table says of a unit, in the pack's words; the code of another unit by its name."""
    pack = definitions.pack(work, unit.pack) if unit.pack else None
    if pack is None or pack.identity is None:
        return []
    table = pack.identity.units
    row = next((row for row in pack.reference(table) if row["code"] == unit.code), {})
    further = {column: text for column, text in row.items() if text and column not in UNIT_COLUMNS}
    return [(pack.names.column(table, column) or column, units.get(text, text)) for column, text in further.items()]


def _form(template: str, values: Any, errors: dict[str, str], **more: Any) -> str:
    with unit_of_work() as work:
        tree = nouns.tree(work)
        lines = _indented(work.units.all())
        parents = lines if rights.looked_after(work.actor) is None else _indented(tree)
    return render_template(template, values=values, errors=errors, tree=tree, parents=parents, lines=lines, **more)


def _indented(tree: list[UnitRow]) -> list[tuple[str, str]]:
    return [(unit.code, f"{'　' * unit.depth}{unit.name}") for unit in tree if unit.active]


def _values(unit: UnitRow) -> dict[str, object]:
    return {
        name: getattr(unit, name) or "" for name in ("code", "name", "short_name", "type", "level", "parent", "line_parent")
    } | {
        "is_vertical": "true" if unit.is_vertical else "",
        "domains": " ".join(unit.domains),
    }


def _details() -> nouns.Details:
    typed = request.form
    return nouns.Details(
        name=typed.get("name", ""),
        short_name=typed.get("short_name", ""),
        type=typed.get("type", ""),
        level=typed.get("level", ""),
        parent=typed.get("parent") or None,
        line_parent=typed.get("line_parent") or None,
        is_vertical=typed.get("is_vertical") == "true",
        domains=tuple(typed.get("domains", "").replace(";", " ").replace("、", " ").split()),
    )


def _matches(unit: UnitRow, wanted: str, type_: str, state: str) -> bool:
    if not unit.active and state != "inactive":
        return False
    if state == "inactive" and unit.active:
        return False
    return (not type_ or unit.type == type_) and any(wanted in text for text in (unit.name, unit.short_name, unit.code))


def _ends(tree: list[UnitRow]) -> set[tuple[str, str]]:
    """Name the units that are the first or the last below theirs: they move only one way."""
    below: dict[str | None, list[str]] = {}
    for unit in tree:
        below.setdefault(unit.parent, []).append(unit.code)
    return {("first", codes[0]) for codes in below.values()} | {("last", codes[-1]) for codes in below.values()}
