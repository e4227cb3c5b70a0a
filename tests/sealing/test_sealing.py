"""What is typed into a sensitive field: masked wherever it is kept or shown, and nowhere in the clear."""

import json

import pytest

from engine import forms, ledgers, messages, process_instances, unmasking, user_tasks
from engine.forms.secrets import MASKS, masked
from tests.engine.models import deploy, flow, in_a_row, process, user_task
from tests.sealing.conftest import (
    ADDRESS,
    CLEAR,
    FRIEND_PHONE,
    NAME,
    PHONE,
    bound,
    correct,
    field,
    form,
    on_disk,
    person,
    row_of,
    the_task,
    typed,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "mask", "shown"),
    [
        ("张三", "name", "张**"),
        ("13804125678", "phone", "138****5678"),
        ("210302198001011234", "id", "2103**********1234"),
        ("辽河市城东区胜利路88号", "address", "辽河市城东区****"),
        ("anything", "all", "***"),
        ("", "all", ""),
    ],
)
def test_a_mask_leaves_what_identifies_nobody(text, mask, shown):
    assert masked(text, mask) == shown


@pytest.mark.parametrize("mask", MASKS)
def test_masking_what_is_masked_changes_nothing(mask):
    for text in CLEAR:
        assert masked(masked(text, mask), mask) == masked(text, mask)


def test_variables_titles_and_ledgers_hold_the_masked_words(complain, office, ann):
    instance = complain()

    assert (instance.variables["name"], instance.variables["phone"]) == ("欧**", "138****1234")
    assert instance.variables["address"] == "辽河市城东区****"
    assert instance.title == "About noise by 欧**"
    assert row_of(office, ann).cells["friends"] == "慕**(139****5678)"


def test_nothing_typed_stands_in_the_database_in_the_clear(complain, office, ann, tmp_path):
    complain()
    more = {"friends.1.name": "宇文成都", "friends.1.phone": "13700001111"}
    correct(office, ann, person(name="司马光远", **more))
    written = on_disk(tmp_path)

    if office.database.dialect.name == "sqlite":
        assert len(written) > 10_000
    assert [text for text in (*CLEAR, "司马光远", "13700001111") if text.encode() in written] == []
    assert [text for text in CLEAR if json.dumps(text)[1:-1].encode() in written] == []


def test_a_right_and_a_reason_open_one_value_and_the_trail_keeps_it(complain, office, ann_opens):
    instance = complain()

    with office.work(ann_opens) as work:
        opened = unmasking.open_of_instance(work, instance.id, "phone", "Call back about the date")
    with office.work() as work:
        [line] = work.audit.search(action="value.unmasked").rows

    assert (opened.clear, opened.record) == (PHONE, "T-1")
    assert (line.actor, line.facts["field"], line.facts["reason"]) == ("ann", "phone", "Call back about the date")
    assert PHONE not in json.dumps(line.facts)


def test_without_the_right_or_without_a_reason_nothing_is_opened(complain, office, ann, ann_opens):
    instance = complain()

    with office.work(ann) as work, pytest.raises(unmasking.rights.Forbidden):
        unmasking.open_of_instance(work, instance.id, "phone", "curious")
    with office.work(ann_opens) as work, pytest.raises(unmasking.ReasonMissing):
        unmasking.open_of_instance(work, instance.id, "phone", "  ")


def test_what_stands_in_the_rows_of_a_list_opens_from_the_ledger_too(complain, office, ann_opens):
    complain()
    [row] = row_of(office, ann_opens).values["friends"]

    with office.work(ann_opens) as work:
        opened = unmasking.open_of_row(work, "complaints", "T-1", f"friends.{row['_row']}.phone", "Call back")

    assert (opened.clear, opened.spot.label) == (FRIEND_PHONE, "Friends · Phone")


