"""Lists: their state lives in the address, fifty rows a page."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, request


def init_app(app: Flask) -> None:
    """Let templates link to the page they are on with one thing changed."""
    app.jinja_env.globals.update(here=here)


def here(**changes: Any) -> str:
    """Give this page's address with some of its questions changed; ``None`` takes one away, several values are kept."""
    asked: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    kept = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"{request.path}?{urlencode(kept, doseq=True)}" if kept else request.path


def page_number() -> int:
    """Read which page is asked for."""
    return max(1, request.args.get("page", 1, type=int))
