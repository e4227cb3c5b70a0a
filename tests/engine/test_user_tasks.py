from dataclasses import replace
from datetime import timedelta

import pytest

from engine import process_instances, user_tasks
from engine.identity.recusal import Recused
from engine.persistence.repositories import own_work
from engine.persistence.repositories.inbox import TABS, InboxFilters
from tests.engine.models import deploy, in_a_row, user_task


@pytest.fixture
def two_steps(engine):
    return deploy(engine, in_a_row(user_task("decide"), user_task("plan", "planner@PLAN"), title='="Plan " + name'))


def names(rows):
    return [row.name for row in rows]


def test_a_task_is_offered_to_the_group_of_the_post(two_steps, start, todo, ann, bob, pam, eve):
    start(name="A")

    assert [names(todo(person)) for person in (ann, bob, pam, eve)] == [["Decide"], ["Decide"], [], []]


def test_completing_a_task_brings_the_next_one_to_its_people(two_steps, start, todo, complete, ann, pam):
    start(name="A")

    complete(ann, "Decide")

    assert (names(todo(ann)), names(todo(pam))) == ([], ["Plan"])


def test_the_instance_ends_with_its_last_task(two_steps, engine, start, complete, ann, pam):
    instance = start(name="A")
    complete(ann, "Decide")
    complete(pam, "Plan")

    with engine.work() as work:
        assert process_instances.get(work, instance.id).state == "completed"


def test_a_claimed_task_is_gone_from_the_others_lists(two_steps, engine, start, todo, ann, bob):
    start(name="A")
    [row] = todo(ann)

    engine.run(lambda work: user_tasks.claim(work, row.id), ann)

    assert (names(todo(ann)), names(todo(bob))) == (["Decide"], [])


def test_whoever_claims_second_learns_who_was_faster(two_steps, engine, start, todo, ann, bob):
    start(name="A")
    [row] = todo(ann)
    engine.run(lambda work: user_tasks.claim(work, row.id), ann)

    with pytest.raises(user_tasks.AlreadyClaimed, match="Ann"):
        engine.run(lambda work: user_tasks.claim(work, row.id), bob)


def test_a_released_task_is_offered_again(two_steps, engine, start, todo, ann, bob):
    start(name="A")
    [row] = todo(ann)
    engine.run(lambda work: user_tasks.claim(work, row.id), ann)

    engine.run(lambda work: user_tasks.release(work, row.id), ann)

    assert names(todo(bob)) == ["Decide"]


def test_a_task_somebody_finished_meanwhile_says_who_and_when(two_steps, engine, start, todo, complete, ann, bob):
    start(name="A")
    [row] = todo(bob)
    complete(ann, "Decide")

    with pytest.raises(user_tasks.TaskGone, match="Ann finished this at 2022-07-18 09:00"):
        engine.run(lambda work: user_tasks.complete(work, row.id, {}), bob)


def test_what_was_typed_is_kept_when_somebody_else_was_faster(two_steps, engine, start, todo, complete, ann, bob):
    start(name="A")
    [row] = todo(bob)
    complete(ann, "Decide")

    engine.run(lambda work: user_tasks.save_draft(work, row.id, {"text": "mine"}), bob)

    with engine.work(bob) as work:
        assert user_tasks.draft(work, row.id) == {"text": "mine"}


def test_what_was_typed_is_there_again_when_a_step_is_called_off_and_comes_back(two_steps, engine, start, todo, ann, bob):
    instance = start(name="A")
    [row] = todo(ann)
    engine.run(lambda work: user_tasks.save_draft(work, row.id, {"text": "half a page"}), ann)
    with engine.work() as work:
        [visit] = process_instances.active_elements(work, instance.id)
    engine.run(lambda work: process_instances.modify(work, instance.id, [visit.element_key], ["decide"], "Longer"))

    [again] = todo(ann)
    with engine.work(ann) as work:
        assert (again.id != row.id, user_tasks.draft(work, again.id)) == (True, {"text": "half a page"})
    with engine.work(bob) as work:
        assert user_tasks.draft(work, again.id) is None


def test_what_was_handed_in_is_no_draft_of_the_next_time(two_steps, engine, start, todo, complete, ann, pam):
    instance = start(name="A")
    engine.run(lambda work: user_tasks.save_draft(work, todo(ann)[0].id, {"text": "done"}), ann)
    complete(ann, "Decide")
    with engine.work() as work:
        [visit] = process_instances.active_elements(work, instance.id)
    engine.run(lambda work: process_instances.modify(work, instance.id, [visit.element_key], ["decide"], "Again"))

    with engine.work(ann) as work:
        assert user_tasks.draft(work, todo(ann)[0].id) is None


def test_an_outsider_neither_sees_nor_completes_a_task(two_steps, engine, start, todo, ann, eve):
    start(name="A")
    [row] = todo(ann)

    with engine.work(eve) as work, pytest.raises(user_tasks.TaskNotFound):
        user_tasks.view(work, row.id)
    with pytest.raises(user_tasks.NotAssigned):
        engine.run(lambda work: user_tasks.complete(work, row.id, {}), eve)


def test_whoever_is_kept_out_never_sees_the_task(engine, start, todo, ann, bob):
    deploy(engine, in_a_row(user_task("decide", excludedUsers='=["ann"]')))
    start()

    assert (names(todo(ann)), names(todo(bob))) == ([], ["Decide"])
    [row] = todo(bob)
    with pytest.raises(Recused):
        engine.run(lambda work: user_tasks.complete(work, row.id, {}), ann)


def test_a_task_is_never_given_to_whoever_is_kept_out(engine, start, ann):
    deploy(engine, in_a_row(user_task("decide", assignee="ann", excludedUsers="ann")))
    instance = start()

    with engine.work() as work:
        assert work.user_tasks.of_instance(instance.id)[0].assignee is None


