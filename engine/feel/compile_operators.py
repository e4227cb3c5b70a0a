"""Closures for operators and choices."""

import operator as python
from collections.abc import Callable
from decimal import Decimal

from engine.feel import arithmetic as rules
from engine.feel.comparison import compare, equal, member
from engine.feel.kinds import kind
from engine.feel.ranges import unary
from engine.feel.scope import Code, Scope

_DIRECT = frozenset({int, str, Decimal})
_EXACT: dict[str, Callable[[int, int], int]] = {"+": python.add, "-": python.sub, "*": python.mul}
_LIMIT = 10**34
_ORDER: dict[str, Callable[[object, object], bool]] = {
    "<": python.lt,  # type: ignore[dict-item]
    "<=": python.le,  # type: ignore[dict-item]
    ">": python.gt,  # type: ignore[dict-item]
    ">=": python.ge,  # type: ignore[dict-item]
}


def constant(value: object) -> Code:
    """Compile a literal."""
    return lambda scope: value


def arithmetic(first: Code, rest: list[tuple[str, Code]]) -> Code:
    """Compile operators of one rank, applied from left to right."""
    if len(rest) == 1:
        return _pair(rest[0][0], first, rest[0][1])

    def chain(scope: Scope) -> object:
        value = first(scope)
        for operator, operand in rest:
            value = _calculate(operator, value, operand(scope), scope)
        return value

    return chain


def _pair(operator: str, left: Code, right: Code) -> Code:
    exact = _EXACT.get(operator)
    if exact is None:
        return lambda scope: _calculate(operator, left(scope), right(scope), scope)

    def pair(scope: Scope) -> object:
        a, b = left(scope), right(scope)
        if type(a) is int and type(b) is int:
            value = exact(a, b)
            if -_LIMIT < value < _LIMIT:
                return value
        return _calculate(operator, a, b, scope)

    return pair


def _calculate(operator: str, a: object, b: object, scope: Scope) -> object:
    value = rules.calculate(operator, a, b)
    if value is None:
        scope.run.warn(f"{kind(a)} {operator} {kind(b)} has no value")
    elif type(value) is str:
        scope.run.meter.spend(1 + len(value) // 1000)
    return value


def negation(operand: Code) -> Code:
    """Compile the minus sign."""

    def minus(scope: Scope) -> object:
        value = operand(scope)
        result = rules.negate(value)
        if result is None:
            scope.run.warn(f"- {kind(value)} has no value")
        return result

    return minus


def conjunction(operands: list[Code]) -> Code:
    """Compile ``and``: false if anything is, else null if anything is not true."""

    def all_of(scope: Scope) -> object:
        result: bool | None = True
        for operand in operands:
            value = operand(scope)
            if value is False:
                return False
            if value is not True:
                result = None
        return result

    return all_of


def disjunction(operands: list[Code]) -> Code:
    """Compile ``or``: true if anything is, else null if anything is not false."""

    def any_of(scope: Scope) -> object:
        result: bool | None = False
        for operand in operands:
            value = operand(scope)
            if value is True:
                return True
            if value is not False:
                result = None
        return result

    return any_of


def compared(operator: str, left: Code, right: Code) -> Code:
    """Compile a comparison."""
    if operator == "=":
        return _equality(left, right)
    if operator == "!=":
        same = _equality(left, right)
        return lambda scope: _inverted(same(scope))
    return _order(operator, left, right)


def _inverted(value: object) -> bool | None:
    return None if value is None else not value


def _equality(left: Code, right: Code) -> Code:
    def same(scope: Scope) -> object:
        a, b = left(scope), right(scope)
        if type(a) is type(b) and type(a) in _DIRECT:
            return a == b
        result = equal(a, b, scope.run.meter)
        if result is None:
            scope.run.warn(f"{kind(a)} and {kind(b)} cannot be compared")
        return result

    return same


def _order(operator: str, left: Code, right: Code) -> Code:
    direct = _ORDER[operator]

    def ordered(scope: Scope) -> object:
        a, b = left(scope), right(scope)
        if type(a) is type(b) and type(a) in _DIRECT:
            return direct(a, b)
        return _ordered(operator, a, b, scope)

    return ordered


def _ordered(operator: str, a: object, b: object, scope: Scope) -> bool | None:
    order = compare(a, b)
    if order is None:
        scope.run.warn(f"{kind(a)} {operator} {kind(b)} has no value")
        return None
    return _ORDER[operator](order, 0)


def between(value: Code, low: Code, high: Code) -> Code:
    """Compile ``between``."""
    above, below = _order(">=", value, low), _order("<=", value, high)
    return conjunction([above, below])


def inside(value: Code, tests: list[tuple[str, Code]]) -> Code:
    """Compile ``in`` with its alternatives."""

    def passes(scope: Scope) -> object:
        return any_test(value(scope), tests, scope)

    return passes


def any_test(value: object, tests: list[tuple[str, Code]], scope: Scope) -> bool | None:
    """Say whether a value passes one of several tests."""
    result: bool | None = False
    for operator, test in tests:
        passes = one_test(value, operator, test(scope), scope)
        if passes:
            return True
        if passes is None:
            result = None
    return result


def one_test(value: object, operator: str, against: object, scope: Scope) -> bool | None:
    """Say whether a value passes one test."""
    if operator == "in":
        return member(value, against, scope.run.meter)
    if operator in ("=", "!="):
        same = equal(value, against, scope.run.meter)
        return same if operator == "=" else _inverted(same)
    return _ordered(operator, value, against, scope)


def unary_range(operator: str, endpoint: Code) -> Code:
    """Compile a range such as ``(< 10)``."""
    return lambda scope: unary(operator, endpoint(scope))


def choice(condition: Code, yes: Code, no: Code) -> Code:
    """Compile ``if``: everything but true takes the second branch."""
    return lambda scope: yes(scope) if condition(scope) is True else no(scope)
