"""Forecasts: what comes next, before it is done."""

import pytest

from engine.kernel import forecast
from tests.kernel.models import draw, job, message, process, script, sub, timer, user


def ahead(drawn, element, **context):
    """List what is forecast, with a question mark where it is not certain."""
    return [found.element_id + ("" if found.is_certain else "?") for found in forecast(drawn, element, context)]


DECIDED = process("start > a > x1 > b : ok; x1 > c : else; b > end; c > end2", a=user(), b=user(), c=user())


@pytest.mark.parametrize(("context", "next_ones"), [({"ok": True}, ["b"]), ({"ok": False}, ["c"]), ({}, ["b?", "c?"])])
def test_the_way_is_told_as_far_as_the_answers_say(context, next_ones):
    assert ahead(DECIDED, "a", **context) == next_ones


def test_the_end_is_told():
    assert ahead(DECIDED, "b") == ["end"]


def test_all_branches_of_a_split_come_next():
    assert ahead(process("start > a > p1; p1 > b; p1 > c", a=user(), b=user(), c=user()), "a") == ["b", "c"]


def test_behind_a_job_that_may_change_the_answer_every_way_is_possible():
    drawn = process("start > a > j > x1; x1 > b : ok; x1 > c : else", a=user(), j=job(), b=user(), c=user())

    assert ahead(drawn, "a", ok=True) == ["b?", "c?"]


def test_a_script_on_a_single_way_leaves_no_question():
    assert ahead(process("start > a > s > b", a=user(), s=script("x", "1"), b=user()), "a") == ["b"]


def test_the_first_step_inside_a_sub_process_comes_next():
    drawn = process("start > a > s > c", a=user(), s=sub("start2 > b > end2", b=user()), c=user())

    assert ahead(drawn, "a") == ["b"]


def test_what_follows_a_sub_process_comes_next_after_its_last_step():
    drawn = process("start > s > c", s=sub("start2 > b > end2", b=user()), c=user())

    assert ahead(drawn, "b") == ["c?"]


def test_a_way_round_is_told_once():
    drawn = process("start > a > x1; x1 > j : again; x1 > b : else; j > x1", a=user(), j=draw("task"), b=user())

    assert ahead(drawn, "a") == ["b?"]


def test_a_wait_is_told_as_such():
    drawn = process("start > a > t > b", a=user(), t=draw("intermediateCatchEvent", event=timer("duration", "P1D")), b=user())

    assert ahead(drawn, "a") == ["t"]
    assert ahead(process("start > a > m", a=user(), m=draw("receiveTask", event=message())), "a") == ["m"]
