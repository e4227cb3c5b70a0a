from datetime import timedelta

import pytest

from engine.identity import rights, sessions, standing_in
from engine.identity.recusal import Recused, check


@pytest.fixture
def days(town):
    with town.work() as work:
        today = work.now.date()
    return today, today + timedelta(days=7)


@pytest.fixture
def lent(town, acting, days):
    """Ann lends her post to Bob for a week."""
    with acting("ann") as work:
        return standing_in.lend(work, "bob", *days, "On leave")


def posts_of(town, login):
    with town.work() as work:
        signed = sessions.sign_in(work, login, "City@2022demo")
    with town.work() as work:
        return signed.token, sessions.resume(work, signed.token)


def in_lent_post(town, login="bob"):
    token, found = posts_of(town, login)
    post = next(post for post in found.posts if post.login != login)
    with town.work() as work:
        sessions.choose_post(work, token, post.id)
    with town.work() as work:
        return sessions.resume(work, token).actor


def test_the_deputy_acts_in_the_post_on_behalf_of_its_holder(town, lent):
    actor = in_lent_post(town)

    assert (actor.login, actor.on_behalf_of, actor.on_behalf_name) == ("bob", "ann", "Ann")
    assert "manager@HQ" in actor.groups and actor.scope.units is None


def test_the_rights_of_administration_are_not_lent(town, lent):
    assert in_lent_post(town).rights == {"watch_instances"}


def test_own_posts_come_first(town, lent):
    _, found = posts_of(town, "bob")

    assert [post.login for post in found.posts] == ["bob", "ann"]


def test_it_ends_by_itself(town, lent, clock):
    clock.advance(timedelta(days=8))

    assert [post.login for post in posts_of(town, "bob")[1].posts] == ["bob"]


@pytest.mark.parametrize("login", ["ann", "bob"])
def test_either_side_ends_it_at_once(town, acting, lent, login):
    with acting(login) as work:
        standing_in.take_back(work, lent)

    assert [post.login for post in posts_of(town, "bob")[1].posts] == ["bob"]


def test_nobody_else_ends_it(acting, lent):
    with pytest.raises(rights.Forbidden), acting("pam") as work:
        standing_in.take_back(work, lent)


def test_a_lent_post_cannot_be_lent_again(town, lent, days):
    with pytest.raises(standing_in.LentPost), town.work(in_lent_post(town)) as work:
        standing_in.lend(work, "ann", *days)


@pytest.mark.parametrize(
    ("deputy", "first", "last", "error"),
    [
        ("pam", 0, 7, standing_in.NoSuchDeputy),
        ("ann", 0, 7, standing_in.NoSuchDeputy),
        ("bob", 5, 4, standing_in.DaysBackwards),
        ("bob", -9, -2, standing_in.DaysBackwards),
        ("bob", 6, 20, standing_in.LentAlready),
    ],
)
def test_what_is_refused(acting, lent, days, deputy, first, last, error):
    with pytest.raises(error), acting("ann") as work:
        standing_in.lend(work, deputy, days[0] + timedelta(days=first), days[0] + timedelta(days=last))


def test_whoever_is_kept_out_is_kept_out_through_a_deputy_too(town, lent):
    with pytest.raises(Recused, match="Ann"):
        check(in_lent_post(town), ["ann"])


def test_each_sees_what_was_lent(town, acting, lent):
    with acting("ann") as work:
        given = standing_in.given(work)
    with acting("bob") as work:
        received = standing_in.received(work)

    assert given == received and (given[0].holder_name, given[0].deputy_name, given[0].reason) == ("Ann", "Bob", "On leave")
