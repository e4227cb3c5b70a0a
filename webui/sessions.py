"""Who is behind a request: the session token in a signed cookie, the post acted in, the pack it belongs to."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import definitions, secret_files
from engine.identity import rights, sessions
from webui import packs
from webui.errors import answer
from webui.work import the_engine

View = TypeVar("View", bound=Callable[..., Any])
WITHOUT_SIGNING_IN = {"static", "account.enter", "account.speak"}
WHILE_CHANGING = {"account.password", "account.leave", "account.speak"}


def init_app(app: Flask) -> None:
    """Sign requests in; the cookie is only for this site and not for scripts."""
    app.config.update(
        SECRET_KEY=_secret(app.extensions["engine"].settings.data),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="zhenggai",
    )
    app.before_request(_resume)


def public(view: View) -> View:
    """Let a view be seen without signing in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def needs_right(*any_of: str) -> Callable[[View], View]:
    """Let only posts with one of these rights see a view."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*arguments: Any, **values: Any) -> Any:
            rights.require_any(g.actor, *any_of)
            return view(*arguments, **values)

        return guarded  # type: ignore[return-value]

    return guard


def _resume() -> ResponseReturnValue | None:
    g.actor, g.posts, g.must_change, g.pack, g.notice = None, (), False, None, packs.notice()
    if request.endpoint in WITHOUT_SIGNING_IN or getattr(_view(), "is_public", False):
        return None
    with the_engine().work() as work:
        found = sessions.resume(work, session.get("token", ""))
        if found is None:
            return _to_the_door()
        g.actor, g.posts, g.must_change = found.actor, found.posts, found.must_change
        g.pack = definitions.pack(work, found.actor.campaign)
        g.notice = g.pack.notice
    if g.must_change and request.endpoint not in WHILE_CHANGING:
        return redirect(url_for("account.password"))
    return None


def _view() -> Any:
    from flask import current_app

    return current_app.view_functions.get(request.endpoint or "")


def _to_the_door() -> ResponseReturnValue:
    if request.accept_mimetypes.best == "application/json":
        return answer(
            401, _("You have been signed out. What you typed stays on this page: sign in again in another tab, then go on.")
        )
    wanted = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("account.enter", next=wanted))


def _secret(data: Path) -> str:
    """Read the key that signs cookies, made once and kept with the data."""
    return secret_files.once(data / "keys" / "cookies")
