import pytest

from engine import history, process_instances, user_tasks
from tests.engine.models import deploy, flow, in_a_row, process, user_task


@pytest.fixture
def three_steps(engine):
    return deploy(engine, in_a_row(user_task("fill"), user_task("check", "planner@PLAN"), user_task("sign", "visitor@OUT")))


def steps(work, instance):
    return sorted(row.element_id for row in process_instances.active_elements(work, instance.id))


def test_work_goes_back_to_whoever_did_it_with_the_reason(three_steps, engine, start, todo, complete, ann, bob, pam):
    start()
    complete(bob, "Fill")
    [row] = todo(pam)

    engine.run(lambda work: user_tasks.send_back(work, row.id, "fill", "the total is wrong"), pam)

    [again] = todo(bob)
    assert (again.name, again.origin, again.note, todo(ann), todo(pam)) == ("Fill", "return", "the total is wrong", [], [])


def test_every_finished_step_before_this_one_can_be_returned_to(three_steps, engine, start, todo, complete, ann, pam, eve):
    start()
    complete(ann, "Fill")
    complete(pam, "Check")
    [row] = todo(eve)

    with engine.work(eve) as work:
        targets = user_tasks.return_targets(work, row.id)

    assert [(target.name, target.person) for target in targets] == [("Check", "Pam"), ("Fill", "Ann")]


def test_a_return_needs_a_reason(three_steps, engine, start, todo, complete, ann, pam):
    start()
    complete(ann, "Fill")
    [row] = todo(pam)

    with pytest.raises(user_tasks.ReasonRequired):
        engine.run(lambda work: user_tasks.send_back(work, row.id, "fill", " "), pam)


def test_a_step_may_forbid_returning(engine, start, todo, complete, ann):
    deploy(engine, in_a_row(user_task("fill"), user_task("check", actions="claim,hand_over")))
    start()
    complete(ann, "Fill")

    with pytest.raises(user_tasks.NotAllowedHere):
        engine.run(lambda work: user_tasks.send_back(work, todo(ann)[0].id, "fill", "why"), ann)


def parallel() -> bytes:
    gates = '<startEvent id="start"/><parallelGateway id="split"/><parallelGateway id="join"/><endEvent id="end"/>'
    tasks = user_task("fill") + user_task("a") + user_task("a2") + user_task("b") + user_task("after")
    ways = flow("start", "fill", "split", "a", "a2", "join", "after", "end") + flow("split", "b", "join")
    return process(gates + tasks + ways)


def test_a_return_before_a_split_ends_what_runs_beside(engine, start, todo, complete, ann):
    deploy(engine, parallel())
    instance = start()
    complete(ann, "Fill")
    [row] = [row for row in todo(ann) if row.name == "A"]

    engine.run(lambda work: user_tasks.send_back(work, row.id, "fill", "again"), ann)

    with engine.work() as work:
        assert steps(work, instance) == ["fill"]


def test_a_return_before_a_split_takes_back_what_waits_at_the_join(engine, start, todo, complete, ann):
    deploy(engine, parallel())
    start()
    for name in ("Fill", "A", "B"):
        complete(ann, name)
    [row] = todo(ann)

    engine.run(lambda work: user_tasks.send_back(work, row.id, "fill", "again"), ann)
    for name in ("Fill", "A", "A2"):
        complete(ann, name)

    assert [row.name for row in todo(ann)] == ["B"]


def test_a_return_inside_one_branch_leaves_the_other_alone(engine, start, todo, complete, ann):
    deploy(engine, parallel())
    instance = start()
    complete(ann, "Fill")
    complete(ann, "A")
    [row] = [row for row in todo(ann) if row.name == "A2"]

    engine.run(lambda work: user_tasks.send_back(work, row.id, "a", "again"), ann)
    complete(ann, "B")

    with engine.work() as work:
        assert "a" in steps(work, instance)
    for name in ("A", "A2", "After"):
        complete(ann, name)
    with engine.work() as work:
        assert process_instances.get(work, instance.id).state == "completed"


def test_a_return_after_a_join_walks_all_branches_again(engine, start, todo, complete, ann):
    deploy(engine, parallel())
    instance = start()
    for name in ("Fill", "A", "A2", "B"):
        complete(ann, name)
    [row] = todo(ann)

    engine.run(lambda work: user_tasks.send_back(work, row.id, "fill", "all again"), ann)
    for name in ("Fill", "A", "A2", "B", "After"):
        complete(ann, name)

    with engine.work() as work:
        assert process_instances.get(work, instance.id).state == "completed"


