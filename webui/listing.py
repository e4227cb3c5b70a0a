"""Lists: their state lives in the address, fifty rows a page."""

from typing import Any

from flask import Flask, request, url_for


def init_app(app: Flask) -> None:
    """Let templates link to the page they are on with one thing changed."""
    app.jinja_env.globals.update(here=here)


def here(**changes: Any) -> str:
    """Give this page's address with some of its questions changed; ``None`` takes one away."""
    asked: dict[str, Any] = {**(request.view_args or {}), **request.args, **changes}
    return url_for(request.endpoint or "", **{name: value for name, value in asked.items() if value not in (None, "")})


def page_number() -> int:
    """Read which page is asked for."""
    return max(1, request.args.get("page", 1, type=int))
