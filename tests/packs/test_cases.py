"""Typical cases without a trace of who they are about, and files of cases judged by lot and blind."""

import pytest

from engine.workers.evidence import find_in_text
from tests.packs import cases
from tests.packs.stage import Walk, decide, pack
from tests.packs.test_walks import played

TELLING = [
    ("手机号", "请拨打13804120001。"), ("固定电话", "联系电话0412-5512028。"), ("身份证号", "证件210302198001010011。"),
    ("执法证号", "出示ZF2103-0028号证件。"), ("统一社会信用代码", "代码91210300MA0TEKA009。"), ("车牌号", "车牌辽C12345被扣。"),
    ("文号", "鞍市监罚决〔2022〕18号决定。"), ("企业字号", "宏达商贸有限公司反映。"), ("人员姓名", "承办人张伟到场。"),
    ("单位名称", "市市场监督管理局(知识产权局)立案。"),
]  # fmt: skip


def scanned(text: str) -> list[str]:
    """Scan a case as the process does; give the kinds of what was found."""
    walk = Walk("typical_case", "2022-08-01", **cases.WANTED)
    walk.do("write_case", **cases.TEXTS | {"case_facts": text})
    asked = next(effect for effect in walk.open.values() if effect.element_id == "scan_case").variables
    return [line["kind"] for line in find_in_text(None, None, {}, asked)["found"]]


@pytest.mark.parametrize(("kind", "text"), TELLING, ids=[kind for kind, _ in TELLING])
def test_r047_the_scan_finds_what_tells_who_it_was(kind, text):
    assert kind in scanned(text)


def test_every_demonstration_case_is_free_of_traces():
    texts = [
        " ".join((row["title"], row["case_facts"], row["handling"], row["meaning"])) for row in pack().reference("demo_cases")
    ]

    assert [text for text in texts if scanned(text)] == []


def test_r046_a_similar_problem_becomes_a_problem_of_the_unit():
    [sent] = played(cases.something_similar).published

    assert (sent.name, sent.variables["unit"], sent.variables["problem_type"]) == ("new_problem", "SCJG", "B1")


def test_r047_cases_are_published_in_the_order_in_which_they_were_put_together():
    sent = [message for message in played(cases.batch_published).published if message.name == "case_published"]

    assert [(m.correlation_key, m.variables["batch_seq"]) for m in sent] == [("AL-2022-002", 1), ("AL-2022-001", 2)]


def test_r046_every_unit_of_the_campaign_checks_itself():
    sent = [message for message in played(cases.batch_published).published if message.name == "self_check_due"]

    assert len(sent) == 41


@pytest.mark.parametrize(
    ("scene", "found"),
    [(cases.file_graded, (96.0, [], "优秀")), (cases.file_upheld, (93, [], "优秀")), (cases.file_known, (51.0, [], "不合格"))],
)
def test_a_file_is_graded_by_both_scores(scene, found):
    told = played(scene).variables

    assert (told["score"], told["vetoes"], told["grade"]) == found


def test_a_veto_that_two_of_three_see_decides_whatever_the_points_are():
    told = played(cases.file_failed).variables

    assert (told["agreement"]["why"], told["score"], told["vetoed"], told["grade"]) == ("相差超过10分", 76, True, "不合格")


def test_files_show_their_flags_to_who_scores_them():
    assert played(cases.file_failed).variables["red_flags"] == ["立案到决定超过90日", "重大决定缺法制审核", "缺听证告知"]
    assert played(cases.file_graded).variables["red_flags"] == []


@pytest.mark.parametrize(("vetoes", "score", "grade"), [
    ([], 90, "优秀"), ([], 80, "良好"), ([], 60, "合格"), ([], 59.9, "不合格"), (["程序违法"], 95, "不合格"),
])  # fmt: skip
def test_the_grade_follows_the_sheet(vetoes, score, grade):
    found = decide("casefile_grade", {"vetoes": vetoes, "score": score})

    assert grade in (found, found["grade"] if isinstance(found, dict) else None)


def test_the_sheet_has_a_hundred_points_and_nine_vetoes():
    assert sum(int(row["full"]) for row in pack().reference("casefile_items")) == 100
    assert len(pack().reference("casefile_vetoes")) == 9


def test_nobody_sees_a_score_while_the_other_is_out():
    tasks = {task.element_id: task.properties for task in played(cases.file_graded).all if hasattr(task, "candidate_groups")}

    assert tasks["first_score"]["bpm:blindUntil"] == tasks["second_score"]["bpm:blindUntil"] == "scores_opened"
    assert "first_total" not in _before_both().variables


def _before_both() -> Walk:
    walk = Walk("casefile", "2022-10-19", **cases.DRAWN)
    walk.do("read_file", rows=[cases.FILE])
    walk.do("hand_in", casefile_scan=["a1"], casefile_pages=40)
    walk.do("first_score", score_items=cases.sheet(2), vetoes=[], score_note="……")
    return walk
