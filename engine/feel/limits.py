"""Bounds that keep hostile or mistaken expressions from hanging or exhausting the process."""

from engine.feel.errors import FeelError

TEXT_LENGTH = 100_000
NESTING = 60
CALL_DEPTH = 100
STEPS = 3_000_000
LIST_LENGTH = 200_000
STRING_LENGTH = 200_000
DATA_DEPTH = 60
PATTERN_LENGTH = 1_000
PATTERN_SECONDS = 0.5


class Meter:
    """Counts the work of one evaluation and stops it when it is used up."""

    __slots__ = ("depth", "steps")

    def __init__(self, steps: int = STEPS) -> None:
        self.steps = steps
        self.depth = 0

    def spend(self, steps: int) -> None:
        """Take *steps* from what is left."""
        self.steps -= steps
        if self.steps < 0:
            raise FeelError("The expression needs too many steps")


def bounded_list(items: list[object], meter: Meter) -> list[object]:
    """Refuse a list that is too long, and charge for building it."""
    if len(items) > LIST_LENGTH:
        raise FeelError("A list may have at most {limit} items", limit=LIST_LENGTH)
    meter.spend(len(items))
    return items


def bounded_text(text: str) -> str:
    """Refuse a text that is too long."""
    if len(text) > STRING_LENGTH:
        raise FeelError("A text may have at most {limit} characters", limit=STRING_LENGTH)
    return text
