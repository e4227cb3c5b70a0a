"""FEEL types: what ``instance of`` names, and what a declared variable is checked against.

Instances follow DMN: null is an instance of nothing but ``Null``, yet a null conforms to every type.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.feel.functions import Function
from engine.feel.kinds import kind
from engine.feel.ranges import Range
from engine.feel.temporal import at_midnight_utc


class Type:
    """A set of values."""

    __slots__ = ()

    def holds(self, value: object, allowed: bool = False) -> bool:
        """Say whether a value is an instance, or with *allowed* whether it is one of the allowed ones."""
        raise NotImplementedError

    def fits(self, other: "Type") -> bool:
        """Say whether every instance of this type is one of the other."""
        return isinstance(other, AnyType) or self == other


@dataclass(frozen=True, slots=True)
class AnyType(Type):
    """Every value."""

    def holds(self, value: object, allowed: bool = False) -> bool:
        return value is not None


@dataclass(frozen=True, slots=True)
class NullType(Type):
    """Nothing but null."""

    def holds(self, value: object, allowed: bool = False) -> bool:
        return value is None

    def fits(self, other: Type) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class SimpleType(Type):
    """The values of one kind."""

    name: str

    def holds(self, value: object, allowed: bool = False) -> bool:
        return kind(value) == self.name


@dataclass(frozen=True, slots=True)
class ListType(Type):
    """Lists whose items are all of one type."""

    item: Type

    def holds(self, value: object, allowed: bool = False) -> bool:
        return isinstance(value, list) and all(_within(item, self.item, allowed) for item in value)

    def fits(self, other: Type) -> bool:
        return isinstance(other, AnyType) or (isinstance(other, ListType) and self.item.fits(other.item))


@dataclass(frozen=True, slots=True)
class ContextType(Type):
    """Contexts that have at least these entries."""

    entries: tuple[tuple[str, Type], ...]

    def holds(self, value: object, allowed: bool = False) -> bool:
        return isinstance(value, dict) and all(
            name in value and _within(value[name], declared, allowed) for name, declared in self.entries
        )

    def fits(self, other: Type) -> bool:
        if not isinstance(other, ContextType):
            return isinstance(other, AnyType)
        mine = dict(self.entries)
        return all(name in mine and mine[name].fits(declared) for name, declared in other.entries)


@dataclass(frozen=True, slots=True)
class RangeType(Type):
    """Ranges between endpoints of one type."""

    endpoint: Type

    def holds(self, value: object, allowed: bool = False) -> bool:
        if not isinstance(value, Range):
            return False
        ends = [end for end in (value.start, value.end) if end is not None]
        return all(self.endpoint.holds(end, allowed) for end in ends)

    def fits(self, other: Type) -> bool:
        return isinstance(other, AnyType) or (isinstance(other, RangeType) and self.endpoint.fits(other.endpoint))


@dataclass(frozen=True, slots=True)
class FunctionType(Type):
    """Functions that take these parameters and give this result; without parameters given, all functions."""

    parameters: tuple[Type, ...] | None = None
    result: Type = AnyType()

    def holds(self, value: object, allowed: bool = False) -> bool:
        if not isinstance(value, Function):
            return False
        if self.parameters is None:
            return True
        return len(value.parameters) == len(self.parameters) and _signature(value).fits(self)

    def fits(self, other: Type) -> bool:
        if not isinstance(other, FunctionType) or self.parameters is None or other.parameters is None:
            return isinstance(other, AnyType | FunctionType)
        if len(self.parameters) != len(other.parameters):
            return False
        accepted = all(theirs.fits(mine) for mine, theirs in zip(self.parameters, other.parameters, strict=True))
        return accepted and self.result.fits(other.result)


@dataclass(frozen=True, slots=True)
class AllowedType(Type):
    """The values of a type that also pass a test, as a DMN item definition with allowed values has."""

    base: Type
    allows: Callable[[object], bool | None]

    def holds(self, value: object, allowed: bool = False) -> bool:
        return self.base.holds(value, allowed) and (not allowed or self.allows(value) is True)

    def fits(self, other: Type) -> bool:
        return self == other or self.base.fits(other)


ANY = AnyType()
NULL = NullType()
SIMPLE: Mapping[str, Type] = {
    name: SimpleType(name)
    for name in (
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    )
}
NAMED: Mapping[str, Type] = {
    **SIMPLE,
    "Any": ANY,
    "Null": NULL,
    "dateTime": SIMPLE["date and time"],
    "dayTimeDuration": SIMPLE["days and time duration"],
    "yearMonthDuration": SIMPLE["years and months duration"],
    "list": ListType(ANY),
    "context": ContextType(()),
    "range": RangeType(ANY),
    "function": FunctionType(),
}


def _signature(function: Function) -> FunctionType:
    declared = [given if isinstance(given, Type) else ANY for given in function.parameter_types]
    missing = [ANY] * (len(function.parameters) - len(declared))
    result = function.result_type if isinstance(function.result_type, Type) else ANY
    return FunctionType((*declared, *missing), result)


def conforms(value: object, declared: Type) -> bool:
    """Say whether a value may stand where the type is declared; null always may."""
    return _within(value, declared, True)


def _within(value: object, declared: Type, allowed: bool) -> bool:
    return value is None or declared.holds(value, allowed)


def coerce(value: object, declared: Type) -> object:
    """Give the value as the declared type has it, null where that is impossible.

    A list of one item becomes that item, an item becomes a list of one, a date its midnight in UTC.
    """
    if conforms(value, declared):
        return value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], declared):
        return value[0]
    if isinstance(declared, ListType) and conforms(value, declared.item):
        return [value]
    if declared == SIMPLE["date and time"] and kind(value) == "date":
        return at_midnight_utc(value)  # type: ignore[arg-type]
    return None
