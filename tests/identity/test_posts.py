"""Who acts: a person in one of their posts, with the groups, rights and sight that go with it."""

from datetime import date

import pytest

from engine.identity import posts
from engine.identity.rights import Forbidden, OutsideYourUnits, RoleTooHigh
from engine.identity.units import NoSuchUnit


def test_a_person_acts_in_the_first_post_held_today(town):
    with town.work() as work:
        pam = posts.actor_for(work, "pam")

    assert (pam.unit, pam.role, pam.role_name, pam.unit_name) == ("PLAN", "planner", "计划员", "计划局")
    assert pam.groups == {"planner@PLAN", "planner"}


def test_a_person_with_several_posts_chooses_one(town):
    with town.work() as work:
        liner = posts.current(work, "pam")[1]

        assert posts.actor_for(work, "pam", liner.id).role == "liner"


def test_a_post_that_has_ended_cannot_be_acted_in(town):
    with town.work() as work:
        past = next(post for post in work.posts.of(["pam"]) if post.unit == "OUT")

        with pytest.raises(posts.NoSuchPost):
            posts.actor_for(work, "pam", past.id)


@pytest.mark.parametrize(
    ("login", "role", "seen"),
    [
        ("pam", "planner", {"PLAN"}),
        ("pam", "liner", {"PLAN", "DPLAN"}),
        ("dan", "warden", {"DIST", "DPLAN"}),
        ("ann", "manager", None),
    ],
)
def test_the_role_says_how_far_one_sees(town, login, role, seen):
    with town.work() as work:
        post = next(post for post in posts.current(work, login) if post.role == role)

        assert posts.actor_for(work, login, post.id).scope.units == seen


def test_holders_of_a_group_come_without_the_recused(town):
    with town.work() as work:
        found = posts.holders(work, ["manager@HQ", "planner"], excluded={"bob"})

    assert [(holder.login, holder.group) for holder in found] == [
        ("ann", "manager@HQ"),
        ("pam", "planner@PLAN"),
        ("eve", "planner@OUT"),
    ]


def test_a_post_is_given_and_ended(town, acting):
    with acting("ann") as work:
        key = posts.give(work, "eve", "HQ", "manager", "city", date(2022, 7, 1), None, "代主任")
        assert [post.role_name for post in posts.current(work, "eve")] == ["计划员", "经理"]

        posts.end(work, key)

        assert [post.role for post in posts.current(work, "eve")] == ["planner"]


def test_the_same_post_is_not_given_twice_at_a_time(acting):
    with acting("ann") as work:
        with pytest.raises(posts.PostHeldAlready):
            posts.give(work, "eve", "OUT", "planner", "city", date(2022, 9, 1), None)
        with pytest.raises(posts.PostEndsTooEarly):
            posts.give(work, "eve", "HQ", "planner", "city", date(2022, 9, 1), date(2022, 8, 1))
        with pytest.raises(posts.NoSuchRole):
            posts.give(work, "eve", "HQ", "king", "city", None, None)


def test_nobody_ends_the_post_acted_in(acting):
    with acting("ann") as work, pytest.raises(posts.OwnPost):
        posts.end(work, posts.current(work, "ann")[0].id)


def test_a_post_needs_a_unit_that_is_there(acting):
    with acting("ann") as work, pytest.raises(NoSuchUnit):
        posts.give(work, "eve", "NOWHERE", "planner", "city", None, None)


def test_giving_posts_needs_the_right(acting):
    with acting("pam") as work, pytest.raises(Forbidden):
        posts.give(work, "eve", "PLAN", "planner", "city", None, None)


def test_a_district_gives_posts_only_in_its_units_and_no_higher_than_its_own(acting):
    with acting("dan") as work:
        posts.give(work, "eve", "DPLAN", "planner", "city", None, None)

        with pytest.raises(OutsideYourUnits):
            posts.give(work, "eve", "PLAN", "planner", "city", None, None)
        with pytest.raises(RoleTooHigh):
            posts.give(work, "dan", "DIST", "manager", "city", None, None)


@pytest.mark.parametrize(
    ("login", "roles"), [("ann", ["manager", "warden", "liner", "planner"]), ("dan", ["warden", "liner", "planner"])]
)
def test_only_roles_that_may_be_given_are_offered(acting, login, roles):
    with acting(login) as work:
        assert [role.code for role in posts.grantable(work)] == roles


def test_nobody_gives_themselves_a_post_that_would_open_what_they_may_not_see(town, acting):
    with acting("ann") as work, pytest.raises(posts.OwnGrant):
        posts.give(work, "ann", "HQ", "planner", "city", None, None)
