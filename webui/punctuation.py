"""Punctuation of pages: Chinese words stand between full-width signs, whoever typed them, and however.

Only what is read is widened: what stands in a field, an attribute or a script is data and goes out as it is.
"""

import re

from flask import Flask, Response
from flask_babel import get_locale

from engine.punctuation import full_width

_CLOSED = re.compile(r"<(textarea|script|style)\b.*?</\1>", re.DOTALL)
_ENTITY = re.compile(r"(&#?\w+;)")
_NARROW = re.compile(r"[^\x00-\u2fff][,;:?!(]|[,;:?!)][^\x00-\u2fff]")


def init_app(app: Flask) -> None:
    """Widen the signs on every Chinese page."""
    app.after_request(_widen)


def _widen(response: Response) -> Response:
    if response.mimetype == "text/html" and not response.direct_passthrough and str(get_locale()).startswith("zh"):
        response.set_data(widened(response.get_data(as_text=True)))
    return response


def widened(page: str) -> str:
    """Widen the signs beside Chinese in the words of a page; only what stands around such a sign is looked at."""
    if not _NARROW.search(page):
        return page
    closed = [found.span() for found in _CLOSED.finditer(page)]
    parts, place = [], 0
    for narrow in _NARROW.finditer(page):
        at = narrow.start()
        begin, end = page.rfind(">", 0, at) + 1, page.find("<", at)
        in_tag = page.rfind("<", begin, at) >= 0
        if at < place or in_tag or any(first <= at < last for first, last in closed):
            continue
        end = len(page) if end < 0 else end
        parts += (page[place:begin], "".join(map(_words, _ENTITY.split(page[begin:end]))))
        place = end
    return "".join([*parts, page[place:]])


def _words(text: str) -> str:
    return full_width(text) if _NARROW.search(text) else text
