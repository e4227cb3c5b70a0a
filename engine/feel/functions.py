"""FEEL functions as values: user-defined, built in, or handed in by whoever evaluates."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from engine.feel.errors import FeelError, Undefined
from engine.feel.limits import CALL_DEPTH, Meter


class Evaluation(Protocol):
    """The running evaluation, as functions see it."""

    meter: Meter

    def warn(self, message: str) -> None:
        """Tell that something became null."""

    def now(self) -> datetime:
        """Give the moment the evaluation takes place at."""


Body = Callable[[list[object], Evaluation], object]


class Function:
    """A function with named parameters; *body* gets the arguments in their order and the running evaluation."""

    __slots__ = ("body", "name", "parameter_types", "parameters", "required", "result_type")

    def __init__(
        self,
        name: str,
        parameters: Sequence[str],
        body: Body,
        parameter_types: Sequence[object] = (),
        result_type: object = None,
        required: int | None = None,
    ) -> None:
        self.name = name
        self.parameters = tuple(parameters)
        self.body = body
        self.parameter_types = tuple(parameter_types)
        self.result_type = result_type
        self.required = len(self.parameters) if required is None else required

    def invoke(self, arguments: list[object], run: Evaluation) -> object:
        """Call with positional arguments; a wrong number of them gives null."""
        if not self.required <= len(arguments) <= len(self.parameters):
            raise Undefined(f"{self.name} takes {len(self.parameters)} arguments, not {len(arguments)}")
        meter = run.meter
        meter.spend(1)
        if meter.depth >= CALL_DEPTH:
            raise FeelError("Functions call each other too deeply")
        meter.depth += 1
        try:
            return self.body(arguments, run)
        finally:
            meter.depth -= 1

    def invoke_named(self, arguments: Mapping[str, object], run: Evaluation) -> object:
        """Call with named arguments; an unknown or missing name gives null."""
        if arguments.keys() != set(self.parameters):
            raise Undefined(f"{self.name} takes the parameters {', '.join(self.parameters)}")
        return self.invoke([arguments[name] for name in self.parameters], run)

    def __repr__(self) -> str:
        return f"{self.name}({', '.join(self.parameters)})"


class Builtin(Function):
    """A function of the language, with one or more signatures that check their arguments."""

    __slots__ = ("signatures",)

    def __init__(self, name: str) -> None:
        super().__init__(name, (), self._choose)
        self.signatures: list[Signature] = []

    def invoke(self, arguments: list[object], run: Evaluation) -> object:
        """Call the first signature that takes the arguments."""
        return self._choose(arguments, run)

    def invoke_named(self, arguments: Mapping[str, object], run: Evaluation) -> object:
        """Call the first signature that has these parameters."""
        for signature in self.signatures:
            if signature.knows(arguments):
                return signature.call([arguments.get(name) for name in signature.given(arguments)], run)
        raise Undefined(f"{self.name} has no parameters named {', '.join(arguments)}")

    def _choose(self, arguments: list[object], run: Evaluation) -> object:
        failure: Undefined | None = None
        for signature in self.signatures:
            if signature.minimum <= len(arguments) <= signature.maximum:
                try:
                    return signature.call(arguments, run)
                except Undefined as error:
                    failure = failure or error
        raise failure or Undefined(f"{self.name} does not take {len(arguments)} arguments")


class Signature:
    """One way to call a built-in: its parameters, what each accepts, and what runs."""

    __slots__ = ("call", "maximum", "minimum", "names", "required", "variadic")

    def __init__(self, names: Sequence[str], required: int, variadic: bool, call: Body) -> None:
        self.names = tuple(names)
        self.required = frozenset(names[:required])
        self.minimum = required
        self.maximum = 1_000_000 if variadic else len(names)
        self.variadic = variadic
        self.call = call

    def knows(self, arguments: Mapping[str, object]) -> bool:
        """Say whether these named arguments fit."""
        return self.required <= arguments.keys() <= set(self.names)

    def given(self, arguments: Mapping[str, object]) -> tuple[str, ...]:
        """List the parameters up to the last one that was named."""
        last = max((self.names.index(name) for name in arguments), default=-1)
        return self.names[: last + 1]
