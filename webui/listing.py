"""Lists: their state lives in the address, fifty rows a page."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask, g, request, url_for

_ANY = UUID(int=0)


def init_app(app: Flask) -> None:
    """Let templates link to the page they are on with one thing changed, and to what the rows of a list stand for."""
    app.jinja_env.globals.update(here=here, row_url=row_url)


def row_url(endpoint: str, name: str, key: UUID) -> str:
    """Give where one of many rows leads, whose key the address takes under *name*: it is put together once for a page."""
    known: dict[str, str] = g.setdefault("row_urls", {})
    if endpoint not in known:
        known[endpoint] = url_for(endpoint, **{name: _ANY})
    return known[endpoint].replace(str(_ANY), str(key))


def here(**changes: Any) -> str:
    """Give this page's address with some of its questions changed; ``None`` takes one away, several values are kept."""
    asked: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    kept = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"{request.path}?{urlencode(kept, doseq=True)}" if kept else request.path


def page_number() -> int:
    """Read which page is asked for."""
    return max(1, request.args.get("page", 1, type=int))
