"""What a pack declares beside its processes and forms: who takes part, which deadlines hold, what its pages show."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Literal, TypeVar

from engine.calendar import Calendar
from engine.errors import EngineError
from engine.feel import Function
from engine.packs.board import Board, Filter
from engine.packs.figures import Indicator
from engine.packs.kept import NO_NAMES, Cited, Dates, Names
from engine.packs.public import NotPublic, Portal

T = TypeVar("T")
NO_DATES = Dates()
Day = date

Row = dict[str, str]
APART = frozenset({"administer_identity", "grant_posts", "audit"})
"""Rights over accounts, over rights, and over their audit: whoever has one of these has none of the others."""
Scope = Literal["own", "territory", "line", "all", "accounts"]
Light = Literal["normal", "near", "over"]
SlaUnit = Literal["natural_days", "working_days", "months", "fixed"]
LadderKind = Literal["remind", "urge", "order"]


class PackLacks(EngineError):
    """The pack {pack} has no {kind} called {name}."""


class PackNotFound(EngineError):
    """There is no pack called {name} here. Packs found: {found}."""


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing wrong with a pack: the file, the key or row in it, and what to do.

    *template* is English and the key in the catalogues, *facts* fill it in; *column* names the cell of a row.
    """

    file: str
    place: str
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    column: str = ""

    @property
    def message(self) -> str:
        """Give the English words."""
        return self.template.format(**self.facts) if self.facts else self.template

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.message}" if self.place else f"{self.file}: {self.message}"


