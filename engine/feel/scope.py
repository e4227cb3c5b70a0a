"""Where names are looked up while an expression is evaluated."""

from collections.abc import Callable, Mapping
from typing import Optional

from engine.feel.environment import Run
from engine.feel.values import PLAIN, admitted


class Scope:
    """Names of one level over an enclosing level; the outermost level holds the variables handed in."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, names: Mapping[str, object], parent: Optional["Scope"], run: Run) -> None:
        self.names = names
        self.parent = parent
        self.run = run

    def inner(self, names: Mapping[str, object]) -> "Scope":
        """Open a level for the names of an iteration, a function call, a context or a filtered item."""
        return Scope(names, self, self.run)


class Variables(Scope):
    """The outermost level; values that are not FEEL's yet are turned when first read."""

    __slots__ = ("_turned",)

    def __init__(self, names: Mapping[str, object], run: Run) -> None:
        super().__init__(names, None, run)
        self._turned: dict[str, object] = {}

    def admit(self, name: str) -> object:
        """Give a variable's value as FEEL has it."""
        if name not in self._turned:
            self._turned[name] = admitted(self.names[name], self.run.meter)
        return self._turned[name]


Code = Callable[[Scope], object]


def load(name: str, is_passed: bool = False) -> Code:
    """Compile the reading of a name; only one that *is_passed* to a function may also mean a function of that name."""

    def read(scope: Scope) -> object:
        here: Scope | None = scope
        while here is not None:
            names = here.names
            if name in names:
                value = names[name]
                if here.parent is None and type(value) not in PLAIN:
                    return here.admit(name)  # type: ignore[attr-defined]
                return value
            here = here.parent
        if is_passed:
            return scope.run.function(name)
        scope.run.missing(name)
        return None

    return read
