"""Browsers of people who administer: Ann the whole city, Dan the east district, Pam nothing."""

import re

import pytest

from engine import deployments
from engine.identity import importing
from tests.identity.conftest import FILES, PASSWORD, city  # noqa: F401
from webui import create_app


@pytest.fixture
def town(engine, city):  # noqa: F811
    with engine.work() as work:
        deployments.deploy(work, "city", FILES)
        importing.import_pack(work, city)
    return engine


@pytest.fixture
def app(town):
    app = create_app(town)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def browser(app):
    """Sign somebody in; the browser then posts with the token of the page before."""

    def sign_in(login):
        return Browser(app.test_client(), login)

    return sign_in


class Browser:
    """A browser without scripts that knows its last page."""

    def __init__(self, client, login, password=PASSWORD):
        self.client = client
        self.get("/sign-in")
        self.post("/sign-in", login=login, password=password)

    def get(self, path):
        self.answer = self.client.get(path, follow_redirects=True)
        self.token = (re.search(r'name="csrf_token" value="([^"]+)"', self.text) or [None, ""])[1]
        return self.answer.status_code

    def post(self, path, **values):
        values["csrf_token"] = self.token
        self.answer = self.client.post(
            path, data={name.rstrip("_"): value for name, value in values.items()}, follow_redirects=True
        )
        return self.answer.status_code

    @property
    def text(self):
        return self.answer.get_data(as_text=True)

    @property
    def words(self):
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.text))
