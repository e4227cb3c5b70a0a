from datetime import timedelta

import pytest
from sqlalchemy import text, update

from engine import public_face
from engine.persistence.models.public import PublicDraft
from engine.public_face import Draft
from engine.public_face.questions import Question


@pytest.fixture
def token(town, citizen):
    token = public_face.new_token()
    with town.work(citizen) as work:
        public_face.keep(work, token, "town/report", Draft({"place": ["铁东路 1 号"]}))
    return token


def read(town, token, place="town/report"):
    with town.work() as work:
        return public_face.draft(work, token, place).raw


def test_what_was_typed_is_there_again_for_the_same_browser_only(town, token):
    assert read(town, token) == {"place": ["铁东路 1 号"]}
    assert (read(town, public_face.new_token()), read(town, token, "town/other"), read(town, "")) == ({}, {}, {})


def test_nothing_of_it_can_be_read_in_the_database(town, token):
    with town.database.connect() as connection:
        [row] = connection.execute(text("SELECT * FROM public_draft")).all()

    assert token not in str(row)
    assert "铁东路".encode() not in row.sealed


def test_a_draft_that_was_tampered_with_is_no_draft(town, token):
    with town.database.begin() as connection:
        connection.execute(update(PublicDraft).values(sealed=b"0" * 64))

    assert read(town, token) == {}


def test_what_was_left_is_gone_after_a_day(town, token, monkeypatch):
    later = public_face.drafts.real_now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(public_face.drafts, "real_now", lambda: later)

    assert read(town, token) == {}
    with town.work() as work:
        assert public_face.sweep(work) == 1


def test_a_question_is_answered_by_its_number(monkeypatch):
    kept = public_face.ask(None)
    right = str(Question(kept["kind"], tuple(kept["numbers"])).answer)

    assert not public_face.is_right(kept, "99")
    assert public_face.is_right(kept, f" {right} ")


def test_a_question_takes_three_tries_and_then_another_is_asked():
    kept = public_face.ask(None)
    for _ in range(3):
        public_face.is_right(kept, "99")

    right = str(Question(kept["kind"], tuple(kept["numbers"])).answer)
    assert not public_face.is_right(kept, right)
    assert public_face.ask(kept)["tries"] == 0


@pytest.mark.parametrize("kind", ["plus", "minus", "largest", "after"])
def test_every_kind_of_question_has_an_answer_that_is_no_less_than_nothing(kind, monkeypatch):
    monkeypatch.setattr(public_face.questions.secrets, "choice", lambda kinds: kind)

    kept = public_face.ask(None)

    assert Question(kept["kind"], tuple(kept["numbers"])).answer >= 0
