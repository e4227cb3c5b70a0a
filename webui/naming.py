"""Names for codes: units by their short names, states in words."""

from flask import Flask, g
from flask_babel import gettext as _

from webui.work import unit_of_work


def init_app(app: Flask) -> None:
    """Make the names known to templates."""
    app.jinja_env.filters.update(unit_name=unit_name, state_word=state_word, pair=lambda text: (text, text))


def unit_name(code: str | None) -> str:
    """Give a unit's short name."""
    if not code:
        return ""
    if "unit_names" not in g:
        with unit_of_work() as work:
            g.unit_names = {unit.code: unit.short_name or unit.name for unit in work.units.all()}
    names: dict[str, str] = g.unit_names
    return names.get(code, code)


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
