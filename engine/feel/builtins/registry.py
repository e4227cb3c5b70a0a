"""Declares built-ins: ``@builtin("substring(string: string, start position: number, length?: number)")``.

A parameter is ``name: kinds``; kinds are joined by ``|``. ``name?`` may be left out, a kind with a
trailing ``?`` also accepts null, ``any`` accepts everything but null and ``Any`` everything.
``name...`` takes either one list or any number of arguments.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from engine.feel.calendar_days import DATE_TIMES, DATES
from engine.feel.durations import YearsMonths
from engine.feel.errors import Undefined
from engine.feel.functions import Body, Builtin, Evaluation, Function, Signature
from engine.feel.kinds import kind
from engine.feel.ranges import Range

BUILTINS: dict[str, Function] = {}
Call = TypeVar("Call", bound=Callable[..., object])

_ACCEPTS: dict[str, frozenset[type]] = {
    "number": frozenset({int, Decimal}),
    "string": frozenset({str}),
    "boolean": frozenset({bool}),
    "list": frozenset({list}),
    "context": frozenset({dict}),
    "date": DATES,
    "time": frozenset({dt.time}),
    "moment": DATE_TIMES,
    "days": frozenset({dt.timedelta}),
    "months": frozenset({YearsMonths}),
    "range": frozenset({Range}),
    "function": frozenset({Function, Builtin}),
}
_READABLE = {"moment": "date and time", "days": "days and time duration", "months": "years and months duration"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a built-in."""

    name: str
    accepts: frozenset[type] | None
    readable: str
    nullable: bool
    optional: bool
    variadic: bool

    def take(self, function: str, value: object) -> object:
        """Give the argument, turned into a list or out of a list of one where that is wanted."""
        accepts = self.accepts
        if value is None:
            if self.nullable:
                return None
            raise Undefined(f"{function}: {self.name} must not be null")
        if accepts is None or type(value) in accepts:
            return value
        if list in accepts:
            return [value]
        if type(value) is list and len(value) == 1 and type(value[0]) in accepts:
            return value[0]
        raise Undefined(f"{function}: {self.name} must be a {self.readable}, not a {kind(value)}")


def builtin(declaration: str) -> Callable[[Call], Call]:
    """Register a function as a built-in, or as a further signature of one."""
    name, parameters = _parse(declaration)
    function = BUILTINS.setdefault(name, Builtin(name))
    assert isinstance(function, Builtin)

    def register(call: Call) -> Call:
        required = sum(not parameter.optional for parameter in parameters)
        names = [parameter.name for parameter in parameters]
        variadic = any(parameter.variadic for parameter in parameters)
        function.signatures.append(Signature(names, required, variadic, _body(name, parameters, call)))
        return call

    return register


def _parse(declaration: str) -> tuple[str, list[Parameter]]:
    name, _, rest = declaration.partition("(")
    parts = [part for part in rest.rstrip(")").split(", ") if part]
    return name, [_parameter(part) for part in parts]


def _parameter(text: str) -> Parameter:
    found = re.fullmatch(r"(.+?)(\?|\.\.\.)?: (.+?)(\?)?", text)
    assert found is not None, text
    name, mark, kinds, nullable = found.groups()
    accepts = None if kinds in ("any", "Any") else frozenset[type]().union(*(_ACCEPTS[one] for one in kinds.split("|")))
    readable = " or ".join(_READABLE.get(one, one) for one in kinds.split("|"))
    return Parameter(name, accepts, readable, bool(nullable) or kinds == "Any", mark == "?", mark == "...")


def _body(name: str, parameters: list[Parameter], call: Callable[..., object]) -> Body:
    """Check the arguments of a call and hand them on, with the running evaluation where it is asked for."""
    code = call.__code__
    with_run = code.co_argcount > 0 and code.co_varnames[0] == "run"
    takes = [parameter.take for parameter in parameters]
    variadic = next((place for place, parameter in enumerate(parameters) if parameter.variadic), None)
    collects = variadic is not None and parameters[variadic].accepts is None

    def body(arguments: list[object], run: Evaluation) -> object:
        if variadic is not None and (len(arguments) > len(parameters) or collects):
            arguments = [*arguments[:variadic], arguments[variadic:]]
        run.meter.spend(1)
        taken = [take(name, argument) for take, argument in zip(takes, arguments, strict=False)]
        for argument in taken:
            if type(argument) is str or type(argument) is list:
                run.meter.spend(len(argument) >> 5)
        try:
            return call(run, *taken) if with_run else call(*taken)
        except (ValueError, ArithmeticError) as error:
            raise Undefined(f"{name}: {error}") from None

    return body
