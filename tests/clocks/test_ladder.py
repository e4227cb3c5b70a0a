"""The ladder of a deadline: who is reminded, who is urged, and what is prepared for a signature."""

from dataclasses import replace

from engine import clocks, jobs, ladder, notifications, process_instances
from engine.identity import posts
from engine.packs import LadderStep
from tests.clocks.conftest import day, open_one, write


def fire_all(office, clock, until):
    clock.move_to(clock.now().replace(hour=9) + (day(until) - clock.now().date()))
    while jobs.run_due(office):
        pass


def told(office):
    found = {}
    for login in ("ann", "bob", "pam", "eve", "dan"):
        with office.work(acting(office, login)) as work:
            found[login] = [row.title for row in notifications.listed(work).rows]
    return {login: titles for login, titles in found.items() if titles}


def acting(office, login):
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
    monkeypatch.setattr(ladder.messages, "publish", lambda work, *message, about: said.append(message))
    open_one(office, instance, due=day("2022-07-15"), start=day("2022-07-08"))

    fire_all(office, clock, "2022-07-20")

    [(name, key, variables)] = said
    assert (name, key) == ("order_due", "TS-1")
    assert (variables["unit"], variables["overdue"]) == ("DPLAN", 3)
    assert told(office) == {}


def go_round(office, clock, until):
    """Let the round of a morning make its jobs, and give them."""
    clock.move_to(clock.now().replace(hour=9) + (day(until) - clock.now().date()))
    jobs.run_due(office)
    with office.work() as work:
        return work.jobs.of_kind(ladder.STEP)


def test_a_deadline_that_is_met_in_time_never_makes_a_job(office, instance, clock):
    open_one(office, instance)
    with office.work() as work:
        write(work, closed=[(instance, "answer#1")])

    assert go_round(office, clock, "2022-07-26") == []


def test_a_round_comes_back_next_morning(office, instance, clock):
    assert go_round(office, clock, "2022-07-20") == []

    with office.work() as work:
        [following] = work.jobs.of_kind(ladder.ROUND)
    assert f"{following.due_at:%m-%d %H:%M}" == "07-21 08:30"


def test_a_step_of_a_stopped_clock_does_nothing(office, instance, clock):
    open_one(office, instance)
    [job] = go_round(office, clock, "2022-07-20")
    with office.work() as work:
        write(work, closed=[(instance, None)])

        ladder.fire_step(work, job)

    assert told(office) == {}


def test_a_plan_date_of_a_suspended_matter_waits_until_it_goes_on(office, instance, clock):
    open_one(office, instance, "PLAN", due=day("2022-07-31"))
    office.run(lambda work: process_instances.suspend(work, instance, "等待裁定"))
    assert go_round(office, clock, "2022-07-29") == []

    office.run(lambda work: process_instances.resume(work, instance))

    assert len(go_round(office, clock, "2022-07-30")) == 1


def test_a_step_that_the_pack_has_switched_off_does_nothing(office, instance, clock, pack):
    open_one(office, instance)
    [job] = go_round(office, clock, "2022-07-20")
    with office.work() as work:
        ladder.fire_step(work, replace(job, payload={"offset": -9, "kind": "remind"}))

    assert told(office) == {}
    assert LadderStep(-3, "remind", ("assignee",), "{subject}还剩{remaining}个工作日") in pack.sla("ANSWER").ladder
