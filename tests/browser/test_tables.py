"""A rule of a decision table is changed in the browser; another person publishes it, and the engine decides by it."""

import pytest

from engine import bootstrap, definitions
from engine.clock import SimulatedClock
from engine.settings import Settings
from tests.browser.conftest import JULY
from tests.browser.stage import PACK, PASSWORD, serving
from webui import packs

pytestmark = pytest.mark.browser
CELL = "[data-element-id='return_step_r3_o0'] .content-editable"
WORDS = "移交督查"
ENGLISH = """[...document.querySelectorAll(".fjs-palette-container *, .fjs-properties-container *")]
  .flatMap((part) => [part.childElementCount ? "" : part.textContent, part.title, part.placeholder, part.ariaLabel])
  .filter((text) => /[A-Za-z]{3,}/.test(text?.replace(/FEEL|HTML|Markdown|problem_no|bpm:[A-Za-z]+/g, "") ?? ""))"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """The campaign's pack as it is deployed, before anything has begun."""
    settings = Settings(data=tmp_path_factory.mktemp("tables"))
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(JULY))
    engine.run(lambda work: packs.deploy(work, PACK))
    engine.close()
    with serving(settings.data, JULY) as stage:
        yield stage


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def someone(enter):
    def someone(login):
        page = enter(login, "", (1440, 900), PASSWORD)
        page.refused = []
        page.on("console", lambda told: page.refused.append(told.text) if "Content Security Policy" in told.text else None)
        return page

    return someone


def decided(stage, process_id="rectify"):
    with stage.engine.work() as work:
        kernel = definitions.active(work, process_id).kernel
        return kernel.decide("return_step", {"return_code": "虚假整改", "verify_result": ""})


def test_a_changed_rule_decides_once_another_person_has_published_it(stage, someone):
    editor, publisher = someone("admin"), someone("lccfb")
    assert decided(stage) == "移交线索"

    change_cell(editor)
    try_out(editor)
    submit(editor)
    assert decided(stage) == "移交线索"
    publish(publisher)

    assert decided(stage) == WORDS
    assert editor.refused == []


def change_cell(page):
    page.goto("/tables/decisions/return_step.dmn")
    page.wait_for_selector("[data-decisions][data-drawn]")
    page.click(CELL)
    page.keyboard.press("Control+A")
    page.keyboard.type(f'"{WORDS}" +')
    page.wait_for_selector("#complaints [data-element='return_step_r3_o0']")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.wait_for_selector("#complaints :text('检查通过')")


def try_out(page):
    page.fill("#trial [name='v.return_code']", "虚假整改")
    page.click("#trial button:has-text('试算')")
    page.wait_for_selector(f".outcome :text('{WORDS}')")
    assert "第 3、6 条规则命中" in page.inner_text(".outcome")


def submit(page):
    page.click("text=保存草稿")
    page.click("a:has-text('提交发布')")
    page.fill("[name=note]", "虚假整改改由督查组核实")
    page.click("button:has-text('提交') >> nth=-1")
    page.wait_for_selector("text=须由另一名有发布权限的人发布")


def publish(page):
    page.goto("/processes/")
    page.click("text=核对并发布")
    page.click("text=并排对照")
    assert WORDS in page.inner_text("main")
    page.go_back()
    page.click("button:has-text('发布') >> nth=-1")
    page.wait_for_selector("text=已发布")


def test_a_form_is_composed_with_its_words_in_chinese_and_shown_as_the_server_will(someone):
    page = someone("admin")
    page.goto("/tables/forms/forms/closure_verify.form")
    page.wait_for_selector("[data-form-editor][data-drawn]")
    page.wait_for_selector("#preview [data-field='result']")

    page.click(".fjs-element[data-id=f_problem_no]")
    page.click(".bio-properties-panel-group-header-title:has-text('基本')")
    page.click("#bio-properties-panel-label")
    page.keyboard.press("Control+A")
    page.keyboard.type("问题的编号")

    page.wait_for_selector("#preview :text('问题的编号')")
    assert page.evaluate(ENGLISH) == []
    assert page.refused == []


def test_a_new_process_is_begun_empty_drawn_and_found_fit_to_be_published(someone):
    page = someone("admin")
    page.goto("/processes/")
    page.click("a:has-text('新建')")
    page.fill("[name=name]", "专项工作调度")
    page.fill("[name=key]", "special_dispatch")
    page.click("button:has-text('新建')")

    page.wait_for_selector("[data-drawn] [data-element-id=first_step]")
    page.wait_for_selector("[data-summary][data-state=good]")
    page.click("text=提交发布")
    page.wait_for_selector("h2:has-text('special_dispatch.bpmn')")
    assert "新文件" in page.inner_text("main") and "专项工作调度已发起" in page.inner_text("main")
