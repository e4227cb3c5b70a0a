"""Giving and ending posts, from a person's page."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine.identity import posts
from webui.admin.blueprint import RIGHT, attempt, bp, typed_day
from webui.admin.people_views import person_page
from webui.sessions import needs_right


@bp.post("/people/<login>/posts")
@needs_right(RIGHT)
def give_post(login: str) -> ResponseReturnValue:
    """Give a person a post."""
    campaign, _bar, role = request.form.get("role", "").partition("|")
    unit, title = request.form.get("unit", ""), request.form.get("post_title", "").strip()
    missing = {name: _("Please choose.") for name, value in (("unit", unit), ("role", role)) if not value}
    if missing:
        return person_page(login, missing), 422
    start, end = typed_day("from"), typed_day("to")
    _done, errors = attempt(lambda work: posts.give(work, login, unit, role, campaign, start, end, title))
    if errors:
        return person_page(login, errors), 422
    flash(_("The post has been given."))
    return redirect(url_for(".person", login=login))


@bp.post("/posts/<uuid:post_id>/end")
@needs_right(RIGHT)
def end_post(post_id: UUID) -> ResponseReturnValue:
    """End a post today; it cannot be acted in any more."""
    login = request.form.get("login", "")
    _done, errors = attempt(lambda work: posts.end(work, post_id))
    if errors:
        return person_page(login, errors), 422
    flash(_("The post has ended. Work that is still on the desk can be given to a colleague."))
    return redirect(url_for(".person", login=login))
