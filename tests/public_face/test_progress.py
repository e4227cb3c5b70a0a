import io

import pytest

from engine import attachments, public_face, user_tasks
from engine.packs.public import NotPublic
from engine.persistence.repositories.inbox import InboxFilters
from engine.public_face import Draft
from engine.public_face.acting import NotNow


@pytest.fixture
def number(file):
    return file().receipt.number


@pytest.fixture
def complete(town, clerk):
    """Let the clerk hand in the work that waits."""

    def complete(**values):
        with town.work(clerk) as work:
            [row] = user_tasks.inbox(work, "todo", InboxFilters()).rows
        town.run(lambda work: user_tasks.complete(work, row.id, values), clerk)

    return complete


@pytest.fixture
def look(town, citizen, number):
    def look():
        with town.work(citizen) as work:
            return public_face.progress(work, "town", "report", number)

    return look


@pytest.fixture
def act(town, citizen, number):
    def act(code, **typed):
        return town.run(lambda work: public_face.act(work, "town", "report", number, code, Draft(typed)), citizen)

    return act


def test_the_time_line_says_what_was_reached_and_when(look, complete):
    complete()

    assert [(step.name, step.at is not None, step.now) for step in look().steps] == [
        ("已收到", True, False), ("维修中", True, True), ("已修好", False, False),
    ]  # fmt: skip


def test_the_legal_date_and_whom_to_telephone_are_shown(look, complete):
    complete(lead_unit="JSK")

    found = look()
    assert [(date.name, date.due.isoformat(), date.done) for date in found.dates] == [("修复", "2022-07-25", None)]
    assert (found.unit, found.phone) == ("建设科", "0412-5550001")


def test_of_the_row_only_the_declared_columns_are_shown(look):
    assert look().facts == [("坏了什么", "lamp"), ("地点", "铁东路 1 号"), ("结果", "")]


def test_what_can_be_done_is_what_somebody_waits_for(look, complete):
    before = [action.code for action in look().actions]
    complete()
    complete()

    assert (before, [action.code for action in look().actions]) == (
        ["supplement", "withdraw"],
        ["supplement", "withdraw", "rate"],
    )


def test_a_rating_ends_the_matter(look, act, complete):
    complete()
    complete()

    act("rate", result=["good"])

    assert (look().ended, dict(look().facts)["结果"]) == (True, "good")


def test_what_is_added_reaches_the_matter(look, act, town):
    assert act("supplement", more=["灯杆也歪了"]).done

    with town.work() as work:
        assert work.ledger_rows.find("reports", look().number).values["facts"] == "灯杆也歪了"


def test_who_withdraws_says_why(look, act):
    assert "withdraw_reason" in act("withdraw").bound.errors
    act("withdraw", withdraw_reason=["灯又亮了"])

    assert [step.name for step in look().steps if step.now] == ["已撤回"]


def test_what_nobody_waits_for_cannot_be_done(act):
    with pytest.raises(NotNow):
        act("rate", result=["good"])


def test_only_issued_papers_that_are_declared_can_be_downloaded(town, citizen, number, look, clerk):
    with town.work(clerk) as work:
        key = work.public_side.key("reports", number).instance_id
        shown = attachments.store(work, io.BytesIO(b"%PDF-1.7"), "回执.pdf", key, field="repair_note")
        inner = attachments.store(work, io.BytesIO(b"%PDF-1.7 x"), "底稿.pdf", key, field="notes")

    assert [(name, file.name) for name, file in look().papers] == [("维修回执", "回执.pdf")]
    with town.work(citizen) as work:
        with public_face.paper(work, "town", "report", number, shown.id)[1] as stream:
            assert stream.read() == b"%PDF-1.7"
        with pytest.raises(NotPublic):
            public_face.paper(work, "town", "report", number, inner.id)
