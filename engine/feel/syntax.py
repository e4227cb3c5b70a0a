"""The parts of a parsed expression."""

from dataclasses import dataclass

from engine.feel.types import Type


class Node:
    """Anything that can be evaluated."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, text, truth value or null."""

    value: object


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """A date, time or duration written as ``@"..."``."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, parameter or function; ``?`` is the tested value."""

    text: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """An entry of a context or a property of a value."""

    base: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """The items of a list that satisfy a condition, or the one at a place."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function call with positional or named arguments."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """An arithmetic minus before one operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Operands joined from left to right by operators of one rank."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """A conjunction (``and``) or disjunction (``or``)."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Two operands and one of = != < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """A value between two bounds, both included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """A value that passes one of several tests."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """Whether a value is of a type."""

    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class If(Node):
    """A choice between two expressions."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Iterator:
    """A name that runs over a list, or over the numbers or dates from one value to another."""

    name: str
    domain: Node
    until: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """The list of results of an expression for every combination of iterators."""

    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """Whether some or every combination satisfies a condition."""

    quantifier: str
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    """A function as a value; the body of an external one is null."""

    parameters: tuple[str, ...]
    types: tuple[Type | None, ...]
    body: Node | None


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """A list of expressions."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """A context; each entry may use the ones before it."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    """A range between two endpoints."""

    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class UnaryRange(Node):
    """A comparison with one endpoint, as a test or as a range."""

    operator: str
    endpoint: Node


@dataclass(frozen=True, slots=True)
class Tests:
    """Unary tests: alternatives, perhaps negated; no alternative at all means that anything passes."""

    alternatives: tuple[Node, ...]
    negated: bool = False
