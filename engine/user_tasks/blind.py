"""Blind steps: what a person handed in stays with that person until everybody who judges has judged.

A user task says ``bpm:blindUntil`` with the name of a variable; as long as the instance has no such variable, or it is not
true, nobody but who did the step reads what was handed in or said there: on no page, in no list of steps, in no history.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine import hiding
from engine.identity.actor import Actor
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork


def of_instance(work: UnitOfWork, instance: Instance) -> list[Task]:
    """Give the steps of an instance as far as the actor may read what was handed in at them."""
    names = hiding.of_instance(work, instance)
    tasks = work.user_tasks.of_instance(instance.id)
    return [hiding.readable_task(readable(task, instance.variables, work.actor), names) for task in tasks]


def readable(task: Task, variables: Mapping[str, Any], actor: Actor) -> Task:
    """Give a step without what was handed in and said at it, while that is nobody else's to read."""
    name = task.properties.get("bpm:blindUntil")
    if not name or variables.get(str(name)) is True or task.completed_by in (None, actor.login):
        return task
    return replace(task, submitted=None, opinion=None)
