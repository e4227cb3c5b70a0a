"""Signing in and out, posts, language, password."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine.errors import EngineError
from engine.identity import accounts, sessions
from webui import packs
from webui.i18n import LANGUAGES, translated
from webui.work import change, the_engine, unit_of_work

bp = Blueprint("account", __name__, template_folder="templates")


@bp.route("/sign-in", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """Let whoever knows the password in, and ask which post where there are several."""
    if request.method == "GET":
        return _door()
    login, password = request.form.get("login", "").strip().lower(), request.form.get("password", "")
    remote, agent = request.remote_addr or "", request.user_agent.string
    answer = the_engine().run(lambda work: sessions.sign_in(work, login, password, remote, agent))
    if answer.refusal:
        return _door(login, translated(answer.refusal)), 422
    session["token"] = answer.token
    return redirect(url_for(".posts", next=_wanted()) if _has_several(answer.token) else _wanted())


@bp.route("/posts", methods=["GET", "POST"])
def posts() -> ResponseReturnValue:
    """Choose the post to act in."""
    if request.method == "GET":
        with unit_of_work() as work:
            people = work.people.named({post.login for post in g.posts})
        lenders = {login: person.name for login, person in people.items()}
        return render_template("account/posts.html", posts=g.posts, lenders=lenders, next=_wanted())
    chosen = request.form.get("post", type=UUID)
    if chosen is not None:
        change(lambda work: sessions.choose_post(work, session["token"], chosen))
    return redirect(_wanted())


@bp.post("/sign-out")
def leave() -> ResponseReturnValue:
    """End the session."""
    change(lambda work: sessions.sign_out(work, session["token"]))
    session.pop("token", None)
    return redirect(url_for(".enter"))


@bp.get("/language/<language>")
def speak(language: str) -> ResponseReturnValue:
    """Show everything in another language."""
    if language in LANGUAGES:
        session["language"] = language
    return redirect(_inside(request.referrer) or "/")


@bp.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Give oneself another password."""
    if request.method == "GET":
        return _password()
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    if new != again:
        return _password(again_error=_("The two do not agree.")), 422
    try:
        change(lambda work: accounts.change_password(work, old, new, session["token"]))
    except EngineError as error:
        return _password(error=translated(error)), 422
    flash(_("The password is changed. Every other place where you were signed in has been signed out."))
    return redirect(url_for("inbox.home"))


def _door(login: str = "", error: str = "") -> str:
    doors = [pack for pack in packs.found() if pack.portal]
    shown = packs.demonstrations()
    return render_template("account/enter.html", login=login, error=error, next=_wanted(), demonstrations=shown, doors=doors)


def _password(**errors: Any) -> str:
    return render_template("account/password.html", **errors)


def _has_several(token: str) -> bool:
    with the_engine().work() as work:
        found = sessions.resume(work, token)
    return found is not None and len(found.posts) > 1 and not found.must_change


def _wanted() -> str:
    return _inside(request.values.get("next")) or url_for("inbox.home")


def _inside(address: str | None) -> str | None:
    """Keep only addresses of this site."""
    if not address:
        return None
    parts = urlsplit(address)
    if parts.netloc and parts.netloc != request.host:
        return None
    path = parts.path + ("?" + parts.query if parts.query else "")
    return path if path.startswith("/") and not path.startswith("//") else None
