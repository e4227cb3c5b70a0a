"""What a process gets from its pack: deadlines, ledger rows, numbers, reference tables and built-in workers."""

from datetime import date, timedelta

import pytest

from engine import definitions, deployments, jobs, ledgers, notifications, process_instances, user_tasks
from engine.identity.importing import import_pack
from engine.persistence.counting import counting
from engine.process_instances import InstanceFilters
from tests.engine.models import flow, in_a_row, process, user_task
from tests.identity.conftest import FILES as CITY
from tests.ledgers.conftest import FILES as HOUSING

MORE = b"""
[[numbering]]
series = "letter"
pattern = "{unit}-{year}-{n:03}"
per = ["unit", "year"]
[[sla]]
code = "ANSWER"
name = "Answer"
amount = 3
unit = "working_days"
roll = false
source = "practice"
[[sla.ladder]]
offset = -1
kind = "remind"
to = ["assignee"]
title = "{subject}"
[[sla]]
code = "WHOLE"
name = "All of it"
amount = 30
unit = "natural_days"
roll = true
source = "practice"
[[stages]]
code = "S1"
name = "First"
start = 2022-07-18
end = 2022-07-31
source = "practice"
[[milestones]]
code = "M1"
date = 2022-07-25
name = "Mended"
short = "Mended"
stage = "S1"
source = "practice"
"""
PLAIN = '<startEvent id="start"/><endEvent id="end"/>'
CLOSED = in_a_row(
    user_task("mend", state="mending", sla="ANSWER"),
    user_task("check", state="checking"),
    process_id="mending", ledgerRow="defects", ledgerKey="=number", unit="=unit", sla="WHOLE", title='="Defect " + number',
)  # fmt: skip


@pytest.fixture
def pack(engine, clock):
    """Deploy processes with a pack of people, deadlines and a ledger."""

    def deploy(*processes, more=MORE):
        engine.run(lambda work: deployments.deploy(work, "housing", housing(*processes, more=more)))

    return deploy


def housing(*processes, more=MORE):
    """Give the files of a pack with people, deadlines and a ledger around some processes."""
    files = {**HOUSING, **{path: data for path, data in CITY.items() if path.startswith("reference/")}}
    files["pack.toml"] = CITY["pack.toml"].replace(b'key = "city"', b'key = "housing"') + _roles(HOUSING["pack.toml"]) + more
    return files | {f"{number}.bpmn": data for number, data in enumerate(processes)}


def _roles(toml: bytes) -> bytes:
    return toml[toml.index(b"[[roles]]") :]


def served(task_type, headers=(), inputs=()):
    head = "".join(f'<zeebe:header key="{key}" value="{value}"/>' for key, value in headers)
    mapped = "".join(f'<zeebe:input source="={source}" target="{target}"/>' for target, source in inputs)
    inside = f'<zeebe:taskDefinition type="{task_type}" retries="1"/><zeebe:taskHeaders>{head}</zeebe:taskHeaders>'
    inside += f"<zeebe:ioMapping>{mapped}</zeebe:ioMapping>" if mapped else ""
    task = f'<serviceTask id="serve"><extensionElements>{inside}</extensionElements></serviceTask>'
    return process(PLAIN + task + flow("start", "serve", "end"))


def result(engine, start, **variables):
    instance = start(**variables)
    jobs.run_due(engine)
    with engine.work() as work:
        assert [row.message for row in work.incidents.unresolved().rows] == []
        return process_instances.get(work, instance.id).variables


def row(engine, key="D-1"):
    with engine.work() as work:
        return ledgers.get(work, "defects", key)


def test_the_ledger_row_follows_the_variables_and_the_state(pack, engine, start, complete, ann):
    pack(CLOSED)
    start("mending", number="D-1", unit="PLAN", trade="W", description="It drips")
    assert (row(engine).state, row(engine).values["description"]) == ("mending", "It drips")

    complete(ann, "Mend", cost=12, nothing_of_the_ledger=1)

    found = row(engine)
    assert (found.state, found.values["cost"], found.unit) == ("checking", 12, "PLAN")
    assert "nothing_of_the_ledger" not in found.values


