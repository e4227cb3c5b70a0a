"""What only certain posts read stays with them: a unit that handles a matter looks everywhere and finds none of it."""

import json
from dataclasses import replace
from io import BytesIO

import pytest

from engine import attachments, forms, history, ledgers, process_instances, unmasking, user_tasks
from engine.errors import EngineError
from engine.process_instances import InstanceFilters
from tests.engine.models import deploy, flow, process, user_task
from tests.sealing.conftest import LEDGER, PHONE, bound, field, form

WORDS, MORE = "they towed the green van by night", "and shouted at us"
PRIVATE = {"bpm:visibleTo": "manager"}
MAYBE = {"bpm:visibleTo": '=if agreed = true then ["manager", "planner"] else ["manager"]'}
FILED = form(
    "complaint", field("subject"), field("words", properties=PRIVATE), field("phone", "phone", properties=MAYBE), field("agreed"),
)  # fmt: skip
WORKED = form(
    "handling", field("summary"), field("words", properties=PRIVATE), field("more", properties=PRIVATE),
    field("guess", properties={"bpm:default": "=words"}),
)  # fmt: skip
KEPT = LEDGER.replace('"name", "phone", "address", "friends"', '"words", "phone"').replace(
    'edit = ["manager"]', 'edit = ["planner"]'
)


@pytest.fixture
def office(engine):
    start = (
        '<startEvent id="start"><extensionElements><zeebe:formDefinition formId="complaint"/></extensionElements></startEvent>'
    )
    step = user_task("work", groups="planner@PLAN").replace(
        "<zeebe:userTask/>", '<zeebe:userTask/><zeebe:formDefinition formId="handling"/>'
    )
    body = start + step + '<endEvent id="end"/>' + flow("start", "work", "end")
    said = {"title": "=subject", "businessKey": "=number", "ledgerRow": "complaints", "unit": '="PLAN"'}
    ledger = {"forms/ledgers/complaints.toml": KEPT.encode()}
    deploy(engine, process(body, "complain", **said), complaint__form=FILED, handling__form=WORKED, **ledger)
    return engine


@pytest.fixture
def handler(pam):
    """Pam, whose unit handles it, with every right that could help."""
    return replace(pam, rights=frozenset({"unmask", "export_data", "watch_instances"}))


@pytest.fixture
def matter(office, ann):
    def begin(work, agreed):
        given = {"subject": "a van", "words": WORDS, "more": MORE, "phone": PHONE, "number": "T-1", "agreed": agreed}
        return process_instances.start(work, "complain", given)

    return lambda agreed=False: office.run(lambda work: begin(work, agreed), ann)


def attempt(look):
    try:
        return look()
    except EngineError as error:
        return str(error)


def task_of(work, instance):
    return user_tasks.of_instance(work, process_instances.visible(work, instance.id))[0]


def everywhere(work, instance):
    """Give whatever the one who acts finds, by way of looking."""
    seen, desk = process_instances.visible(work, instance.id), user_tasks.view(work, task_of(work, instance).id)
    ledger = ledgers.definition(work, "complaints")
    look_up = ledgers.lookup.look_up(work)
    return {
        "matter": (seen.title, seen.variables), "task": (desk.task, desk.variables, desk.instance.variables),
        "steps": user_tasks.of_instance(work, seen),
        "trail": history.trail(work, instance.id), "visits": history.visits(work, instance.id),
        "spots": unmasking.spots(work, seen), "row spots": attempt(lambda: unmasking.spots_behind(work, "complaints", "T-1")),
        "opened": attempt(lambda: unmasking.open_of_instance(work, instance.id, "phone", "curious")),
        "row opened": attempt(lambda: unmasking.open_of_row(work, "complaints", "T-1", "phone", "curious")),
        "list": ledgers.rows(work, "complaints", size=None).rows, "row": ledgers.get(work, "complaints", "T-1"),
        "expression": look_up("complaints"), "counted": ledgers.tally(work, "complaints", "words"),
        "facts": ledgers.presenter(work, ledger).context(work.ledger_rows.find("complaints", "T-1")),
        "search": work.process_instances.search(InstanceFilters(), process_instances.scope(work)).rows,
    }  # fmt: skip


def found_by(work):
    """Give what questions about the words come to."""
    narrow = [{"words": WORDS}, {"words": {"contains": "green"}}, {"words": {"empty": False}}]
    ways = [ledgers.rows(work, "complaints", filter=how).total for how in narrow]
    ways += [ledgers.rows(work, "complaints", search=text).total for text in ("green", PHONE)]
    ways += [sum(ledgers.tally(work, "complaints", (), {"words": WORDS}).values())]
    ways += [process_instances.search(work, InstanceFilters(text=PHONE)).total]
    return [*ways, process_instances.search(work, InstanceFilters(variables={"words": WORDS})).total]


