"""Values as the DMN TCK writes them in XML, and whether a result equals one."""

from collections.abc import Mapping
from decimal import Decimal

from lxml import etree

from engine.feel import Range, compile_expression

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TEMPORAL = {name: compile_expression("@text".replace("@text", f"{call}(text)")) for name, call in {
    "date": "date", "time": "time", "dateTime": "date and time", "duration": "duration",
}.items()}  # fmt: skip
_EQUAL = compile_expression("a = b")
_CLOSE = Decimal("0.00000001")


def child(node: etree._Element, *names: str) -> etree._Element | None:
    """Find the first child with one of the local names."""
    return next((part for part in node.iterchildren("{*}*") if etree.QName(part).localname in names), None)


def value(node: etree._Element) -> object:
    """Read the value inside an input, an expectation, a component or a list item."""
    components = list(node.iterchildren("{*}component"))
    if components:
        return {part.get("name"): value(part) for part in components}
    if (items := child(node, "list")) is not None:
        return None if items.get(_NIL) == "true" else [value(item) for item in items.iterchildren("{*}item")]
    single = child(node, "value")
    if single is None or single.get(_NIL) in ("true", "1"):
        return None
    return _typed(single.get(_TYPE, "string").rpartition(":")[2], single.text or "")


def _typed(kind: str, text: str) -> object:
    if kind == "boolean":
        return text.strip() == "true"
    if kind in ("decimal", "double", "integer", "int", "long", "float"):
        return _number(text.strip())
    if kind in _TEMPORAL:
        return _TEMPORAL[kind].evaluate({"text": text.strip()})
    return text


def _number(text: str) -> object:
    number = Decimal(text)
    if not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() and abs(number.adjusted()) < 30 else number


def same(found: object, expected: object) -> bool:
    """Compare a result with an expectation; numbers may differ in what a double cannot hold."""
    if isinstance(expected, Mapping):
        return (
            isinstance(found, Mapping)
            and found.keys() == expected.keys()
            and all(same(found[key], expected[key]) for key in expected)
        )
    if isinstance(expected, list):
        return isinstance(found, list) and len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, int | Decimal) and not isinstance(expected, bool):
        return isinstance(found, int | Decimal) and not isinstance(found, bool) and _near(Decimal(found), Decimal(expected))
    if expected is None or isinstance(found, Range):
        return found is expected
    return type(found) is type(expected) and (found == expected or _EQUAL.evaluate({"a": found, "b": expected}) is True)


def _near(found: Decimal, expected: Decimal) -> bool:
    return abs(found - expected) <= _CLOSE * max(Decimal(1), abs(expected))