def test_a_row_waits_for_its_own_key_and_takes_no_other_meanwhile(pack, engine, complete, ann):
    pack(CLOSED.replace(b"=number", b"=defect_no").replace(b"+ number", b"+ defect_no"))
    variables = {"unit": "PLAN", "cost": 12}
    engine.run(lambda work: process_instances.start(work, "mending", variables, business_key="LETTER-1"), ann)
    with engine.work() as work:
        assert work.ledger_rows.known_keys("defects", ["LETTER-1"]) == {}

    complete(ann, "Mend", defect_no="D-7")

    with engine.work() as work:
        assert list(work.ledger_rows.known_keys("defects", ["LETTER-1", "D-7"])) == ["D-7"]


def test_a_task_is_due_by_its_deadline_and_its_clock_ends_with_it(pack, engine, clock, start, complete, todo, ann):
    pack(CLOSED)
    instance = start("mending", number="D-1", unit="PLAN")
    assert todo(ann)[0].due_at.date() == date(2022, 7, 21)

    complete(ann, "Mend")

    with engine.work() as work:
        clocks = {clock.code: clock.closed_at is None for clock in work.clocks.of_instance(instance.id)}
        assert (clocks, work.jobs.of_kind("clock")) == ({"ANSWER": False, "WHOLE": True}, [])


def test_an_instance_closes_its_clock_at_its_end(pack, engine, start, complete, ann):
    pack(CLOSED)
    instance = start("mending", number="D-1", unit="PLAN")
    complete(ann, "Mend")
    complete(ann, "Check")

    with engine.work() as work:
        assert all(clock.closed_at for clock in work.clocks.of_instance(instance.id))


def test_a_suspended_instance_is_due_as_many_days_later(pack, engine, clock, start):
    pack(CLOSED)
    instance = start("mending", number="D-1", unit="PLAN")
    engine.run(lambda work: process_instances.suspend(work, instance.id, "inquiry"))
    clock.advance(timedelta(days=7))

    engine.run(lambda work: process_instances.resume(work, instance.id))

    with engine.work() as work:
        due = {clock.code: clock.due for clock in work.clocks.of_instance(instance.id)}
    assert due["ANSWER"] == date(2022, 7, 28)


def test_the_budget_holds_with_a_ledger_row_and_a_deadline(pack, engine, start, complete, todo, ann):
    pack(CLOSED)
    for number in ("D-1", "D-2"):
        start("mending", number=number, unit="PLAN")
    complete(ann, "Mend")
    [mending] = [found for found in todo(ann) if found.name == "Mend"]

    with counting() as count:
        engine.run(lambda work: user_tasks.complete(work, mending.id, {"cost": 1}), ann)

    assert mending.title == "Defect D-2"
    assert count.statements <= 10, count.texts


def test_numbers_count_up_by_unit_and_year(pack, engine, start):
    pack(served("number", [("series", "letter")]))

    numbers = [result(engine, start, unit=unit)["number"] for unit in ("PLAN", "PLAN", "HQ")]

    assert numbers == ["PLAN-2022-001", "PLAN-2022-002", "HQ-2022-001"]


def test_a_number_whose_transaction_fails_is_not_used_up(pack, engine, start):
    pack(served("number", [("series", "letter")]))

    def fail(work):
        work.numbers.next("letter", "PLAN|2022")
        raise KeyError

    with pytest.raises(KeyError):
        engine.run(fail)
    assert result(engine, start, unit="PLAN")["number"] == "PLAN-2022-001"


def test_people_are_told_once(pack, engine, start, hire, ann):
    hire(ann)
    pack(served("notify", inputs=[("notify_to", "[&quot;ann&quot;]"), ("notify_title", "&quot;Hello&quot;")]))
    start()

    jobs.run_due(engine)

    with engine.work(ann) as work:
        assert [found.title for found in notifications.listed(work).rows] == ["Hello"]


