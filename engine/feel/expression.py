"""Expressions and unary tests, compiled once and evaluated often."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from engine.feel.builtins import BUILTINS
from engine.feel.compile_operators import one_test
from engine.feel.compiler import Compiler
from engine.feel.environment import DEFAULT, Environment, Run
from engine.feel.errors import FeelError, FeelSyntaxError, Undefined
from engine.feel.functions import Function
from engine.feel.names import KnownNames
from engine.feel.parser import Parser
from engine.feel.properties import NAMES
from engine.feel.scope import Code, Scope, Variables
from engine.feel.syntax import Node
from engine.feel.tokens import Tokens
from engine.feel.types import Type
from engine.feel.values import admitted


@lru_cache(maxsize=1)
def _language_names() -> KnownNames:
    return KnownNames([*BUILTINS, *NAMES])


def _parser(text: str, names: Iterable[str], types: Mapping[str, Type]) -> Parser:
    known = _language_names().copy()
    for name in names:
        known.add(name)
    return Parser(Tokens(text, known), types)


class Expression:
    """A compiled expression; *names* are the variables it may read (of a path, the first part)."""

    __slots__ = ("_code", "_weight", "names", "text")

    def __init__(self, text: str, names: frozenset[str], code: Code, weight: int) -> None:
        self.text = text
        self.names = names
        self._code = code
        self._weight = weight

    def evaluate(self, context: Mapping[str, object], environment: Environment = DEFAULT) -> object:
        """Give the value of the expression; raise ``FeelError`` only for ``assert``, limits and broken functions."""
        run = Run(environment)
        run.meter.spend(self._weight)
        try:
            return self._code(Variables(context, run))
        except RecursionError:
            raise FeelError("The expression is nested too deeply") from None

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


Test = tuple[str, Code, bool]
Compiled = TypeVar("Compiled")


class UnaryTests:
    """Compiled unary tests, as the cells of a decision table hold them."""

    __slots__ = ("_negated", "_tests", "names", "text")

    def __init__(self, text: str, names: frozenset[str], tests: list[Test], negated: bool) -> None:
        self.text = text
        self.names = names
        self._tests = tests
        self._negated = negated

    def matches(self, value: object, context: Mapping[str, object], environment: Environment = DEFAULT) -> bool | None:
        """Say whether the value passes one of the tests; null when that cannot be told."""
        if not self._tests:
            return True
        run = Run(environment)
        scope = Variables(context, run).inner({"?": admitted(value, run.meter)})
        try:
            result = self._any(scope)
        except RecursionError:
            raise FeelError("The tests are nested too deeply") from None
        return result if not self._negated or result is None else not result

    def _any(self, scope: Scope) -> bool | None:
        result: bool | None = False
        for operator, test, on_value in self._tests:
            passes = _passes(scope.names["?"], operator, test(scope), on_value, scope)
            if passes:
                return True
            if passes is None:
                result = None
        return result


def _passes(value: object, operator: str, against: object, on_value: bool, scope: Scope) -> bool | None:
    """An expression about ``?`` decides by itself, another one is compared with the value."""
    if operator == "in" and on_value:
        return against if against is None or isinstance(against, bool) else one_test(value, operator, against, scope)
    if operator == "in" and against is True and not isinstance(value, bool):
        return True
    return one_test(value, operator, against, scope)


def compile_expression(text: str, names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> Expression:
    """Compile an expression; *names* are known names with spaces or operators, *types* those besides FEEL's own."""
    names = tuple(names)
    return _guarded(lambda: _expression(text, names, types or {}))


def compile_unary_tests(text: str, names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> UnaryTests:
    """Compile the unary tests of a decision table's cell."""
    names = tuple(names)
    return _guarded(lambda: _unary_tests(text, names, types or {}))


def _guarded(compile_text: Callable[[], Compiled]) -> Compiled:
    try:
        return compile_text()
    except RecursionError:
        raise FeelSyntaxError("This is nested too deeply") from None


def parsed(text: str, names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> Node:
    """Read an expression into its parts."""
    return _guarded(lambda: _parser(text, names, types or {}).whole())


def _expression(text: str, names: tuple[str, ...], types: Mapping[str, Type]) -> Expression:
    node = _parser(text, names, types).whole()
    compiler = Compiler(names)
    code = compiler.compile(node)
    return Expression(text, frozenset(compiler.free), code, compiler.weight())


def _unary_tests(text: str, names: tuple[str, ...], types: Mapping[str, Type]) -> UnaryTests:
    tests = _parser(text, names, types).unary_tests()
    compiler = Compiler(names)
    compiled: list[Test] = []
    for node in tests.alternatives:
        before, compiler.used = compiler.used, set()
        operator, code = compiler.test(node)
        compiled.append((operator, code, "?" in compiler.used))
        compiler.used |= before
    return UnaryTests(text, frozenset(compiler.free), compiled, tests.negated)


def call(function: Function, arguments: Iterable[object], environment: Environment = DEFAULT) -> object:
    """Call a FEEL function value with positional arguments; wrong arguments give null."""
    run = Run(environment)
    try:
        return function.invoke([admitted(argument, run.meter) for argument in arguments], run)
    except Undefined as error:
        run.warn(str(error))
        return None


def call_named(function: Function, arguments: Mapping[str, object], environment: Environment = DEFAULT) -> object:
    """Call a FEEL function value with named arguments; wrong arguments give null."""
    run = Run(environment)
    try:
        return function.invoke_named({name: admitted(value, run.meter) for name, value in arguments.items()}, run)
    except Undefined as error:
        run.warn(str(error))
        return None
