"""Deadlines: how they are counted, how they light up, what pausing and extending does to them, and what their ladders say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine import clocks, jobs, ladder, notifications
from engine.calendar import Calendar
from engine.clock import ZONE
from engine.identity import importing, posts
from engine.packs import LadderStep, Lights, Pack, Sla, parse
from engine.persistence.counting import counting
from engine.persistence.keys import new_key
from engine.persistence.models import metadata

from .identity.conftest import FILES

calendar = Calendar()
SLAS = """
[pack]
ladder_time = 08:30:00
[[sla]]
code = "ANSWER"
name = "答复"
amount = 7
unit = "natural_days"
roll = true
extensions = 1
extension_days = 30
source = "practice"
[[sla.ladder]]
offset = -3
kind = "remind"
to = ["assignee"]
title = "{subject}还剩{remaining}个工作日"
[[sla.ladder]]
offset = 1
kind = "urge"
to = ["assignee", "manager@HQ", "manager@parent", "planner"]
title = "{unit}{subject}已超期{overdue}个工作日,期限{due_month}月{due_day}日"
[[sla.ladder]]
offset = 2
kind = "order"
message = "order_due"
title = "督办"
[[sla]]
code = "SIGN"
name = "签收"
amount = 1
unit = "working_days"
roll = false
source = "design"
[[sla]]
code = "PLAN"
name = "节点"
unit = "fixed"
source = "plan"
[[sla.ladder]]
offset = -1
kind = "remind"
to = ["planner"]
title = "{subject}"
[[sla]]
code = "OFF"
name = "停用"
amount = 1
unit = "months"
roll = true
source = "design"
enabled = false
"""


def day(text):
    return date.fromisoformat(text)


def sla(**facts):
    return replace(Sla("X", "X", "natural_days", 7, True, "practice"), **facts)


# --- counting


@pytest.mark.parametrize(
    ("rule", "received", "due"),
    [
        ({}, "2022-08-03", "2022-08-10"),
        ({}, "2022-09-05", "2022-09-13"),
        ({"roll": False}, "2022-09-05", "2022-09-12"),
        ({"unit": "working_days", "amount": 5}, "2022-09-26", "2022-10-08"),
        ({"unit": "working_days", "amount": 1}, "2022-07-29", "2022-08-01"),
        ({"unit": "months", "amount": 1}, "2022-08-31", "2022-09-30"),
        ({"unit": "months", "amount": 1}, "2022-09-05", "2022-10-08"),
    ],
)
def test_a_deadline_is_counted_by_its_rule(rule, received, due):
    rule = sla(**rule)

    assert clocks.rolled(calendar, rule, clocks.base_date(calendar, rule, day(received))) == day(due)


def test_a_fixed_date_must_be_given():
    with pytest.raises(clocks.DueDateMissing):
        clocks.base_date(calendar, sla(unit="fixed"), day("2022-08-03"))


@pytest.mark.parametrize(
    ("due", "light"),
    [
        ("2022-08-17", "normal"),
        ("2022-08-16", "normal"),
        ("2022-08-15", "near"),
        ("2022-08-13", "near"),
        ("2022-08-11", "near"),
        ("2022-08-10", "near"),
        ("2022-08-09", "over"),
    ],
)
def test_lights_count_remaining_working_days(due, light):
    assert clocks.light(calendar, Lights(), day(due), today=day("2022-08-10")) == light


def test_a_pack_sets_its_own_lights():
    lights = Lights(normal_above=1, due_day="over")

    assert clocks.light(calendar, lights, day("2022-08-12"), day("2022-08-10")) == "normal"
    assert clocks.light(calendar, lights, day("2022-08-10"), day("2022-08-10")) == "over"


# --- clocks of instances


@pytest.fixture
def pack() -> Pack:
    text = FILES["pack.toml"].decode().replace("[pack]\n", "", 1)
    return parse(FILES | {"pack.toml": SLAS.replace("[pack]\n", "[pack]\n" + text.split("[identity]")[0]).encode()
                          + b"\n[identity]" + text.split("[identity]")[1].encode()})  # fmt: skip


@pytest.fixture
def office(engine, pack):
    """An engine with the people of the pack, and its rules deployed."""
    engine.cache.get(("pack", "city"), lambda: pack)
    with engine.work() as work:
        importing.import_pack(work, pack)
    return engine


def row(table, **values):
    """Fill what a row needs besides *values*."""
    blanks = {"VARCHAR": "", "INTEGER": 0, "BOOLEAN": False, "JSON": [], "BLOB": b""}
    columns = metadata.tables[table].columns
    needed = {c.name: blanks[str(c.type)] for c in columns if not c.nullable and str(c.type) in blanks and c.name not in values}
    return metadata.tables[table].insert().values(needed | values)


@pytest.fixture
def instance(office, clock):
    """A running instance with one open task that Pam has."""
    keys = {name: new_key() for name in ("deployment", "definition", "instance")}
    with office.work() as work:
        now = {"deployed_at": clock.now()}
        work.session.execute(row("deployment", id=keys["deployment"], **now))
        work.session.execute(row("content", sha256="x"))
        work.session.execute(row("definition", id=keys["definition"], deployment_id=keys["deployment"], sha256="x",
                                 created_at=clock.now()))  # fmt: skip
        work.session.execute(row("process_instance", id=keys["instance"], definition_id=keys["definition"], variables={},
                                 root_id=keys["instance"], started_at=clock.now(), state="active"))  # fmt: skip
        work.session.execute(row("user_task", id=new_key(), instance_id=keys["instance"], definition_id=keys["definition"],
                                 element_key="answer#1", state="open", assignee="pam", created_at=clock.now(),
                                 candidates=[], excluded=["bob"]))  # fmt: skip
    return keys["instance"]


def opening(instance, code="ANSWER", **facts):
    return replace(clocks.Opening("city", code, instance, "来信答复", "DPLAN", "TS-1", "answer#1"), **facts)


def open_one(office, instance, code="ANSWER", **facts):
    with office.work() as work:
        clocks.open(work, [opening(instance, code, **facts)])
        return clocks.of_instance(work, instance)[-1]


def steps(office, kind=clocks.JOB):
    with office.work() as work:
        return [(job.due_at.astimezone(ZONE).date(), job.payload["kind"]) for job in work.jobs.of_kind(kind)]


def test_opening_any_number_of_clocks_takes_two_statements(office, instance):
    with office.work() as work, counting() as counted:
        due = clocks.open(work, [opening(instance), opening(instance, "SIGN"), opening(instance, "OFF")])

    assert due == [day("2022-07-25"), day("2022-07-19"), None]
    assert counted.statements == 2


def test_the_steps_of_a_ladder_are_jobs_on_working_days(office, instance):
    open_one(office, instance)

    assert steps(office) == [(day("2022-07-20"), "remind"), (day("2022-07-26"), "urge"), (day("2022-07-27"), "order")]


def test_a_reminder_never_fires_before_its_task_exists(office, instance, clock):
    clock.move_to(clock.now() + timedelta(days=4))

    open_one(office, instance, due=day("2022-07-25"))

    assert steps(office) == [(day("2022-07-26"), "urge"), (day("2022-07-27"), "order")]


def test_a_plan_date_on_a_sunday_reminds_on_the_friday(office, instance):
    clock = open_one(office, instance, "PLAN", due=day("2022-07-31"))

    assert clock.due == day("2022-07-31")
    assert steps(office) == [(day("2022-07-29"), "remind")]


def test_closing_an_element_stops_its_ladder(office, instance):
    open_one(office, instance)
    with office.work() as work, counting() as counted:
        clocks.close_elements(work, instance, ["answer#1"])

    assert steps(office) == []
    assert counted.statements == 2
    with office.work() as work:
        assert clocks.of_instance(work, instance)[0].closed_at == work.now


def test_a_paused_clock_is_due_as_many_days_later_as_it_stood_still(office, instance, clock):
    open_one(office, instance)
    with office.work() as work:
        clocks.pause_instance(work, instance)
    assert steps(office) == []

    clock.advance(timedelta(days=10))
    with office.work() as work:
        clocks.resume_instance(work, instance)
        [after] = clocks.of_instance(work, instance)

    assert (after.base_due, after.due, after.paused_days) == (day("2022-08-04"), day("2022-08-04"), 10)
    assert steps(office)[0] == (day("2022-08-01"), "remind")


def test_working_days_are_paused_in_working_days(office, instance, clock):
    open_one(office, instance, "SIGN")
    with office.work() as work:
        clocks.pause_instance(work, instance)
    clock.advance(timedelta(days=7))
    with office.work() as work:
        clocks.resume_instance(work, instance)

        assert clocks.of_instance(work, instance)[0].due == day("2022-07-26")


def test_a_plan_date_is_never_paused(office, instance, clock):
    before = open_one(office, instance, "PLAN", due=day("2022-07-31"))
    with office.work() as work:
        clocks.pause_instance(work, instance)
        clocks.resume_instance(work, instance)

        assert clocks.of_instance(work, instance) == [before]


def test_one_clock_is_paused_and_resumed_alone(office, instance, clock):
    first, second = open_one(office, instance), open_one(office, instance, "SIGN")
    with office.work() as work:
        clocks.pause(work, first.id)
    clock.advance(timedelta(days=1))
    with office.work() as work:
        clocks.resume(work, first.id)

        assert [
            found.due - given.due for found, given in zip(clocks.of_instance(work, instance), (first, second), strict=True)
        ] == [
            timedelta(days=1),
            timedelta(0),
        ]


def test_a_deadline_is_extended_once_and_no_further_than_allowed(office, instance):
    clock = open_one(office, instance)
    with office.work() as work:
        with pytest.raises(clocks.ExtensionTooLong):
            clocks.extend(work, clock.id, day("2022-08-25"))

        assert clocks.extend(work, clock.id, day("2022-08-06")) == day("2022-08-08")
        with pytest.raises(clocks.ExtensionsUsedUp):
            clocks.extend(work, clock.id, day("2022-08-10"))

    assert steps(office)[0] == (day("2022-08-03"), "remind")


def test_a_closed_clock_is_not_extended(office, instance):
    clock = open_one(office, instance)
    with office.work() as work:
        clocks.close_instance(work, instance)

        with pytest.raises(clocks.NoSuchClock):
            clocks.extend(work, clock.id, day("2022-08-06"))


# --- the ladder


def fire_all(office, clock, until):
    clock.move_to(clock.now().replace(hour=9) + (day(until) - clock.now().date()))
    return jobs.run_due(office)


def told(office):
    found = {}
    for login in ("ann", "bob", "pam", "eve", "dan"):
        with office.work(replace(posts_actor(office, login))) as work:
            found[login] = [row.title for row in notifications.listed(work).rows]
    return {login: titles for login, titles in found.items() if titles}


def posts_actor(office, login):
    with office.work() as work:
        return posts.actor_for(work, login)


def test_a_reminder_goes_to_whoever_has_the_task(office, instance, clock):
    open_one(office, instance)

    fire_all(office, clock, "2022-07-20")

    assert told(office) == {"pam": ["来信答复还剩3个工作日"]}


def test_urging_reaches_the_roles_but_nobody_who_is_recused(office, instance, clock):
    with office.work() as work:
        [unit] = [unit for unit in work.units.all() if unit.code == "DPLAN"]
        work.units.save(replace(unit, parent="HQ"))
    open_one(office, instance)

    fire_all(office, clock, "2022-07-26")

    urged = "东区计划局来信答复已超期1个工作日,期限7月25日"
    assert told(office) == {"ann": [urged], "pam": [urged]}
    with office.work() as work:
        assert clocks.of_instance(work, instance)[0].urged == 1


def test_an_order_is_prepared_by_a_message_and_tells_nobody(office, instance, clock, monkeypatch):
    said = []
    monkeypatch.setattr(ladder.messages, "publish", lambda work, *message: said.append(message))
    open_one(office, instance, due=day("2022-07-15"), start=day("2022-07-08"))

    fire_all(office, clock, "2022-07-20")

    [(name, key, variables)] = said
    assert (name, key) == ("order_due", "TS-1")
    assert (variables["unit"], variables["overdue"]) == ("DPLAN", 3)
    assert told(office) == {}


def test_a_step_of_a_stopped_clock_does_nothing(office, instance, clock):
    open_one(office, instance)
    with office.work() as work:
        [job, *_] = work.jobs.of_kind(clocks.JOB)
        clocks.close_instance(work, instance)

        ladder.fire_step(work, job)

    assert told(office) == {}


def test_a_step_that_the_pack_has_switched_off_does_nothing(office, instance, pack):
    open_one(office, instance)
    with office.work() as work:
        [job, *_] = work.jobs.of_kind(clocks.JOB)
        ladder.fire_step(work, replace(job, payload={"offset": -9, "kind": "remind"}))

    assert told(office) == {}
    assert LadderStep(-3, "remind", ("assignee",), "{subject}还剩{remaining}个工作日") in pack.sla("ANSWER").ladder
