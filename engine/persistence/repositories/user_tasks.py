"""User tasks by key, and every change two people could try at once as one conditional ``UPDATE``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, exists, func, insert, or_, select, tuple_, update

from engine.persistence.keys import new_key
from engine.persistence.models.identity import Person
from engine.persistence.models.runtime import ProcessInstance
from engine.persistence.models.tasks import Draft, ReadCopy, TaskCandidate, UserTask
from engine.persistence.prepared import Prepared
from engine.persistence.records import Instance, Task, columns_of
from engine.persistence.repositories import candidates
from engine.persistence.repositories.base import Repository, upserts
from engine.persistence.repositories.process_instances import COLUMNS as INSTANCE_COLUMNS
from engine.persistence.repositories.state_parts import StateParts

_task, _candidate, _draft, _copy = UserTask.__table__, TaskCandidate.__table__, Draft.__table__, ReadCopy.__table__
_instance, _person = ProcessInstance.__table__, Person.__table__
_COLUMNS = columns_of(Task, UserTask)
_WIDTH = len(fields(Task))

_GET = Prepared(select(*_COLUMNS).where(_task.c.id == bindparam("id")))
_GET_BOTH = (
    select(*_COLUMNS, *INSTANCE_COLUMNS)
    .join(_instance, _instance.c.id == _task.c.instance_id)
    .where(_task.c.id == bindparam("id"))
)
_FIND_BOTH, _FIND_BOTH_LOCKED = Prepared(_GET_BOTH), Prepared(_GET_BOTH.with_for_update(of=_instance))
_OF_INSTANCE = select(*_COLUMNS).where(_task.c.instance_id == bindparam("instance")).order_by(_task.c.created_at, _task.c.id)
_OF_SOURCE = select(*_COLUMNS).where(_task.c.source_id == bindparam("source"))
_OPENED_AFTER = select(_task.c.id).where(_task.c.state == "open", _task.c.id > bindparam("after")).order_by(_task.c.id)
_CLOSED = (
    "closed_at",
    "completed_by",
    "completed_by_name",
    "completed_post",
    "completed_unit",
    "on_behalf_of",
    "opinion",
    "submitted",
)
_of_element = and_(_task.c.instance_id == bindparam("b_instance"), _task.c.element_key == bindparam("b_element"))
_CLOSE = Prepared(
    update(_task)
    .where(_of_element, _task.c.state == "open")
    .values({"state": bindparam("b_state")} | {name: bindparam(name) for name in _CLOSED})
)
_RESCHEDULE = update(_task).where(_of_element, _task.c.state == "open").values(due_at=bindparam("b_due"))
# whoever gets a task by name is looked up on the way; a name that is known already stays
_NAMED = func.coalesce(
    bindparam("b_name", type_=_task.c.assignee_name.type),
    select(_person.c.name).where(_person.c.login == bindparam("b_login", type_=_person.c.login.type)).scalar_subquery(),
    bindparam("b_login", type_=_person.c.login.type),
)
_PUT = Prepared({name: add.values(assignee_name=_NAMED) for name, add in upserts(_task, ("state", *_CLOSED)).items()})
_OFFER = Prepared(insert(_candidate))
_STALE = delete(_candidate).where(_candidate.c.task_id.in_(select(_task.c.id).where(_task.c.state != "open")))


def offered_to(login: str, groups: Collection[str]) -> ColumnElement[bool]:
    """The condition that a task may be taken by *login* in the post with *groups*."""
    names = [*groups, f"user:{login}"]
    offered = _task.c.id.in_(select(_candidate.c.task_id).where(_candidate.c.name.in_(names)))
    kept_out = exists().where(_candidate.c.task_id == _task.c.id, _candidate.c.name == f"not:{login}")
    return and_(_task.c.assignee.is_(None), offered, ~kept_out)


class UserTasks(Repository):
    """Tasks, and who has them."""

    def find(self, task_id: UUID) -> Task | None:
        """Give a task by key."""
        row = _GET.first(self._connection, id=task_id)
        return None if row is None else Task(*row)

    def find_all(self, task_ids: Collection[UUID]) -> list[Task]:
        """Give tasks by key."""
        here = _task.c.id.in_(task_ids), self._open(_task.c.instance_id)
        query = select(*_COLUMNS).where(*here).order_by(_task.c.id)
        return [Task(*row) for row in self._connection.execute(query)]

    def kinds(self, task_ids: Collection[UUID]) -> dict[UUID, tuple[dict[str, Any], tuple[object, ...]]]:
        """Give what the process says about tasks, and what they have in common with others of their kind."""
        kind = (_task.c.definition_id, _task.c.element_id, _task.c.form_id, _task.c.form_version)
        query = select(_task.c.id, _task.c.properties, *kind).where(_task.c.id.in_(task_ids), self._open(_task.c.instance_id))
        return {row[0]: (row[1], tuple(row[2:])) for row in self._connection.execute(query)}

    def find_with_instance(self, task_id: UUID, lock: bool = False) -> tuple[Task, Instance] | None:
        """Give a task and its instance in one look; *lock* keeps others from changing the instance."""
        query = _FIND_BOTH_LOCKED if lock and not self._on_sqlite else _FIND_BOTH
        row = query.first(self._connection, id=task_id)
        return None if row is None else (Task(*row[:_WIDTH]), StateParts(self._session).instance(row[_WIDTH:]))

    def opened_after(self, task_id: UUID | None) -> list[UUID]:
        """Give the keys of open tasks that came after a task, oldest first; all of them without one."""
        return list(self._connection.execute(_OPENED_AFTER, {"after": task_id or UUID(int=0)}).scalars())

    def find_open(self, instance_id: UUID, element_key: str) -> Task | None:
        """Give the task of a visit."""
        query = select(*_COLUMNS).where(_task.c.instance_id == instance_id, _task.c.element_key == element_key)
        row = self._connection.execute(query).first()
        return None if row is None else Task(*row)

    def put(self, rows: Sequence[Mapping[str, object]], offers: Sequence[Mapping[str, object]]) -> None:
        """Write new tasks and who may take them, and how tasks that were read before ended."""
        _PUT.write(self._connection, [_named(row) for row in rows])
        if offers:
            _OFFER.write(self._connection, offers)

    def close(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Note how the tasks of visits ended."""
        _CLOSE.write(self._connection, rows)

    def reschedule(self, dates: Mapping[tuple[UUID, str], datetime | None]) -> None:
        """Let the open tasks of visits be due at other moments."""
        rows = [{"b_instance": place[0], "b_element": place[1], "b_due": due} for place, due in dates.items()]
        self._connection.execute(_RESCHEDULE, rows)
        here = select(_task.c.id).where(tuple_(_task.c.instance_id, _task.c.element_key).in_(list(dates)))
        self._connection.execute(candidates.repeat(_candidate.c.task_id.in_(here)))

    def forget_candidates(self) -> int:
        """Forget to whom tasks were offered that have ended; nobody sees those, they only take room. Give how many."""
        return self._connection.execute(_STALE).rowcount

    def claim(self, task_id: UUID, login: str, name: str, groups: Collection[str]) -> bool:
        """Put *login* on an offered task unless somebody was faster; say who won."""
        free = and_(_task.c.id == task_id, _task.c.state == "open", offered_to(login, groups))
        return self._assign([task_id], free, {"assignee": login, "assignee_name": name}) == 1

    def release(self, task_id: UUID, login: str) -> bool:
        """Offer a claimed task to its candidates again."""
        mine = and_(_task.c.id == task_id, _task.c.state == "open", _task.c.assignee == login)
        return self._assign([task_id], mine, {"assignee": None, "assignee_name": None}) == 1

    def sign_for(self, task_ids: Collection[UUID], login: str, name: str, groups: Collection[str], at: datetime) -> set[UUID]:
        """Sign for tasks that are mine or offered to me; an offered one becomes mine. Give those that were signed for."""
        mine = or_(_task.c.assignee == login, offered_to(login, groups))
        unsigned = and_(_task.c.state == "open", _task.c.signed_at.is_(None), self._open(_task.c.instance_id))
        waiting = and_(_task.c.id.in_(task_ids), unsigned, mine)
        signed = {"signed_at": at, "signed_by": login, "unsigned": False, "assignee": login, "assignee_name": name}
        done = set(self._connection.execute(update(_task).where(waiting).values(signed).returning(_task.c.id)).scalars())
        self._repeat(done)
        return done

    def hand_over(self, task_id: UUID, from_login: str | None, to_login: str, to_name: str, note: str) -> bool:
        """Put *to_login* on a task that *from_login* (``None``: nobody) still has."""
        had = _task.c.assignee.is_(None) if from_login is None else _task.c.assignee == from_login
        theirs = and_(_task.c.id == task_id, _task.c.state == "open", had)
        return self._assign([task_id], theirs, _given(to_login, to_name, note)) == 1

    def reassign(self, task_ids: Collection[UUID], from_login: str, to_login: str, to_name: str, note: str) -> int:
        """Put *to_login* on those of the tasks that *from_login* still has; say how many."""
        theirs = and_(_task.c.id.in_(task_ids), _task.c.state == "open", _task.c.assignee == from_login)
        return self._assign(task_ids, theirs, _given(to_login, to_name, note))

    def _assign(self, task_ids: Collection[UUID], which: ColumnElement[bool], how: Mapping[str, object]) -> int:
        changed = self._connection.execute(update(_task).where(which).values(how)).rowcount
        if changed:
            self._repeat(task_ids)
        return changed

    def _repeat(self, task_ids: Collection[UUID]) -> None:
        self._connection.execute(candidates.repeat(_candidate.c.task_id.in_(list(task_ids))))

    def withdrawn(self, task_id: UUID) -> None:
        """Note that a finished task was taken back."""
        self._connection.execute(update(_task).where(_task.c.id == task_id).values(state="withdrawn"))

    def open_of_element(self, instance_id: UUID, element_id: str, assignee: str) -> list[UUID]:
        """Give the open tasks of an element that are on somebody's desk."""
        here = (_task.c.instance_id == instance_id) & (_task.c.element_id == element_id)
        query = select(_task.c.id).where(here, _task.c.assignee == assignee, _task.c.state == "open")
        return list(self._connection.execute(query).scalars())

    def who_did(self, root_id: UUID, element_ids: Collection[str]) -> set[str]:
        """Give who completed one of these elements in a root's family, and on whose behalf."""
        query = select(_task.c.completed_by, _task.c.on_behalf_of).join(_instance, _instance.c.id == _task.c.instance_id)
        query = query.where(
            _instance.c.root_id == root_id, _task.c.element_id.in_(list(element_ids)), _task.c.state == "completed"
        )
        return {login for row in self._connection.execute(query) for login in row if login}

    def recuse(self, task: Task, login: str, excluded: Sequence[str], names: Sequence[str], note: str) -> bool:
        """Take a task from *login* for good and offer it by *names*, without *excluded*; say whether it was still there."""
        theirs = or_(_task.c.assignee == login, _task.c.assignee.is_(None))
        free = {"assignee": None, "assignee_name": None, "signed_at": None, "signed_by": None, "unsigned": task.sign_for}
        given = free | {"excluded": list(excluded), "candidates": list(names), "origin": "recusal", "origin_note": note}
        which = and_(_task.c.id == task.id, _task.c.state == "open", theirs)
        if self._connection.execute(update(_task).where(which).values(given)).rowcount != 1:
            return False
        self._connection.execute(delete(_candidate).where(_candidate.c.task_id == task.id))
        rows = [*names, *(f"not:{out}" for out in excluded)]
        self._connection.execute(insert(_candidate), [candidates.offer(asdict(task) | free, name) for name in rows])
        return True

    def of_instance(self, instance_id: UUID) -> list[Task]:
        """Give the tasks of an instance in the order they came."""
        return [Task(*row) for row in self._connection.execute(_OF_INSTANCE, {"instance": instance_id})]

    def brought_about_by(self, task_id: UUID) -> list[Task]:
        """Give the tasks that the completion of *task_id* created."""
        return [Task(*row) for row in self._connection.execute(_OF_SOURCE, {"source": task_id})]

    def open_of_assignee(self, login: str) -> list[Task]:
        """Give everything a person has on the desk."""
        desk = _task.c.assignee == login, _task.c.state == "open", self._open(_task.c.instance_id)
        query = select(*_COLUMNS).where(*desk).order_by(_task.c.due_at)
        return [Task(*row) for row in self._connection.execute(query)]


