"""Decision tables: rules over inputs, compiled once, answered by their hit policy."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from engine.dmn import hit_policies
from engine.dmn.hit_policies import Hit, Policy
from engine.dmn.language import Language, Logic, Names, Variables, name_of, nothing
from engine.dmn.types import restored, taken
from engine.feel import Environment, Expression, FeelSyntaxError, UnaryTests, compile_expression
from engine.feel.types import Type
from engine.source import elements, text_of

_RANK = compile_expression("for value in values return item in value")


@dataclass(frozen=True, slots=True)
class Input:
    """A column that rules test: what it looks at, its type and the values it may have."""

    label: str
    expression: Expression
    type: Type | None
    allowed: UnaryTests | None

    def read(self, variables: Variables, environment: Environment) -> object:
        """Evaluate the column; a value that it does not allow is null with a warning."""
        value = restored(self.expression.evaluate(variables, environment), self.type, environment)
        value = taken(value, self.type, f"The input {self.label}", environment)
        if value is not None and self.allowed and self.allowed.matches(value, variables, environment) is False:
            if environment.warn is not None:
                environment.warn(f"The input {self.label} has a value that the table does not allow")
            return None
        return value


@dataclass(frozen=True, slots=True)
class Output:
    """A column that rules fill in: its name, type, values in order of priority, and what stands where no rule matches."""

    name: str
    type: Type | None
    allowed: UnaryTests | None
    order: Expression | None
    default: Logic | None

    def take(self, value: object, environment: Environment) -> object:
        """Take a cell's value as the column declares it."""
        value = taken(value, self.type, f"The output {self.name}", environment)
        if value is not None and self.allowed and self.allowed.matches(value, {}, environment) is False:
            if environment.warn is not None:
                environment.warn(f"The output {self.name} is not among the values of its column")
            return None
        return value


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: the tests of its inputs (``None`` accepts everything) and what it gives."""

    tests: Sequence[UnaryTests | None]
    outputs: Sequence[Logic]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A compiled decision table."""

    inputs: Sequence[Input]
    outputs: Sequence[Output]
    rules: Sequence[Rule]
    policy: Policy

    def __call__(self, variables: Variables, environment: Environment) -> object:
        """Answer for these variables."""
        hits = self.hits(variables, environment)
        if hits:
            return self.policy(hits, environment)
        if any(column.default for column in self.outputs):
            defaults = [column.default or nothing for column in self.outputs]
            output = self._hit(0, Rule((), defaults), variables, environment).output
            return [output] if hit_policies.NO_MATCH.get(self.policy) is list else output
        empty = hit_policies.NO_MATCH.get(self.policy)
        return empty() if empty else None

    def hits(self, variables: Variables, environment: Environment) -> list[Hit]:
        """Give every rule that matches, as the rules stand."""
        values = [column.read(variables, environment) for column in self.inputs]
        return [
            self._hit(number, rule, variables, environment)
            for number, rule in enumerate(self.rules, 1)
            if _matches(rule.tests, values, variables, environment)
        ]

    def _hit(self, number: int, rule: Rule, variables: Variables, environment: Environment) -> Hit:
        cells = [
            column.take(logic(variables, environment), environment)
            for column, logic in zip(self.outputs, rule.outputs, strict=True)
        ]
        rank = tuple(_rank(column, cell) for column, cell in zip(self.outputs, cells, strict=True))
        ranks = rank if self.policy in hit_policies.RANKED else ()
        output = cells[0] if len(cells) == 1 else {column.name: cell for column, cell in zip(self.outputs, cells, strict=True)}
        return Hit(number, output, ranks)


def _matches(
    tests: Sequence[UnaryTests | None], values: Sequence[object], variables: Variables, environment: Environment
) -> bool:
    return all(
        test is None or test.matches(value, variables, environment) is True for test, value in zip(tests, values, strict=True)
    )


def _rank(column: Output, value: object) -> int:
    """Say where a value stands in the order of its column; what is not there comes last."""
    if column.order is None:
        return 0
    found = _RANK.evaluate({"item": value, "values": column.order.evaluate({})})
    places = found if isinstance(found, list) else []
    return places.index(True) if True in places else len(places)


