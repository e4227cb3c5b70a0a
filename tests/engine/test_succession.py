from dataclasses import replace

import pytest

from engine import audit, notifications, process_instances
from engine.identity import posts, succession, units
from engine.identity.actor import DataScope
from engine.identity.rights import Forbidden
from engine.identity.units import Details
from engine.persistence.keys import new_key
from tests.engine.models import deploy, in_a_row, user_task

OLD, NEW = "OLD", "NEW"
ASK = "=[&quot;manager@&quot; + home]"
TWO_STEPS = in_a_row(user_task("first", ASK), user_task("second", ASK), unit="=home")


@pytest.fixture
def office(ann):
    return replace(ann, rights=frozenset({"administer_identity"}), scope=DataScope("all", None), unit="HQ")


@pytest.fixture
def both(engine, office):
    """Two units, and a process whose work goes to the managers of the unit it is about."""
    for code in (OLD, NEW):
        engine.run(lambda work, code=code: units.create(work, code, Details(f"Bureau {code}")), office)
    deploy(engine, TWO_STEPS)


@pytest.fixture
def merge(engine, office, both):
    return lambda reason="Merged": engine.run(lambda work: succession.succeed(work, OLD, NEW, reason), office)


@pytest.fixture
def heir(pam):
    return replace(pam, unit=NEW, role="manager", groups=frozenset({f"manager@{NEW}", "manager"}))


def test_a_dry_run_says_what_would_go_over_and_changes_nothing(engine, office, both, start):
    start(home=OLD)
    with engine.work(office) as work:
        plan = succession.plan(work, OLD, NEW)
        assert (dict(plan.matters), plan.offers) == ({"p": 1}, 1)
    with engine.work(office) as work:
        assert units.get(work, OLD).active and succession.heir_of(work, OLD) == OLD


def test_open_work_goes_over_and_the_matter_goes_on_there(engine, merge, both, start, todo, complete, heir):
    instance = start(home=OLD)
    merge()
    assert [row.name for row in todo(heir)] == ["First"]
    complete(heir, "First")

    assert [row.name for row in todo(heir)] == ["Second"]
    with engine.work() as work:
        found = process_instances.get(work, instance.id)
        assert (found.unit, found.variables["home"]) == (NEW, OLD)


def test_what_has_ended_keeps_its_unit_and_the_successor_sees_it(engine, merge, both, start, complete, heir):
    old = replace(heir, unit=OLD, groups=frozenset({f"manager@{OLD}", "manager"}))
    instance = start(home=OLD)
    complete(old, "First")
    complete(old, "Second")
    merge()

    with engine.work() as work:
        assert process_instances.get(work, instance.id).unit == OLD
        assert succession.forebears(work, {NEW}) == {OLD}


def test_people_go_over_with_their_posts_and_are_told_what_the_old_groups_are_told(engine, merge, both, hire, bob, office):
    hire(bob)
    row = {"login": "bob", "unit": OLD, "role": "manager", "campaign": "pack", "title": "", "valid_from": None,
           "valid_to": None, "position": 1, "edited": False}  # fmt: skip
    engine.run(lambda work: work.posts.add([row | {"id": new_key()}]))
    merge()

    with engine.work() as work:
        assert [post.unit for post in posts.current(work, "bob")] == [NEW]
        assert notifications.addressed(work, [f"manager@{OLD}"]) == ["bob"]
        assert posts.actor_for(work, "bob").scope.units == {OLD, NEW}


def test_it_stands_in_the_trail_with_its_reason(engine, merge, both, start):
    start(home=OLD)
    merge("Order 12")

    with engine.work() as work:
        [row] = [row for row in work.audit.everything() if row.action == "unit.succeeded"]
        assert (row.subject, row.facts["reason"], row.facts["matters"]) == (OLD, "Order 12", {"p": 1})
        assert audit.verify(work) == []


def test_a_unit_is_handed_over_once_to_another_one_in_use_and_only_by_an_administrator(engine, merge, both, office, bob):
    with pytest.raises(succession.NoHeir):
        engine.run(lambda work: succession.succeed(work, OLD, OLD, "x"), office)
    with pytest.raises(Forbidden):
        engine.run(lambda work: succession.succeed(work, OLD, NEW, "x"), bob)
    merge()
    with pytest.raises(succession.AlreadySucceeded):
        merge()


def test_who_is_kept_out_as_the_old_unit_stays_out_as_the_new_one(engine, merge, both, start, heir):
    deploy(engine, in_a_row(user_task("first", "manager@HQ"), unit="=home", excludedUnits="=[home]"))
    instance = start(home=OLD)
    merge()

    with engine.work(heir) as work, pytest.raises(process_instances.InstanceNotFound):
        process_instances.get(work, instance.id)
