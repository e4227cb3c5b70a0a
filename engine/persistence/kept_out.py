"""The one condition that keeps a matter from somebody: in every question about instances, tasks, rows, files and messages.

A reader goes by names: ``user:<login>``, ``unit:<code>``, and ``pool:<pack>/<code>`` for each restricted pool the post is not in.
An instance is hidden from whoever has a name that anything in its root's family keeps out. The engine itself has no names.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, or_, select, true

from engine.persistence.models.kept_out import KeptOut
from engine.persistence.models.runtime import ProcessInstance

_kept, _instance = KeptOut.__table__, ProcessInstance.__table__
NAMES: BindParameter[list[str]] = bindparam("kept_out_names", expanding=True)


def open_to(instance_id: ColumnElement[Any], names: Collection[str] | BindParameter[list[str]]) -> ColumnElement[bool]:
    """Say, as a condition, that what belongs to the instance in this column is not kept from a reader with *names*.

    What belongs to no instance is nobody's matter. A statement built once takes ``NAMES``, and the names when it is executed.
    """
    if not isinstance(names, BindParameter) and not names:
        return true()
    return or_(instance_id.is_(None), instance_id.not_in(hidden(names)))


def hidden(names: Collection[str] | BindParameter[list[str]]) -> Select[Any]:
    """Select the instances that are kept from a reader with *names*: few among many, so a count takes them off."""
    wanted = names if isinstance(names, BindParameter) else sorted(names)
    return select(_instance.c.id).join(_kept, _kept.c.root_id == _instance.c.root_id).where(_kept.c.name.in_(wanted))
