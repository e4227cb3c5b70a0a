"""What is published: lists, and look-ups by an exact key."""

from flask import request
from flask.typing import ResponseReturnValue

from engine import public_face
from engine.errors import EngineError
from webui.i18n import translated
from webui.portal.blueprint import address, change, page, reading, shown


@page("/list/<code>")
def entries(pack: str, code: str) -> ResponseReturnValue:
    """Show a page of a published list."""
    number = max(1, request.args.get("page", 1, type=int))
    with reading(pack) as work:
        listed, found = public_face.entries(work, pack, code, number)
    return shown("list", pack, listed=listed, page=found)


@page("/look-up/<code>", "GET", "POST")
def look_up(pack: str, code: str) -> ResponseReturnValue:
    """Ask for one row by its key, and show what is public of it."""
    key = request.form.get("key", "").strip()
    with reading(pack) as work:
        asked = public_face.face(work, pack).lookup(code)
    if not key:
        return shown("look_up", pack, asked=asked, key="", entry=None, refusal="")
    try:
        entry = change(pack, lambda work: public_face.look_up(work, pack, code, key, address())[1])
    except EngineError as refused:
        return shown("look_up", pack, 429, asked=asked, key=key, entry=None, refusal=translated(refused))
    return shown("look_up", pack, 200, asked=asked, key=key, entry=entry, refusal="")