def test_the_handling_unit_finds_the_words_nowhere(office, handler, matter):
    instance = matter()

    with office.work(handler) as work:
        found = everywhere(work, instance)
    assert [way for way, what in found.items() if WORDS in repr(what) or MORE in repr(what) or PHONE[-4:] in repr(what)] == []
    assert (found["matter"][1]["subject"], found["row"].cells["words"]) == ("a van", "***")


def moved(work, instance):
    [visit] = process_instances.active_elements(work, instance.id)
    process_instances.modify(work, instance.id, [visit.element_key], ["work"], "once more")


def test_a_matter_keeps_its_words_when_somebody_moves_it_who_does_not_read_them(office, handler, matter, ann):
    instance = matter()
    operator = replace(handler, rights=handler.rights | {"manage_incidents"})

    office.run(lambda work: process_instances.suspend(work, instance.id, "a question"), operator)
    office.run(lambda work: process_instances.resume(work, instance.id), operator)
    office.run(lambda work: moved(work, instance), operator)

    with office.work(ann) as work:
        assert process_instances.visible(work, instance.id).variables["words"] == WORDS


def test_whoever_may_read_them_finds_them_where_they_stand(office, ann, matter):
    instance = matter()

    with office.work(replace(ann, rights=frozenset({"unmask"}))) as work:
        found = everywhere(work, instance)
    assert {"matter", "task", "list", "row", "expression", "counted", "facts"} <= {
        way for way, what in found.items() if WORDS in repr(what)
    }
    assert found["opened"].clear == PHONE


def test_no_question_tells_them(office, ann, handler, matter):
    matter()

    with office.work(handler) as work:
        assert found_by(work) == [0] * 8
    with office.work(replace(ann, rights=frozenset({"unmask"}))) as work:
        assert found_by(work) == [1] * 8


def test_a_list_is_not_sorted_by_what_is_hidden(office, handler, matter):
    matter()

    with office.work(handler) as work:
        assert [row.key for row in ledgers.rows(work, "complaints", sort=("-words",)).rows] == ["T-1"]


def test_an_expression_opens_them_for_a_matter(office, handler, matter):
    instance = matter(agreed=True)

    with office.work(handler) as work:
        found = everywhere(work, instance)
    assert [way for way, what in found.items() if WORDS in repr(what)] == []
    assert (found["opened"].clear, found["row"].cells["phone"]) == (PHONE, "138****1234")


def test_handing_in_a_step_leaves_them_as_they_are(office, handler, matter):
    instance = matter()

    def hand_in(work):
        task = task_of(work, instance)
        seen = user_tasks.view(work, task.id).variables
        typed = {name: [text] for name, text in (("summary", "done"), ("words", "mine"), ("guess", ""))}
        access = dict.fromkeys(("words", "more"), "hidden")
        found = forms.bind(bound(work, "handling", typed).form, typed, seen, access=access)
        user_tasks.complete(work, task.id, found.values)

    office.run(hand_in, handler)
    with office.work() as work:
        assert process_instances.get(work, instance.id).variables["words"] == WORDS


def test_changing_a_row_leaves_them_as_they_are(office, ann, handler, matter):
    matter()

    def change(work):
        row = ledgers.get(work, "complaints", "T-1")
        typed = ledgers.RowChange({"subject": ["a red van"], "words": ["mine"]}, row.id, row.revision)
        return ledgers.save_rows(work, "complaints", [typed])

    assert office.run(change, handler).complete
    with office.work(ann) as work:
        values = ledgers.get(work, "complaints", "T-1").values
        assert (values["subject"], values["words"]) == ("a red van", WORDS)


def test_a_file_handed_in_under_a_hidden_field_is_hidden(office, ann, handler, matter):
    instance = matter()
    store = lambda work: attachments.store(work, BytesIO(b"%PDF-1.4 x"), "van.pdf", instance.id, field="words", unit="PLAN")  # noqa: E731
    record = office.run(store, ann)

    with office.work(handler) as work:
        assert attachments.of_instance(work, instance.id) == []
        with pytest.raises(attachments.NoSuchAttachment):
            attachments.open_(work, record.id, granted=True)
    with office.work(ann) as work:
        assert [file.name for file in attachments.of_instance(work, instance.id)] == ["van.pdf"]


def test_the_engine_itself_reads_everything(office, matter):
    instance = matter()

    with office.work() as work:
        assert process_instances.visible(work, instance.id).variables["words"] == WORDS
        assert json.dumps(ledgers.lookup.look_up(work)("complaints")).count(WORDS) == 1
