"""The ladder of a deadline: who is reminded, who is urged, and what is prepared for a signature."""

from dataclasses import replace

from engine import clocks, jobs, ladder, notifications
from engine.identity import posts
from engine.packs import LadderStep
from tests.clocks.conftest import day, open_one, write


def fire_all(office, clock, until):
    clock.move_to(clock.now().replace(hour=9) + (day(until) - clock.now().date()))
    return jobs.run_due(office)


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
        write(work, closed=[(instance, None)])

        ladder.fire_step(work, job)

    assert told(office) == {}


def test_a_step_that_the_pack_has_switched_off_does_nothing(office, instance, pack):
    open_one(office, instance)
    with office.work() as work:
        [job, *_] = work.jobs.of_kind(clocks.JOB)
        ladder.fire_step(work, replace(job, payload={"offset": -9, "kind": "remind"}))

    assert told(office) == {}
    assert LadderStep(-3, "remind", ("assignee",), "{subject}还剩{remaining}个工作日") in pack.sla("ANSWER").ladder
