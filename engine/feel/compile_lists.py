"""Closures for lists, contexts, ranges, filters and iterations."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from engine.feel.calendar_days import DATES, from_ordinal, ordinal
from engine.feel.comparison import order_key
from engine.feel.errors import FeelError, Undefined
from engine.feel.kinds import kind
from engine.feel.limits import LIST_LENGTH
from engine.feel.numbers import index_of
from engine.feel.ranges import Range
from engine.feel.scope import Code, Scope

Domain = tuple[str, Code, Code | None]


class Loop(NamedTuple):
    """Iterators, what is evaluated for every combination, what that costs, and whether it reads ``partial``."""

    domains: list[Domain]
    body: Code
    weight: int
    looks_back: bool


_NUMBERS = (int, Decimal)


def list_of(items: list[Code]) -> Code:
    """Compile a list literal."""
    return lambda scope: [item(scope) for item in items]


def context(entries: list[tuple[str, Code]]) -> Code:
    """Compile a context literal; a name that occurs twice makes it null."""
    if len({name for name, _ in entries}) < len(entries):
        return lambda scope: scope.run.warn("The context has two entries of one name")

    def build(scope: Scope) -> object:
        values: dict[str, object] = {}
        inner = scope.inner(values)
        for name, value in entries:
            values[name] = value(inner)
        return values

    return build


def range_of(start: Code, end: Code, start_included: bool, end_included: bool) -> Code:
    """Compile a range; endpoints without a common order make it null."""

    def build(scope: Scope) -> object:
        low, high = start(scope), end(scope)
        if low is not None and high is not None:
            first, last = order_key(low), order_key(high)
            if first is None or last is None or first[0] != last[0]:
                scope.run.warn(f"There is no range from {kind(low)} to {kind(high)}")
                return None
        return Range(low, high, start_included and low is not None, end_included and high is not None)

    return build


def filtered(base: Code, condition: Code, weight: int) -> Code:
    """Compile a filter; a number selects the item at that place, counted from the end when negative."""

    def select(scope: Scope) -> object:
        value = base(scope)
        items = value if type(value) is list else [] if value is None else [value]
        scope.run.meter.spend(1 + weight * len(items))
        if not items:
            return None if type(condition(scope)) in _NUMBERS else []
        chosen = []
        for item in items:
            verdict = condition(item_scope(item, scope))
            if verdict is True:
                chosen.append(item)
            elif type(verdict) in _NUMBERS:
                return _item_at(items, verdict, scope)
        return chosen

    return select


def item_scope(item: object, scope: Scope) -> Scope:
    """Open the scope of one item: ``item``, and its entries when it is a context."""
    inner = scope.inner({"item": item})
    return inner.inner(item) if type(item) is dict else inner


def _item_at(items: list[object], place: object, scope: Scope) -> object:
    index = index_of(place)
    if index is None or index == 0 or abs(index) > len(items):
        scope.run.warn(f"A list of {len(items)} items has none at {place}")
        return None
    return items[index - 1 if index > 0 else index]


def iteration(loop: Loop) -> Code:
    """Compile ``for``."""

    def run(scope: Scope) -> object:
        results: list[object] = []

        def collect(inner: Scope) -> bool:
            scope.run.meter.spend(loop.weight)
            if loop.looks_back:
                scope.run.meter.spend(len(results) // 64)
                inner = inner.inner({"partial": list(results)})
            results.append(loop.body(inner))
            if len(results) > LIST_LENGTH:
                raise FeelError("A list may have at most {limit} items", limit=LIST_LENGTH)
            return True

        return results if _guarded(loop.domains, scope, collect) else None

    return run


def quantified(loop: Loop, decisive: bool) -> Code:
    """Compile ``some`` (a true answer is decisive) and ``every`` (a false one is)."""

    def run(scope: Scope) -> object:
        verdict: bool | None = not decisive

        def ask(inner: Scope) -> bool:
            nonlocal verdict
            scope.run.meter.spend(loop.weight)
            answer = loop.body(inner)
            if answer is decisive:
                verdict = decisive
            elif answer is not (not decisive):
                verdict = None
            return answer is not decisive

        return verdict if _guarded(loop.domains, scope, ask) else None

    return run


def _guarded(domains: list[Domain], scope: Scope, visit: Callable[[Scope], bool]) -> bool:
    """Visit every combination; say whether there was something to run over."""
    try:
        _visit(domains, 0, scope, visit)
    except Undefined as error:
        scope.run.warn(str(error))
        return False
    return True


def _visit(domains: list[Domain], place: int, scope: Scope, visit: Callable[[Scope], bool]) -> bool:
    """Visit the combinations from one iterator on, until a visit says that it has seen enough."""
    name, domain, until = domains[place]
    last = place == len(domains) - 1
    for value in _items(domain(scope), until(scope) if until else None, until is not None, scope):
        inner = scope.inner({name: value})
        if not (visit(inner) if last else _visit(domains, place + 1, inner, visit)):
            return False
    return True


def _items(value: object, until: object, spans: bool, scope: Scope) -> Sequence[object]:
    if spans:
        items = _span(value, until)
    elif type(value) is Range:
        items = _of_range(value)
    elif value is None:
        raise Undefined("There is nothing to iterate over")
    else:
        items = value if type(value) is list else [value]
    scope.run.meter.spend(1 + len(items))
    return items


def _span(first: object, last: object) -> Sequence[object]:
    """List the numbers or dates from one to the other, upwards or downwards."""
    if type(first) in DATES and type(last) in DATES:
        return [from_ordinal(day) for day in _count(ordinal(first), ordinal(last))]  # type: ignore[arg-type]
    low, high = index_of(first), index_of(last)
    if low is None or high is None:
        raise Undefined(f"One cannot count from {kind(first)} to {kind(last)}")
    return _count(low, high)


def _count(first: int, last: int) -> range:
    if abs(last - first) >= LIST_LENGTH:
        raise FeelError("A list may have at most {limit} items", limit=LIST_LENGTH)
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def _of_range(interval: Range) -> Sequence[object]:
    if interval.operator or interval.start is None or interval.end is None:
        raise Undefined("A range without two ends cannot be iterated over")
    if order_key(interval.start) > order_key(interval.end):  # type: ignore[operator]
        return []
    items = _span(interval.start, interval.end)
    return items[0 if interval.start_included else 1 : None if interval.end_included else -1]