def countersigned() -> bytes:
    loop = '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=signers" '
    loop += 'inputElement="signer"/></extensionElements></multiInstanceLoopCharacteristics>'
    sign = user_task("sign", assignee="=signer", inside=loop)
    return in_a_row(user_task("fill"), sign)


def test_a_return_out_of_a_countersignature_ends_all_of_it(engine, start, todo, complete, ann, bob):
    deploy(engine, countersigned())
    start(signers=["ann", "bob"])
    complete(ann, "Fill")
    [row] = todo(bob)

    engine.run(lambda work: user_tasks.send_back(work, row.id, "fill", "wrong list"), bob)

    assert ([row.name for row in todo(ann)], todo(bob)) == (["Fill"], [])


def test_a_mistaken_submission_is_taken_back_with_what_was_filled_in(three_steps, engine, start, todo, complete, ann, pam):
    start()
    done = complete(ann, "Fill", amount=12)

    engine.run(lambda work: user_tasks.withdraw(work, done.id, "one page is missing"), ann)

    [row] = todo(ann)
    with engine.work(ann) as work:
        assert user_tasks.view(work, row.id).draft == {"amount": 12}
    assert todo(pam) == []


@pytest.mark.parametrize("begun", ["claim", "draft", "complete"])
def test_nothing_is_taken_back_once_the_next_has_begun(three_steps, engine, start, todo, complete, ann, pam, begun):
    start()
    done = complete(ann, "Fill")
    [row] = todo(pam)
    begin = {
        "claim": lambda work: user_tasks.claim(work, row.id),
        "draft": lambda work: user_tasks.save_draft(work, row.id, {"x": 1}),
        "complete": lambda work: user_tasks.complete(work, row.id, {}),
    }
    engine.run(begin[begun], pam)

    with engine.work(ann) as work:
        assert not user_tasks.may_withdraw(work, done.id)
    with pytest.raises(user_tasks.CannotWithdraw):
        engine.run(lambda work: user_tasks.withdraw(work, done.id, "too late"), ann)


def test_only_whoever_submitted_takes_it_back(three_steps, engine, start, complete, ann, bob):
    start()
    done = complete(ann, "Fill")

    with pytest.raises(user_tasks.NotAssigned):
        engine.run(lambda work: user_tasks.withdraw(work, done.id, "not mine"), bob)


def test_the_trail_says_who_returned_and_why(three_steps, engine, start, todo, complete, ann, pam):
    instance = start()
    complete(ann, "Fill")
    engine.run(lambda work: user_tasks.send_back(work, todo(pam)[0].id, "fill", "wrong"), pam)

    with engine.work() as work:
        trail = [(entry.action, entry.name, entry.step, entry.reason) for entry in history.trail(work, instance.id)]
    assert trail[1:] == [("task.completed", "Ann", "Fill", ""), ("task.returned", "Pam", "Check", "wrong")]


def test_a_task_is_handed_over_for_good(three_steps, engine, hire, start, todo, ann, pam):
    hire(ann, pam)
    start()
    [row] = todo(ann)

    engine.run(lambda work: user_tasks.hand_over(work, row.id, "pam", "she knows the matter"), ann)

    assert ([row.name for row in todo(pam)], todo(ann)) == (["Fill"], [])


def test_nothing_is_handed_to_somebody_unknown(three_steps, engine, start, todo, ann):
    start()

    with pytest.raises(user_tasks.PersonNotFound):
        engine.run(lambda work: user_tasks.hand_over(work, todo(ann)[0].id, "nobody", "gone"), ann)


def test_a_copy_to_read_moves_nothing(three_steps, engine, hire, start, todo, ann, eve):
    hire(ann, eve)
    instance = start()

    engine.run(lambda work: user_tasks.circulate(work, instance.id, ["eve"], "for your information"), ann)

    [copy] = todo(eve, "to_read")
    assert (copy.note, copy.assignee_name, len(todo(ann))) == ("for your information", "Ann", 1)
    engine.run(lambda work: user_tasks.mark_read(work, instance.id), eve)
    assert todo(eve, "to_read") == []
