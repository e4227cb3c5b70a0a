"""Units, people and posts as the engine's nouns handle them: plain values, detached from the database."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An organisation in its place."""

    code: str
    name: str
    short_name: str
    type: str
    level: str
    parent: str | None
    line_parent: str | None
    is_vertical: bool
    domains: list[str]
    position: int
    path: str
    line_path: str
    active: bool
    pack: str | None
    edited: bool
    successor: str | None = None

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return self.path.count("/") - 2


@dataclass(frozen=True, slots=True)
class UnitNameRow:
    """A former name of a unit."""

    id: UUID
    unit: str
    name: str
    short_name: str
    until: datetime
    changed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who can sign in."""

    login: str
    name: str
    title: str
    phone: str
    position: int
    active: bool
    password_hash: str | None
    must_change: bool
    failures: int
    locked_until: datetime | None
    password_at: datetime | None
    signed_in_at: datetime | None
    pack: str | None
    edited: bool


@dataclass(frozen=True, slots=True)
class StandInRow:
    """Who acts for whom in which post, and until when."""

    id: UUID
    post_id: UUID
    deputy: str
    valid_from: date
    valid_to: date
    reason: str
    granted_at: datetime
    revoked_at: datetime | None
    holder: str
    holder_name: str
    deputy_name: str
    unit: str
    role_name: str

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.revoked_at is None and self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True)
class AskedPost:
    """A post that was asked for and waits for somebody else's decision."""

    id: UUID
    login: str
    unit: str
    role: str
    campaign: str
    title: str
    valid_from: date | None
    valid_to: date | None
    asked_by: str
    asked_by_name: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role of a pack."""

    pack: str
    code: str
    name: str
    scope: str
    rights: list[str]
    position: int


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with what is known of its unit and role."""

    id: UUID
    login: str
    unit: str
    role: str
    campaign: str
    title: str
    valid_from: date | None
    valid_to: date | None
    position: int
    edited: bool
    unit_name: str
    unit_short_name: str
    unit_path: str
    unit_line_path: str
    role_name: str
    scope: str
    rights: list[str]

    def holds_on(self, day: date) -> bool:
        """Say whether the post is held on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or self.valid_to >= day)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser that is signed in, and the person behind it."""

    id: str
    login: str
    post_id: UUID | None
    created_at: datetime
    seen_at: datetime
    name: str
    title: str
    must_change: bool
    active: bool
