"""Administration: what is reached from the menu."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from webui.admin import channel_views, people_views, post_views, unit_views
from webui.admin.blueprint import GRANT, RIGHT, bp
from webui.navigation import Item
from webui.sessions import needs_right

MENU = (
    Item("admin.units", _l("Units"), icon="diagram-3", group=_l("Administration"), order=90, right=RIGHT),
    Item("admin.people", _l("People"), icon="people", group=_l("Administration"), order=91, right=RIGHT),
    Item("admin.people", _l("People"), icon="people", group=_l("Administration"), order=91, right=GRANT),
    Item("admin.asked_posts", _l("Posts asked for"), icon="person-check", group=_l("Administration"), order=92, right=GRANT),
    Item("admin.asked_posts", _l("Posts asked for"), icon="person-check", group=_l("Administration"), order=92, right=RIGHT),
    Item("admin.channels", _l("Channels of other systems"), icon="plug", group=_l("Administration"), order=92, right=RIGHT),
)
PARTS = (unit_views, people_views, post_views, channel_views)


@bp.get("/")
@needs_right(RIGHT)
def index() -> ResponseReturnValue:
    """Begin with the units."""
    return redirect(url_for(".units"))
