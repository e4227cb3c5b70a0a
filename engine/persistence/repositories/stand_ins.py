"""Who acts for whom: posts lent for some days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, insert, select, update

from engine.persistence.identity_records import StandInRow
from engine.persistence.models.identity import Person, Post, Role, StandIn
from engine.persistence.repositories.base import Repository
from engine.persistence.repositories.people import POST_ROLE

_stand_in, _post, _role = StandIn.__table__, Post.__table__, Role.__table__
_holder, _deputy = Person.__table__.alias("holder"), Person.__table__.alias("deputy_person")
_OWN = ("id", "post_id", "deputy", "valid_from", "valid_to", "reason", "granted_at", "revoked_at")
_ROWS = (
    select(
        *(_stand_in.c[name] for name in _OWN), _post.c.login, _holder.c.name.label("holder_name"), _deputy.c.name,
        _post.c.unit, func.coalesce(_role.c.name, _post.c.role),
    )
    .select_from(
        _stand_in.join(_post, _post.c.id == _stand_in.c.post_id)
        .join(_holder, _holder.c.login == _post.c.login)
        .join(_deputy, _deputy.c.login == _stand_in.c.deputy)
        .outerjoin(_role, POST_ROLE)
    )
    .order_by(_stand_in.c.valid_from.desc(), _stand_in.c.id)
)  # fmt: skip


def lent_to(login: ColumnElement[str]) -> Select[tuple[UUID]]:
    """Give, as part of a statement, the posts lent to a person on the day of the parameter ``day``."""
    day: BindParameter[date] = bindparam("day")
    held = and_(_stand_in.c.revoked_at.is_(None), _stand_in.c.valid_from <= day, _stand_in.c.valid_to >= day)
    return select(_stand_in.c.post_id).where(_stand_in.c.deputy == login, held)


class StandIns(Repository):
    """Lent posts, present, future and past."""

    def add(self, row: Mapping[str, object]) -> None:
        """Write a new one."""
        self._connection.execute(insert(_stand_in), row)

    def get(self, stand_in_id: UUID) -> StandInRow | None:
        """Give one by its key."""
        return next(iter(self._rows(_stand_in.c.id == stand_in_id)), None)

    def of_holder(self, login: str) -> list[StandInRow]:
        """Give the posts a person has lent."""
        return self._rows(_post.c.login == login)

    def of_deputy(self, login: str) -> list[StandInRow]:
        """Give the posts lent to a person."""
        return self._rows(_stand_in.c.deputy == login)

    def revoke(self, stand_in_id: UUID, at: datetime) -> bool:
        """End one at once; say whether it had not been ended before."""
        open_one = and_(_stand_in.c.id == stand_in_id, _stand_in.c.revoked_at.is_(None))
        return self._connection.execute(update(_stand_in).where(open_one).values(revoked_at=at)).rowcount == 1

    def overlapping(self, post_id: UUID, first: date, last: date) -> list[StandInRow]:
        """Give those of a post that hold on one of these days."""
        return self._rows(
            _stand_in.c.post_id == post_id, _stand_in.c.revoked_at.is_(None),
            _stand_in.c.valid_from <= last, _stand_in.c.valid_to >= first,
        )  # fmt: skip

    def _rows(self, *conditions: ColumnElement[bool]) -> list[StandInRow]:
        rows: Iterable[Sequence[Any]] = self._connection.execute(_ROWS.where(*conditions))
        return [StandInRow(*row) for row in rows]