class PackRefused(EngineError):
    """The pack cannot be used: {problems}"""

    def __init__(self, problems: Sequence[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems="; ".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Lights:
    """From how many remaining working days on a deadline is fine, and the words for it."""

    normal_above: int = 3
    due_day: Light = "near"
    normal: str = "正常"
    near: str = "临期"
    over: str = "超期"

    def word(self, light: Light) -> str:
        """Give the word that stands beside the colour."""
        return {"normal": self.normal, "near": self.near, "over": self.over}[light]


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """A year as it was published: days off besides weekends, and weekend days that are worked."""

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A part people play, how far they see and what else they may do."""

    code: str
    name: str
    scope: Scope
    rights: frozenset[str] = frozenset()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pool:
    """A restricted pool: only posts with one of the *roles* see what is in it."""

    code: str
    name: str
    roles: frozenset[str]
    source: str = ""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that a demonstration offers at its door."""

    login: str
    note: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The people of a pack: names of its reference tables, and the password of a demonstration."""

    units: str
    people: str
    posts: str
    demo_password: str = ""
    demo_accounts: tuple[DemoAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class LadderStep:
    """What happens a number of working days before or after a deadline."""

    offset: int
    kind: LadderKind
    to: tuple[str, ...]
    title: str
    body: str = ""
    message: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sla:
    """A deadline: how it is counted, and the ladder that leads up to it and beyond."""

    code: str
    name: str
    unit: SlaUnit
    amount: int
    roll: bool
    source: str
    enabled: bool = True
    extensions: int = 0
    extension_days: int = 0
    ladder: tuple[LadderStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """How the numbers of one kind of thing are made."""

    series: str
    pattern: str
    per: tuple[str, ...]
    source: str = ""

    def scope(self, facts: Mapping[str, object]) -> str:
        """Name the counter for these facts; raises ``KeyError`` for one that is missing."""
        return "/".join(str(facts[fact]) for fact in self.per)

    def blank(self, facts: Mapping[str, object]) -> str:
        """Give how a number of these facts looks before it is taken: room where the count goes, and for what is not known."""
        parts = string.Formatter().parse(self.pattern)
        return "".join(text + ("" if name is None else str(facts.get(name) or "  ")) for text, name, _, _ in parts)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the campaign; stages are clocks and may overlap."""

    code: str
    name: str
    start: date
    end: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date that every unit, or the campaign once, has to reach; *planned* was its first date, if a *notice* has moved it."""

    code: str
    date: date
    name: str
    short: str
    stage: str
    sla: str = ""
    per: Literal["unit", "campaign"] = "unit"
    source: str = ""
    planned: Day | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """An entry of the left menu and the roles that see it."""

    group: str
    name: str
    kind: Literal["ledger", "documents", "process", "instances", "page"]
    target: str
    view: str = ""
    filter: Filter = field(default_factory=dict)
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A ready sentence for an opinion."""

    text: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything ``pack.toml`` and the reference tables say, checked."""

    key: str
    name: str
    version: str
    issuer: str
    main_process: str
    demo: bool
    demo_clock: datetime | None
    notice: str
    help: str
    contact: str
    ladder_time: time
    lights: Lights
    holidays: tuple[HolidayYear, ...]
    roles: tuple[Role, ...]
    identity: Identity | None
    slas: tuple[Sla, ...]
    numbering: tuple[Series, ...]
    stages: tuple[Stage, ...]
    milestones: tuple[Milestone, ...]
    board: Board | None
    indicators: tuple[Indicator, ...]
    menus: tuple[Menu, ...]
    phrases: tuple[Phrase, ...]
    tables: Mapping[str, tuple[Row, ...]]
    texts: Mapping[str, str] = field(default_factory=dict)
    pools: tuple[Pool, ...] = ()
    portal: Portal | None = None
    dates: Dates = NO_DATES
    names: Names = NO_NAMES
    cited: Cited | None = None

    def role(self, code: str) -> Role:
        """Give the role with this code."""
        return self._get("role", code, {role.code: role for role in self.roles})

    def sla(self, code: str) -> Sla:
        """Give the deadline rule with this code."""
        return self._get("sla", code, {sla.code: sla for sla in self.slas})

    def series(self, name: str) -> Series:
        """Give the numbering series with this name."""
        return self._get("numbering series", name, {series.series: series for series in self.numbering})

    def public(self) -> Portal:
        """Give the public pages, which not every pack has."""
        if self.portal is None:
            raise NotPublic
        return self.portal

    def milestone(self, code: str) -> Milestone:
        """Give the milestone with this code."""
        return self._get("milestone", code, {milestone.code: milestone for milestone in self.milestones})

    def reference(self, table: str) -> list[Row]:
        """Give the rows of a reference table, each its own copy."""
        return [dict(row) for row in self._get("reference table", table, self.tables)]

    def calendar(self) -> Calendar:
        """Give the working-day calendar with the pack's own years in it."""
        return _calendar(self.holidays)

    def functions(self) -> dict[str, Any]:
        """Give what the pack adds to FEEL: ``reference("table")``, null for a table it does not have."""
        # rows of text are FEEL values as they are: nothing is looked through at each call
        tables: dict[str, object] = {name: list(rows) for name, rows in self.tables.items()}
        return {"reference": Function("reference", ["table"], lambda asked, _run: tables.get(str(asked[0])))}

    def indicator(self, code: str) -> Indicator:
        """Give the indicator with this code."""
        return self._get("indicator", code, {indicator.code: indicator for indicator in self.indicators})

    def indicators_for(self, role: str) -> tuple[Indicator, ...]:
        """Give the indicators this role sees, in order."""
        return tuple(indicator for indicator in self.indicators if not indicator.roles or role in indicator.roles)

    def menus_for(self, role: str) -> tuple[Menu, ...]:
        """Give the menu entries this role sees, in order."""
        return tuple(menu for menu in self.menus if not menu.roles or role in menu.roles)

    def phrases_for(self, role: str) -> tuple[str, ...]:
        """Give the ready sentences offered to this role."""
        return tuple(phrase.text for phrase in self.phrases if not phrase.roles or role in phrase.roles)

    def _get(self, kind: str, name: str, known: Mapping[str, T]) -> T:
        if name not in known:
            raise PackLacks(pack=self.key, kind=kind, name=name)
        return known[name]


@lru_cache(maxsize=32)
def _calendar(years: tuple[HolidayYear, ...]) -> Calendar:
    return Calendar({year.year: (year.holidays, year.workdays) for year in years})
