"""Mails as people read them: in the language of the house, with a way into the app, and nobody's name but the reader's."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Flask, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from engine.outbox import Line, Message

if TYPE_CHECKING:
    from engine.bootstrap import Engine

PLACES = {"task": "/tasks/", "instance": "/matters/"}


def init_app(app: Flask) -> None:
    """Let the engine word its mails here."""
    engine: Engine = app.extensions["engine"]

    def compose(name: str, lines: Sequence[Line]) -> Message:
        with app.app_context(), force_locale("zh_CN"):
            told = [(line.title, _place(engine.settings.address, line.link)) for line in lines]
            one = lines[0].title if len(lines) == 1 else _("%(number)s messages of today", number=len(lines))
            held = {"name": name, "told": told, "base": engine.settings.address}
            text = render_template("notifications/mail.txt", **held)
            return Message(_("[Zhenggai] %(what)s", what=one), text, render_template("notifications/mail.html", **held))

    engine.composer = compose


def _place(base: str, link: str) -> str:
    kind, _colon, key = link.partition(":")
    return f"{base}{PLACES[kind]}{key}" if base and kind in PLACES else ""
