"""Decisions and what they require: the graph that one evaluation walks, each decision computed once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.dmn.language import Logic, Variables, environment_of, nothing
from engine.dmn.types import argument, restored, taken
from engine.feel import DEFAULT, Environment, Function, functions
from engine.feel.types import Type

Made = Callable[[Variables], Function]


@dataclass(eq=False, slots=True)
class InputData:
    """A value that whoever asks for a decision brings along."""

    id: str
    name: str
    type: Type | None = None


@dataclass(eq=False, slots=True)
class Knowledge:
    """A function of the model: a business knowledge model or a decision service, with the knowledge it uses itself."""

    id: str
    name: str
    make: Made = field(repr=False, default=lambda variables: Function("", (), lambda arguments, run: None))
    requires: list["Requirement"] = field(repr=False, default_factory=list)

    def function(self) -> Function:
        """Make the function; it may call itself and what it requires."""
        return self.make(_Library(self))


@dataclass(eq=False, slots=True)
class Decision:
    """One decision of a model; *id* is its XML id, by which business rule tasks name it, *title* what people call it."""

    id: str
    name: str
    type: Type | None = None
    logic: Logic = field(repr=False, default=nothing)
    requires: list["Requirement"] = field(repr=False, default_factory=list)
    file: str = ""
    title: str = ""
    version_tag: str | None = None

    def evaluate(self, context: Mapping[str, object], environment: Environment = DEFAULT) -> object:
        """Decide for the variables in *context*; what cannot be decided is null, with a warning to the environment.

        A table with one output gives the value, with several a context. Dates that JSON holds as text are
        restored where the model declares a date.
        """
        return Evaluation(context, environment.metered()).value_of(self)


@dataclass(eq=False, slots=True)
class Requirement:
    """What is required, and the name of the import it comes through (empty within one model)."""

    of: InputData | Decision | Knowledge
    through: str = ""


@dataclass(eq=False, slots=True)
class Service:
    """A decision service: outputs of a part of the graph, as a function of its inputs."""

    id: str
    name: str
    outputs: Sequence[Decision]
    inputs: Sequence[InputData]
    given: Sequence[Decision]
    type: Type | None = None

    @property
    def parameters(self) -> list[str]:
        """Name the parameters: input data first, then the decisions that are given."""
        return [part.name for part in self._taken()]

    def _taken(self) -> list["InputData | Decision"]:
        return [*self.inputs, *self.given]

    def evaluate(self, context: Mapping[str, object], environment: Environment = DEFAULT) -> object:
        """Evaluate with what *context* gives; one output is the value, several are a context."""
        return self._evaluate(context, environment.metered())

    def make(self, variables: Variables) -> Function:
        """Make the function that expressions call; it sees its arguments and nothing else."""
        types = [part.type for part in self._taken()]

        def body(arguments: list[object], run: functions.Evaluation) -> object:
            values = [argument(value, declared) for value, declared in zip(arguments, types, strict=True)]
            return self._evaluate(dict(zip(self.parameters, values, strict=True)), environment_of(run))

        return Function(self.name, self.parameters, body, types, self.type)

    def _evaluate(self, context: Mapping[str, object], environment: Environment) -> object:
        evaluation = Evaluation(context, environment)
        for decision in self.given:
            value = restored(context.get(decision.name), decision.type, environment)
            evaluation.values[decision] = taken(value, decision.type, f"The input {decision.name}", environment)
        results = {decision.name: evaluation.value_of(decision) for decision in self.outputs}
        value = next(iter(results.values())) if len(results) == 1 else results
        return taken(value, self.type, f"The result of {self.name}", environment)


class Evaluation:
    """One walk through the graph: the variables it started with and what has been decided so far."""

    __slots__ = ("context", "environment", "values")

    def __init__(self, context: Mapping[str, object], environment: Environment) -> None:
        self.context = context
        self.environment = environment
        self.values: dict[InputData | Decision, object] = {}

    def value_of(self, part: InputData | Decision) -> object:
        """Give the value of an input or a decision, found once."""
        if part not in self.values:
            self.values[part] = self._decided(part) if isinstance(part, Decision) else self._given(part)
        return self.values[part]

    def _decided(self, decision: Decision) -> object:
        found = decision.logic(self._variables(decision), self.environment)
        return taken(found, decision.type, f"The decision {decision.name}", self.environment)

    def _variables(self, decision: Decision) -> Variables:
        """Give what the logic of a decision sees: what the evaluation began with, and what the decision requires."""
        variables = dict(self.context)
        for requirement in decision.requires:
            part = requirement.of
            value = part.function() if isinstance(part, Knowledge) else self.value_of(part)
            _put(variables, requirement.through, part.name, value)
            if isinstance(part, Decision) and not requirement.through:
                variables.setdefault(part.id, value)
        return variables

    def _given(self, part: InputData) -> object:
        value = restored(self.context.get(part.name), part.type, self.environment)
        return taken(value, part.type, f"The input {part.name}", self.environment)


def _put(variables: dict[str, object], through: str, name: str, value: object) -> None:
    """Put a required value under its name, inside the context of the import it comes through."""
    if not through:
        variables[name] = value
        return
    imported = variables.get(through)
    variables[through] = {**imported, name: value} if isinstance(imported, dict) else {name: value}


class _Library(Mapping[str, object]):
    """The functions a piece of knowledge may call, made when first looked up, so that they may call each other."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = {knowledge.name: Requirement(knowledge)}
        self._imported: dict[str, list[Requirement]] = {}
        for requirement in knowledge.requires:
            if requirement.through:
                self._imported.setdefault(requirement.through, []).append(requirement)
            else:
                self._known[requirement.of.name] = requirement
        self._made: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> object:
        if name in self._imported:
            return {part.of.name: part.of.function() for part in self._imported[name] if isinstance(part.of, Knowledge)}
        part = self._known[name].of
        return part.function() if isinstance(part, Knowledge) else None

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter((*self._known, *self._imported))

    def __len__(self) -> int:
        return len(self._known) + len(self._imported)
