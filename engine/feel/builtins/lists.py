"""List functions."""

from functools import cmp_to_key

from engine.feel.builtins.conversion import position, whole
from engine.feel.builtins.registry import builtin
from engine.feel.comparison import compare, equal
from engine.feel.errors import Undefined
from engine.feel.functions import Evaluation, Function
from engine.feel.limits import DATA_DEPTH, bounded_list
from engine.feel.numbers import Number
from engine.feel.text import as_text

List = list[object]


@builtin("list contains(list: list, element: Any)")
def list_contains(run: Evaluation, items: List, element: object) -> bool:
    """Say whether an element is in a list."""
    return _find(run, items, element) is not None


def _find(run: Evaluation, items: List, element: object, start: int = 0) -> int | None:
    for place in range(start, len(items)):
        run.meter.spend(1)
        if equal(items[place], element, run.meter) is True:
            return place
    return None


@builtin("count(list: list)")
def count(items: List) -> int:
    """Count the items."""
    return len(items)


@builtin("sublist(list: list, start position: number, length?: number)")
def sublist(items: List, start: Number, length: Number | None = None) -> List:
    """Give a part of a list."""
    first = _place(items, start, "sublist")
    if length is None:
        return items[first:]
    many = position(length)
    if many < 1:
        raise Undefined("sublist: the length must be at least 1")
    return items[first : first + many]


def _place(items: List, number: Number, function: str) -> int:
    place = position(number)
    if place == 0 or abs(place) > len(items):
        raise Undefined(f"{function}: a list of {len(items)} items has none at {place}")
    return place - 1 if place > 0 else len(items) + place


@builtin("append(list: list, item...: Any)")
def append(run: Evaluation, items: List, added: List) -> List:
    """Give a list with more items at its end."""
    return bounded_list(items + added, run.meter)


@builtin("concatenate(list...: Any)")
def concatenate(run: Evaluation, lists: List) -> List:
    """Join lists."""
    return _joined(run, lists, "concatenate")


def _joined(run: Evaluation, lists: List, function: str) -> List:
    result: List = []
    for items in lists:
        if items is None:
            raise Undefined(f"{function}: a list must not be null")
        result.extend(items if isinstance(items, list) else [items])
        bounded_list(result, run.meter)
    return result


@builtin("insert before(list: list, position: number, newItem: Any)")
def insert_before(run: Evaluation, items: List, at: Number, item: object) -> List:
    """Give a list with an item at a place."""
    place = _place(items, at, "insert before")
    return bounded_list([*items[:place], item, *items[place:]], run.meter)


@builtin("remove(list: list, position: number)")
def remove(run: Evaluation, items: List, at: Number) -> List:
    """Give a list without the item at a place."""
    place = _place(items, at, "remove")
    return bounded_list(items[:place] + items[place + 1 :], run.meter)


@builtin("list replace(list: list, position: number, newItem: Any)")
def list_replace(run: Evaluation, items: List, at: Number, item: object) -> List:
    """Give a list with another item at a place."""
    place = _place(items, at, "list replace")
    return bounded_list([*items[:place], item, *items[place + 1 :]], run.meter)


@builtin("list replace(list: list, match: function, newItem: Any)")
def list_replace_matching(run: Evaluation, items: List, match: Function, item: object) -> List:
    """Give a list with another item wherever a function says so."""
    verdicts = [match.invoke([old, item], run) for old in items]
    if not all(isinstance(verdict, bool) for verdict in verdicts):
        raise Undefined("list replace: match must give true or false")
    return [item if verdict else old for old, verdict in zip(items, verdicts, strict=True)]


@builtin("reverse(list: list)")
def reverse(run: Evaluation, items: List) -> List:
    """Give a list from end to start."""
    return bounded_list(items[::-1], run.meter)


@builtin("index of(list: list, match: Any)")
def index_of(run: Evaluation, items: List, match: object) -> List:
    """List the places of an item."""
    run.meter.spend(len(items))
    return [place + 1 for place, item in enumerate(items) if equal(item, match, run.meter) is True]


@builtin("union(list...: Any)")
def union(run: Evaluation, lists: List) -> List:
    """Join lists without repetitions."""
    return distinct_values(run, _joined(run, lists, "union"))


@builtin("distinct values(list: list)")
def distinct_values(run: Evaluation, items: List) -> List:
    """Give every item once."""
    result: List = []
    plain: set[object] = set()
    for item in items:
        if type(item) is str:
            if item not in plain:
                plain.add(item)
                result.append(item)
        elif _find(run, result, item) is None:
            result.append(item)
    return result


@builtin("duplicate values(list: list)")
def duplicate_values(run: Evaluation, items: List) -> List:
    """Give every item that occurs more than once."""
    result: List = []
    for place, item in enumerate(items):
        if _find(run, result, item) is None and _find(run, items, item, place + 1) is not None:
            result.append(item)
    return result


@builtin("flatten(list: list)")
def flatten(run: Evaluation, items: List) -> List:
    """Give the items of a list and of all lists in it."""
    result: List = []
    _flatten(items, result, run, 0)
    return bounded_list(result, run.meter)


def _flatten(items: List, result: List, run: Evaluation, depth: int) -> None:
    if depth > DATA_DEPTH:
        raise Undefined("flatten: the list is nested too deeply")
    for item in items:
        run.meter.spend(1)
        if isinstance(item, list):
            _flatten(item, result, run, depth + 1)
        else:
            result.append(item)


@builtin("partition(list: list, size: number)")
def partition(items: List, size: Number) -> List:
    """Cut a list into lists of a size."""
    width = whole(size, "size")
    if width < 1:
        raise Undefined("partition: the size must be at least 1")
    return [items[place : place + width] for place in range(0, len(items), width)]


@builtin("sort(list: list, precedes?: function)")
def sort(run: Evaluation, items: List, precedes: Function | None = None) -> List:
    """Order a list naturally, or by what a function says precedes what."""
    run.meter.spend(len(items) * 4)
    if precedes is None:
        return sorted(items, key=cmp_to_key(_natural_order))
    before = precedes

    def order(a: object, b: object) -> int:
        if before.invoke([a, b], run) is True:
            return -1
        return 1 if before.invoke([b, a], run) is True else 0

    if len(before.parameters or (1, 2)) != 2:
        raise Undefined("sort: the function must take two parameters")
    return sorted(items, key=cmp_to_key(order))


def _natural_order(a: object, b: object) -> int:
    order = compare(a, b)
    if order is None:
        raise Undefined("sort: the items cannot be compared")
    return order


@builtin("string join(list: list, delimiter?: string?)")
def string_join(run: Evaluation, items: List, delimiter: str | None = None) -> str:
    """Join texts; null items do not count."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        raise Undefined("string join: every item must be a string")
    run.meter.spend(sum(len(str(text)) for text in texts) // 100)
    return as_text((delimiter or "").join(str(text) for text in texts), run.meter)


@builtin("string join(list: list, delimiter: string?, prefix: string?, suffix: string?)")
def string_join_enclosed(run: Evaluation, items: List, delimiter: str | None, prefix: str | None, suffix: str | None) -> str:
    """Join texts between a prefix and a suffix."""
    return (prefix or "") + string_join(run, items, delimiter) + (suffix or "")
