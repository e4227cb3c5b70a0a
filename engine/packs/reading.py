"""Reading one TOML table key by key: every wrong, missing or unknown key becomes a problem with its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from engine.packs.board import Filter
from engine.packs.model import PackProblem

_MISSING = object()


@dataclass
class Table:
    """A table of ``pack.toml`` and the problems found in the file so far."""

    values: Mapping[str, object]
    place: str
    problems: list[PackProblem]
    seen: set[str] = field(default_factory=set)

    def problem(self, key: str, template: str, **facts: object) -> None:
        """Note what is wrong with a key."""
        place = f"{self.place}.{key}" if self.place and key else self.place or key
        self.problems.append(PackProblem("pack.toml", place, template, facts, key))

    def text(self, key: str, default: str | None = None, pattern: str = "", hint: str = "") -> str:
        """Read a text; without *default* it must be there and not be blank."""
        value = self._take(key, _MISSING if default is None else default)
        if value is _MISSING:
            return ""
        if not isinstance(value, str):
            self.problem(key, "must be text in quotes")
            return default or ""
        if default is None and not value.strip():
            self.problem(key, "must not be empty")
        elif value and pattern and not re.fullmatch(pattern, value):
            self.problem(key, "{value!r} is not allowed here: {hint}", value=value, hint=hint or pattern)
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """Read one of a few words."""
        value = self.text(key, default)
        if value and value not in choices:
            self.problem(key, "{value!r} is not one of {choices}", value=value, choices=", ".join(choices))
            return choices[0]
        return value or choices[0]

    def integer(self, key: str, default: int | None = None, least: int | None = None) -> int:
        """Read a whole number."""
        value = self._take(key, _MISSING if default is None else default)
        if value is _MISSING:
            return 0
        if not isinstance(value, int) or isinstance(value, bool):
            self.problem(key, "must be a whole number")
            return default or 0
        if least is not None and value < least:
            self.problem(key, "must be at least {least}", least=least)
        return value

    def amount(self, key: str) -> Decimal | None:
        """Read a number exactly as it is written, or nothing."""
        value = self._take(key, None)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return None if value is None else Decimal(str(value))
        self.problem(key, "must be a number")
        return None

    def flag(self, key: str, default: bool = False) -> bool:
        """Read true or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            self.problem(key, "must be true or false")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts; absent means none."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.problem(key, "must be a list of texts")
            return ()
        return tuple(value)

    def day(self, key: str) -> date:
        """Read a date, as TOML has it or as ISO text."""
        value = self._take(key, _MISSING)
        parsed = parse_day(value)
        if parsed is None and value is not _MISSING:
            self.problem(key, "must be a date like 2022-07-25")
        return parsed or date.min

    def moment(self, key: str) -> datetime | None:
        """Read a moment with its zone, or nothing."""
        value = self._take(key, None)
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                value = ""
        if value is None or (isinstance(value, datetime) and value.tzinfo is not None):
            return value
        self.problem(key, "must be a moment with a zone, like 2022-08-10T09:00:00+08:00")
        return None

    def hour(self, key: str, default: time) -> time:
        """Read a time of day."""
        value = self._take(key, default)
        if isinstance(value, time):
            return value
        self.problem(key, "must be a time of day like 08:30:00")
        return default

    def filter(self, key: str) -> Filter:
        """Read which rows of a ledger are meant: column = value or values."""
        value = self._take(key, {})
        if not isinstance(value, dict):
            self.problem(key, 'must be a table like { state = "done" }')
            return {}
        found: dict[str, str | tuple[str, ...]] = {}
        for column, wanted in value.items():
            if isinstance(wanted, str):
                found[column] = wanted
            elif isinstance(wanted, list) and all(isinstance(item, str) for item in wanted):
                found[column] = tuple(wanted)
            else:
                self.problem(f"{key}.{column}", "must be a text or a list of texts")
        return found

    def mapping(self, key: str) -> Mapping[str, object]:
        """Read a table as it stands; absent means empty."""
        value = self._take(key, {})
        if isinstance(value, dict):
            return value
        self.problem(key, "must be a table like { name = value }")
        return {}

    def table(self, key: str) -> "Table | None":
        """Open a table inside this one, if it is there."""
        value = self._take(key, None)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.problem(key, "must be a table [{name}]", name=key)
            return None
        return Table(value, f"{self.place}.{key}" if self.place else key, self.problems)

    def tables(self, key: str, name_key: str) -> Iterator["Table"]:
        """Open every table of an array of tables; *name_key* is what a reader finds it by."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.problem(key, "must be tables [[{name}]]", name=key)
            return
        for number, item in enumerate(value, start=1):
            table = Table(item, f"{self.place}.{key}[{item.get(name_key, number)}]".lstrip("."), self.problems)
            yield table
            table.close()

    def close(self) -> None:
        """Refuse the keys nobody asked for: a misspelt key must not be ignored."""
        for key in self.values.keys() - self.seen:
            self.problem(key, "is not known here; known are: {known}", known=", ".join(sorted(self.seen)))

    def has(self, key: str) -> bool:
        """Say whether the key is there."""
        return key in self.values

    def _take(self, key: str, default: object) -> object:
        self.seen.add(key)
        if key in self.values:
            return self.values[key]
        if default is _MISSING:
            self.problem(key, "is missing")
        return default


def parse_day(value: object) -> date | None:
    """Read a date from what TOML or CSV hold."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
