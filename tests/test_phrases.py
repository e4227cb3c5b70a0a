"""Phrases: a person's own ready sentences, in that person's order."""

import pytest

from engine import phrases
from engine.identity import importing
from tests.identity.conftest import city  # noqa: F401


@pytest.fixture
def work(engine, city, ann):  # noqa: F811
    with engine.work() as work:
        importing.import_pack(work, city)
    with engine.work(ann) as work:
        yield work


def texts(work):
    return [row.text for row in phrases.mine(work)]


def test_phrases_stand_in_the_order_in_which_they_were_kept(work):
    for text in ("同意。", "请补充  佐证。\n", "退回修改。"):
        phrases.keep(work, text)

    assert texts(work) == ["同意。", "请补充 佐证。", "退回修改。"]


@pytest.mark.parametrize(("steps", "order"), [(-1, "acb"), (1, "abc"), (-9, "cab")])
def test_a_phrase_moves_among_the_others_and_stops_at_the_end(work, steps, order):
    last = [phrases.keep(work, text) for text in "abc"][-1]

    phrases.move(work, last.id, steps)

    assert "".join(texts(work)) == order


def test_a_reworded_phrase_keeps_its_place_and_a_deleted_one_is_gone(work):
    first, second = phrases.keep(work, "同意。"), phrases.keep(work, "不同意。")

    phrases.reword(work, first.id, "拟同意。")
    phrases.drop(work, second.id)

    assert texts(work) == ["拟同意。"]


@pytest.mark.parametrize(
    ("text", "reason"), [("  ", phrases.PhraseEmpty), ("好" * 201, phrases.PhraseTooLong), ("同意。", phrases.PhraseKept)]
)
def test_a_phrase_is_short_and_kept_once(work, text, reason):
    phrases.keep(work, "同意。")

    with pytest.raises(reason):
        phrases.keep(work, text)


def test_nobody_changes_what_somebody_else_keeps(work, engine, bob):
    kept = phrases.keep(work, "同意。")
    work.session.commit()

    with engine.work(bob) as other, pytest.raises(phrases.NoSuchPhrase):
        phrases.drop(other, kept.id)


def test_a_list_of_phrases_stays_one_that_can_be_read(work):
    for number in range(phrases.MOST):
        phrases.keep(work, f"第{number}条")

    with pytest.raises(phrases.TooManyPhrases):
        phrases.keep(work, "再来一条")
