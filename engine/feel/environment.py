"""What an expression may use besides its variables, and the state of one running evaluation."""

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime

from engine.feel.builtins import BUILTINS
from engine.feel.errors import FeelError
from engine.feel.functions import Evaluation, Function
from engine.feel.limits import Meter
from engine.feel.values import admitted


class Environment:
    """The clock, further functions and the listener for warnings of an evaluation.

    A function in *functions* is plain Python taking and giving FEEL values; its parameter
    names, with spaces for underscores, are those of named calls.
    """

    __slots__ = ("functions", "meter", "now", "warn")

    def __init__(
        self,
        now: Callable[[], datetime] | None = None,
        functions: Mapping[str, Callable[..., object]] | None = None,
        warn: Callable[[str], None] | None = None,
    ) -> None:
        self.now = now
        self.warn = warn
        self.functions = {name: foreign(name, call) for name, call in (functions or {}).items()}
        self.meter: Meter | None = None

    def metered(self) -> "Environment":
        """Give a copy whose evaluations share one allowance of work, as the parts of one decision do."""
        copy = Environment(self.now, None, self.warn)
        copy.functions = self.functions
        copy.meter = self.meter or Meter()
        return copy


class Run:
    """One evaluation: its environment, what it has used up, and the moment it takes place at."""

    __slots__ = ("_now", "environment", "meter")

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.meter = environment.meter or Meter()
        self._now: datetime | None = None

    def warn(self, message: str) -> None:
        """Tell that something became null that may not have been meant to."""
        if self.environment.warn is not None:
            self.environment.warn(message)

    def now(self) -> datetime:
        """Give the moment of this evaluation, the same whenever asked."""
        if self._now is None:
            if self.environment.now is None:
                raise FeelError("now() and today() need a clock and were given none")
            self._now = self.environment.now()
        return self._now

    def shared(self) -> Environment:
        """Give an environment for evaluations that belong to this one."""
        copy = Environment(self.environment.now, None, self.environment.warn)
        copy.functions = self.environment.functions
        copy.meter = self.meter
        return copy

    def function(self, name: str) -> object:
        """Give the function of that name, the environment's or the language's; null with a warning where there is none."""
        found = self.environment.functions.get(name) or BUILTINS.get(name)
        if found is None:
            self.warn(f"There is no variable named {name}")
        return found

    def missing(self, name: str) -> None:
        """Warn that a name has no value; that a function is called so does not make it one."""
        known = name in self.environment.functions or name in BUILTINS
        self.warn(f"There is no variable named {name}" + (", only a function" if known else ""))


DEFAULT = Environment()


def foreign(name: str, call: Callable[..., object]) -> Function:
    """Make a Python function callable from FEEL."""
    if isinstance(call, Function):
        return call
    parameters = list(inspect.signature(call).parameters.values())
    names = [parameter.name.replace("_", " ") for parameter in parameters]
    required = sum(parameter.default is parameter.empty for parameter in parameters)

    def body(arguments: list[object], run: Evaluation) -> object:
        try:
            return admitted(call(*arguments), run.meter)
        except FeelError:
            raise
        except Exception as error:
            raise FeelError("{function}: {reason}", function=name, reason=error) from error

    return Function(name, names, body, required=required)
