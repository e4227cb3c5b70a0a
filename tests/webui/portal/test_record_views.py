import pytest

from engine import user_tasks
from engine.persistence.repositories.inbox import InboxFilters
from tests.conftest import person

RECORD = "/portal/town/record/report"


@pytest.fixture
def complete(app):
    def complete(**values):
        engine, clerk = app.extensions["engine"], person("ann", "clerk", "JSK")
        with engine.work(clerk) as work:
            [row] = user_tasks.inbox(work, "todo", InboxFilters()).rows
        engine.run(lambda work: user_tasks.complete(work, row.id, values), clerk)

    return complete


@pytest.fixture
def filed(citizen):
    return citizen.file()


def test_the_record_says_how_far_it_has_come_by_when_and_who_answers(citizen, filed, complete):
    complete(lead_unit="JSK")
    citizen.follow(*filed)

    for words in (
        "已收到 2022年7月18日 09:00",
        "维修中 2022年7月18日",
        "已修好 尚未到这一步",
        "最迟2022年7月25日 · 办理中",
        "建设科 · 0412-5550001",
    ):
        assert words in citizen.words
    assert "13804120001" not in citizen.text


def test_without_opening_nothing_is_shown_even_with_the_address(another, citizen, filed):
    citizen.follow(*filed)
    other = another()
    other.get(RECORD)

    assert "编号" in other.words
    assert filed[0] not in other.words


def test_what_opens_one_record_opens_no_other(citizen, another, filed):
    other = another()
    second = other.file(phone="13804120002")
    other.follow(*second, tail="0002")

    assert other.follow(filed[0], second[1], "0002") == 422


def test_flooding_with_guesses_is_stopped(another, filed):
    statuses = [another(f"10.2.0.{place}").follow(filed[0], "AAAAAAAA") for place in range(6)]

    assert statuses == [422] * 5 + [429]


def test_a_number_that_does_not_exist_looks_the_same(another, filed):
    wrong, unknown = another(), another("10.0.0.3")
    wrong.follow(filed[0], "AAAAAAAA")
    unknown.follow("BX-20220718-0404", "AAAAAAAA")

    assert wrong.words.replace(filed[0], "") == unknown.words.replace("BX-20220718-0404", "")


def test_adding_rating_and_taking_back(citizen, filed, complete):
    citizen.follow(*filed)
    assert citizen.post(f"{RECORD}/supplement") == 422
    citizen.post(f"{RECORD}/supplement", more="灯杆也歪了")
    assert "补充的材料已经收到" in citizen.words
    complete()
    complete()
    citizen.get(f"{RECORD}/rate")
    citizen.post(f"{RECORD}/rate", result="good")

    assert "您可以办理" not in citizen.words
    assert citizen.get(f"{RECORD}/withdraw") == 409


def test_whoever_closes_the_record_leaves_nothing_open(citizen, filed):
    citizen.follow(*filed)
    citizen.post(f"{RECORD}/close")
    citizen.get(RECORD)

    assert filed[0] not in citizen.words


def test_lists_and_look_ups_show_declared_columns_alone(citizen, filed):
    citizen.get("/portal/town/list/phones")
    assert ("0412-5550001" in citizen.words, "不公开" in citizen.text) == (True, False)

    citizen.get("/portal/town/look-up/number")
    citizen.post("/portal/town/look-up/number", key=filed[0])
    assert ("lamp" in citizen.words, "铁东路" in citizen.text) == (True, False)


def test_the_help_and_the_statement_are_there(citizen):
    for path, words in (("how", "连续输错五次"), ("statement", "网站地图")):
        citizen.get(f"/portal/town/{path}")
        assert words in citizen.words
