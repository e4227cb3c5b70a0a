"""Reasons for declining: one class per reason, its docstring is the message a person reads.

The docstring is an English template and the key in the catalogues; ``facts`` fill it in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal


class EngineError(Exception):
    """The engine understood the request and declined it."""

    kind: ClassVar[Literal["refused", "missing", "forbidden", "conflict", "often", "away"]] = "refused"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.template().format(**facts))

    @classmethod
    def template(cls) -> str:
        """Give the message with its placeholders, the key under which catalogues translate it."""
        return (cls.__doc__ or "").strip()


def plain_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Give the facts of a message as they can be stored: numbers and text."""
    return {name: value if isinstance(value, int | float | None) else str(value) for name, value in facts.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a file: where it is and what to do instead.

    *template* is the English sentence and the key in the catalogues, *facts* fill it in.
    A sentence without facts stands as it is.
    """

    file: str
    element: str | None
    line: int
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Give the English sentence."""
        return self.template.format(**self.facts) if self.facts else self.template

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" + (f" {self.element}" if self.element else "")
        return f"{where}: {self.message}"
