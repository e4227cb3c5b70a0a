from dataclasses import replace

import pytest

from engine import audit, changes, deployments, versions
from engine.change_errors import (
    ChangeNotOpen,
    DraftChanged,
    FileNotEditable,
    NothingToSubmit,
    OwnChange,
    PublishedMeanwhile,
    Unsound,
)
from engine.deployments import DeploymentRefused
from engine.identity.rights import Forbidden
from tests.engine.models import deploy, flow, in_a_row, process, user_task

OLD, NEW = in_a_row(user_task("old")), in_a_row(user_task("new"))


@pytest.fixture
def edited(engine, ann_edits):
    """Ann changes the file of a process and submits that."""

    def edited(data=NEW, actor=ann_edits, path="0.bpmn"):
        with engine.work(actor) as work:
            base = versions.files(work, "pack").get(path)
        engine.run(lambda work: changes.save(work, "pack", path, data, base), actor)
        return engine.run(lambda work: changes.submit(work, "pack", "Better so"), actor)

    return edited


def state(engine, actor, change):
    with engine.work(actor) as work:
        return changes.get(work, change.id).state


def test_a_draft_changes_nothing_that_runs(engine, ann_edits, start, todo, ann):
    deploy(engine, OLD)
    engine.run(lambda work: changes.save(work, "pack", "0.bpmn", NEW), ann_edits)
    start()

    assert [row.name for row in todo(ann)] == ["Old"]
    with engine.work(ann_edits) as work:
        assert changes.draft(work, "pack", "0.bpmn").data == NEW


def test_what_somebody_else_publishes_holds_for_new_instances_only(engine, edited, bob_publishes, start, todo, ann):
    deploy(engine, OLD)
    start()
    change = edited()
    deployment = engine.run(lambda work: changes.publish(work, change.id, change.revision), bob_publishes)
    start()

    assert deployment.changed == ("p",)
    assert sorted(row.name for row in todo(ann)) == ["New", "Old"]


def test_nobody_publishes_what_they_edited(engine, edited, all_rights):
    deploy(engine, OLD)
    change = edited(actor=all_rights)

    with pytest.raises(OwnChange):
        engine.run(lambda work: changes.publish(work, change.id, change.revision), all_rights)
    assert state(engine, all_rights, change) == "submitted"


def test_standing_in_for_the_editor_does_not_make_another_person(engine, edited, bob_publishes, stands_in):
    deploy(engine, OLD)
    change = edited()

    with pytest.raises(OwnChange):
        engine.run(lambda work: changes.publish(work, change.id, change.revision), stands_in(bob_publishes, "ann"))


def test_editing_and_publishing_are_two_rights(engine, edited, ann_edits, bob_publishes, ann):
    deploy(engine, OLD)
    change = edited()

    for actor, act in (
        (bob_publishes, lambda work: changes.save(work, "pack", "0.bpmn", NEW)),
        (ann_edits, lambda work: changes.publish(work, change.id, change.revision)),
        (ann_edits, lambda work: deployments.activate(work, "p", 1)),
        (ann, lambda work: changes.get(work, change.id)),
    ):
        with pytest.raises(Forbidden):
            engine.run(act, actor)


def test_a_post_of_another_pack_counts_for_nothing_here(engine, edited, ann_edits, bob_publishes):
    deploy(engine, OLD)
    change = edited()
    ann_elsewhere, bob_elsewhere = (replace(actor, campaign="other") for actor in (ann_edits, bob_publishes))

    for actor, act in (
        (ann_elsewhere, lambda work: changes.save(work, "pack", "0.bpmn", NEW)),
        (ann_elsewhere, lambda work: changes.get(work, change.id)),
        (bob_elsewhere, lambda work: changes.publish(work, change.id, change.revision)),
        (bob_elsewhere, lambda work: deployments.activate(work, "p", 1)),
    ):
        with pytest.raises(Forbidden):
            engine.run(act, actor)


def test_the_check_names_element_and_line_and_keeps_a_faulty_change_from_being_submitted(engine, ann_edits):
    deploy(engine, OLD)
    faulty = process('<startEvent id="start"/>\n<userTask id="lost"/>')
    engine.run(lambda work: changes.save(work, "pack", "0.bpmn", faulty), ann_edits)

    with engine.work(ann_edits) as work:
        found = changes.check(work, "pack").problems
        assert ("0.bpmn", "lost", 2) in {(problem.file, problem.element, problem.line) for problem in found}
    with pytest.raises(DeploymentRefused):
        engine.run(lambda work: changes.submit(work, "pack", ""), ann_edits)


def test_what_is_on_the_screen_is_checked_without_being_saved(engine, ann_edits):
    deploy(engine, OLD)

    with engine.work(ann_edits) as work:
        assert changes.check(work, "pack", {"0.bpmn": b"<broken"}).problems
        assert changes.check(work, "pack").problems == []
        assert changes.mine(work, "pack") is None


def test_a_state_saved_in_another_window_is_not_overwritten(engine, ann_edits):
    deploy(engine, OLD)
    engine.run(lambda work: changes.save(work, "pack", "0.bpmn", NEW), ann_edits)

    with pytest.raises(DraftChanged):
        engine.run(lambda work: changes.save(work, "pack", "0.bpmn", OLD), ann_edits)
    saved = engine.run(lambda work: changes.save(work, "pack", "0.bpmn", OLD, revision=1), ann_edits)
    assert (saved.revision, saved.data) == (2, OLD)


