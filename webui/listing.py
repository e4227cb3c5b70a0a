"""Lists: their state lives in the address, fifty rows a page."""

from typing import Any

from flask import Flask, request, url_for


def init_app(app: Flask) -> None:
    """Let templates link to the page they are on with one thing changed."""
    app.jinja_env.globals.update(here=here)


def here(**changes: Any) -> str:
    """Give this page's address with some of its questions changed; ``None`` takes one away.

    Several values of one question are kept; names with an underscore would be orders to ``url_for`` and are not.
    """
    asked: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False), **changes}
    kept = {name: value for name, value in asked.items() if value not in (None, "") and not name.startswith("_")}
    return url_for(request.endpoint or "", **kept)


def page_number() -> int:
    """Read which page is asked for."""
    return max(1, request.args.get("page", 1, type=int))
