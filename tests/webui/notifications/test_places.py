from uuid import uuid4

from tests.webui.portal.conftest import app  # noqa: F401
from webui.notifications.mail import PLACES


def test_every_link_in_a_mail_leads_to_a_page(app):  # noqa: F811
    pages = app.url_map.bind("office")

    assert {pages.match(f"{place}{uuid4()}")[0] for place in PLACES.values()} == {"tasks.show", "cockpit.show"}
