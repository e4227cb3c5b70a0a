"""A citizen complains on a phone about an officer who is his own unit's liaison: answered in time, rated, hidden from him."""

import io
import zipfile
from datetime import datetime

import pytest

from engine import bootstrap, ledgers, user_tasks
from engine.clock import ZONE, SimulatedClock
from engine.settings import Settings
from tests.browser.office import at_desk, hand_in
from tests.browser.stage import PASSWORD, serving
from tests.webui.portal.conftest import solved
from webui import packs

MOMENT = datetime(2022, 8, 3, 9, tzinfo=ZONE)
FACTS = "8月2日上午，张亚男到我店里检查，说话很难听，还推了店员一把。"
ANSWER = {"disposal_measures": ["赔礼道歉"], "personnel_suggestion": "批评教育", "conclusion": "情况属实，已当面道歉。",
          "correction": "组织执法礼仪培训。", "drafted_by": "姜凤琴", "create_problem": False}  # fmt: skip
FOUND = {"work_result": "已查清", "investigators": ["姜凤琴", "袁文博"], "methods": ["询问"], "facts_found": "情况属实。",
         "verdict": "属实", "legal_basis": "《行政执法人员行为规范》", "handled_by": "姜凤琴"}  # fmt: skip


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("city"))
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(MOMENT))
    engine.run(lambda work: packs.deploy(work, "anshan-2022"))
    engine.close()
    with serving(settings.data, MOMENT) as stage:
        yield stage


