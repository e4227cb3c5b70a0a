"""A real Chromium in front of a real server on a real database file; only the clock is simulated."""

import os
import shutil
import threading
from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, sync_playwright
from waitress.server import create_server

from engine import bootstrap
from engine.clock import ZONE, SimulatedClock
from engine.settings import Settings
from tests.browser.stage import copy_of, idle, play, serving
from webui import create_app, packs

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--no-first-run", "--disable-sync", "--disable-default-apps", "--disable-extensions", "--mute-audio",
]  # fmt: skip
NOON = datetime(2022, 8, 10, 12, tzinfo=ZONE)
BUREAUS = {"SCJG", "STHJ", "ZJJ", "RSJ", "JJZD", "JYJ", "WJW", "GAJ", "ZRZY"}
DEADLINE = datetime(2022, 8, 19, 9, tzinfo=ZONE)
INSPECTION = datetime(2022, 8, 2, 9, tzinfo=ZONE)
JULY, AUGUST = datetime(2022, 7, 21, 9, tzinfo=ZONE), datetime(2022, 8, 10, 9, tzinfo=ZONE)


@pytest.fixture(scope="session")
def patience():
    """Make a click that leads to another page end when that page can be read whole, not when its first bytes are there."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Page, Locator):
            patch.setattr(kind, "click", _then_read(kind.click))
        yield


def _then_read(click):
    def patient(self, *given, **named):
        click(self, *given, **named)
        page = self if isinstance(self, Page) else self.page
        if not page.is_closed():
            page.wait_for_load_state("domcontentloaded")

    return patient


@pytest.fixture(scope="session")
def chromium(patience):
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing: install it, or name it in CHROMIUM.")
        pytest.skip("Chromium is missing: install it, or name it in CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("var"))
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(NOON))
    engine.run(lambda work: packs.deploy(work, "demo-leave"))
    server = create_server(create_app(engine), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    engine.close()


@pytest.fixture(scope="session")
def july(tmp_path_factory):
    """The campaign on 21 July: the notice is signed for, and the three lists of one bureau wait to be filled in."""
    data = tmp_path_factory.mktemp("july")
    play(data, JULY, {"SCJG"}, {"problem_list.self_check": idle("true")})
    return data


@pytest.fixture(scope="session")
def august(tmp_path_factory):
    """The campaign on 10 August, between the first inspection and the second self-correction."""
    data = tmp_path_factory.mktemp("august")
    play(data, AUGUST, {"SCJG", "HC"}, {})
    return data


@pytest.fixture(scope="session")
def inspection(tmp_path_factory):
    """The campaign on 2 August: the first inspection of one bureau waits to be recorded."""
    data = tmp_path_factory.mktemp("inspection")
    play(data, INSPECTION, {"YJJ"}, {})
    return data


@pytest.fixture(scope="session")
def deadline(tmp_path_factory):
    """The campaign on 19 August: nobody at the office has verified anything yet, two matters lack a paper, two units are late."""
    data = tmp_path_factory.mktemp("deadline")
    lacking = 'if = \'=unit = "GAJ"\'\n[tasks.when.values]\nrecognised = false\ncriteria_note = "正在回访当事人。"\n'
    play(data, DEADLINE, BUREAUS, {"rectify.office_verify": idle("true"), "rectify.apply_closure": lacking})
    return data


@pytest.fixture(scope="module")
def stage(request, tmp_path_factory):
    """What the module's ``PLAYED`` names, served to this module alone."""
    moments = {"july": JULY, "august": AUGUST, "deadline": DEADLINE, "inspection": INSPECTION}
    name, moment = request.module.PLAYED, moments[request.module.PLAYED]
    data = copy_of(request.getfixturevalue(name), tmp_path_factory.mktemp("stage") / "var")
    with serving(data, moment) as stage:
        yield stage


@pytest.fixture
def enter(chromium, server):
    """Sign somebody in, in a browser of their own, and give the page."""
    contexts = []

    def enter(login, post="", size=(1366, 768), password="Qjia@2022demo"):
        context = chromium.new_context(base_url=server, viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto("/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", password)
        page.click("button:has-text('登录')")
        page.wait_for_url(lambda address: "/sign-in" not in address)
        if post:
            page.click(f"button:has-text('{post}')")
        page.wait_for_selector("html.js")
        return page

    yield enter
    for context in contexts:
        context.close()
