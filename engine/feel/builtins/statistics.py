"""Functions that take all items of a list together: extremes, sums, averages, quantifiers."""

from collections.abc import Callable

from engine.feel import numbers
from engine.feel.arithmetic import calculate
from engine.feel.builtins.registry import builtin
from engine.feel.comparison import compare
from engine.feel.errors import Undefined
from engine.feel.functions import Evaluation
from engine.feel.kinds import kind
from engine.feel.numbers import CONTEXT, Number

List = list[object]


def _numbers(function: str, items: List) -> list[Number]:
    for item in items:
        if kind(item) != "number":
            raise Undefined(f"{function}: every item must be a number, not a {kind(item)}")
    return items  # type: ignore[return-value]


def _folded(operation: Callable[[Number, Number], Number | None], values: list[Number]) -> Number:
    result = values[0]
    for value in values[1:]:
        step = operation(result, value)
        if step is None:
            raise Undefined("the result is out of range")
        result = step
    return result


def _extreme(function: str, items: List, wanted: int) -> object:
    best: object = None
    for place, item in enumerate(items):
        order = compare(item, best if place else item)
        if order is None:
            raise Undefined(f"{function}: the items cannot be compared")
        if not place or order == wanted:
            best = item
    return best


@builtin("min(list...: list)")
def minimum(run: Evaluation, items: List) -> object:
    """Give the least item."""
    run.meter.spend(len(items))
    return _extreme("min", items, -1)


@builtin("max(list...: list)")
def maximum(run: Evaluation, items: List) -> object:
    """Give the greatest item."""
    run.meter.spend(len(items))
    return _extreme("max", items, 1)


@builtin("sum(list...: list)")
def total(run: Evaluation, items: List) -> object:
    """Add all numbers or durations."""
    run.meter.spend(len(items))
    if items and all(kind(item) == kind(items[0]) != "number" for item in items):
        return _sum_of_durations(items)
    return _folded(numbers.add, _numbers("sum", items)) if items else None


def _sum_of_durations(items: List) -> object:
    if not kind(items[0]).endswith("duration"):
        raise Undefined(f"sum: every item must be a number, not a {kind(items[0])}")
    result = items[0]
    for item in items[1:]:
        result = calculate("+", result, item)
    return result


@builtin("mean(list...: list)")
def mean(run: Evaluation, items: List) -> Number | None:
    """Give the average."""
    run.meter.spend(len(items))
    values = _numbers("mean", items)
    return numbers.divide(_folded(numbers.add, values), len(values)) if values else None


@builtin("product(list...: list)")
def product(run: Evaluation, items: List) -> Number:
    """Multiply all numbers."""
    run.meter.spend(len(items))
    if not items:
        raise Undefined("product: the list is empty")
    return _folded(numbers.multiply, _numbers("product", items))


@builtin("median(list...: list)")
def median(run: Evaluation, items: List) -> Number | None:
    """Give the middle number, or the average of the two in the middle."""
    run.meter.spend(len(items) * 4)
    values = sorted(_numbers("median", items))
    if not values:
        return None
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return numbers.divide(_folded(numbers.add, values[middle - 1 : middle + 1]), 2)


@builtin("stddev(list...: list)")
def stddev(run: Evaluation, items: List) -> Number:
    """Give the standard deviation of a sample."""
    run.meter.spend(len(items) * 4)
    values = _numbers("stddev", items)
    if len(values) < 2:
        raise Undefined("stddev: there must be at least two numbers")
    average = CONTEXT.divide(_folded(numbers.add, values), len(values))
    squares: list[Number] = [CONTEXT.power(CONTEXT.subtract(value, average), 2) for value in values]
    return numbers.integral(CONTEXT.sqrt(CONTEXT.divide(_folded(numbers.add, squares), len(values) - 1)))


@builtin("mode(list...: list)")
def mode(run: Evaluation, items: List) -> list[Number]:
    """List the most frequent numbers."""
    run.meter.spend(len(items) * 4)
    counts: dict[Number, int] = {}
    for value in _numbers("mode", items):
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(value for value, times in counts.items() if times == most)


@builtin("all(list...: list)")
def all_of(run: Evaluation, items: List) -> bool | None:
    """Say whether no item is false."""
    return _quantified(run, "all", items, False)


@builtin("any(list...: list)")
def any_of(run: Evaluation, items: List) -> bool | None:
    """Say whether some item is true."""
    return _quantified(run, "any", items, True)


def _quantified(run: Evaluation, function: str, items: List, decisive: bool) -> bool | None:
    run.meter.spend(len(items))
    if any(item is decisive for item in items):
        return decisive
    for item in items:
        if not isinstance(item, bool) and item is not None:
            raise Undefined(f"{function}: every item must be a boolean, not a {kind(item)}")
    return None if None in items else not decisive
