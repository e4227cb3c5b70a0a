"""What a pack shows and asks of people who do not sign in: forms to begin with, records to follow, lists, look-ups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from engine.errors import EngineError
from engine.packs.board import Filter


class NotPublic(EngineError):
    """There is no such page here."""

    kind = "missing"


@dataclass(frozen=True, slots=True)
class PublicColumn:
    """A column that everybody may see, under its public name."""

    id: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class PublicStart:
    """A process that everybody may begin: its form and what is said before it."""

    code: str
    process: str
    name: str
    record: str
    form: str = ""
    note: str = ""
    scope: str = ""
    privacy: str = ""
    hint: str = ""
    after: str = ""
    phone: str = ""
    moment: str = ""
    channel: str = ""
    external: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    most_files: int = 5
    largest_file: int = 20
    per_phone: int = 5
    per_address: int = 20


@dataclass(frozen=True, slots=True)
class PublicStep:
    """A stage of the time line and the business states that belong to it; one *aside* shows only where it was reached."""

    name: str
    states: frozenset[str]
    aside: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """An issued paper that may be downloaded, by the id of its document."""

    document: str
    name: str


@dataclass(frozen=True, slots=True)
class PublicAction:
    """What whoever filed can do later: a form and the message it sends to whoever waits for it under the record's number."""

    code: str
    name: str
    form: str
    message: str
    note: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class PhoneBook:
    """The reference table that has the office phone of each unit."""

    table: str
    unit: str
    phone: str


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """What whoever has number, code and the end of the phone number sees of a ledger's row."""

    code: str
    name: str
    ledger: str
    number: str
    secret: str
    columns: tuple[PublicColumn, ...]
    steps: tuple[PublicStep, ...]
    clocks: tuple[str, ...] = ()
    phone: str = ""
    unit: str = ""
    phones: PhoneBook | None = None
    papers: tuple[PublicPaper, ...] = ()
    actions: tuple[PublicAction, ...] = ()
    note: str = ""

    def action(self, code: str) -> PublicAction:
        """Give an action by its code."""
        return _found(self.actions, code)


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list that is published: rows of a ledger that fit a filter, or a reference table; the first column heads each entry."""

    code: str
    name: str
    columns: tuple[PublicColumn, ...]
    note: str = ""
    ledger: str = ""
    table: str = ""
    view: str = ""
    filter: Filter = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LookUp:
    """A ledger that everybody may ask for one row by its exact key."""

    code: str
    name: str
    ledger: str
    columns: tuple[PublicColumn, ...]
    label: str
    note: str = ""
    missing: str = ""
    per_address: int = 60


Listed = TypeVar("Listed", PublicStart, PublicRecord, PublicList, LookUp, PublicAction)


@dataclass(frozen=True, slots=True)
class Portal:
    """The public pages of a pack; whoever begins something there acts for *unit* under the name *starter*."""

    title: str
    unit: str
    starter: str
    host: str
    operator: str = ""
    phone: str = ""
    site_code: str = ""
    icp: str = ""
    police: str = ""
    statement: str = ""
    starts: tuple[PublicStart, ...] = ()
    records: tuple[PublicRecord, ...] = ()
    lists: tuple[PublicList, ...] = ()
    lookups: tuple[LookUp, ...] = ()

    def start(self, code: str) -> PublicStart:
        """Give what can be begun, by its code."""
        return _found(self.starts, code)

    def record(self, code: str) -> PublicRecord:
        """Give what can be followed, by its code."""
        return _found(self.records, code)

    def list(self, code: str) -> PublicList:
        """Give a published list by its code."""
        return _found(self.lists, code)

    def lookup(self, code: str) -> LookUp:
        """Give a look-up by its code."""
        return _found(self.lookups, code)


def _found(listed: Sequence[Listed], code: str) -> Listed:
    found = next((one for one in listed if one.code == code), None)
    if found is None:
        raise NotPublic
    return found
