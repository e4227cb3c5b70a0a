"""Citizens in front of the town's public pages, in browsers without scripts."""

import html
import re

import pytest

from tests.public_face.conftest import open_town
from webui import create_app

DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")}


@pytest.fixture
def app(tmp_path):
    engine = open_town(tmp_path)
    app = create_app(engine)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    engine.close()


class Citizen:
    """A browser without scripts that follows what it is told and knows its last page."""

    def __init__(self, app, address="10.0.0.1"):
        self.client, self.address = app.test_client(), address

    def get(self, path):
        return self._seen(self.client.get(path, follow_redirects=True, environ_base={"REMOTE_ADDR": self.address}))

    def post(self, path, **values):
        sent = values | {"csrf_token": self.token}
        facts = {"environ_base": {"REMOTE_ADDR": self.address}, "content_type": "multipart/form-data", "follow_redirects": True}
        return self._seen(self.client.post(path, data=sent, **facts))

    def _seen(self, answer):
        self.answer, self.text = answer, answer.get_data(as_text=True)
        self.token = (re.search(r'name="csrf_token" value="([^"]+)"', self.text) or [None, getattr(self, "token", "")])[1]
        return answer.status_code

    @property
    def words(self):
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.text)))

    def fill(self, **changes):
        """Go through the questions up to looking it through."""
        typed = {"damage": "lamp", "place": "铁东路 1 号", "phone": "13804120001"} | changes
        self.get("/portal/town/file/report/")
        self.post("/portal/town/file/report/", agreed="1")
        self.post("/portal/town/file/report/1", damage=typed["damage"], _next="1")
        self.post("/portal/town/file/report/2", place=typed["place"], _next="1")
        self.post("/portal/town/file/report/3", phone=typed["phone"], _next="1")
        return self

    def file(self, **changes):
        """File a report and give number and code."""
        self.fill(**changes)
        self.post("/portal/town/file/report/check", answer=solved(self.text))
        return self.receipt

    @property
    def receipt(self):
        return tuple(re.search(rf"data-{name}>([^<]+)<", self.text)[1] for name in ("number", "code"))

    def follow(self, number, code, tail="0001"):
        self.get("/portal/town/progress/report")
        return self.post("/portal/town/progress/report", number=number, secret=code, tail=tail)


def solved(page):
    """Answer the question for people."""
    asked = re.search(r'<label for="f-answer">([^<]+)</label>', page)[1]
    numbers = [_number(text) for text in re.findall("[零一二三四五六七八九十]+", asked.replace("几", ""))]
    if "最大" in asked:
        return str(max(numbers))
    return str(numbers[0] + 1 if "后面" in asked else numbers[0] + numbers[1] if "加" in asked else numbers[0] - numbers[1])


def _number(text):
    tens, ten, ones = text.rpartition("十")
    return (DIGITS.get(tens, 1) if ten else 0) * 10 + DIGITS.get(ones, 0)


@pytest.fixture
def citizen(app):
    return Citizen(app)


@pytest.fixture
def another(app):
    return lambda address="10.0.0.2": Citizen(app, address)
