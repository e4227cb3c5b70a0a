"""Values of a script: literals, FEEL, weighted choices and generated files, the same for the same seed."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from engine.feel import Environment, Expression, to_json
from engine.rehearsal.script import compiled

FileMaker = Callable[[Mapping[str, object]], object]


@cache
def _expression(text: str) -> Expression:
    return compiled(text)


@dataclass(frozen=True, slots=True)
class Teller:
    """Evaluates values for one task; *key* is stable over runs, so that chance falls the same way each time."""

    key: str
    context: Mapping[str, object]
    environment: Environment
    files: FileMaker | None = None

    def of(self, value: object, place: str = "") -> Any:
        """Give what *value* means here."""
        if isinstance(value, str):
            return self.feel(value) if value.startswith("=") else value
        if isinstance(value, date | datetime):
            return value.isoformat()
        if isinstance(value, Mapping):
            return self._table(value, place)
        if isinstance(value, list | tuple):
            return [self.of(item, f"{place}.{number}") for number, item in enumerate(value)]
        return value

    def feel(self, text: str) -> Any:
        """Evaluate an expression; dates and durations come back as ISO text."""
        return to_json(_expression(text).evaluate(self.context, self.environment))

    def number(self, value: object, place: str) -> float:
        """Give a number of days: a number, a range to draw from, a choice or FEEL."""
        if isinstance(value, list | tuple) and len(value) == 2:
            return self.chance(place).uniform(float(value[0]), float(value[1]))
        found = self.of(value, place)
        return self.number(found, place + ".") if isinstance(found, list) else float(found or 0)

    def with_names(self, names: Mapping[str, object]) -> "Teller":
        """Give a teller that knows further names, each evaluated after the ones before it."""
        told = self
        for name, value in names.items():
            context = {**told.context, name: told.of(value, f"let.{name}")}
            told = Teller(self.key, context, self.environment, self.files)
        return told

    def knowing(self, names: Mapping[str, object]) -> "Teller":
        """Give a teller that knows further names with these values."""
        return Teller(self.key, {**self.context, **names}, self.environment, self.files)

    def chance(self, place: str) -> random.Random:
        """Give the dice for one place of the script."""
        return random.Random(f"{self.key}/{place}")  # noqa: S311 chance in a play

    def _table(self, value: Mapping[str, object], place: str) -> Any:
        if "choose" in value:
            choices: Any = value["choose"]
            [picked] = self.chance(place).choices([item[0] for item in choices], [float(item[1]) for item in choices])
            return self.of(picked, place + ".choose")
        if "file" in value and self.files is not None:
            return self.files({name: self.of(item, f"{place}.{name}") for name, item in value.items()})
        return {name: self.of(item, f"{place}.{name}") for name, item in value.items()}
