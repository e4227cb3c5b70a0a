import pytest

from engine import history, process_instances
from engine.identity.actor import Actor
from engine.process_instances import InstanceFilters
from tests.engine.models import deploy, flow, in_a_row, process, user_task

PLAIN = '<startEvent id="start"/><endEvent id="end"/>'


def calling(child: str = "child", loop: str = "", more: str = "") -> bytes:
    called = f'<extensionElements><zeebe:calledElement processId="{child}"/></extensionElements>'
    call = f'<callActivity id="call">{called}{loop}</callActivity>'
    return process(PLAIN + call + user_task("after") + more + flow("start", "call", "after", "end"), "parent", unit="=unit")


def child(**properties: str) -> bytes:
    return process(PLAIN + user_task("inside") + flow("start", "inside", "end"), "child", **properties)


FAN_OUT = (
    '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=units" '
    'inputElement="unit"/></extensionElements></multiInstanceLoopCharacteristics>'
)


def found(engine, **filters):
    with engine.work() as work:
        return list(process_instances.search(work, InstanceFilters(**filters)).rows)


def test_a_called_process_is_an_instance_of_its_own(engine, start):
    deploy(engine, calling(), child())
    parent = start("parent", unit="HQ")

    [called] = found(engine, process_id="child")

    assert (called.parent_id, called.root_id, called.unit) == (parent.id, parent.id, "HQ")


def test_the_caller_goes_on_when_the_called_process_ends(engine, start, complete, todo, ann):
    deploy(engine, calling(), child())
    parent = start("parent")

    complete(ann, "Inside", result="fine")

    assert [row.name for row in todo(ann)] == ["After"]
    with engine.work() as work:
        assert process_instances.get(work, parent.id).variables["result"] == "fine"


def test_a_campaign_fans_out_to_its_units_and_waits_for_all(engine, start, complete, todo, ann):
    deploy(engine, calling(loop=FAN_OUT), child(unit="=unit"))
    start("parent", units=["A", "B", "C"])
    assert sorted(row.unit for row in found(engine, process_id="child")) == ["A", "B", "C"]

    for _ in range(3):
        complete(ann, "Inside")

    assert [row.name for row in todo(ann)] == ["After"]


def test_cancelling_an_instance_ends_what_it_called(engine, start, todo, ann, operator):
    deploy(engine, calling(loop=FAN_OUT), child())
    parent = start("parent", units=["A", "B"])

    engine.run(lambda work: process_instances.cancel(work, parent.id, "begun by mistake"), operator)

    assert ([row.state for row in found(engine)], todo(ann)) == (["cancelled"] * 3, [])
    with engine.work() as work:
        assert history.trail(work, parent.id)[-1].reason == "begun by mistake"


def test_a_called_process_is_not_cancelled_by_itself(engine, start):
    deploy(engine, calling(), child())
    start("parent")
    [called] = found(engine, process_id="child")

    with pytest.raises(process_instances.IsCalled):
        engine.run(lambda work: process_instances.cancel(work, called.id, "why"))


def test_an_error_of_the_called_process_is_caught_by_the_caller(engine, start, complete, todo, ann):
    error = '<error id="e" errorCode="BAD"/>'
    fails = '<startEvent id="start"/><endEvent id="end"><errorEventDefinition errorRef="e"/></endEvent>'
    bad = process(fails + user_task("inside") + flow("start", "inside", "end"), "child", error)
    catch = '<boundaryEvent id="failed" attachedToRef="call"><errorEventDefinition errorRef="e"/></boundaryEvent>'
    more = catch + user_task("mend") + flow("failed", "mend")
    deploy(engine, calling(more=more).replace(b"<process id", error.encode() + b"<process id", 1), bad)
    start("parent")

    complete(ann, "Inside")

    assert [row.name for row in todo(ann)] == ["Mend"]
    assert [row.state for row in found(engine, process_id="child")] == ["failed"]


def test_lists_show_title_key_unit_and_state_of_an_instance(engine, start, complete, ann):
    properties = {"title": '="Problem " + name', "businessKey": "=number", "unit": "=where"}
    deploy(engine, in_a_row(user_task("mend", state="mending"), user_task("close", state="closing"), **properties))
    start(name="one", number="WT-1", where="SCJG")
    complete(ann, "Mend", name="first")

    [row] = found(engine)

    assert (row.title, row.business_key, row.unit, row.business_state) == ("Problem first", "WT-1", "SCJG", "closing")


