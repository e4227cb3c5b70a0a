"""Who takes part: units in official order, people, the posts they hold, the roles of the packs, and open sessions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant, Json


class Unit(Base):
    """An organisation; *path* and *line_path* are the codes from the top down to it, so that a subtree is one comparison."""

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_position", "position"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    short_name: Mapped[str]
    type: Mapped[str]
    level: Mapped[str]
    parent: Mapped[str | None] = mapped_column(ForeignKey("unit.code", deferrable=True, initially="DEFERRED"), index=True)
    line_parent: Mapped[str | None] = mapped_column(ForeignKey("unit.code", deferrable=True, initially="DEFERRED"))
    is_vertical: Mapped[bool]
    domains: Mapped[list[str]] = mapped_column(Json)
    position: Mapped[int]
    path: Mapped[str] = mapped_column(index=True)
    line_path: Mapped[str] = mapped_column(index=True)
    active: Mapped[bool]
    pack: Mapped[str | None]
    edited: Mapped[bool]
    successor: Mapped[str | None]


class UnitName(Base):
    """A name a unit bore until it was renamed."""

    __tablename__ = "unit_name"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    name: Mapped[str]
    short_name: Mapped[str]
    until: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[str]
    reason: Mapped[str]


class Person(Base):
    """Somebody who can sign in; moments here are real ones, not the engine's clock."""

    __tablename__ = "person"

    login: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    phone: Mapped[str]
    position: Mapped[int]
    active: Mapped[bool]
    password_hash: Mapped[str | None]
    must_change: Mapped[bool]
    failures: Mapped[int]
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    password_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_in_at: Mapped[datetime | None] = mapped_column(Instant)
    pack: Mapped[str | None]
    edited: Mapped[bool]


class Role(Base):
    """A role as its pack declares it: how far it sees, what it may do."""

    __tablename__ = "role"

    pack: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    scope: Mapped[str]
    rights: Mapped[list[str]] = mapped_column(Json)
    position: Mapped[int]


class Post(Base):
    """A person plays a role in a unit, for a campaign, from one day to another."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("login", "unit", "role", "campaign", "valid_from"),
        Index("ix_post_group", "unit", "role"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(ForeignKey("person.login"), index=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    role: Mapped[str]
    campaign: Mapped[str]
    title: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    position: Mapped[int]
    edited: Mapped[bool]


class AskedPost(Base):
    """A post that one administrator asked for and another has not decided on yet."""

    __tablename__ = "asked_post"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(ForeignKey("person.login"), index=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    role: Mapped[str]
    campaign: Mapped[str]
    title: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    asked_by: Mapped[str]
    asked_by_name: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(Instant)


class Phrase(Base):
    """A ready sentence that a person keeps for opinions."""

    __tablename__ = "phrase"
    __table_args__ = (UniqueConstraint("login", "text"), Index("ix_phrase_list", "login", "position"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(ForeignKey("person.login"))
    text: Mapped[str]
    position: Mapped[int]


class StandIn(Base):
    """Somebody acts in another person's post from one day to another, on that person's behalf."""

    __tablename__ = "stand_in"
    __table_args__ = (Index("ix_stand_in_deputy", "deputy", "valid_to"), Index("ix_stand_in_post", "post_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("post.id"))
    deputy: Mapped[str] = mapped_column(ForeignKey("person.login"))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    reason: Mapped[str]
    granted_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class SignInSession(Base):
    """A browser that is signed in; only a digest of its token is kept. All moments are real ones."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(ForeignKey("person.login"), index=True)
    post_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    remote: Mapped[str]
    agent: Mapped[str]
