"""The blueprint of administration, and how the reasons for declining find their fields."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, request

from engine.errors import EngineError
from engine.identity import accounts, posts, units
from engine.persistence.work import UnitOfWork
from webui.i18n import translated
from webui.work import change

bp = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")
RIGHT, GRANT = "administer_identity", "grant_posts"
FIELDS: dict[type[EngineError], str] = {
    units.UnitCodeTaken: "code",
    units.UnitCodeMalformed: "code",
    units.UnitNameMissing: "name",
    units.UnitInCircle: "parent",
    accounts.LoginTaken: "login",
    accounts.LoginMalformed: "login",
    accounts.NameMissing: "name",
    posts.PostEndsTooEarly: "to",
}


def attempt(action: Callable[[UnitOfWork], Any]) -> tuple[Any, dict[str, str]]:
    """Do a change; a reason that belongs to a field comes back under the field's name, any other under an empty one."""
    try:
        return change(action), {}
    except EngineError as error:
        if getattr(error, "kind", "") in ("missing", "forbidden"):
            raise
        return None, {FIELDS.get(type(error), ""): translated(error)}


def typed_day(name: str) -> date | None:
    """Read a date field; what is no date counts as none."""
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None
