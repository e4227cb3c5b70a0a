"""R094: not in place on 9 September, shown with a picture; a letter follows, answered by the unit and looked at again."""

import io
from datetime import datetime

import pytest
from docx import Document

from engine import bootstrap, deployments, messages, packs
from engine.clock import ZONE, SimulatedClock
from engine.identity.importing import import_pack
from engine.scheduler import run_until
from engine.settings import Settings
from tests.browser.moves import attach, choose, hand_in, open_work, shows, sign_for
from tests.browser.office import hand_in as at_their_desk
from tests.browser.stage import PACK, PASSWORD, cut_to, serving

pytestmark = pytest.mark.browser
MORNING = datetime(2022, 9, 9, 9, tzinfo=ZONE)
UNIT, TITLE = "市应急管理局", "关于危险化学品企业检查整改不到位问题的行政执法监督函"
FOUND, ASKED = "3家企业的复查记录没有签字，原问题仍然存在。", "9月底前补做3家企业的复查，补齐签字和影像。"
PROBLEM = {"unit": "YJJ", "domain_code": "D10", "problem_type": "A1", "source": "督导", "complaint_no": None,
           "description": "对3家危险化学品企业责令整改后没有复查。"}  # fmt: skip
NUMBER = "鞍执法监督函〔2022〕1号"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """The second inspection of one bureau, with one problem, waits to be recorded."""
    settings, files = Settings(data=tmp_path_factory.mktemp("letters")), cut_to({"YJJ"})
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(MORNING))
    engine.run(lambda work: deployments.deploy(work, PACK, files))
    engine.run(lambda work: import_pack(work, packs.parse(files)))
    for name, key, payload in (("new_problem", "DD", PROBLEM), ("inspection_due", "DD-2", {"round_no": 2})):
        engine.run(lambda work, name=name, key=key, payload=payload: messages.publish(work, name, key, payload))
        run_until(engine, MORNING)
    engine.close()
    with serving(settings.data, MORNING) as stage:
        yield stage


@pytest.fixture(scope="module")
def server(city):
    return city.url


@pytest.fixture
def someone(enter):
    return lambda login, post="": enter(login, post, (1366, 768), PASSWORD)


def arranged(engine):
    """Let the office arrange the round: the first team goes there the same day."""
    visits = [{"unit": "YJJ", "unit_name": UNIT, "team": "DDZ1", "visit_on": "2022-09-09"}]
    at_their_desk(engine, "liujing", "制定督导方案", ends_on="2022-09-10", files_per_unit=3, methods=["实地"],
                  focus=["行政执法不作为"], focus_note=None, is_secret=False, visits=visits)  # fmt: skip
    at_their_desk(engine, "wangjianguo", "审定督导方案", decision="同意", note=None)


def record(page):
    """Mark the problem as not in place, with a picture, and hand the record in."""
    open_work(page, "第二次督导")
    choose(page, "checks.0.verdict", "不到位")
    for name, text in (("found", FOUND), ("requirement", ASKED), ("due_on", "2022-09-30")):
        page.fill(f"[name='checks.0.{name}']", text)
    attach(page, "checks.0.evidence", "复查记录.jpg", JPEG)
    page.check("[name=recusal_promise]")
    page.fill("[name=place]", "市应急管理局二楼会议室")
    page.fill("[name=no_case_reason]", "本次只核对问题，没有抽查案卷。")
    page.check("[name=overall][value=一般]")
    page.fill("[name=feedback]", "危险化学品企业检查后没有复查，请限期补齐。")
    hand_in(page)


def fed_back(engine):
    """Take the record through signature and review to the feedback that the unit confirms."""
    at_their_desk(engine, "guanwei", "确认督导记录,签字或拒签", sign_result="签字确认", unit_signer="关伟")
    at_their_desk(engine, "dengli", "审核督导记录", decision="通过", note=None)
    at_their_desk(engine, "liujing", "起草反馈意见书", outcome="监督函", feedback_text="……")
    at_their_desk(engine, "wangjianguo", "签发反馈意见书", decision="签发", note=None)


def draft(page):
    """Write the letter that the inspection proposed."""
    open_work(page, f"监督函 {UNIT}")
    assert FOUND in page.input_value("[name=facts]")
    page.fill("[name=title]", TITLE)
    page.fill("[name='issues.0.text']", "责令整改后没有复查。")
    page.fill("[name='requirements.0.text']", ASKED)
    page.select_option("[name=reply_days]", "15")
    hand_in(page)


def approved(city, director):
    """Take the draft past the deputy and the legal reviewer to the director, who signs it."""
    at_their_desk(city.engine, "handan", "核稿", decision="同意", note=None)
    at_their_desk(city.engine, "huangxuejun", "法制审核", decision="通过", legal_opinion="依据准确。", note=None)
    choose(open_work(director, f"监督函 {UNIT}"), "decision", "签发")
    director.fill("[name=_opinion]", "同意签发。")
    hand_in(director)


def sealed(page):
    """Seal the numbered letter, and take it away as it is sent."""
    open_work(page, NUMBER)
    word = taken(page, "下载 Word 文件")
    attach(page, "sealed_scan", "盖章件.pdf", PDF)
    hand_in(page)
    return Document(io.BytesIO(word))


def taken(page, link):
    """Take the letter away."""
    with page.expect_download() as file:
        page.locator(f"a:has-text('{link}')").first.click()
    return file.value.path().read_bytes()


def replied(page):
    """Answer the letter on paper, signed and sealed."""
    open_work(page, NUMBER)
    choose(page, "reply_kind", "整改反馈")
    page.fill("[name=carried]", "已补做3家企业的复查，签字和影像齐全。")
    page.fill("[name=reply_signer]", "关伟")
    attach(page, "reply_scan", "书面反馈.pdf", PDF)
    hand_in(page)


def looked_at_again(page):
    """Let two people look again."""
    open_work(page, NUMBER)
    for name in ("刘静", "徐家明"):
        page.check(f"[name=recheckers][value={name}]")
    choose(page, "recheck", "整改到位")
    page.fill("[name=recheck_note]", "现场核对复查记录，整改到位。")
    hand_in(page)


def test_what_is_not_in_place_on_9_september_is_answered_for_by_a_letter(city, someone):
    arranged(city.engine)
    record(someone("fangzhiyuan"))
    fed_back(city.engine)
    liaison, office = sign_for(someone("songyonggang"), "督导反馈"), someone("liujing")
    choose(liaison, "confirm_result", "确认")
    hand_in(liaison)

    draft(office)
    approved(city, someone("wangjianguo", "领导小组办公室主任"))
    letter = sealed(office)
    open_work(liaison, NUMBER)
    hand_in(liaison)
    city.move_to("2022-09-20T09:00:00")
    replied(liaison)
    looked_at_again(office)

    text = "".join("".join(part.text for part in letter.paragraphs).split())
    assert [part for part in (NUMBER, TITLE, ASKED, "鞍山市应急管理局：") if part not in text] == []
    assert shows(liaison, f"/ledgers/letters?q={NUMBER}", "已办结")
