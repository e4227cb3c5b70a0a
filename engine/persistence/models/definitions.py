"""What was deployed: files as they were, and the versions of processes, decisions and forms read from them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant, Json


class Deployment(Base):
    """One accepted hand-in of a pack's files.

    *folder* names the contents of the pack's folder that it takes into account, by path and hash; *change_id* is the
    change an editor made in the browser, where it came from there.
    """

    __tablename__ = "deployment"
    __table_args__ = (UniqueConstraint("pack", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pack: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    sha256: Mapped[str]
    deployed_at: Mapped[datetime] = mapped_column(Instant)
    deployed_by: Mapped[str]
    folder: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    change_id: Mapped[UUID | None] = mapped_column(ForeignKey("change.id"))


class Content(Base):
    """The bytes of a file, kept once per hash."""

    __tablename__ = "content"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Resource(Base):
    """A file of a deployment under its path inside the pack."""

    __tablename__ = "resource"
    __table_args__ = (UniqueConstraint("deployment_id", "path"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployment.id"))
    path: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("content.sha256"))


class Definition(Base):
    """A version of a process; instances stay on the version they were started with."""

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("process_id", "version"), Index("ix_definition_active", "process_id", "active"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    process_id: Mapped[str]
    version: Mapped[int]
    version_tag: Mapped[str | None]
    name: Mapped[str]
    pack: Mapped[str]
    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployment.id"))
    path: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("content.sha256"))
    active: Mapped[bool]
    startable_by: Mapped[list[str]] = mapped_column(Json)
    start_form_id: Mapped[str | None]
    documentation: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)


class Decision(Base):
    """A version of a decision."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("decision_id", "version"), Index("ix_decision_active", "decision_id", "active"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[str]
    version: Mapped[int]
    name: Mapped[str]
    pack: Mapped[str]
    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployment.id"))
    path: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("content.sha256"))
    active: Mapped[bool]


class Form(Base):
    """A version of a form; finished tasks are shown with the version they were filled in."""

    __tablename__ = "form"
    __table_args__ = (UniqueConstraint("form_id", "version"), Index("ix_form_active", "form_id", "active"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    form_id: Mapped[str]
    version: Mapped[int]
    pack: Mapped[str]
    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployment.id"))
    path: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("content.sha256"))
    active: Mapped[bool]
