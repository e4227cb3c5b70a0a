"""The town with a clerk at her desk, and a hotline at the other end of the line."""

from dataclasses import replace

import pytest

from engine import intake
from tests.conftest import person
from tests.webui.admin.conftest import Browser
from tests.webui.portal.conftest import app  # noqa: F401


@pytest.fixture
def ann(app):  # noqa: F811
    return Browser(app.test_client(), "ann", "Town@2022demo")


@pytest.fixture
def key(app):  # noqa: F811
    actor = replace(person("ann", "clerk", "JSK"), rights=frozenset({"administer_identity"}), campaign="town")
    return app.extensions["engine"].run(lambda work: intake.open_channel(work, "town", "热线"), actor).key


@pytest.fixture
def hand_in(app, key):  # noqa: F811
    """Hand something in and give status and answer."""

    def hand_in(used=key, language="zh-CN", process="report", **sent):
        headers = {"Authorization": f"Bearer {used}", "Accept-Language": language}
        answer = app.test_client().post(f"/api/intake/{process}", json=sent, headers=headers)
        return answer.status_code, answer.get_json()

    return hand_in