def test_a_form_that_comes_back_as_it_was_shown_keeps_what_is_sealed(complain, office, ann_opens):
    instance = complain()
    with office.work(ann_opens) as work:
        seen = user_tasks.view(work, the_task(office, ann_opens).id).variables
    shown = forms.submission(tuple(forms.read({"c.form": form("c", *PERSON_FIELDS)}).forms["c"].fields()), seen)

    correct(office, ann_opens, shown | {"friends.1.name": ["新友人"], "friends.1.phone": ["13511112222"]})

    with office.work(ann_opens) as work:
        assert unmasking.open_of_instance(work, instance.id, "name", "check").clear == NAME
        now = process_instances.get(work, instance.id).variables["friends"]
        old = unmasking.open_of_instance(work, instance.id, f"friends.{now[0]['_row']}.phone", "check")
        new = unmasking.open_of_instance(work, instance.id, f"friends.{now[1]['_row']}.phone", "check")
    assert (old.clear, new.clear) == (FRIEND_PHONE, "13511112222")


PERSON_FIELDS = (
    field("name", "name"), field("phone", "phone"), field("address", "address"),
    {"id": "l", "type": "dynamiclist", "path": "friends", "label": "F",
     "components": [field("name", "name"), field("phone", "phone")]},
)  # fmt: skip


def test_a_row_that_moves_up_keeps_its_own_value(complain, office, ann_opens):
    more = {"friends.1.name": "宇文成都", "friends.1.phone": "13700001111"}
    instance = complain(**more)

    correct(office, ann_opens, {"name": ["欧**"], "friends.1.name": ["宇**"], "friends.1.phone": ["137****1111"]})

    with office.work(ann_opens) as work:
        [row] = process_instances.get(work, instance.id).variables["friends"]
        assert unmasking.open_of_instance(work, instance.id, f"friends.{row['_row']}.phone", "check").clear == "13700001111"


def test_expressions_of_the_same_form_see_the_masked_words_only(office):
    spy = {"id": "s", "type": "expression", "key": "spy", "label": "Spy", "expression": '=name + "/" + phone'}
    asked = {"id": "a", "type": "textfield", "key": "a", "label": "A", "properties": {"bpm:default": "=name"}}
    read = forms.read({"spy.form": form("spy", *PERSON_FIELDS[:2], spy, asked)}).forms["spy"]

    found = forms.bind(read, {"name": [NAME], "phone": [PHONE]}, {})

    assert found.values["spy"] == "欧**/138****1234"


def test_a_condition_on_the_true_value_is_never_fulfilled(engine, ann):
    guess = user_task("t", f"=if name = &quot;{NAME}&quot; then &quot;x&quot; else &quot;y&quot;")
    shown = guess.replace("<zeebe:userTask/>", '<zeebe:userTask/><zeebe:formDefinition formId="complaint"/>')
    deploy(engine, in_a_row(shown), complaint__form=form("complaint", *PERSON_FIELDS))

    def begin(work):
        return process_instances.start(work, "p", bound(work, "complaint", person()).values)

    instance = engine.run(begin, ann)
    with engine.work() as work:
        assert work.user_tasks.of_instance(instance.id)[0].candidates == ["y"]


def test_what_a_program_hands_in_is_sealed_by_its_name(office, ann_opens):
    variables = {"subject": "noise", "name": NAME, "number": "T-9", "friends": [{"phone": FRIEND_PHONE}]}

    instance = office.run(lambda work: process_instances.start(work, "complain", variables), ann_opens)

    assert instance.variables["name"] == "欧**"
    with office.work(ann_opens) as work:
        assert unmasking.open_of_instance(work, instance.id, "name", "check").clear == NAME


def test_a_draft_is_sealed_and_comes_back_to_its_writer_as_typed(complain, office, ann, tmp_path):
    complain(name="赵赵", phone="13100000000", address="x", **{"friends.0.name": "a", "friends.0.phone": "b"})
    task_id = the_task(office, ann).id
    kept = {"_raw": person(), "_opinion": ""}

    office.run(lambda work: user_tasks.save_draft(work, task_id, kept), ann)

    with office.work(ann) as work:
        assert user_tasks.draft(work, task_id) == kept
    assert [text for text in CLEAR if text.encode() in on_disk(tmp_path)] == []


def test_a_draft_of_a_start_form_is_sealed_too(office, ann, tmp_path):
    kept = {"_raw": typed()}

    office.run(lambda work: user_tasks.save_start_draft(work, "complain", kept), ann)

    with office.work(ann) as work:
        assert user_tasks.start_draft(work, "complain") == kept
        assert work.drafts.find("ann", process_id="complain").values["_raw"] == {"subject": ["noise"]}
    assert [text for text in CLEAR if text.encode() in on_disk(tmp_path)] == []