def test_an_opinion_is_asked_for_where_the_process_wants_one(engine, start, todo, complete, ann):
    deploy(engine, in_a_row(user_task("decide", opinionRequired="true")))
    start()
    [row] = todo(ann)

    with pytest.raises(user_tasks.OpinionRequired):
        engine.run(lambda work: user_tasks.complete(work, row.id, {}), ann)
    assert complete(ann, "Decide", "agreed").opinion == "agreed"


def test_what_must_be_signed_for_waits_in_its_own_list(engine, start, todo, ann, bob):
    deploy(engine, in_a_row(user_task("decide", signFor="true")))
    start()
    start()
    waiting = [row.id for row in todo(ann, "to_sign")]
    with pytest.raises(user_tasks.NotSignedFor):
        engine.run(lambda work: user_tasks.complete(work, waiting[0], {}), ann)

    signed = engine.run(lambda work: user_tasks.sign_for(work, waiting), ann)

    assert (signed, len(todo(ann)), todo(bob, "to_sign"), todo(bob)) == (2, 2, [], [])


def test_counts_and_lists_of_the_tabs_agree(two_steps, engine, clock, start, complete, todo, ann):
    start(name="A")
    start(name="B")
    complete(ann, "Decide")
    engine.run(lambda work: user_tasks.save_draft(work, todo(ann)[0].id, {"x": 1}), ann)
    engine.run(lambda work: user_tasks.save_start_draft(work, "p", {"x": 1}), ann)

    with engine.work(ann) as work:
        counts = {tab: count for tab, count in user_tasks.counts(work).items() if tab in TABS}
    assert counts == {tab: len(todo(ann, tab)) for tab in counts}
    assert counts == {"todo": 1, "to_sign": 0, "to_read": 0, "done": 1, "started": 2, "drafts": 2, "overdue": 0}


def test_where_very_much_waits_counting_stops_and_the_pages_go_on(two_steps, engine, start, ann, monkeypatch):
    monkeypatch.setattr(own_work, "MOST", 3)
    for number in range(5):
        start(name=str(number))

    with engine.work(ann) as work:
        counted = user_tasks.counts(work)["todo"]
        pages = [user_tasks.inbox(work, "todo", InboxFilters(), "", number, 2) for number in (1, 2, 3)]

    assert (counted, [len(page.rows) for page in pages]) == (3, [2, 2, 1])
    assert [(page.total, page.at_least) for page in pages] == [(3, True), (5, True), (5, False)]


def test_what_is_offered_to_one_person_three_times_is_counted_once_however_early_counting_stops(engine, start, ann, monkeypatch):
    monkeypatch.setattr(own_work, "MOST", 3)
    groups = ["manager@HQ", "planner@HQ", "clerk@HQ"]
    deploy(engine, in_a_row(user_task("decide", ",".join(groups))))
    start(name="A")
    start(name="B")

    with engine.work(replace(ann, groups=frozenset(groups))) as work:
        assert user_tasks.counts(work)["todo"] == 2


def test_whoever_finishes_what_was_offered_takes_it_off_all_lists(two_steps, engine, start, complete, todo, ann, bob):
    start(name="A")
    assert [row.name for row in todo(bob)] == ["Decide"]

    complete(ann, "Decide")

    with engine.work(bob) as work:
        assert (todo(bob), user_tasks.counts(work)["todo"]) == ([], 0)


def test_lists_are_narrowed_by_text_unit_and_deadline(two_steps, engine, start, clock, ann):
    start(name="Alpha")
    start(name="Beta")

    with engine.work(ann) as work:
        found = [
            user_tasks.inbox(work, "todo", filters).total
            for filters in (
                InboxFilters(text="alph"), InboxFilters(text="nothing"), InboxFilters(unit="HQ"), InboxFilters(unit="OUT"),
                InboxFilters(process_id="p"), InboxFilters(due_before=clock.now()),
                InboxFilters(due_before=clock.now(), without_due=True),
            )
        ]  # fmt: skip
    assert found == [1, 0, 2, 0, 2, 0, 2]


def test_overdue_tasks_come_first(engine, clock, start, todo, ann):
    schedule = '<zeebe:taskSchedule dueDate="=now() + duration(&quot;P1D&quot;)"/>'
    late = user_task("late").replace("<zeebe:userTask/>", f"<zeebe:userTask/>{schedule}")
    deploy(engine, in_a_row(late), in_a_row(user_task("whenever")).replace(b'id="p"', b'id="q"'))
    start("q")
    start("p")
    clock.advance(timedelta(days=2))

    assert (names(todo(ann)), names(todo(ann, "overdue"))) == (["Late", "Whenever"], ["Late"])


def test_the_page_says_what_comes_next_and_who_gets_it(two_steps, engine, start, todo, ann):
    start(name="A")
    [row] = todo(ann)

    with engine.work(ann) as work:
        [step] = user_tasks.next_steps(work, row.id)

    assert (step.name, step.who, step.is_certain) == ("Plan", ("planner@PLAN",), True)


def test_a_deputy_does_what_lies_on_the_desk_of_the_person_acted_for(two_steps, engine, start, todo, ann, eve):
    start(name="A")
    [row] = todo(ann)
    engine.run(lambda work: user_tasks.claim(work, row.id), ann)
    deputy = replace(eve, groups=ann.groups, on_behalf_of="ann", on_behalf_name="Ann")
    assert (names(todo(eve)), names(todo(deputy))) == ([], ["Decide"])

    engine.run(lambda work: user_tasks.complete(work, row.id, {}), deputy)

    with engine.work() as work:
        done = work.user_tasks.find(row.id)
    assert (done.completed_by, done.on_behalf_of) == ("eve", "ann")