def compiled(language: Language, node: etree._Element, names: Names) -> Logic:
    """Compile a decision table."""
    inputs = [_input(language, column, names) for column in elements(node, "input")]
    outputs = [_output(language, column, names) for column in elements(node, "output")]
    rules = [_rule(language, row, names, len(inputs), len(outputs)) for row in elements(node, "rule")]
    policy = _policy(language, node, len(outputs))
    if not outputs:
        language.findings.refuse(node, "The decision table has no output. Add one.")
    if len(outputs) > 1:
        _check_names(language, node, outputs)
    if policy in hit_policies.RANKED and not any(column.order for column in outputs):
        template = "The hit policy {policy} needs the output values in order of priority. Write outputValues."
        language.findings.refuse(node, template, policy=node.get("hitPolicy"))
    found = [column for column in inputs if column]
    whole = [row for row in rules if row]
    if not outputs or policy is None or len(found) != len(inputs) or len(whole) != len(rules):
        return nothing
    return Table(found, outputs, whole, policy)


def _check_names(language: Language, node: etree._Element, outputs: Sequence[Output]) -> None:
    names = [column.name for column in outputs]
    for column, name in zip(elements(node, "output"), names, strict=True):
        if not name or names.count(name) > 1:
            language.findings.refuse(column, "Each of several outputs needs a name of its own. Write one.")


def _policy(language: Language, node: etree._Element, outputs: int) -> Policy | None:
    name, aggregation = node.get("hitPolicy", "UNIQUE"), node.get("aggregation", "")
    found = hit_policies.POLICIES.get((name, aggregation if name == "COLLECT" else ""))
    if found is None:
        template = '{attribute} is "{value}". Write one of: {choices}.'
        choices = ", ".join(" ".join(key).strip() for key in hit_policies.POLICIES)
        language.findings.refuse(node, template, attribute="hitPolicy", value=f"{name} {aggregation}".strip(), choices=choices)
    if aggregation and outputs > 1:
        language.findings.refuse(node, "An aggregation needs exactly one output. Remove the others.")
    return found


def _input(language: Language, node: etree._Element, names: Names) -> Input | None:
    source = next(iter(elements(node, "inputExpression")), None)
    if source is None:
        language.findings.refuse(node, "The input has no expression. Write inputExpression.")
        return None
    expression = language.expression(source, names)
    label = node.get("label") or text_of(source)
    allowed = language.items.tests(node, "inputValues")
    return Input(label, expression, language.type_of(source), allowed) if expression else None


def _output(language: Language, node: etree._Element, names: Names) -> Output:
    default: Logic | None = None
    for entry in elements(node, "defaultOutputEntry"):
        expression = language.expression(entry, names)
        default = expression.evaluate if expression else None
    return Output(
        name_of(node), language.type_of(node), language.items.tests(node, "outputValues"), _order(language, node), default
    )


def _order(language: Language, node: etree._Element) -> Expression | None:
    """Read the output values as a list, the first of which has the highest priority."""
    for holder in elements(node, "outputValues"):
        try:
            return compile_expression(f"[{text_of(holder)}]")
        except FeelSyntaxError:
            return None
    return None


def _rule(language: Language, node: etree._Element, names: Names, inputs: int, outputs: int) -> Rule | None:
    cells, results = elements(node, "inputEntry"), elements(node, "outputEntry")
    if len(cells) != inputs or len(results) != outputs:
        template = "The rule has {cells} input and {results} output entries for {inputs} inputs and {outputs} outputs."
        language.findings.refuse(node, template, cells=len(cells), results=len(results), inputs=inputs, outputs=outputs)
        return None
    tests, outcomes = [language.tests(cell, names) for cell in cells], [_result(language, cell, names) for cell in results]
    return Rule(tests, outcomes, node.get("id", ""))


def _result(language: Language, node: etree._Element, names: Names) -> Logic:
    if not text_of(node):
        return nothing
    expression = language.expression(node, names)
    return expression.evaluate if expression else nothing