class Drafts(Repository):
    """What has been typed and not handed in, per person."""

    def put(self, login: str, task_id: UUID | None, process_id: str | None, values: Mapping[str, object], at: datetime) -> None:
        """Keep the newest state of a form."""
        place = _place(login, task_id, process_id)
        changed = self._connection.execute(update(_draft).where(place).values(values=values, saved_at=at)).rowcount
        if not changed:
            row = {
                "id": new_key(),
                "login": login,
                "task_id": task_id,
                "process_id": process_id,
                "values": values,
                "saved_at": at,
            }
            self._connection.execute(insert(_draft), row)

    def find(self, login: str, task_id: UUID | None = None, process_id: str | None = None) -> Row[Any] | None:
        """Give what *login* typed into a task's or a start form."""
        return self._connection.execute(select(_draft).where(_place(login, task_id, process_id))).first()

    def find_for_step(self, login: str, task_id: UUID) -> Row[Any] | None:
        """Give what *login* typed into a task, else into an earlier visit to its step that was called off, not handed in."""
        again = select(_task.c.instance_id, _task.c.element_id).where(_task.c.id == task_id).subquery()
        same = (_task.c.instance_id == again.c.instance_id) & (_task.c.element_id == again.c.element_id)
        off = _task.c.closed_at.is_not(None) & _task.c.completed_by.is_(None)
        query = select(_draft).join(_task, _draft.c.task_id == _task.c.id).join(again, same)
        query = query.where(_draft.c.login == login, or_(_task.c.id == task_id, off))
        return self._connection.execute(query.order_by((_task.c.id == task_id).desc(), _draft.c.saved_at.desc()).limit(1)).first()

    def drop(self, login: str, task_id: UUID | None = None, process_id: str | None = None) -> None:
        """Throw a draft away."""
        self._connection.execute(delete(_draft).where(_place(login, task_id, process_id)))

    def drop_finished(self, before: datetime) -> int:
        """Forget drafts of tasks that were closed before *before*; give how many."""
        finished = select(_task.c.id).where(_task.c.closed_at < before)
        return self._connection.execute(delete(_draft).where(_draft.c.task_id.in_(finished))).rowcount

    def anyone_began(self, task_ids: Collection[UUID]) -> bool:
        """Say whether anybody has typed into one of the tasks."""
        return self._connection.execute(select(_draft.c.id).where(_draft.c.task_id.in_(task_ids)).limit(1)).first() is not None


