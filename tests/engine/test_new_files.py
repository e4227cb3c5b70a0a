import json

import pytest

from engine import changes, deployments, new_files, process_instances
from engine.change_errors import KeyTaken, StillNamed, StillRunning, StillSent, StillUsed, UnfitKey
from engine.dmn import read as read_decisions
from engine.new_files import Wanted
from tests.dmn.models import decision, literal, requires, xml
from tests.engine.models import deploy, in_a_row, process, user_task

WORDS = {"role": "manager", "group": "manager@HQ", "lane": "Managers", "begun": "Begun", "step": "First", "done": "Done"}
OLD = in_a_row(user_task("old"))
FORM = json.dumps({"type": "default", "id": "ask", "schemaVersion": 19, "components": []}).encode()
ASKS = '<formDefinition formId="ask"/>'.replace("<", "<zeebe:")


@pytest.fixture
def begin(engine, ann_edits):
    """Ann begins a file; gives what her change then makes of the pack."""

    def begin(*given, **more):
        return engine.run(lambda work: new_files.begin(work, "pack", Wanted(*given, **more)), ann_edits)

    return begin


@pytest.fixture
def removed(engine, ann_edits):
    return lambda path: engine.run(lambda work: changes.remove(work, "pack", path), ann_edits)


@pytest.fixture
def publish(engine, ann_edits, bob_publishes):
    def publish():
        change = engine.run(lambda work: changes.submit(work, "pack", "So"), ann_edits)
        return engine.run(lambda work: changes.publish(work, change.id, change.revision), bob_publishes)

    return publish


def problems(engine, actor):
    with engine.work(actor) as work:
        return [str(problem) for problem in changes.check(work, "pack").problems]


def test_an_empty_process_can_be_published_as_it_is_and_begun_by_its_role(engine, ann_edits, begin, publish, todo, ann):
    deploy(engine, OLD)
    begin("process", "stock_check", 'Stock & "check"', words=WORDS)
    assert problems(engine, ann_edits) == []
    publish()
    engine.run(lambda work: process_instances.start(work, "stock_check", {}), ann)

    assert [row.name for row in todo(ann)] == ["First"]
    with engine.work(ann) as work:
        assert {row.process_id: row.name for row in work.definitions.active()}["stock_check"] == 'Stock & "check"'


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [("decision", "route_by.dmn", {"input": "In", "output": "Out"}), ("form", "forms/route_by.form", {"field": "Why"})],
)
def test_an_empty_table_and_an_empty_form_pass_the_check_of_a_deployment(engine, ann_edits, begin, kind, path, words):
    deploy(engine, OLD)

    assert begin(kind, "route_by", 'By "kind"', words=words).path == path
    assert problems(engine, ann_edits) == []


def test_a_copy_is_another_process_with_the_same_steps(engine, ann_edits, begin, publish):
    deploy(engine, OLD)
    begin("process", "again", "Again", like="0.bpmn")
    assert problems(engine, ann_edits) == []
    publish()

    with engine.work() as work:
        assert {row.process_id: row.name for row in work.definitions.active()} == {"p": "p", "again": "Again"}


def test_the_decisions_of_a_copy_need_each_other_and_not_those_of_the_original(engine, ann_edits, begin):
    both = decision(literal("1"), "low") + decision(literal("low + 1"), "high", requires=requires("decision:low"))
    deploy(engine, OLD, both__dmn=xml(both))
    copy = begin("decision", "higher", "Higher", like="both.dmn")

    assert problems(engine, ann_edits) == []
    found = read_decisions({"x.dmn": copy.data}).decisions
    assert (set(found), found["higher"].evaluate({})) == ({"higher", "higher_low"}, 2)


def test_a_copy_that_would_begin_beside_its_original_is_known():
    message = '<message id="m" name="told"/>'
    told = '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'

    assert new_files.begins_by_itself(process(told, roots=message))
    assert not new_files.begins_by_itself(OLD)


