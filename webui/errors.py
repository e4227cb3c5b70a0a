"""What people read when the engine declines or something breaks: a sentence, a status, and the way on."""

import logging

from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from engine.errors import EngineError
from webui.i18n import translated

log = logging.getLogger(__name__)

NOT_FOUND, NOT_ALLOWED, CONFLICT, REFUSED, TOO_OFTEN, AWAY = 404, 403, 409, 422, 429, 503
UNSETTLED = (500, AWAY)


def init_app(app: Flask) -> None:
    """Turn every error into a page."""
    app.register_error_handler(EngineError, declined)
    app.register_error_handler(HTTPException, misdirected)
    app.register_error_handler(Exception, broken)


def status_of(error: EngineError) -> int:
    """Tell the status: the engine's reasons name theirs, everything else is a request that made no sense."""
    return {"missing": NOT_FOUND, "forbidden": NOT_ALLOWED, "conflict": CONFLICT, "often": TOO_OFTEN, "away": AWAY}.get(
        getattr(error, "kind", ""), REFUSED
    )


def declined(error: EngineError) -> ResponseReturnValue:
    """Say why the engine declined."""
    status = status_of(error)
    if status == AWAY:
        log.error("%s %s: %s (%r)", request.method, request.path, error, getattr(error.__cause__, "orig", error.__cause__))
    return answer(status, translated(error))


def misdirected(error: HTTPException) -> ResponseReturnValue:
    """Say what was wrong with the address or the request."""
    sentences = {
        404: _("This page does not exist, or the matter is not visible to your post."),
        403: _("Your post may not open this page."),
        405: _("This address is only used by a form. Go back and use its button."),
        413: _("What was sent is too large. A file may have at most 50 MB."),
        429: _("Too many attempts. Please wait a minute and try again."),
    }
    if error.code is not None and error.code < 400:
        return error.get_response()
    return answer(
        error.code or 500, sentences.get(error.code or 0, _("The request could not be understood. Go back and try again."))
    )


def broken(error: Exception) -> ResponseReturnValue:
    """Admit a fault, keep its trace for operators, and promise only what is true."""
    log.exception("Request failed: %s %s", request.method, request.path)
    return answer(500, _("The system has a fault here; nothing was changed. Please try again, and tell the office if it stays."))


def answer(status: int, sentence: str) -> ResponseReturnValue:
    """Give the sentence as a page, or as data where a script asked."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(message=sentence), status
    template = "errors/inside.html" if getattr(g, "actor", None) and status not in UNSETTLED else "errors/outside.html"
    return render_template(template, sentence=sentence, status=status), status
