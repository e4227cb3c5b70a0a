"""A process is changed while it runs: a step is drawn in, another person publishes it, and only what begins later meets it."""

import pytest

from engine import messages, process_instances
from engine.process_instances import InstanceFilters
from tests.browser.moves import attach, choose, hand_in, open_work, shows, sign_for
from tests.browser.stage import PACK, PASSWORD

pytestmark = pytest.mark.browser
PLAYED = "august"
OLD, NEW = "WT-SCJG-2022-1-003", "WT-SCJG-2022-1-091"
STEP, NEXT = "法制会签", "确认并申请销号"
PROOF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
MIDDLE = """id => {
  const modeler = document.querySelector("[data-modeler]").modeler, box = modeler.get("canvas").viewbox();
  const [a, b] = modeler.get("elementRegistry").get(id).waypoints.slice(-2), { left, top } = modeler.get("canvas").getContainer().getBoundingClientRect();
  return [left + ((a.x + b.x) / 2 - box.x) * box.scale, top + ((a.y + b.y) / 2 - box.y) * box.scale];
}"""  # noqa: E501


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def someone(enter):
    return lambda login, size=(1440, 900): enter(login, "", size, PASSWORD)


def draw_in(page, flow, name, role):
    """Drop a task on a flow, name it, make it a user task of a role that must give an opinion."""
    page.goto(f"/processes/{PACK}/edit/p10_rectify.bpmn")
    page.wait_for_selector("[data-drawn]")
    page.click(".djs-palette [data-action='create.task']")
    page.mouse.move(*page.evaluate(MIDDLE, flow), steps=5)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_selector(".djs-direct-editing-content")
    page.keyboard.type(name)
    page.keyboard.press("Control+Enter")
    page.click(".djs-context-pad [data-action='replace']")
    page.click(".djs-popup [data-id='replace-with-user-task']")
    page.locator("#bio-properties-panel-role").select_option(label=role)
    page.check("[id='bio-properties-panel-bpm:opinionRequired']")
    page.wait_for_selector("[data-summary][data-state=good], [data-summary][data-state=warning]")
    assert page.evaluate("[...document.querySelector('[data-modeler]').unknown]") == [], "texts of the editor without Chinese"


def submit(page, note):
    page.click("text=保存草稿")
    page.wait_for_selector("text=草稿已于")
    page.click("text=提交发布")
    page.fill("[name=note]", note)
    page.click("button:has-text('提交') >> nth=-1")
    page.wait_for_selector("text=须由另一名有发布权限的人发布")


def publish(page):
    page.goto("/processes/")
    page.click("text=核对并发布")
    assert STEP in page.inner_text("main")
    page.click("button:has-text('发布') >> nth=-1")
    page.wait_for_selector("text=已发布")


def put_right(page):
    choose(page, "work_result", "已完成")
    page.fill("[name=progress]", "已完成全部整改。")
    page.fill("[name=result]", "整改到位，佐证齐全。")
    attach(page, "evidence", "佐证.pdf", PROOF)
    hand_in(page)


def accept_another(stage):
    """Another problem is accepted, as its list's process tells it: the same as the old one, under a new number."""
    with stage.engine.work() as work:
        [found] = process_instances.search(work, InstanceFilters(process_id="rectify", text=OLD)).rows
        old = process_instances.get(work, found.id)
    facts = old.variables | {"problem_no": NEW, "rectify_mode": "立行立改", "due_date": "2022-08-20"}
    stage.engine.run(lambda work: messages.publish(work, "problem_accepted", NEW, facts))


def test_only_a_new_problem_meets_the_step_that_was_published_meanwhile(stage, someone):
    editor, handler = someone("admin"), someone("zhangwei")
    draw_in(editor, "which_result_to_apply_closure", STEP, "法制审核人员")
    submit(editor, "销号前增加法制会签")
    publish(someone("lccfb"))
    accept_another(stage)

    put_right(open_work(handler, OLD))
    put_right(sign_for(handler, NEW))

    deputy, legal = someone("tongjianguo"), someone("mayanhong")
    assert shows(deputy, f"/inbox/todo?q={OLD}", NEXT)
    assert shows(legal, f"/inbox/todo?q={NEW}", STEP)
    deputy.goto(f"/inbox/todo?q={NEW}")
    assert NEXT not in deputy.inner_text("main")
    open_work(legal, NEW)
    legal.fill("[name=_opinion]", "同意，依据充分。")
    hand_in(legal)
    assert shows(deputy, f"/inbox/todo?q={NEW}", NEXT)
