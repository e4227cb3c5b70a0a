"""Built files under the names that carry their hash, and the icons of the sprite."""

import json
from functools import lru_cache
from pathlib import Path
from typing import cast

from flask import Flask, Response, current_app, g, request, url_for
from markupsafe import Markup

A_YEAR = 365 * 24 * 3600


class Manifest:
    """The names of the built files; read again when a new build has replaced it, so that a running server finds its files."""

    def __init__(self, path: Path) -> None:
        self._path, self._written = path, 0
        self._names: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        written = self._path.stat().st_mtime_ns
        if written != self._written:
            self._names, self._written = json.loads(self._path.read_text()), written
        return self._names[name]


def init_app(app: Flask) -> None:
    """Give templates ``asset`` and ``icon``; let browsers keep what is built."""
    manifest = Path(app.static_folder or "") / "manifest.json"
    if not manifest.exists():
        raise SystemExit("The pages have not been built yet: run 'make install' first.")
    app.extensions["assets"] = Manifest(manifest)
    app.jinja_env.globals.update(asset=asset, icon=icon)
    app.after_request(_keep)


def asset(name: str) -> str:
    """Give the address of a built file."""
    known: dict[str, str] = g.setdefault("assets", {})  # a page asks for the sprite with every icon
    if name not in known:
        known[name] = url_for("static", filename=cast(Manifest, current_app.extensions["assets"])[name])
    return known[name]


def icon(name: str) -> Markup:
    """Draw an icon of the sprite; it is decoration, the words stand beside it."""
    return _drawn(asset("icons.svg"), name)


@lru_cache(maxsize=512)
def _drawn(sprite: str, name: str) -> Markup:
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>').format(sprite, name)


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
