"""The blueprint of the public pages: who stands at the door, the cookie that opens their drafts, how big the type is."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, g, render_template, request, session
from flask.typing import ResponseReturnValue

from engine import public_face
from engine.errors import EngineError
from engine.forms.model import Form
from engine.identity.actor import Actor
from engine.persistence.work import UnitOfWork
from webui.errors import answer, status_of
from webui.i18n import translated
from webui.sessions import public
from webui.work import the_engine

T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., Any])

bp = Blueprint("portal", __name__, url_prefix="/portal", template_folder="templates")
COOKIE, KEPT = "zhenggai-draft", 24 * 3600
LOOKS = ("big", "contrast")


def page(path: str, *methods: str) -> Callable[[View], View]:
    """Put a view under an address of a pack's public pages."""

    def put(view: View) -> View:
        return bp.route(f"/<pack>{path}", methods=list(methods or ("GET",)))(public(view))

    return put


def actor(pack: str) -> Actor:
    """Give who acts: somebody without an account."""
    if getattr(g, "portal", None) is None:
        with the_engine().work() as work:
            g.portal = public_face.face(work, pack)
    return public_face.public_actor(g.portal, pack)


def reading(pack: str) -> UnitOfWork:
    """Open a unit of work that reads."""
    return the_engine().work(actor(pack))


def change(pack: str, action: Callable[[UnitOfWork], T]) -> T:
    """Do *action* in a unit of work of its own."""
    return the_engine().run(action, actor(pack))


def address() -> str:
    """Give the address that limits are counted by."""
    return request.remote_addr or ""


def token() -> str:
    """Give the key of this browser's drafts; a new one is sent back with the answer."""
    if "draft_token" not in g:
        g.draft_token = request.cookies.get(COOKIE) or public_face.new_token()
    found: str = g.draft_token
    return found


def take_files(work: UnitOfWork, start: public_face.PublicStart, form: Form, kept: public_face.Draft) -> list[str]:
    """Take the files into a draft that came along with a form; say which were refused and why."""
    refusals = []
    for name, files in request.files.lists():
        for file in (file for file in files if file.filename):
            try:
                public_face.attach(work, start, form, kept, name, file.stream, file.filename or "")
            except EngineError as refused:
                refusals.append(translated(refused))
    return refusals


def shown(template: str, pack: str, status: int = 200, **facts: Any) -> ResponseReturnValue:
    """Show one of the public pages."""
    actor(pack)
    looks = session.get("portal_look", [])
    return render_template(f"portal/{template}.html", pack=pack, portal=g.portal, looks=looks, **facts), status


@bp.after_request
def _keep_token(response: Response) -> Response:
    if "draft_token" in g:
        response.set_cookie(
            COOKIE, g.draft_token, max_age=KEPT, path="/portal", httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response


@bp.errorhandler(EngineError)
def _declined(error: EngineError) -> ResponseReturnValue:
    sentence, status, pack = translated(error), status_of(error), (request.view_args or {}).get("pack", "")
    if request.accept_mimetypes.best == "application/json" or getattr(g, "portal", None) is None:
        return answer(status, sentence)
    return shown("refused", pack, status, sentence=sentence)
