"""What a receipt leads to: the address of the record, as words and as a code for a telephone's camera."""

from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from engine.packs.public import PublicStart
from engine.public_face import Draft


def links(pack: str, start: PublicStart, kept: Draft) -> dict[str, Any]:
    """Give when it was filed, the record's address with its number in it, and that as a picture; the code is still typed."""
    import segno  # slow to import, seldom needed

    facts = kept.receipt or {}
    number, at = facts["number"], datetime.fromisoformat(facts["at"])
    address = url_for("portal.open_", pack=pack, code=start.record, number=number, _external=True)
    picture = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True, title=number)
    return {"at": at, "address": address, "picture": Markup(picture)}  # noqa: S704 segno drew it from an address of ours
