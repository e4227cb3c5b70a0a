"""The leave request's people at their desks, in browsers without scripts."""

import re
import shutil

import pytest

from engine import bootstrap
from engine.clock import SimulatedClock
from engine.settings import Settings
from tests.conftest import MORNING
from tests.webui.admin.conftest import Browser
from webui import create_app, packs

REQUEST = {"leave_type": "年休假", "days": "2", "from_date": "2022-08-15", "to_date": "2022-08-16", "reason": "回沈阳探望父母"}


@pytest.fixture(scope="session")
def deployed(tmp_path_factory):
    """A data folder in which the leave request is deployed, to be copied."""
    settings = Settings(data=tmp_path_factory.mktemp("leave"))
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(MORNING))
    engine.run(lambda work: packs.deploy(work, "demo-leave"))
    engine.close()
    return settings.data


@pytest.fixture
def leave_app(deployed, tmp_path, clock):
    data = shutil.copytree(deployed, tmp_path / "var")
    engine = bootstrap.build(Settings(data=data), clock)
    app = create_app(engine)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    engine.close()


@pytest.fixture
def desk(leave_app):
    """Sign somebody in, choosing a post where there are several."""

    def sit_down(login, post="", password="Qjia@2022demo"):
        browser = Browser(leave_app.test_client(), login, password)
        if post:
            [key] = [key for key, name in re.findall(r'value="([^"]+)"[^>]*><span><b>(.*?)</b>', browser.text) if name == post]
            browser.post("/posts", post=key)
        return browser

    return sit_down


@pytest.fixture
def ask(desk):
    """Let Wang Fang ask for leave."""

    def ask(**changes):
        browser = desk("wangfang")
        browser.get("/start/leave")
        browser.post("/start/leave", **{**REQUEST, **changes})
        return browser

    return ask


def first_task(browser, tab="todo"):
    """Give the address of the first task in a tab."""
    browser.get(f"/inbox/{tab}")
    return re.search(r'data-href="(/tasks/[^"]+)"', browser.text)[1]
