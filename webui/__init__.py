"""The web face: people at the door. It reads a request, asks the engine one thing, and answers with a page."""

from typing import TYPE_CHECKING

from flask import Flask

from webui import assets, errors, formatting, i18n, listing, naming, navigation, punctuation, security, sessions, timing
from webui.faces import faces
from webui.notifications import mail

if TYPE_CHECKING:
    from engine.bootstrap import Engine

LARGEST_REQUEST = 60 * 1024 * 1024
MOST_FORM_FIELDS = 20_000
SETUPS = (assets, i18n, timing, security, sessions, errors, formatting, listing, naming, navigation, punctuation)


def create_app(engine: "Engine") -> Flask:
    """Put every face in front of *engine*."""
    app = Flask(__name__, static_folder="static/build", static_url_path="/static")
    app.extensions["engine"] = engine
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        MAX_FORM_PARTS=MOST_FORM_FIELDS,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for setup in SETUPS:
        setup.init_app(app)
    for face in faces():
        app.register_blueprint(face.bp)
    mail.init_app(app)
    return app
