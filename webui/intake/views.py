"""What other systems talk to: filing with a key, and the description of what can be sent."""

from collections.abc import Mapping
from typing import Any

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from engine import intake, public_face
from engine.errors import EngineError
from engine.intake import Faults
from engine.persistence.repositories.intake import ChannelRow
from engine.persistence.work import UnitOfWork
from webui.errors import status_of
from webui.i18n import translated
from webui.intake import sheet_views
from webui.intake.blueprint import bp
from webui.sessions import public
from webui.work import the_engine

PARTS = (sheet_views,)


@bp.post("/api/intake/<process>")
@public
def receive(process: str) -> ResponseReturnValue:
    """Take what a channel hands in, once for each of its numbers."""
    with force_locale(_language()):
        try:
            channel = the_engine().run(lambda work: intake.authenticate(work, _key(), request.remote_addr or ""))
            return _taken(channel, process) if channel else _refused(intake.KeyRefused(), 401)
        except EngineError as error:
            return _refused(error, status_of(error))


@bp.get("/api/intake/<process>/<path:external_no>")
@public
def standing(process: str, external_no: str) -> ResponseReturnValue:
    """Say how far something has come that a channel handed in."""
    with force_locale(_language()):
        try:
            channel = the_engine().run(lambda work: intake.authenticate(work, _key(), request.remote_addr or ""))
            if channel is None:
                return _refused(intake.KeyRefused(), 401)
            with the_engine().work() as work:
                return jsonify(intake.asked(work, channel, process, external_no))
        except EngineError as error:
            return _refused(error, status_of(error))


def _taken(channel: ChannelRow, process: str) -> ResponseReturnValue:
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        return jsonify(message=_("The body must be a JSON object."), errors={}), 400
    received = the_engine().run(lambda work: intake.receive(work, channel, process, sent))
    return jsonify(number=received.number, query_code=received.code), 200 if received.again else 201


def _refused(error: EngineError, status: int) -> ResponseReturnValue:
    found = {name: translated(fault) for name, fault in error.found.items()} if isinstance(error, Faults) else {}
    return jsonify(message=translated(error), errors=found), status


def _key() -> str:
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""


def _language() -> str:
    wanted = request.accept_languages.best_match(["zh-CN", "zh", "en"]) or "zh"
    return "en" if wanted == "en" else "zh_CN"


@bp.get("/api/intake/<pack>/openapi.json")
@public
def description(pack: str) -> ResponseReturnValue:
    """Describe what can be sent, for programs."""
    return jsonify(_described(pack))


@bp.get("/api/intake/<pack>/")
@public
def page(pack: str) -> ResponseReturnValue:
    """Describe what can be sent, for the people who write those programs."""
    described = _described(pack)
    sent = {path: parts["post"] for path, parts in described["paths"].items() if "post" in parts}
    operations = [(path, path.rpartition("/")[2], operation) for path, operation in sent.items()]
    shapes = [(path, name, _schema(operation)) for path, name, operation in operations]
    return render_template("intake/page.html", pack=pack, title=described["info"]["title"], shapes=shapes)


def _described(pack: str) -> dict[str, Any]:
    def describe(work: UnitOfWork) -> dict[str, Any]:
        public_face.face(work, pack)
        return intake.openapi(work, pack, url_for("intake.page", pack=pack, _external=True).partition("/api/")[0])

    with the_engine().work() as work:
        return describe(work)


def _schema(operation: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation["requestBody"]["content"]["application/json"]["schema"]
    return found
