"""Punctuation of pages: Chinese words stand between full-width signs, whoever typed them, and however.

Only what is read is widened: what stands in a field, an attribute or a script is data and goes out as it is.
"""

import re

from flask import Flask, Response
from flask_babel import get_locale

from engine.punctuation import full_width

_KEPT = re.compile(r"(<(textarea|script|style)\b.*?</\2>|<[^>]*>|&#?\w+;)", re.DOTALL)
_NARROW = re.compile(r"[^\x00-\u2fff][,;:?!(]|[,;:?!)][^\x00-\u2fff]")


def init_app(app: Flask) -> None:
    """Widen the signs on every Chinese page."""
    app.after_request(_widen)


def _widen(response: Response) -> Response:
    if response.mimetype == "text/html" and not response.direct_passthrough and str(get_locale()).startswith("zh"):
        response.set_data(widened(response.get_data(as_text=True)))
    return response


def widened(page: str) -> str:
    """Widen the signs beside Chinese in the words of a page."""
    if not _NARROW.search(page):
        return page
    found, place = [], 0
    for kept in _KEPT.finditer(page):
        found += (_words(page[place : kept.start()]), kept[0])
        place = kept.end()
    return "".join([*found, _words(page[place:])])


def _words(text: str) -> str:
    return full_width(text) if _NARROW.search(text) else text
