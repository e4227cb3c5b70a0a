"""Deadlines in words, on the calendar of the State Council."""

from datetime import date

import pytest
from flask import session

from engine.calendar import Calendar
from engine.packs import Lights
from webui.deadlines import Deadlines


@pytest.fixture
def judge(leave_app):
    with leave_app.test_request_context():
        yield Deadlines(Calendar(), Lights(), date(2022, 8, 10))


@pytest.mark.parametrize(
    ("due", "light", "words"),
    [
        (date(2022, 8, 8), "over", "超期 2 天"),
        (date(2022, 8, 10), "near", "临期 今天到期"),
        (date(2022, 8, 12), "near", "临期 剩 2 个工作日"),
        (date(2022, 8, 13), "near", "临期 剩 2 个工作日"),
        (date(2022, 8, 16), "normal", "正常 剩 4 个工作日"),
    ],
)
def test_a_deadline_has_a_light_and_its_words(judge, due, light, words):
    found = judge.of(due)

    assert (found.light, found.text) == (light, words)


@pytest.mark.parametrize("light", ["over", "near", "normal"])
def test_the_span_of_a_light_holds_the_days_that_have_it(judge, light):
    since, before = judge.between(light)

    days = [date(2022, 8, day) for day in range(1, 29)]
    inside = [day for day in days if (since is None or day >= since.date()) and (before is None or day < before.date())]
    assert inside == [day for day in days if judge.light(day) == light]


@pytest.mark.parametrize(("language", "words"), [("zh_CN", "超期 2 天"), ("en", "past its day by 2 days")])
def test_a_light_is_worded_in_the_language_of_the_page(leave_app, language, words):
    """The pack has its words in its own language only."""
    with leave_app.test_request_context():
        session["language"] = language
        assert Deadlines(Calendar(), Lights(), date(2022, 8, 10)).of(date(2022, 8, 8)).text == words
