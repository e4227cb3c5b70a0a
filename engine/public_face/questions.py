"""Questions that a person answers at once and a machine has to understand: plain words, which a screen reader reads too."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.clock import real_now
from engine.forms.validators import narrow

GOOD_FOR, TRIES = timedelta(minutes=20), 3
KINDS = ("plus", "minus", "largest", "after")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a *kind* that the page words, and its *numbers*."""

    kind: str
    numbers: tuple[int, ...]

    @property
    def answer(self) -> int:
        """Give what is right."""
        first, second, *_ = self.numbers
        return {"plus": first + second, "minus": first - second, "largest": max(self.numbers), "after": first + 1}[self.kind]


def ask(kept: dict[str, Any] | None) -> dict[str, Any]:
    """Give the question that was asked and still holds, else a new one, as a draft keeps it."""
    if kept and kept["tries"] < TRIES and real_now() - datetime.fromisoformat(kept["at"]) < GOOD_FOR:
        return kept
    kind = secrets.choice(KINDS)
    low, high = sorted((secrets.randbelow(9) + 1, secrets.randbelow(9) + 10))
    numbers = {"plus": (low, secrets.randbelow(9) + 1), "minus": (high, low), "largest": _different(), "after": (high, 0)}[kind]
    return {"kind": kind, "numbers": list(numbers), "at": real_now().isoformat(), "tries": 0}


def is_right(kept: dict[str, Any] | None, answer: str) -> bool:
    """Say whether an answer is right; each try counts, and what was asked too long ago does not."""
    if kept is None or ask(kept) is not kept:
        return False
    kept["tries"] += 1
    return narrow(answer).strip() == str(Question(kept["kind"], tuple(kept["numbers"])).answer)


def _different() -> tuple[int, ...]:
    pool = list(range(1, 20))
    return tuple(pool.pop(secrets.randbelow(len(pool))) for _ in range(3))