def test_a_message_nobody_waits_for_yet_carries_what_is_sealed(office, ann_opens, tmp_path):
    deploy(office, waiting(), pack="other")

    office.run(lambda work: messages.publish(work, "said", "1", bound(work, "complaint", typed()).values), ann_opens)
    assert [text for text in CLEAR if text.encode() in on_disk(tmp_path)] == []
    instance = office.run(lambda work: process_instances.start(work, "waiting", {"k": "1"}), ann_opens)

    with office.work(ann_opens) as work:
        now = process_instances.get(work, instance.id)
        assert now.variables["phone"] == "138****1234"
        assert unmasking.reveal(work, now, ["phone", "friends.phone"], "letter")["phone"] == PHONE


def waiting():
    key = '<extensionElements><zeebe:subscription correlationKey="=k"/></extensionElements>'
    caught = '<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    ends = '<startEvent id="s"/><endEvent id="e"/>'
    body = ends + caught + user_task("t") + flow("s", "c", "t", "e")
    return process(body, "waiting", f'<message id="m" name="said">{key}</message>')


def test_a_paper_that_must_say_the_real_thing_gets_only_what_it_names(complain, office, ann):
    instance = complain()

    with office.work(ann) as work:
        found = unmasking.reveal(work, instance, ["name", "friends.phone"], "Letter of answer")
    with office.work() as work:
        [line] = work.audit.search(action="value.revealed").rows

    assert (found["name"], found["phone"], found["address"]) == (NAME, "138****1234", "辽河市城东区****")
    assert (found["friends"][0]["name"], found["friends"][0]["phone"]) == ("慕**", FRIEND_PHONE)
    assert line.facts["purpose"] == "Letter of answer"


def test_rows_that_people_type_into_a_ledger_are_sealed(office, ann_opens, tmp_path):
    change = ledgers.RowChange(typed())

    saving = office.run(lambda work: ledgers.save_rows(work, "complaints", [change]), ann_opens)

    with office.work(ann_opens) as work:
        record = work.ledger_rows.get_many("complaints", saving.saved.values())[saving.saved[0]]
        opened = unmasking.open_of_row(work, "complaints", record.business_key, "address", "check")
    assert (record.values["address"], opened.clear) == ("辽河市城东区****", ADDRESS)
    assert [text for text in CLEAR if text.encode() in on_disk(tmp_path)] == []


def test_what_a_service_writes_into_a_ledger_is_sealed(office, ann_opens):
    row = ledgers.Projected("T-7", {"subject": "x", "name": NAME})
    office.run(lambda work: ledgers.project_many(work, "complaints", [row]))

    office.run(lambda work: ledgers.project(work, "complaints", "T-7", {"phone": PHONE}))

    found = row_of(office, ann_opens, "T-7")
    with office.work(ann_opens) as work:
        opened = [unmasking.open_of_row(work, "complaints", "T-7", name, "check").clear for name in ("name", "phone")]
    assert ((found.cells["name"], found.cells["phone"]), opened) == (("欧**", "138****1234"), [NAME, PHONE])


def test_a_row_that_is_removed_takes_what_was_sealed_with_it(office, ann_opens):
    saving = office.run(lambda work: ledgers.save_rows(work, "complaints", [ledgers.RowChange(typed())]), ann_opens)
    gone = ledgers.RowChange({}, saving.saved[0], 1, delete=True)

    office.run(lambda work: ledgers.save_rows(work, "complaints", [gone]), ann_opens)

    with office.work() as work:
        assert not work.sealed.any()


def test_forms_of_one_process_must_agree_on_what_is_sensitive(engine):
    from engine.deployments import DeploymentRefused
    from tests.sealing.conftest import COMPLAINT, handling

    open_form = form("correction", field("name"), field("phone", "phone"))
    with pytest.raises(DeploymentRefused) as refused:
        deploy(engine, handling(ledgerRow=""), complaint__form=COMPLAINT, correction__form=open_form)

    assert [problem.element for problem in refused.value.problems] == ["name"]


def test_only_texts_can_be_sensitive():
    number = field("age", "all") | {"type": "number"}

    [problem] = forms.read({"f.form": form("f", number)}).problems

    assert "Only a text" in problem.message
