"""The public pages' front: what there is, the statement about data, how big the type is."""

from urllib.parse import urlsplit

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engine import definitions
from engine.packs.public import NotPublic
from webui.portal import filing_views, list_views, record_views
from webui.portal.blueprint import LOOKS, actor, bp, page, shown
from webui.sessions import public
from webui.work import the_engine

PARTS = (filing_views, record_views, list_views)


@bp.get("/")
@public
def choose() -> ResponseReturnValue:
    """Go to the pack that has public pages."""
    with the_engine().work() as work:
        packs = [key for key in work.definitions.packs() if definitions.pack(work, key).portal]
    if not packs:
        raise NotPublic
    return redirect(url_for(".index", pack=packs[0]))


@page("/")
def index(pack: str) -> ResponseReturnValue:
    """Show what can be done here."""
    return shown("index", pack)


@page("/statement")
def statement(pack: str) -> ResponseReturnValue:
    """Show what becomes of what people tell us, and everything there is on these pages."""
    return shown("statement", pack)


@page("/how")
def how(pack: str) -> ResponseReturnValue:
    """Explain these pages."""
    return shown("how", pack)


@page("/look/<look>")
def look(pack: str, look: str) -> ResponseReturnValue:
    """Show everything in larger type, or in stronger contrast, or as before."""
    actor(pack)
    if look in LOOKS:
        session["portal_look"] = sorted(set(session.get("portal_look", [])) ^ {look})
    back = urlsplit(request.referrer or "")
    inside = back.netloc == request.host and back.path.startswith(f"/portal/{pack}/")
    return redirect(back.path if inside else url_for(".index", pack=pack))
