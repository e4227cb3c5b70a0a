"""Open sessions: who is signed in, through which post, and when they were last seen."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, insert, or_, select, update

from engine.persistence.identity_records import PostRow, SessionRow
from engine.persistence.models.identity import Person, Post, Role, SignInSession, Unit
from engine.persistence.repositories.base import Repository
from engine.persistence.repositories.people import JOINED_POST, POST_ROLE, as_post, held_on
from engine.persistence.repositories.stand_ins import lent_to

_session = SignInSession.__table__
_person = Person.__table__
_post = Post.__table__
_unit = Unit.__table__
_role = Role.__table__
_OWN = [_session.c[name] for name in ("id", "login", "post_id", "created_at", "seen_at")]
_WHO = [_person.c.name, _person.c.title.label("person_title"), _person.c.must_change, _person.c.active]
_LENT = lent_to(_session.c.login).correlate(_session)
_OPEN = (
    select(*_OWN, *_WHO, *JOINED_POST)
    .select_from(
        _session.join(_person, _person.c.login == _session.c.login)
        .outerjoin(_post, and_(or_(_post.c.login == _session.c.login, _post.c.id.in_(_LENT)), held_on(bindparam("day"))))
        .outerjoin(_unit, _unit.c.code == _post.c.unit)
        .outerjoin(_role, POST_ROLE)
    )
    .where(_session.c.id == bindparam("id"), _session.c.ended_at.is_(None))
    .order_by(_post.c.login != _session.c.login, _post.c.position, _post.c.id)
)
_SIZE = len(_OWN) + len(_WHO)


class Sessions(Repository):
    """Sessions by the digest of their token."""

    def add(self, row: Mapping[str, object]) -> None:
        """Write a new session."""
        self._connection.execute(insert(_session), row)

    def open(self, session_id: str, day: date) -> tuple[SessionRow, list[PostRow]] | None:
        """Give a session that has not ended, and the posts its person holds or is lent on a day, own ones first."""
        rows = self._connection.execute(_OPEN, {"id": session_id, "day": day}).all()
        if not rows:
            return None
        posts = [as_post(row[_SIZE:]) for row in rows if row[_SIZE] is not None]
        return SessionRow(*rows[0][:_SIZE]), posts

    def seen(self, session_id: str, at: datetime) -> None:
        """Note that somebody was here."""
        self._connection.execute(update(_session).where(_session.c.id == session_id).values(seen_at=at))

    def choose_post(self, session_id: str, post_id: UUID) -> None:
        """Act through another post from now on."""
        self._connection.execute(update(_session).where(_session.c.id == session_id).values(post_id=post_id))

    def end(self, session_id: str, at: datetime) -> None:
        """End one session."""
        self._connection.execute(update(_session).where(_session.c.id == session_id).values(ended_at=at))

    def end_all(self, login: str, at: datetime, besides: str = "") -> int:
        """End the sessions of a person, but not *besides*; say how many there were."""
        open_ones = and_(_session.c.login == login, _session.c.ended_at.is_(None), _session.c.id != besides)
        return self._connection.execute(update(_session).where(open_ones).values(ended_at=at)).rowcount
