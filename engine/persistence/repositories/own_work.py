"""A person's open work in the order it is due, however much waits elsewhere.

Each login and each group has its own stretch of an index; a page reads only the first rows of each, a count only as many
as it takes to say that there are very many.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, false, func, literal_column, select, true, union, union_all

from engine.persistence.kept_out import NAMES, open_to
from engine.persistence.models.tasks import TaskCandidate, UserTask

_task, _candidate = UserTask.__table__, TaskCandidate.__table__
_other = _candidate.alias("other")
# written out: with a parameter SQLite plans anew at each execution, to see whether the index of open tasks fits
OPEN: ColumnElement[str] = literal_column("'open'")
MOST = 1000
_SIGNATURES = {"todo": (False,), "to_sign": (True,), "overdue": (False, True), "today": (False,)}
TABS = tuple(_SIGNATURES)


@cache
def page(tab: str, logins: int, names: int) -> Select[Any]:
    """Give the keys of one page of a tab, for so many logins and names; ``reach`` is how far the page goes."""
    parts = [part.order_by(*in_order(part.selected_columns)).limit(bindparam("reach")) for part in _parts(tab, logins, names)]
    found = union(*(select(part.subquery()) for part in parts)).subquery()
    return select(found.c.id).order_by(*in_order(found.c)).limit(bindparam("size")).offset(bindparam("skipped"))


def count(tab: str, logins: int, names: int) -> Select[Any]:
    """Count a tab; ``MOST`` stands for that many or more.

    The first rows that come, in the order of the index, are counted. Only where so many of them speak of the same few tasks
    that it stays open whether ``MOST`` are reached, each part is read as far as that.
    """
    most: ColumnElement[int] = bindparam("most")
    found = [part.order_by(*in_order(part.selected_columns)).limit(most).subquery() for part in _parts(tab, logins, names)]
    keys = [select(part.c.id) for part in found]
    first = union_all(*keys).limit(most).subquery()
    quick = select(func.count().label("rows"), func.count(first.c.id.distinct()).label("tasks")).select_from(first).subquery()
    each = union(*keys).subquery()
    whole = select(func.count()).select_from(select(each.c.id).limit(most).subquery()).scalar_subquery()
    return select(case((quick.c.rows < most, quick.c.tasks), (quick.c.tasks >= most, quick.c.tasks), else_=whole))


def in_order(columns: Any) -> list[ColumnElement[Any]]:
    """Give the order of work: the nearest deadline first, then what is urgent, then what came first."""
    return [columns.due_at.nulls_last(), columns.priority.desc(), columns.at, columns.id]


def facts(logins: list[str], names: list[str]) -> dict[str, Any]:
    """Fill in whose work it is."""
    given = {"login": logins, "name": names}
    return {f"{kind}{place}": value for kind, values in given.items() for place, value in enumerate(values)} | {"most": MOST}


def _parts(tab: str, logins: int, names: int) -> Iterator[Select[Any]]:
    for unsigned in _SIGNATURES[tab]:
        for place in range(logins):
            own = _task.c.assignee == bindparam(f"login{place}"), _task.c.state == OPEN
            part = _part(_task, _task.c.id).where(*own, open_to(_task.c.instance_id, NAMES))
            yield part.where(_task.c.unsigned == _literal(unsigned), *_due(tab, _task.c.due_at))
        for place in range(names):
            offered = _candidate.c.name == bindparam(f"name{place}"), _candidate.c.waiting == true()
            # the task has the last word: what somebody finished at once stays here until the house is kept
            free = _task.c.id == _candidate.c.task_id, _task.c.state == OPEN, _task.c.assignee.is_(None)
            part = _part(_candidate, _candidate.c.task_id).where(
                *offered, _candidate.c.unsigned == _literal(unsigned), exists().where(*free)
            )
            yield part.where(*_due(tab, _candidate.c.due_at), ~_kept_out(), open_to(_candidate.c.instance_id, NAMES))


def _part(table: Any, key: Any) -> Select[Any]:
    return select(key.label("id"), table.c.due_at, table.c.priority, table.c.created_at.label("at"))


def _literal(flag: bool) -> ColumnElement[bool]:
    return true() if flag else false()


def _kept_out() -> ColumnElement[bool]:
    names = _other.c.name.in_(bindparam("kept_out", expanding=True))
    return exists().where(_other.c.task_id == _candidate.c.task_id, names)


def _due(tab: str, due_at: Any) -> list[ColumnElement[bool]]:
    if tab == "overdue":
        return [due_at < bindparam("now")]
    return [due_at >= bindparam("midnight"), due_at < bindparam("next_midnight")] if tab == "today" else []
