"""Accounts, rights and their audit apart: whoever looks after one of them holds none of the others, and two look at each post."""

import pytest

from engine import auditing, packs
from engine.identity import accounts, granting, importing, posts, succession, units
from engine.identity.rights import Forbidden
from engine.persistence.repositories.people import PeopleFilters
from tests.identity.conftest import FILES, PACK, POSTS

APART = """
[[roles]]
code = "clerk"
name = "系统管理员"
scope = "accounts"
rights = ["administer_identity"]
[[roles]]
code = "guard"
name = "安全保密管理员"
scope = "accounts"
rights = ["grant_posts"]
[[roles]]
code = "auditor"
name = "安全审计员"
scope = "accounts"
rights = ["audit"]
"""
HELD = POSTS + "sam,HQ,clerk,,\ngus,HQ,guard,,\nada,HQ,auditor,,\n"
PEOPLE = FILES["reference/people.csv"] + b"sam,Sam,,\ngus,Gus,,\nada,Ada,,\n"
HOUSE = FILES | {"pack.toml": (PACK + APART).encode(), "reference/posts.csv": HELD.encode(), "reference/people.csv": PEOPLE}


@pytest.fixture
def house(engine):
    with engine.work() as work:
        importing.import_pack(work, packs.parse(HOUSE))

    def acting(login):
        with engine.work() as work:
            actor = posts.actor_for(work, login)
        return engine.work(actor)

    return acting


def asked(house, role="planner", by="sam"):
    with house(by) as work:
        return posts.give(work, "eve", "PLAN", role, "city", None, None)


def roles_of(house, login):
    with house("sam") as work:
        return [post.role for post in posts.current(work, login)]


def test_a_post_holds_when_a_second_administrator_gives_it(house):
    key = asked(house)
    before = roles_of(house, "eve")
    with house("gus") as work:
        [waiting] = granting.waiting(work)
        granting.give(work, key)
    with house("ada") as work:
        trail = [(line.action, line.login) for line in auditing.lines(work, "given").rows]

    assert (waiting.asked_by, before, roles_of(house, "eve")) == ("sam", ["planner"], ["planner", "planner"])
    assert trail[:2] == [("post.given", "gus"), ("post.asked", "sam")]


def test_what_is_declined_does_not_hold_and_says_why(house):
    key = asked(house)
    with house("gus") as work, pytest.raises(granting.DeclineUnreasoned):
        granting.decline(work, key, " ")
    with house("gus") as work:
        granting.decline(work, key, "not needed")
    with house("ada") as work:
        [line, *_] = auditing.lines(work, "given").rows
    with house("gus") as work, pytest.raises(granting.DecidedAlready):
        granting.give(work, key)

    assert (line.action, line.reason, roles_of(house, "eve")) == ("post.declined", "not needed", ["planner"])


def test_nobody_gives_what_they_asked_for(house):
    key = asked(house, by="gus")

    with house("gus") as work, pytest.raises(granting.OwnRequest):
        granting.give(work, key)
    with house("sam") as work, pytest.raises(Forbidden):
        granting.give(work, key)
    assert roles_of(house, "eve") == ["planner"]


@pytest.fixture
def handed_over(house):
    """The planning office, carried on by the outside unit; what waits for a decision then."""
    with house("sam") as work:
        done = succession.succeed(work, "PLAN", "OUT", "Order 12")
    with house("gus") as work:
        return done, granting.waiting(work)


def key_of(waiting):
    [key] = [post.id for post in waiting if (post.login, post.role) == ("pam", "planner")]
    return key


def units_of(house, login):
    with house("sam") as work:
        return [post.unit for post in posts.current(work, login) if post.role == "planner"]


def test_the_posts_of_a_unit_handed_over_are_asked_for_and_the_old_ones_hold_until_they_are_given(house, handed_over):
    done, waiting = handed_over
    before = units_of(house, "pam")
    with house("gus") as work:
        granting.give(work, key_of(waiting))

    assert {(post.login, post.role) for post in waiting} == {(post.login, post.role) for post in done.asked}
    assert {(post.unit, post.asked_by) for post in waiting} == {("OUT", "sam")}
    assert (before, units_of(house, "pam")) == (["PLAN"], ["OUT"])


def test_whoever_handed_a_unit_over_gives_none_of_its_posts(house, handed_over):
    _done, [first, *_others] = handed_over
    with house("sam") as work, pytest.raises(Forbidden):
        granting.give(work, first.id)

    assert units_of(house, "pam") == ["PLAN"]


def test_a_post_of_a_unit_handed_over_that_is_declined_leaves_the_old_one(house, handed_over):
    _done, waiting = handed_over
    with house("gus") as work:
        granting.decline(work, key_of(waiting), "moves elsewhere")

    assert units_of(house, "pam") == ["PLAN"]


def test_a_post_asked_for_in_a_unit_that_was_handed_over_meanwhile_is_given_in_its_successor(house, handed_over):
    _done, waiting = handed_over
    with house("sam") as work:
        succession.succeed(work, "OUT", "DPLAN", "Order 13")
    with house("gus") as work:
        granting.give(work, key_of(waiting))

    assert units_of(house, "pam") == ["DPLAN"]


@pytest.mark.parametrize(("login", "role"), [("ada", "clerk"), ("ada", "guard"), ("gus", "auditor"), ("gus", "clerk")])
def test_whoever_looks_after_one_of_the_three_is_given_none_of_the_others(house, login, role):
    with house("sam") as work, pytest.raises(posts.PostsApart):
        posts.give(work, login, "HQ", role, "city", None, None)


def test_what_changed_since_a_post_was_asked_for_is_looked_at_again(house):
    first, second = asked(house, "guard"), asked(house, "auditor")
    with house("gus") as work:
        granting.give(work, first)

    with house("gus") as work, pytest.raises(posts.PostsApart):
        granting.give(work, second)


@pytest.mark.parametrize("login", ["gus", "ada"])
def test_the_password_of_another_of_the_three_cannot_be_reset(house, login):
    with house("sam") as work, pytest.raises(accounts.GuardedAccount):
        accounts.reset_password(work, login)


@pytest.mark.parametrize("login", ["sam", "gus", "ada"])
def test_administrators_see_no_unit_s_business(house, login):
    with house(login) as work:
        scope = work.actor.scope

    assert not any(map(scope.includes, ("HQ", "PLAN", "OUT", None)))


def test_administrators_look_after_every_unit(house):
    with house("sam") as work:
        assert [unit.code for unit in units.tree(work)] == ["HQ", "PLAN", "DIST", "DPLAN", "OUT"]
        assert accounts.search(work, PeopleFilters()).total == 8


def test_a_role_with_two_of_the_three_is_refused():
    both = PACK.replace('rights = ["administer_identity"]', 'rights = ["administer_identity", "audit"]')

    with pytest.raises(packs.PackRefused) as refused:
        packs.parse(FILES | {"pack.toml": both.encode()})
    assert "administer_identity and audit must lie with different people" in str(refused.value.problems[0])


def test_a_person_with_two_of_the_three_is_refused_by_name():
    with pytest.raises(packs.PackRefused) as refused:
        packs.parse(HOUSE | {"reference/posts.csv": (HELD + "ada,HQ,clerk,,\n").encode()})
    assert "ada may hold only one of the rights administer_identity, audit" in str(refused.value.problems[0])
