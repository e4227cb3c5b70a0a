"""Closures for paths, calls, function definitions and types."""

from collections.abc import Mapping, Sequence

from engine.feel.builtins import BUILTINS
from engine.feel.errors import Undefined
from engine.feel.functions import Builtin, Function
from engine.feel.kinds import kind
from engine.feel.properties import has_property, property_of
from engine.feel.scope import Code, Scope, Variables
from engine.feel.temporal_text import parse_temporal
from engine.feel.types import Type, coerce


def at_literal(text: str) -> Code:
    """Compile ``@"..."``."""
    value = parse_temporal(text)
    if value is not None:
        return lambda scope: value

    def nothing(scope: Scope) -> None:
        scope.run.warn(f'@"{text}" is no date, time or duration')

    return nothing


def field(base: Code, name: str) -> Code:
    """Compile a path."""

    def read(scope: Scope) -> object:
        value = base(scope)
        if type(value) is dict and name in value:
            return value[name]
        return _field(value, name, scope)

    return read


def _field(value: object, name: str, scope: Scope) -> object:
    if type(value) is dict and name in value:
        return value[name]
    if type(value) is list:
        scope.run.meter.spend(len(value))
        return [_field(item, name, scope) for item in value]
    if has_property(value, name):
        return property_of(value, name)
    scope.run.warn(f"A {kind(value)} has no {name}")
    return None


def called(name: str, target: Code, scope: Scope) -> object:
    """Find what a call calls: a function among the variables, or else the built-in of that name."""
    if not name:
        return target(scope)
    here: Scope | None = scope
    while here is not None:
        if name in here.names:
            value = here.admit(name) if isinstance(here, Variables) else here.names[name]
            if isinstance(value, Function):
                return value
        here = here.parent
    return scope.run.environment.functions.get(name) or BUILTINS.get(name)


def call(target: Code, name: str, arguments: list[Code], passed: list[Code]) -> Code:
    """Compile a call with positional arguments; *passed* are they for a function that was defined in FEEL itself.

    What the language and the environment offer takes values; a name of theirs that no variable has is null there.
    """

    def invoke(scope: Scope) -> object:
        function = called(name, target, scope)
        takes_values = isinstance(function, Builtin) or scope.run.environment.functions.get(name) is function
        given = [argument(scope) for argument in (arguments if takes_values else passed)]
        if not isinstance(function, Function):
            scope.run.warn(f"{name} is not a function" if name else f"A {kind(function)} cannot be called")
            return None
        try:
            return function.invoke(given, scope.run)
        except Undefined as error:
            scope.run.warn(str(error))
            return None

    return invoke


def call_named(target: Code, name: str, names: Sequence[str], arguments: list[Code]) -> Code:
    """Compile a call with named arguments."""
    pairs = list(zip(names, arguments, strict=True))

    def invoke(scope: Scope) -> object:
        function = called(name, target, scope)
        given: Mapping[str, object] = {parameter: argument(scope) for parameter, argument in pairs}
        if not isinstance(function, Function):
            scope.run.warn(f"{name} is not a function" if name else f"A {kind(function)} cannot be called")
            return None
        try:
            return function.invoke_named(given, scope.run)
        except Undefined as error:
            scope.run.warn(str(error))
            return None

    return invoke


def function(parameters: Sequence[str], types: Sequence[Type | None], body: Code | None, weight: int) -> Code:
    """Compile a function definition; the function remembers the scope it was defined in."""

    def define(scope: Scope) -> object:
        def run(arguments: list[object], _: object) -> object:
            if body is None:
                raise Undefined("External functions are not supported")
            scope.run.meter.spend(weight)
            given = [taken(value, declared) for value, declared in zip(arguments, types, strict=True)]
            return body(scope.inner(dict(zip(parameters, given, strict=True))))

        return Function("function", parameters, run, types)

    return define


def taken(value: object, declared: Type | None) -> object:
    """Give an argument as its parameter declares it."""
    if declared is None or value is None:
        return value
    coerced = coerce(value, declared)
    if coerced is None:
        raise Undefined(f"A {kind(value)} does not fit the parameter's type")
    return coerced


def instance_of(value: Code, declared: Type) -> Code:
    """Compile ``instance of``."""
    return lambda scope: declared.holds(value(scope))