def test_a_completed_milestone_is_written_for_the_unit(engine, clock, start, complete, ann):
    deploy(engine, in_a_row(user_task("file", milestone="M0725"), user_task("next", milestone="M0731"), unit="=unit"))
    instance = start(unit="SCJG")
    complete(ann, "File")

    with engine.work() as work:
        reached = [(row.code, row.unit, row.reached_at) for row in work.milestones.reached()]
        assert [row.instance_id for row in work.milestones.of_code("M0725", "SCJG")] == [instance.id]
    assert reached == [("M0725", "SCJG", clock.now())]


def test_a_milestone_of_a_countersignature_is_reached_once(engine, start, complete, ann):
    loop = FAN_OUT.replace("=units", "=[1,2]").replace('inputElement="unit"', 'inputElement="n"')
    deploy(engine, in_a_row(user_task("sign", inside=loop, milestone="SIGNED"), user_task("next")))
    start()
    complete(ann, "Sign")
    complete(ann, "Sign")

    with engine.work() as work:
        assert [row.count for row in work.milestones.reached()] == [1]


def test_what_was_on_time_counts_from_when_it_was_sent(engine, clock, start, complete, ann):
    deploy(engine, in_a_row(user_task("take", milestone="M", milestoneAt="=sent_at"), user_task("next")))
    start()
    complete(ann, "Take", sent_at="2022-07-15")

    with engine.work() as work:
        assert f"{work.milestones.reached()[0].reached_at:%Y-%m-%d}" == "2022-07-15"


def test_a_post_sees_the_instances_of_its_units(engine, start, pam):
    deploy(engine, in_a_row(user_task("act"), unit="=unit"))
    start(unit="PLAN")
    start(unit="HQ")

    with engine.work(pam) as work:
        assert [row.unit for row in process_instances.search(work, InstanceFilters()).rows] == ["PLAN"]


def test_whoever_takes_part_sees_an_instance_of_another_unit(engine, start, pam, eve):
    deploy(engine, in_a_row(user_task("act", "planner@PLAN"), unit="=unit"))
    instance = start(unit="HQ")

    with engine.work(pam) as work:
        assert process_instances.visible(work, instance.id).id == instance.id
    with engine.work(eve) as work, pytest.raises(process_instances.InstanceNotFound):
        process_instances.visible(work, instance.id)


def test_only_the_posts_named_begin_a_process(engine, start, ann, eve):
    deploy(engine, in_a_row(user_task("act"), startableBy="manager, planner"))

    assert start(actor=ann).variables["starter"]["login"] == "ann"
    with pytest.raises(process_instances.MayNotStart):
        start(actor=eve)


def test_instances_are_found_by_the_values_of_their_variables(engine, start):
    deploy(engine, in_a_row(user_task("act")))
    start(colour="red", amount=3)
    start(colour="blue", amount=4)

    assert [len(found(engine, variables=wanted)) for wanted in ({"colour": "red"}, {"amount": 4}, {"amount": 5})] == [1, 1, 0]


def test_an_administrator_moves_an_instance_to_another_step(engine, start, todo, ann, operator):
    deploy(engine, in_a_row(user_task("first"), user_task("second"), user_task("third")))
    instance = start()
    with engine.work() as work:
        [here] = process_instances.active_elements(work, instance.id)

    engine.run(
        lambda work: process_instances.modify(work, instance.id, [here.element_key], ["third"], "decided by the office"), operator
    )

    assert [row.name for row in todo(ann)] == ["Third"]


def test_running_instances_stay_on_their_version(engine, start, todo, complete, ann):
    deploy(engine, in_a_row(user_task("act"), user_task("old")))
    start()
    deploy(engine, in_a_row(user_task("act"), user_task("new")))
    start()

    complete(ann, "Act")
    complete(ann, "Act")

    assert sorted(row.name for row in todo(ann)) == ["New", "Old"]


def test_the_system_may_begin_anything(engine, start):
    deploy(engine, in_a_row(user_task("act"), startableBy="manager"))

    assert start(actor=Actor("system", "")).state == "active"
