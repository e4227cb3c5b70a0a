"""What the expressions of one decision model have in common: their names, their types, and how they are compiled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from engine.dmn.types import ItemDefinitions
from engine.feel import Environment, Expression, FeelSyntaxError, UnaryTests, compile_expression, compile_unary_tests
from engine.feel.environment import Run
from engine.feel.functions import Evaluation
from engine.feel.names import normal
from engine.feel.types import Type
from engine.source import Findings, elements, text_of

Variables = Mapping[str, object]
Logic = Callable[[Variables, Environment], object]
Names = frozenset[str]
Compiled = TypeVar("Compiled")
FUNCTIONS = frozenset({"add workdays", "count workdays", "roll to workday"})


def environment_of(evaluation: Evaluation) -> Environment:
    """Give the environment in which a function is being called."""
    assert isinstance(evaluation, Run)
    return evaluation.shared()


def nothing(variables: Variables, environment: Environment) -> object:
    """Stand in for logic that was refused."""
    return None


def name_of(node: etree._Element | None) -> str:
    """Give an element's name, written with single spaces."""
    return "" if node is None else normal(node.get("name", ""))


@dataclass(frozen=True, slots=True)
class Language:
    """What the expressions of one model may name: its types, and the names inside its contexts."""

    findings: Findings
    items: ItemDefinitions
    names: Names

    def expression(self, node: etree._Element, names: Names) -> Expression | None:
        """Compile the FEEL text inside *node*."""
        return self._compiled(node, lambda text: compile_expression(text, names | self.names, self.items.types))

    def tests(self, node: etree._Element, names: Names) -> UnaryTests | None:
        """Compile the unary tests inside *node*; nothing for a cell that accepts everything."""
        source = next(iter(elements(node, "text")), node)
        if text_of(source) in ("", "-"):
            return None
        return self._compiled(node, lambda text: compile_unary_tests(text, names | self.names, self.items.types))

    def _compiled(self, node: etree._Element, compile_text: Callable[[str], Compiled]) -> Compiled | None:
        source = next(iter(elements(node, "text")), node)
        text = source.text or ""
        language = node.get("expressionLanguage", "feel")
        if "feel" not in language.lower():
            self.findings.refuse(
                node, "The {what} is written in {language}. Write it in FEEL.", what="expression", language=language
            )
            return None
        try:
            return compile_text(text)
        except FeelSyntaxError as error:
            template = 'The expression "{text}" is not FEEL: {reason}. Correct it.'
            self.findings.refuse_line(source, error.line - 1, template, text=text.strip(), reason=error)
            return None

    def type_of(self, node: etree._Element | None) -> Type | None:
        """Find the type that an element's ``typeRef`` names."""
        return None if node is None else self.items.named(node.get("typeRef"), node)