class ReadCopies(Repository):
    """Copies for information and whether they were read."""

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Send copies."""
        self._connection.execute(insert(_copy), list(rows))

    def mark_read(self, login: str, instance_id: UUID, at: datetime) -> int:
        """Note that *login* has read what was sent about an instance; give how many copies that were."""
        unread = and_(_copy.c.login == login, _copy.c.instance_id == instance_id, _copy.c.read_at.is_(None))
        return self._connection.execute(update(_copy).where(unread).values(read_at=at)).rowcount

    def of_instance(self, instance_id: UUID) -> Sequence[Row[Any]]:
        """Give the copies of an instance with their receipts."""
        here = _copy.c.instance_id == instance_id, self._open(_copy.c.instance_id)
        return self._connection.execute(select(_copy).where(*here).order_by(_copy.c.sent_at)).all()

    def unread(self, login: str) -> int:
        """Count what *login* has not read."""
        unread = _copy.c.login == login, _copy.c.read_at.is_(None), self._open(_copy.c.instance_id)
        query = select(func.count()).select_from(_copy).where(*unread)
        return self._connection.execute(query).scalar_one()


def _named(row: Mapping[str, object]) -> dict[str, object]:
    others = {name: value for name, value in row.items() if name != "assignee_name"}
    unsigned = bool(row["sign_for"]) and row["signed_at"] is None
    return others | {"unsigned": unsigned, "b_name": row["assignee_name"], "b_login": row["assignee"]}


def _given(login: str, name: str, note: str) -> dict[str, object]:
    return {"assignee": login, "assignee_name": name, "signed_at": None, "signed_by": None, "unsigned": _task.c.sign_for,
            "origin": "hand_over", "origin_note": note}  # fmt: skip


def _place(login: str, task_id: UUID | None, process_id: str | None) -> ColumnElement[bool]:
    return and_(_draft.c.login == login, _draft.c.task_id == task_id if task_id else _draft.c.process_id == process_id)
