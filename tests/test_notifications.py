"""Notifications: each person hears of an event once, and reads what is theirs."""

import pytest

from engine import notifications
from engine.identity import importing, posts
from engine.persistence.counting import counting

from .identity.conftest import city  # noqa: F401


@pytest.fixture
def office(engine, city):  # noqa: F811
    with engine.work() as work:
        importing.import_pack(work, city)
    return engine


def told(office, login):
    with office.work() as work:
        actor = posts.actor_for(work, login)
    with office.work(actor) as work:
        return [row.title for row in notifications.listed(work).rows]


def test_people_are_told_by_name_and_by_post(office):
    with office.work() as work:
        number = notifications.notify(work, ["eve", "manager@HQ", "user:eve", "nobody"], "e1", "会议")

    assert number == 3
    assert {login: told(office, login) for login in ("ann", "bob", "eve", "pam")} == {
        "ann": ["会议"],
        "bob": ["会议"],
        "eve": ["会议"],
        "pam": [],
    }


def test_nobody_is_told_of_an_event_twice(office):
    for recipients in (["eve"], ["planner"], ["eve", "pam"]):
        with office.work() as work:
            notifications.notify(work, recipients, "e1", "会议")

    assert told(office, "eve") == ["会议"]
    assert told(office, "pam") == ["会议"]


def test_the_excluded_are_not_told(office):
    with office.work() as work:
        assert notifications.notify(work, ["manager@HQ", "eve"], "e1", "会议", excluded={"bob", "eve"}) == 1


def test_telling_many_takes_three_statements(office):
    with office.work() as work:
        notifications.addressed(work, ["manager@HQ"])  # who carries on which unit is read once
    with office.work() as work, counting() as counted:
        notifications.notify(work, ["eve", "manager@HQ", "planner"], "e1", "会议")

    assert counted.statements == 3


def test_reading_counts_down_and_is_ones_own_affair(office):
    with office.work() as work:
        for number in range(3):
            notifications.notify(work, ["ann", "bob"], f"e{number}", "会议", link="task:1")
        ann, bob = posts.actor_for(work, "ann"), posts.actor_for(work, "bob")

    with office.work(ann) as work:
        first = notifications.listed(work).rows[0]
        assert notifications.open_(work, first.id) == "task:1"
        assert notifications.count_unread(work) == 2
        assert len(notifications.listed(work, unread_only=True).rows) == 2
        assert notifications.mark_read(work) == 2
    with office.work(bob) as work:
        assert notifications.count_unread(work) == 3
        with pytest.raises(notifications.NoSuchNotification):
            notifications.open_(work, first.id)
