"""Whoever a matter keeps out finds nothing of it by any page, filter, search or count, nor can it be given to them."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import attachments, notifications, process_instances, snapshots, user_tasks
from engine.identity import posts, recusal
from engine.persistence.repositories.inbox import InboxFilters
from tests.engine.recusal import looks
from tests.engine.recusal.conftest import give_to, tasks

NUMBERS = count(1)


def seen(engine, actor, instance):
    """Look in every way, changing nothing."""
    keys = tasks(engine, instance)
    with engine.work() as work:
        looks.FILE[:] = [record.id for record in work.attachments.of_instance(instance.id)]
    work = engine.work(actor)
    try:
        return looks.everything(work, instance, keys)
    finally:
        work.session.close()


@pytest.fixture
def told(house, about, hire, norah, nils, ann):
    """The matter about Norah, with everything about it that she could find: a message, a copy, what she began on."""
    hire(norah, nils, ann)

    def told(*respondents):
        instance = about(number="M-1")
        house.run(lambda work: notifications.notify(work, ["norah", "nils"], "e", "Secret", "", f"instance:{instance.id}"))
        house.run(lambda work: user_tasks.circulate(work, instance.id, ["norah", "nils"]), ann)
        if respondents:
            name_them(house, instance, *respondents)
        return instance

    return told


def name_them(engine, instance, *respondents):
    engine.run(lambda work: process_instances.modify(work, instance.id, [], [], "named", {"respondents": list(respondents)}))


def test_a_colleague_sees_what_there_is_so_that_the_looks_do_look(house, told, nils):
    found = seen(house, nils, told("norah"))

    assert {"inbox todo", "inbox to_read", "count todo", "search text", "get", "visible", "task handle: view", "rows", "file",
            "task inside: view", "row", "tally", "count", "paper", "files", "messages", "unread", "waiting", "figure",
            "copies", "total", "latest", "facts", "several", "grouped", "circulate", "signed"} <= found.keys()  # fmt: skip


def test_who_is_kept_out_finds_nothing_in_any_way(house, told, norah):
    assert seen(house, norah, told("norah")) == {}


def test_who_acts_on_behalf_of_somebody_kept_out_finds_nothing(house, told, nils):
    assert seen(house, replace(nils, on_behalf_of="norah"), told("norah")) == {}


def test_a_unit_that_is_kept_out_finds_nothing(house, about, norah, nils, ann, engine):
    from tests.engine.models import deploy
    from tests.engine.recusal.conftest import INNER, files, outer

    deploy(engine, outer(excludedUsers="", excludedUnits="=respondent_units"), INNER, **files())
    instance = about(respondent_units=["NORTH"])

    assert seen(house, norah, instance) == seen(house, nils, instance) == {}
    assert seen(house, ann, instance)["visible"].id == instance.id


def test_whoever_began_a_matter_loses_it_once_it_speaks_of_them(house, about, ann):
    instance = about()
    assert "inbox started" in seen(house, ann, instance)

    name_them(house, instance, "ann")

    assert seen(house, ann, instance) == {}


def test_a_name_that_was_wrong_is_taken_back_with_all_its_effects(house, told, norah):
    instance = told("norah")

    name_them(house, instance, "somebody")

    assert {"inbox todo", "visible", "rows", "files"} <= seen(house, norah, instance).keys()


def test_work_on_the_desk_of_somebody_who_is_named_goes_back_to_the_others(house, about, norah, nils):
    instance = about()
    key = give_to(house, instance, norah)

    name_them(house, instance, "norah")

    with house.work(nils) as work:
        assert key in {row.id for row in user_tasks.inbox(work, "todo", InboxFilters()).rows}
        assert user_tasks.get(work, key).assignee is None


def test_called_processes_that_begin_later_keep_the_same_people_out(house, about, norah):
    instance = about("norah")

    with house.work() as work:
        [child] = [key for key in work.process_instances.family(instance.id) if key != instance.id]
        assert work.process_instances.excluded(child) == ["user:norah"]


def test_what_a_called_process_keeps_out_is_kept_out_of_the_whole(house, about, norah):
    from tests.engine.models import deploy, flow, process, user_task
    from tests.engine.recusal.conftest import files, outer

    body = '<startEvent id="s"/><endEvent id="e"/>' + user_task("inside", "liaison@NORTH") + flow("s", "inside", "e")
    inner = process(body, "inner", excludedUsers='=["norah"]')
    deploy(house, outer(), inner, **files())

    assert seen(house, norah, about()) == {}


def test_a_matter_is_not_given_to_somebody_it_keeps_out(house, told, norah, nils, ann):
    instance = told("norah")
    key = give_to(house, instance, nils)

    with house.work(nils) as work, pytest.raises(recusal.Recused):
        user_tasks.hand_over(work, key, "norah", "you do it")
    with house.work(ann) as work, pytest.raises(recusal.Recused):
        user_tasks.circulate(work, instance.id, ["norah"])


def test_nobody_who_is_kept_out_is_offered_in_lists_of_people(house, told, engine, norah, nils):
    instance = told("norah")
    rows = [{"login": login, "unit": "NORTH", "role": "liaison"} for login in ("norah", "nils")]
    hold(engine, rows)

    with house.work() as work:
        names = work.process_instances.excluded(instance.id)
        assert [one.login for one in posts.holders(work, ["liaison@NORTH"], (), names)] == ["nils"]


def hold(engine, rows):
    from engine.persistence.keys import new_key
    from tests.engine.recusal.conftest import role

    def write(work):
        from engine.persistence.identity_records import UnitRow

        work.units.add([UnitRow("NORTH", "N", "N", "", "", None, None, False, [], 1, "/NORTH/", "/NORTH/", True, None, False)])
        nothing = {"campaign": "pack", "title": "", "valid_from": None, "valid_to": None, "position": 1, "edited": False}
        work.posts.add([nothing | row | {"id": new_key()} for row in rows])
        work.roles.replace("pack", [role("liaison")])

    engine.run(write)


def test_no_message_about_a_matter_reaches_somebody_it_keeps_out(house, told, norah):
    instance = told("norah")

    def tell(work):
        return notifications.notify(work, ["norah", "nils"], "later", "Secret", "", f"task:{tasks(house, instance)['handle']}")

    assert house.run(tell) == 1
    assert seen(house, norah, instance) == {}


def test_a_printed_list_with_the_matter_on_it_is_not_shown_to_somebody_it_keeps_out(house, told, norah, nils):
    instance = told()
    record = house.run(lambda work: snapshots.freeze(work, "matters"), nils)

    name_them(house, instance, "norah")

    with house.work(norah) as work, pytest.raises(snapshots.NoSuchSnapshot):
        snapshots.find(work, record.code)
    with house.work(nils) as work:
        assert snapshots.find(work, record.code).id == record.id


def test_what_somebody_kept_out_does_elsewhere_still_reaches_the_matter(house, about, norah):
    """A message she sends to its business key is heard, though she will never see by whom."""
    instance = about("norah")

    with house.work(norah) as work:
        assert work.process_instances.find(instance.id).id == instance.id
        assert attachments.of_instance(work, instance.id) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whoever_is_named_in_whatever_order_finds_only_the_others_matters(house, about, norah, data):
    people = st.lists(st.sampled_from(["norah", "nils", "ann"]), unique=True, max_size=3)
    said = [data.draw(people) for _ in range(2)]
    number = f"H-{next(NUMBERS)}."
    instance = about(*said[0], number=number)

    name_them(house, instance, *said[1])

    with house.work(norah) as work:
        numbers = {
            row.business_key for row in process_instances.search(work, process_instances.InstanceFilters(text=number)).rows
        }
    assert (number in numbers) == ("norah" not in said[1])
