"""Names for codes: units by their short names, states in words."""

from flask import Flask, g
from flask_babel import gettext as _

from engine.persistence.identity_records import UnitRow
from webui.work import unit_of_work


def init_app(app: Flask) -> None:
    """Make the names known to templates."""
    app.jinja_env.filters.update(unit_name=unit_name, state_word=state_word, pair=lambda text: (text, text))


def units() -> list[UnitRow]:
    """Give all units in official order, asked once for a page."""
    if "units" not in g:
        with unit_of_work() as work:
            g.units = work.units.all()
    found: list[UnitRow] = g.units
    return found


def unit_choices() -> list[tuple[str, str]]:
    """Give the units whose data the post sees, to narrow a list with."""
    return [(unit.code, unit.short_name or unit.name) for unit in units() if g.actor.scope.includes(unit.code)]


def unit_name(code: str | None) -> str:
    """Give a unit's short name."""
    if not code:
        return ""
    if "unit_names" not in g:
        g.unit_names = {unit.code: unit.short_name or unit.name for unit in units()}
    names: dict[str, str] = g.unit_names
    return names.get(code, code)


def person_name(login: str) -> str:
    """Give a person's name, asked once for a page."""
    if "person_names" not in g:
        g.person_names = {}
    names: dict[str, str] = g.person_names
    if login not in names:
        with unit_of_work() as work:
            person = work.people.find(login)
        names[login] = person.name if person else login
    return names[login]


def state_word(state: str) -> str:
    """Say an instance's state in words."""
    words = {
        "active": _("under way"),
        "completed": _("finished"),
        "cancelled": _("withdrawn"),
        "terminated": _("ended"),
        "suspended": _("paused"),
        "error": _("ended with a fault"),
        "open": _("open"),
    }
    return words.get(state, state)