@pytest.mark.parametrize("key", ["p", "P4", "../p", "Großes", "a b", ""])
def test_a_key_is_short_plain_and_not_taken(engine, begin, key):
    deploy(engine, OLD.replace(b'id="p"', b'id="ppp"'))

    with pytest.raises(UnfitKey):
        begin("process", key, "Name", words=WORDS)
    with pytest.raises(KeyTaken):
        begin("process", "ppp", "Name", words=WORDS)


def test_a_file_goes_when_another_person_publishes_that_and_not_before(engine, removed, publish, start):
    deploy(engine, OLD, in_a_row(user_task("other")).replace(b'id="p"', b'id="q"'))
    removed("1.bpmn")
    with engine.work() as work:
        assert {row.process_id for row in work.definitions.active()} == {"p", "q"}
    publish()

    with engine.work() as work:
        assert {row.process_id for row in work.definitions.active()} == {"p"}
        assert list(deployments.files(work, "pack")) == ["0.bpmn"]


def test_a_process_with_something_under_way_stays(engine, removed, start):
    deploy(engine, OLD, in_a_row(user_task("other")).replace(b'id="p"', b'id="q"'))
    start()

    with pytest.raises(StillRunning, match="“p” are still under way"):
        removed("0.bpmn")


def test_what_began_after_the_removal_was_submitted_keeps_the_file(engine, removed, ann_edits, bob_publishes, start):
    deploy(engine, OLD, in_a_row(user_task("other")).replace(b'id="p"', b'id="q"'))
    removed("0.bpmn")
    change = engine.run(lambda work: changes.submit(work, "pack", "So"), ann_edits)
    start()

    with pytest.raises(StillRunning):
        engine.run(lambda work: changes.publish(work, change.id, change.revision), bob_publishes)


def test_a_form_stays_while_a_step_shows_it_and_while_an_older_version_under_way_does(engine, removed, start):
    asking = in_a_row(user_task("old").replace("<zeebe:userTask/>", f"<zeebe:userTask/>{ASKS}"))
    engine.run(lambda work: deployments.deploy(work, "pack", {"0.bpmn": asking, "forms/ask.form": FORM}))
    with pytest.raises(StillNamed):
        removed("forms/ask.form")
    start()
    engine.run(lambda work: deployments.deploy(work, "pack", {"0.bpmn": OLD, "forms/ask.form": FORM}))

    with pytest.raises(StillUsed, match="“Old” of “p” uses it, version 1"):
        removed("forms/ask.form")


def test_a_process_that_another_one_calls_or_begins_by_a_message_stays(engine, removed):
    message = '<message id="m" name="told"/>'
    told = process('<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent><endEvent id="e"/>'
                   '<sequenceFlow id="f" sourceRef="s" targetRef="e"/>', "receiver", message)  # fmt: skip
    tells = process('<startEvent id="s"/><endEvent id="tell" name="Tell"><messageEventDefinition messageRef="m">'
                    '<extensionElements/></messageEventDefinition></endEvent>'
                    '<sequenceFlow id="f" sourceRef="s" targetRef="tell"/>', "sender", message)  # fmt: skip
    called = '<callActivity id="c"><extensionElements><zeebe:calledElement processId="p"/></extensionElements></callActivity>'
    calls = process('<startEvent id="s"/>' + called + '<sequenceFlow id="f" sourceRef="s" targetRef="c"/>', "caller")
    deploy(engine, OLD, told, tells, calls)

    with pytest.raises(StillNamed):
        removed("0.bpmn")
    with pytest.raises(StillSent, match="“Tell” of “sender”"):
        removed("1.bpmn")


def test_taking_a_removal_back_keeps_the_file(engine, removed, ann_edits):
    deploy(engine, OLD, in_a_row(user_task("other")).replace(b'id="p"', b'id="q"'))
    removed("1.bpmn")
    engine.run(lambda work: changes.discard(work, "pack", "1.bpmn"), ann_edits)

    with engine.work(ann_edits) as work:
        assert changes.overlaid(work, changes.mine(work, "pack"), "pack").keys() == {"0.bpmn", "1.bpmn"}
