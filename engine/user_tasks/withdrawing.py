"""Taking back what was handed in by mistake, as long as nobody has begun on what came of it."""

from uuid import UUID

from engine import definitions
from engine.effects import Transition
from engine.kernel.errors import CannotModify
from engine.kernel.port import Modify
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.process_instances import check_running
from engine.user_tasks import guards, routes
from engine.user_tasks.errors import CannotWithdraw, NotAssigned, NothingWaits, SetOthersGoing, SomebodyBegan


def may_withdraw(work: UnitOfWork, task_id: UUID) -> bool:
    """Say whether a task I have handed in can be taken back."""
    task, instance = guards.found(work, task_id)
    if task.state != "completed" or task.completed_by != work.actor.login or not instance.is_active:
        return False
    try:
        _undone(work, task)
    except CannotWithdraw:
        return False
    return "withdraw" in guards.allowed(task)


def withdraw(work: UnitOfWork, task_id: UUID, reason: str) -> None:
    """Take a task back that I handed in, while nobody has claimed, signed for or begun what came of it.

    It is on my desk again with everything I had filled in.
    """
    task, instance = guards.found(work, task_id)
    check_running(instance)
    guards.check_allowed(task, "withdraw")
    if task.state != "completed" or task.completed_by != work.actor.login:
        raise NotAssigned(assignee=task.completed_by_name or task.assignee_name or "")
    reason = guards.check_reason(reason)
    _begin_again(work, task, instance, _undone(work, task), reason)


def _begin_again(work: UnitOfWork, task: Task, instance: Instance, cancels: tuple[str, ...], reason: str) -> None:
    transition = Transition(work, source_id=task.source_id)
    transition.returns[task.element_id] = {"assignee": work.actor.login, "origin": "withdraw", "note": reason}
    transition.note(instance, "task.withdrawn", str(task.id), {"element": task.element_id, "name": task.name, "reason": reason})
    try:
        transition.advance(instance, Modify(cancels, (task.element_id,)))
    except CannotModify as error:
        raise SetOthersGoing() from error
    transition.run()
    work.user_tasks.withdrawn(task.id)
    for again in work.user_tasks.open_of_element(instance.id, task.element_id, work.actor.login):
        if task.submitted:
            work.drafts.put(work.actor.login, again, None, task.submitted, work.now)


def _undone(work: UnitOfWork, task: Task) -> tuple[str, ...]:
    """Give the visits that came of handing the task in, if all of them still wait untouched."""
    nexts = work.user_tasks.brought_about_by(task.id)
    for found in nexts:
        began = not found.is_open or found.signed_at is not None or (found.assignee is not None and bool(found.candidates))
        if began or found.instance_id != task.instance_id:
            raise SomebodyBegan(who=found.completed_by_name or found.assignee_name or "")
    if not nexts:
        raise NothingWaits()
    if work.drafts.anyone_began([found.id for found in nexts]):
        raise SomebodyBegan(who=nexts[0].assignee_name or "")
    return _visits(work, task, nexts)


def _visits(work: UnitOfWork, task: Task, nexts: list[Task]) -> tuple[str, ...]:
    process = definitions.loaded(work, task.definition_id).process
    visits = {visit.element_key: visit for visit in work.process_instances.visits(task.instance_id)}
    scope = routes.scope_of(visits, task.parent_key)
    if scope != task.parent_key:
        raise SetOthersGoing()
    behind = routes.downstream(process, task.element_id)
    active = [visit for visit in visits.values() if visit.left_at is None and visit.parent_key == scope]
    came = [visit for visit in active if visit.element_id in behind and visit.entered_at == task.closed_at]
    if any(visit.type == "callActivity" for visit in came):
        raise SetOthersGoing()
    tops = [routes.scopes_above(visits, found.element_key).get(scope) for found in nexts]
    if None in tops:
        raise SetOthersGoing()
    watches = {visit.element_key for visit in came if process.elements[visit.element_id].type == "boundaryEvent"}
    keys = [key for key in dict.fromkeys([*tops, *(visit.element_key for visit in came)]) if key is not None]
    return tuple(key for key in keys if key not in watches)
