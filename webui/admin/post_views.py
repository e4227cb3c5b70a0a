"""Giving and ending posts, from a person's page."""

from functools import partial
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine.identity import asking, granting, posts, succession
from webui.admin.blueprint import GRANT, RIGHT, attempt, bp, typed_day
from webui.admin.people_views import person_page
from webui.sessions import needs_right
from webui.work import unit_of_work


@bp.post("/people/<login>/posts")
@needs_right(RIGHT, GRANT)
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
    flash(given(campaign))
    return redirect(url_for(".person", login=login))


def given(campaign: str) -> str:
    """Say that a post was given, or that somebody else decides on it first."""
    with unit_of_work() as work:
        asked = asking.needs_second(work, campaign)
    return (
        _("The post has been asked for. It holds as soon as another administrator gives it.")
        if asked
        else _("The post has been given.")
    )


@bp.get("/posts/asked")
@needs_right(RIGHT, GRANT)
def asked_posts() -> ResponseReturnValue:
    """List the posts that wait for a second pair of eyes."""
    return _asked_page("")


@bp.post("/posts/asked/<uuid:post_id>")
@needs_right(GRANT)
def decide_post(post_id: UUID) -> ResponseReturnValue:
    """Give a post that was asked for, or do not."""
    gives, reason = request.form.get("decision") == "give", request.form.get("reason", "")
    action = granting.give if gives else partial(granting.decline, reason=reason)
    _done, errors = attempt(lambda work: action(work, post_id))
    if errors:
        return _asked_page(errors[""]), 422
    flash(_("The post has been given.") if gives else _("The post is not given."))
    return redirect(url_for(".asked_posts"))


def _asked_page(error: str) -> str:
    with unit_of_work() as work:
        asked = granting.waiting(work)
        people = work.people.named([post.login for post in asked])
        roles = {(role.pack, role.code): role.name for role in work.roles.all()}
        before = {
            post.id: [old.unit for old in succession.replaced(work, post.login, post.unit, post.role, post.campaign)]
            for post in asked
        }
    return render_template(
        "admin/asked_posts.html", asked=asked, people=people, roles=roles, before=before, error=error, decides=g.actor.may(GRANT)
    )


@bp.post("/posts/<uuid:post_id>/end")
@needs_right(RIGHT, GRANT)
def end_post(post_id: UUID) -> ResponseReturnValue:
    """End a post today; it cannot be acted in any more."""
    login = request.form.get("login", "")
    _done, errors = attempt(lambda work: posts.end(work, post_id))
    if errors:
        return person_page(login, errors), 422
    flash(_("The post has ended. Work that is still on the desk can be given to a colleague."))
    return redirect(url_for(".person", login=login))
