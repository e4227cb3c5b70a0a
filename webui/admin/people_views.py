"""Pages for people: the list, one person, a new one, and what happens to an account."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.identity import accounts, granting, leaving, posts, rights, units
from engine.persistence.repositories.people import PeopleFilters
from webui import spreadsheet
from webui.admin.blueprint import GRANT, RIGHT, attempt, bp, typed_day
from webui.admin.choices import post_choices
from webui.listing import page_number
from webui.sessions import needs_right
from webui.work import change, unit_of_work

STATES = (("active", _l("Can sign in")), ("locked", _l("Locked")), ("inactive", _l("Closed")))


@bp.get("/people")
@needs_right(RIGHT, GRANT)
def people() -> ResponseReturnValue:
    """List the people one looks after."""
    with unit_of_work() as work:
        page = accounts.search(work, _filters(), page_number())
        held = [post for post in work.posts.of([person.login for person in page.rows]) if post.holds_on(work.now.date())]
        tree = units.tree(work)
        roles = {role.code: role.name for role in work.roles.all()}
    return render_template(
        "admin/people.html", page=page, held=held, units=[(unit.code, unit.short_name) for unit in tree if unit.active],
        roles=list(roles.items()), states=STATES, is_locked=accounts.is_locked,
    )  # fmt: skip


@bp.get("/people.xlsx")
@needs_right(RIGHT, GRANT)
def save_people() -> ResponseReturnValue:
    """Give the people, as the list is narrowed, as a spreadsheet."""
    with unit_of_work() as work:
        page = accounts.search(work, _filters(), 1, spreadsheet.MOST)
        today = work.now.date()
        held = [post for post in work.posts.of([person.login for person in page.rows]) if post.holds_on(today)]
    posts_of: dict[str, list[str]] = {}
    for post in held:
        posts_of.setdefault(post.login, []).append(f"{post.unit_short_name} · {post.role_name}")
    columns = {
        _("Full name"): 12, _("User name"): 16, _("Office held"): 16, _("Posts"): 40, _("Telephone"): 16,
        _("Last signed in"): 18,
    }  # fmt: skip
    rows = (
        (person.name, person.login, person.title, "\n".join(posts_of.get(person.login, ())), person.phone, person.signed_in_at)
        for person in page.rows
    )
    return spreadsheet.sent(_("People"), columns, rows)


def _filters() -> PeopleFilters:
    asked = request.args
    return PeopleFilters(asked.get("q", "").strip(), asked.get("unit", ""), asked.get("role", ""), asked.get("state", ""))


@bp.route("/people/new", methods=["GET", "POST"])
@needs_right(RIGHT)
def new_person() -> ResponseReturnValue:
    """Open an account, with a first post where one is chosen."""
    if request.method == "GET":
        return _new_form({"unit": request.args.get("unit", "")}, {})
    login, details = request.form.get("login", "").strip().lower(), _details()
    campaign, _bar, role = request.form.get("role", "").partition("|")
    unit, start, end = request.form.get("unit", ""), typed_day("from"), typed_day("to")
    if unit and not role:
        return _new_form(request.form, {"role": _("Choose a role in the unit.")}), 422

    def create(work: Any) -> str:
        password = accounts.create(work, login, details)
        if unit:
            posts.give(work, login, unit, role, campaign, start, end)
        return password

    password, errors = attempt(create)
    if errors:
        return _new_form(request.form, errors), 422
    return _one_time(login, details.name, password)


@bp.route("/people/<login>", methods=["GET", "POST"])
@needs_right(RIGHT, GRANT)
def person(login: str) -> ResponseReturnValue:
    """Show and change a person."""
    if request.method == "GET":
        return person_page(login, {})
    rights.require(g.actor, RIGHT)
    details = _details()
    _done, errors = attempt(lambda work: accounts.edit(work, login, details))
    if errors:
        return person_page(login, errors), 422
    flash(_("%(name)s has been saved.", name=details.name))
    return redirect(url_for(".person", login=login))


@bp.post("/people/<login>/password")
@needs_right(RIGHT)
def reset_password(login: str) -> ResponseReturnValue:
    """Give a one-time password, which is shown once."""
    password = change(lambda work: accounts.reset_password(work, login))
    with unit_of_work() as work:
        name = accounts.get(work, login).name
    return _one_time(login, name, password)


@bp.post("/people/<login>/account")
@needs_right(RIGHT)
def account(login: str) -> ResponseReturnValue:
    """Lock, unlock, close or open an account."""
    actions = {
        "lock": (accounts.lock, _("The account is locked, and signed out everywhere.")),
        "unlock": (accounts.unlock, _("The account is open again.")),
        "close": (partial(accounts.set_active, active=False), _("The account is closed. What was done under it stays.")),
        "open": (partial(accounts.set_active, active=True), _("The account is open again.")),
    }
    action, sentence = actions[request.form.get("action", "lock")]
    _done, errors = attempt(lambda work: action(work, login))
    if errors:
        return person_page(login, errors), 422
    flash(sentence)
    return redirect(url_for(".person", login=login))


@bp.route("/people/<login>/work", methods=["GET", "POST"])
@needs_right(RIGHT)
def work_of(login: str) -> ResponseReturnValue:
    """Show what a person has on the desk, and give it to a colleague."""
    if request.method == "GET":
        return _work_page(login, {})
    successor, reason = request.form.get("to", ""), request.form.get("reason", "")
    ticked = request.form.getlist("task", type=UUID)
    if not successor or not ticked:
        return _work_page(login, {"to": _("Choose who takes it over.")} if ticked else {"": _("Tick at least one task.")}), 422
    done, errors = attempt(lambda work: leaving.reassign(work, login, successor, reason, ticked))
    if errors:
        return _work_page(login, errors), 422
    flash(_("%(number)s tasks were given to %(name)s.", number=len(done.moved), name=_name(successor)))
    if done.recused:
        flash(_("%(number)s tasks stay: %(name)s may not work on them.", number=len(done.recused), name=_name(successor)), "near")
    return redirect(url_for(".work_of", login=login))


def person_page(login: str, errors: dict[str, str]) -> str:
    """Show a person with posts, account and work; *errors* stand at their fields."""
    with unit_of_work() as work:
        found = accounts.get(work, login)
        held = work.posts.of([login])
        today = work.now.date()
        waiting = len(leaving.open_tasks(work, login)) if g.actor.may(RIGHT) else 0
        asked, roles = granting.waiting(work, login), {(role.pack, role.code): role.name for role in work.roles.all()}
        choices = post_choices(work)
    return render_template(
        "admin/person.html",
        person=found,
        posts=held,
        asked=asked,
        role_names=roles,
        today=today,
        waiting=waiting,
        errors=errors,
        locked=accounts.is_locked(found),
        values=request.form if errors else {"name": found.name, "title": found.title, "phone": found.phone},
        **choices,
    )


def _new_form(values: Any, errors: dict[str, str]) -> str:
    with unit_of_work() as work:
        choices = post_choices(work)
    return render_template("admin/new_person.html", values=values, errors=errors, **choices)


def _work_page(login: str, errors: dict[str, str]) -> str:
    with unit_of_work() as work:
        found = accounts.get(work, login)
        tasks = leaving.open_tasks(work, login)
        shown = [task.instance_id for task in tasks if g.actor.scope.kind != "accounts"]  # others read no business
        matters = {matter.id: matter for matter in work.process_instances.find_all(shown)}
        own = {post.unit for post in posts.current(work, login)}
        colleagues = [row for row in accounts.search(work, PeopleFilters(state="active"), 1, 2000).rows if row.login != login]
        held = [post for post in work.posts.of([row.login for row in colleagues]) if post.holds_on(work.now.date())]
    where = {post.login: post for post in reversed(held)}
    offered = sorted((row for row in colleagues if row.login in where), key=lambda row: where[row.login].unit not in own)
    names = [(row.login, f"{row.name}({where[row.login].unit_short_name} {where[row.login].role_name})") for row in offered]
    return render_template("admin/work_of.html", person=found, tasks=tasks, matters=matters, colleagues=names, errors=errors)


def _name(login: str) -> str:
    with unit_of_work() as work:
        return accounts.get(work, login).name


def _details() -> accounts.Details:
    return accounts.Details(request.form.get("name", ""), request.form.get("title", ""), request.form.get("phone", ""))


def _one_time(login: str, name: str, password: str) -> Response:
    """Show a password this once: it is kept nowhere, not even in the browser."""
    answer = make_response(render_template("admin/one_time.html", login=login, name=name, password=password))
    answer.headers["Cache-Control"] = "no-store"
    return answer
