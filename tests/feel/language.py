"""What the tests of FEEL share: evaluate a text, with a clock that stands still, and see the warnings."""

from datetime import datetime
from zoneinfo import ZoneInfo

from engine.feel import Environment, compile_expression

NOON = datetime(2022, 8, 10, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STILL = Environment(now=lambda: NOON)


def value(text: str, /, **variables: object) -> object:
    """Give the value of an expression."""
    return compile_expression(text, variables).evaluate(variables, STILL)


def warnings(text: str, /, **variables: object) -> list[str]:
    """Give what an evaluation warns of."""
    heard: list[str] = []
    compile_expression(text, variables).evaluate(variables, Environment(now=lambda: NOON, warn=heard.append))
    return heard


def identical(text: str, expected: str) -> bool:
    """Say whether two expressions give the same value of the same kind."""
    return value(f"string({text})") == value(f"string({expected})") and type(value(text)) is type(value(expected))
