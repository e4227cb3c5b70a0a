"""Boolean functions, assertions and identity."""

import uuid as python_uuid

from engine.feel.builtins.registry import builtin
from engine.feel.comparison import order_key
from engine.feel.errors import FeelError
from engine.feel.functions import Evaluation
from engine.feel.kinds import kind
from engine.feel.limits import Meter
from engine.feel.text import literal


@builtin("not(negand: Any)")
def negation(value: object) -> bool | None:
    """Give the opposite of a boolean, null for anything else."""
    return not value if isinstance(value, bool) else None


@builtin("is(value1: Any, value2?: Any)")
def identical(run: Evaluation, a: object, b: object = None) -> bool:
    """Say whether two values are the same in kind, value and zone."""
    meter: Meter = run.meter
    if kind(a) != kind(b):
        return False
    left, right = order_key(a), order_key(b)
    return (left, literal(a, meter)) == (right, literal(b, meter))


@builtin("is(value2: Any)")
def identical_to_nothing(value: object) -> bool:
    """Compare a value with a first one that was not given."""
    return value is None


@builtin("get or else(value: Any, default: Any)")
def get_or_else(value: object, default: object) -> object:
    """Give a value, or another one in place of null."""
    return default if value is None else value


@builtin("assert(value: Any, condition: Any)")
def assert_condition(value: object, condition: object) -> object:
    """Give a value if a condition holds, else stop."""
    if condition is not True:
        raise FeelError("An assertion does not hold")
    return value


@builtin("assert(value: Any, condition: Any, cause: string)")
def assert_with_cause(value: object, condition: object, cause: str) -> object:
    """Give a value if a condition holds, else stop with a reason."""
    if condition is not True:
        raise FeelError(cause)
    return value


@builtin("uuid()")
def uuid() -> str:
    """Give a new random identifier."""
    return str(python_uuid.uuid4())
