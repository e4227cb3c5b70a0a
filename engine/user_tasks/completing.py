"""Handing in a task."""

from collections.abc import Mapping
from uuid import UUID

from engine import definitions, kernel
from engine.effects import Transition
from engine.identity.actor import Actor
from engine.kernel.port import CompleteElement
from engine.persistence.json import dumps, loads
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.user_tasks import guards
from engine.user_tasks.errors import NotSignedFor, OpinionRequired


def complete(work: UnitOfWork, task_id: UUID, variables: Mapping[str, object], opinion: str = "") -> None:
    """Hand in the form of a task of mine, or of one offered to me, and let its process instance continue.

    The variables, the steps they trigger and the next user tasks are saved in the same transaction, so a crash never
    leaves a task done but its process stuck.
    """
    complete_at_hand(work, *guards.at_hand(work, task_id), variables, opinion)


def complete_at_hand(
    work: UnitOfWork, task: Task, instance: Instance, variables: Mapping[str, object], opinion: str = ""
) -> None:
    """Hand in a task that ``at_hand`` gave in this very transaction, so that it is not read twice."""
    check_ready(task, opinion)

    transition = Transition(work)
    hand_in(transition, task, instance, variables, opinion)
    transition.run()


def check_ready(task: Task, opinion: str) -> None:
    """Refuse what is not signed for yet, or lacks the opinion the process asks for."""
    if task.sign_for and task.signed_at is None:
        raise NotSignedFor()
    if task.properties.get("bpm:opinionRequired") in (True, "true") and not opinion.strip():
        raise OpinionRequired()


def hand_in(
    transition: Transition, task: Task, instance: Instance, variables: Mapping[str, object], opinion: str, **noted: object
) -> None:
    """Let one task's instance continue in a transition; *noted* goes into the trail besides."""
    work = transition.work
    # the kernel first: when it declines, nothing has been noted yet
    definition = definitions.loaded(work, instance.definition_id)
    variables = transition.seal(instance, definition, variables)
    command = CompleteElement(task.element_key, variables)
    advance = kernel.advance(definition.kernel, instance.kernel_state, command, work.now)

    transition.source_id = task.id
    transition.hand_in(task, **signature(work.actor), opinion=opinion.strip() or None, submitted=loads(dumps(variables)))
    facts = {"element": task.element_id, "name": task.name, "opinion": opinion.strip()}
    transition.note(instance, "task.completed", str(task.id), facts | noted)
    transition.apply(instance, advance)


def signature(actor: Actor) -> dict[str, object]:
    """Give what stays on a task of whoever finished it."""
    post = str(actor.post_id) if actor.post_id else None
    return {
        "completed_by": actor.login, "completed_by_name": actor.name, "completed_post": post,
        "completed_unit": actor.unit, "on_behalf_of": actor.on_behalf_of,
    }  # fmt: skip