def test_a_worker_asks_and_changes_a_ledger(pack, engine, start):
    inputs = [("ledger_key", "&quot;D-9&quot;"), ("ledger_values", "{trade: &quot;W&quot;, state: &quot;draft&quot;}")]
    create = served("ledger", [("ledger", "defects"), ("operation", "create")], inputs)
    asks = served("ledger_rows", [("ledger", "defects")], [("ledger_filter", "{trade: &quot;W&quot;}")]).replace(b'"p"', b'"q"')
    pack(create, asks)
    result(engine, start, unit="PLAN")

    instance = start("q")
    jobs.run_due(engine)

    with engine.work() as work:
        [found] = process_instances.get(work, instance.id).variables["rows"]
    assert (found["key"], found["trade"], found["state"]) == ("D-9", "W", "draft")


def test_a_worker_writes_many_rows_and_numbers_new_ones(pack, engine, start):
    wanted = '[{key: "D-9", trade: "W"}, {trade: "E", state: "draft"}, {key: "D-9", cost: 7}]'.replace('"', "&quot;")
    pack(served("ledger_write", [("ledger", "defects")], [("write_rows", wanted)]))

    written = result(engine, start, unit="PLAN")["written"]

    assert written == ["D-9", "D-PLAN-2022-001", "D-9"]
    assert (row(engine, "D-9").values["cost"], row(engine, written[1]).state) == (7, "draft")


def test_a_worker_gives_the_rows_of_several_ledgers_at_once(pack, engine, start):
    rows = '[{key: "D-1", trade: "W"}, {key: "D-2", trade: "E"}]'.replace('"', "&quot;")
    pack(served("ledger_write", [("ledger", "defects")], [("write_rows", rows)]))
    result(engine, start, unit="PLAN")
    pack(served("ledger_tables", [("ledgers", "defects, defects")], [("ledger_filter", "{trade: &quot;W&quot;}")]))

    tables = result(engine, start, unit="PLAN")["tables"]

    assert [row["key"] for row in tables["defects"]] == ["D-1"]


def test_a_worker_tells_who_reached_a_milestone_in_time(pack, engine, clock, start, complete, ann):
    asks = served("milestones", inputs=[("milestone", "[&quot;M1&quot;]")]).replace(b'"p"', b'"q"')
    pack(in_a_row(user_task("mend", milestone="M1"), unit="=unit"), asks)
    for unit, days in (("PLAN", 0), ("HQ", 30)):
        clock.advance(timedelta(days=days))
        start(unit=unit)
        complete(ann, "Mend")

    instance = start("q")
    jobs.run_due(engine)

    with engine.work() as work:
        reached = process_instances.get(work, instance.id).variables["reached"]
    assert [(row["unit"], row["on_time"]) for row in reached] == [("HQ", False), ("PLAN", True)]


@pytest.mark.parametrize(("per", "late"), [("unit", ["HQ"]), ("campaign", [])])
def test_what_a_campaign_reaches_as_a_whole_nobody_is_late_with(pack, engine, start, complete, ann, per, late):
    asks = served("late_units", inputs=[("milestone", "&quot;M1&quot;"), ("among", "[&quot;HQ&quot;]")]).replace(b'"p"', b'"q"')
    pack(in_a_row(user_task("mend", milestone="M1"), unit="=unit"), asks, more=MORE + f'per = "{per}"'.encode())
    engine.run(lambda work: import_pack(work, definitions.pack(work, "housing")))
    start(unit="PLAN")
    complete(ann, "Mend")

    instance = start("q")
    jobs.run_due(engine)

    with engine.work() as work:
        found = process_instances.get(work, instance.id).variables["late"]
    assert [unit["code"] for unit in found] == late


def test_a_worker_reads_a_reference_table(pack, engine, start):
    pack(served("reference", [("table", "trades")], [("where", "{code: &quot;E&quot;}")]))

    assert result(engine, start)["rows"] == [{"code": "E", "name": "Electricity"}]


def test_a_missing_input_is_an_incident_that_names_it(pack, engine, start):
    pack(served("notify"))
    start()
    jobs.run_due(engine)

    with engine.work() as work:
        assert "notify needs notify_to" in work.incidents.unresolved().rows[0].message


def test_what_a_post_sees_is_narrowed_to_its_units(pack, engine, start, pam):
    pack(CLOSED)
    start("mending", number="D-1", unit="PLAN")
    start("mending", number="D-2", unit="HQ")

    with engine.work(pam) as work:
        assert [found.title for found in process_instances.search(work, InstanceFilters()).rows] == ["Defect D-1"]