@pytest.fixture
def browser(chromium, city):
    contexts = []

    def browser(width=390):
        context = chromium.new_context(base_url=city.url, viewport={"width": width, "height": 844}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        return page

    yield browser
    for context in contexts:
        context.close()


def file(page):
    """File the complaint and give number and code."""
    page.goto("/portal/")
    page.click("text=我要投诉举报")
    page.check("[name=agreed]")
    page.click("button.big")
    page.check("[value=B4]")
    page.click("[name=_next]")
    page.select_option("[name=respondent_org]", "SWJ")
    page.fill("[name=respondent_officer]", "张亚男")
    page.click("[name=_next]")
    page.click("[name=_next]")
    page.fill("[name=facts]", FACTS)
    page.fill("[name=demand]", "赔礼道歉")
    page.click("[name=_next]")
    page.click("[name=_next]")
    page.fill("[name=complainant_name]", "王小明")
    page.fill("[name=phone]", "13804120001")
    assert page.is_checked("[name=identity_confidential]")
    page.check("[name=truth_pledge]")
    page.click("[name=_next]")
    page.fill("[name=answer]", solved(page.content()))
    page.click("button.big")
    return page.inner_text("[data-number]"), page.inner_text("[data-code]")


def follow(page, number, code):
    page.goto(f"/portal/anshan-2022/progress/complaint?number={number}")
    page.fill("[name=secret]", code)
    page.fill("[name=tail]", "0001")
    page.click("button.big")
    page.wait_for_selector(".line")


def accept(engine):
    hand_in(engine, "wanchunhua", "受理审查", review_result="受理", respondent_org="SWJ", respondent_login="zhangyanan",
            domain_code="D01", category="B", problem_type="B4", priority="一般", review_opinion="属于行政执法行为。")  # fmt: skip
    hand_in(engine, "wanchunhua", "交办", lead_org="SWJ", assist_orgs=[], summary_redacted="反映执法人员态度粗暴。",
            requirement="按期办理。", recusal_checked=True)  # fmt: skip
    hand_in(engine, "jiangfengqin", "签收", decision="签收", resp_dept="法制科", resp_person="姜凤琴")


def answer(engine):
    hand_in(engine, "jiangfengqin", "调查核实", **FOUND)
    hand_in(engine, "jiangfengqin", "拟处理意见和办理结果", **ANSWER)
    hand_in(engine, "huangxuejun", "法制审核", decision="通过", legal_opinion="事实清楚。")
    hand_in(engine, "wanglihua", "审批签发", decision="签发", signer="王丽华")
    hand_in(engine, "jiangfengqin", "送达办理结果告知书", serve_method="电子送达", served_on="2022-08-20")
    hand_in(engine, "liujing", "质量审核", decision="通过")


def rate(page):
    page.reload()
    page.click("a.ask:has-text('评价')")
    for name in ("attitude", "efficiency", "result_rating"):
        page.check(f"[name={name}][value=满意]")
    page.check("[name=solved][value=已解决]")
    page.click("button.big")


def pages_of(number):
    lists = [f"/inbox/{tab}" for tab in ("todo", "to_sign", "to_read", "done", "overdue")]
    found = [f"/matters/?q={number}", "/ledgers/complaints", f"/ledgers/complaints?q={number}", "/messages/", "/urging/"]
    return [*lists, *found, "/campaign/", "/papers/"]


def files_of(number):
    lists = [f"/inbox/{tab}.xlsx" for tab in ("todo", "done", "overdue")]
    return [
        *lists,
        f"/matters/matters.xlsx?q={number}",
        "/messages/messages.xlsx",
        "/urging/waiting.xlsx",
        "/campaign/board.xlsx",
    ]


def read(page, number, instance_id):
    """Give what somebody who signed in reads of a matter, page by page and file by file."""
    found = {}
    for address in pages_of(number):
        page.goto(address)
        found[address] = page.inner_text("body")
    for address in files_of(number):
        answer = page.request.get(address)
        found[address] = unpacked(answer.body()) if answer.ok else ""
    for address in (f"/matters/{instance_id}", f"/matters/{instance_id}?whole=1", f"/matters/{instance_id}/diagram"):
        answer = page.request.get(address)
        found[address] = answer.text() if answer.ok else ""
    return found


def unpacked(content):
    """Give every text of a spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def everywhere(page, number, instance_id):
    """Give where somebody who signed in finds a matter."""
    texts = read(page, number, instance_id).items()
    return {address for address, text in texts if number in text or FACTS[:10] in text or (address.endswith("diagram") and text)}


def counted(engine, login):
    """Count the complaints somebody knows of, and what is to do."""
    with engine.work(at_desk(engine, login)) as work:
        return ledgers.count(work, "complaints"), sum(user_tasks.counts(work).values())


def sign_in(page, login):
    page.goto("/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('登录')")
    page.wait_for_url(lambda address: "/sign-in" not in address)


def check_handler(page, number, instance_id):
    """See that whoever handles it finds it, and reads neither the words nor the name."""
    theirs = read(page, number, instance_id)
    assert {"/inbox/todo", f"/matters/?q={number}", "/ledgers/complaints", f"/matters/{instance_id}"} <= {
        address for address, text in theirs.items() if number in text
    }
    assert [address for address, text in theirs.items() if FACTS[:10] in text or "王**" in text] == []


def matter_of(engine, number):
    with engine.work() as work:
        return work.ledger_rows.find("complaints", number).instance_id


def test_the_complaint_is_handled_around_the_officer_it_is_about_and_he_finds_it_nowhere(browser, city):
    phone, officer, legal = browser(), browser(1366), browser(1366)
    number, code = file(phone)
    instance_id = matter_of(city.engine, number)
    accept(city.engine)
    sign_in(officer, "zhangyanan")
    sign_in(legal, "jiangfengqin")
    check_handler(legal, number, instance_id)
    assert everywhere(officer, number, instance_id) == set()
    assert (counted(city.engine, "zhangyanan"), counted(city.engine, "jiangfengqin")[0]) == ((0, 0), 1)

    city.move_to("2022-08-08T10:00:00")
    hand_in(city.engine, "jiangfengqin", "程序性回复", proc_content="已受理，由法制科办理。", proc_method="书面")
    city.move_to("2022-08-19T10:00:00")
    answer(city.engine)
    follow(phone, number, code)
    assert phone.inner_text("main").count("按期办结") == 2
    with phone.expect_download() as paper:
        phone.click("a.ask:has-text('办理结果告知书')")
    assert paper.value.suggested_filename.endswith(".pdf")

    rate(phone)
    assert "您的评价已经记下" in phone.inner_text("main")
    assert (everywhere(officer, number, instance_id), counted(city.engine, "zhangyanan")) == (set(), (0, 0))
    assert "13804120001" not in legal.content()