def test_of_two_editors_the_second_settles_the_conflict_and_nothing_is_lost(engine, edited, bob_publishes, pam_edits):
    deploy(engine, OLD)
    other = in_a_row(user_task("other"))
    first = edited()
    second = edited(other, pam_edits)
    engine.run(lambda work: changes.publish(work, first.id, first.revision), bob_publishes)

    with pytest.raises(PublishedMeanwhile):
        engine.run(lambda work: changes.publish(work, second.id, second.revision), bob_publishes)
    engine.run(lambda work: changes.withdraw(work, second.id), pam_edits)
    with engine.work(pam_edits) as work:
        assert (changes.stale(work, second), changes.draft(work, "pack", "0.bpmn").data) == (["0.bpmn"], other)

    engine.run(lambda work: changes.settle(work, "pack", "0.bpmn"), pam_edits)
    again = engine.run(lambda work: changes.submit(work, "pack", "Mine holds"), pam_edits)
    engine.run(lambda work: changes.publish(work, again.id, again.revision), bob_publishes)
    with engine.work() as work:
        assert versions.content(work, "pack", "0.bpmn") == other


def test_what_is_submitted_stands_still_until_it_is_withdrawn_or_returned(engine, edited, ann_edits, bob_publishes):
    deploy(engine, OLD)
    change = edited()

    with pytest.raises(ChangeNotOpen):
        engine.run(lambda work: changes.save(work, "pack", "0.bpmn", OLD, revision=1), ann_edits)
    engine.run(lambda work: changes.send_back(work, change.id, "Name it better"), bob_publishes)
    engine.run(lambda work: changes.save(work, "pack", "0.bpmn", OLD, revision=1), ann_edits)
    with engine.work(ann_edits) as work:
        assert (changes.mine(work, "pack").state, changes.mine(work, "pack").reason) == ("returned", "Name it better")


def test_only_the_state_that_was_looked_at_is_published(engine, edited, ann_edits, bob_publishes):
    deploy(engine, OLD)
    change = edited()
    engine.run(lambda work: changes.withdraw(work, change.id), ann_edits)
    engine.run(lambda work: changes.submit(work, "pack", "Again"), ann_edits)

    with pytest.raises(ChangeNotOpen):
        engine.run(lambda work: changes.publish(work, change.id, change.revision), bob_publishes)


def test_a_discarded_draft_is_gone_and_with_the_last_one_the_change(engine, ann_edits):
    deploy(engine, OLD)
    engine.run(lambda work: changes.save(work, "pack", "0.bpmn", NEW), ann_edits)
    engine.run(lambda work: changes.discard(work, "pack", "0.bpmn"), ann_edits)

    with engine.work(ann_edits) as work:
        assert (changes.draft(work, "pack", "0.bpmn"), changes.mine(work, "pack")) == (None, None)
    with pytest.raises(NothingToSubmit):
        engine.run(lambda work: changes.submit(work, "pack", ""), ann_edits)


def test_a_new_process_can_be_added_and_nothing_else_smuggled_in(engine, edited, ann_edits, bob_publishes):
    deploy(engine, OLD)
    change = edited(OLD.replace(b'id="p"', b'id="q"'), path="more.bpmn")
    engine.run(lambda work: changes.publish(work, change.id, change.revision), bob_publishes)

    with engine.work() as work:
        assert [row.process_id for row in work.definitions.active()] == ["p", "q"]
    for path in ("../outside.bpmn", "a/b.bpmn", "run.py", "forms/documents/x.docx"):
        with pytest.raises(FileNotEditable):
            engine.run(lambda work, path=path: changes.save(work, "pack", path, NEW), ann_edits)


def test_a_process_that_may_never_end_is_submitted_only_by_saying_so(engine, ann_edits):
    gates = '<startEvent id="start"/><endEvent id="end"/><exclusiveGateway id="s" default="s_j"/><parallelGateway id="j"/>'
    ways = flow("start", "s", "j", "end") + flow("s", "old", condition="=x = 1") + flow("old", "j")
    deploy(engine, OLD)
    engine.run(lambda work: changes.save(work, "pack", "0.bpmn", process(gates + user_task("old") + ways)), ann_edits)

    with pytest.raises(Unsound):
        engine.run(lambda work: changes.submit(work, "pack", ""), ann_edits)
    assert engine.run(lambda work: changes.submit(work, "pack", "", accepted=True), ann_edits).state == "submitted"


def test_every_step_stands_in_the_audit_trail(engine, edited, bob_publishes):
    deploy(engine, OLD)
    change = edited()
    engine.run(lambda work: changes.publish(work, change.id, change.revision), bob_publishes)

    with engine.work() as work:
        steps = [(row.actor, row.action) for row in work.audit.everything()]
        assert audit.verify(work) == []
    assert set(steps) >= {
        ("ann", "draft.begun"),
        ("ann", "change.submitted"),
        ("bob", "pack.deployed"),
        ("bob", "change.published"),
    }
