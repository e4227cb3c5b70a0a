"""A citizen with a phone in hand, with a keyboard alone, without scripts: every way leads to the receipt."""

import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from waitress.server import create_server

from tests.public_face.conftest import open_town
from tests.webui.portal.conftest import solved
from webui import create_app

PAGES = ["/portal/town/", "/portal/town/file/report/", "/portal/town/progress/report", "/portal/town/list/phones",
         "/portal/town/look-up/number", "/portal/town/statement", "/portal/town/how"]  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    engine = open_town(tmp_path_factory.mktemp("town"))
    server = create_server(create_app(engine), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    engine.close()


@pytest.fixture
def phone(chromium, town):
    """Give a page on a phone; *zoom* makes everything twice as large, which halves what fits."""
    contexts = []

    def phone(width=390, scripts=True, zoom=1):
        size = {"width": width // zoom, "height": 844 // zoom}
        context = chromium.new_context(
            base_url=town, viewport=size, device_scale_factor=zoom, java_script_enabled=scripts, locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        return page

    yield phone
    for context in contexts:
        context.close()


def fits(page):
    """Tell whether nothing stands out of the page sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def faults_of(page):
    """Name what keeps somebody from using a page."""
    found = Axe().run(page).response["violations"]
    serious = [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]
    return serious + ([] if fits(page) else ["wide"])


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def confirm(page):
    """Press Enter and wait for the page it leads to."""
    with page.expect_navigation():
        press(page, "Enter")


def go_to(page, name, most=40):
    """Move by the Tab key alone until the focus is on the field or button of this name."""
    for _ in range(most):
        press(page, "Tab")
        if page.evaluate("name => document.activeElement.name === name || document.activeElement.innerText === name", name):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def file_by_keyboard(page):
    page.goto("/portal/town/file/report/")
    go_to(page, "agreed")
    press(page, "Space")
    go_to(page, "下一步")
    confirm(page)
    go_to(page, "damage")
    press(page, "Space")
    go_to(page, "_next")
    confirm(page)
    go_to(page, "place")
    page.keyboard.type("铁东路 1 号")
    go_to(page, "_next")
    confirm(page)
    go_to(page, "phone")
    page.keyboard.type("13804120001")
    go_to(page, "_next")
    confirm(page)
    page.wait_for_url("**/check")


def test_by_keyboard_alone_at_twice_the_size_a_citizen_gets_a_receipt_and_finds_the_record(phone):
    page = phone(zoom=2)
    file_by_keyboard(page)
    assert fits(page)
    go_to(page, "answer")
    page.keyboard.type(solved(page.content()))
    confirm(page)
    page.wait_for_url("**/receipt")
    number, code = page.inner_text("[data-number]"), page.inner_text("[data-code]")
    assert fits(page)

    page.goto("/portal/town/progress/report")
    for name, words in (("number", number), ("secret", code), ("tail", "0001")):
        go_to(page, name)
        page.keyboard.type(words)
    confirm(page)
    page.wait_for_url("**/record/report")
    assert "已收到" in page.inner_text(".line .now")


def test_without_scripts_a_citizen_files_and_adds_something(phone):
    page = phone(scripts=False)
    page.goto("/portal/town/file/report/")
    page.check("[name=agreed]")
    page.click("button.big")
    page.check("[value=road]")
    page.click("[name=_next]")
    page.fill("[name=place]", "铁西路口")
    photo = {"name": "坑.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 20}
    page.set_input_files("input[type=file]", photo)
    page.click("[name=_next]")
    page.click("[name=_next]")
    assert "坑.png" in page.inner_text("main")
    page.fill("[name=answer]", solved(page.content()))
    page.click("button.big")
    number, code = page.inner_text("[data-number]"), page.inner_text("[data-code]")

    page.goto(f"/portal/town/progress/report?number={number}")
    page.fill("[name=secret]", code)
    page.click("button.big")
    page.click("text=补充材料")
    page.fill("[name=more]", "越来越大")
    page.click("button.big")
    assert "补充的材料已经收到" in page.inner_text("main")


def test_what_is_typed_is_there_again_after_the_page_was_lost(phone):
    page = phone()
    page.goto("/portal/town/file/report/")
    page.check("[name=agreed]")
    page.click("button.big")
    page.check("[value=lamp]")
    page.click("[name=_next]")
    with page.expect_response("**/save"):
        page.fill("[name=place]", "湖南街")
    page.goto("/portal/town/")
    page.goto("/portal/town/file/report/")
    page.click("text=接着填")
    page.click("[name=_next]")

    assert page.input_value("[name=place]") == "湖南街"


@pytest.mark.parametrize("width", [320, 390])
def test_everybody_can_use_every_page(phone, width):
    page = phone(width)
    faults = {}
    for path in PAGES:
        page.goto(path)
        faults[path] = faults_of(page)
    file_by_keyboard(page)
    for path in (1, 2, 3, "check"):
        page.goto(f"/portal/town/file/report/{path}")
        faults[path] = faults_of(page)

    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize("look", ["big", "contrast"])
def test_larger_type_and_stronger_contrast_fit_a_narrow_phone(phone, look):
    page = phone(320)
    page.goto("/portal/town/")
    page.click("text=大字版" if look == "big" else "text=高对比")
    page.goto("/portal/town/file/report/")
    assert faults_of(page) == []
