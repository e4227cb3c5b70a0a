"""Item definitions: the types a decision model declares, and how values are taken as them."""

from collections.abc import Mapping

from lxml import etree

from engine.feel import DEFAULT, Environment, FeelSyntaxError, Function, UnaryTests, compile_expression, compile_unary_tests
from engine.feel.compile_calls import taken as taken_by_function
from engine.feel.errors import Undefined
from engine.feel.functions import Builtin
from engine.feel.names import normal
from engine.feel.types import ANY, NAMED, SIMPLE, AllowedType, ContextType, FunctionType, ListType, Type, coerce
from engine.source import Findings, elements, text_of

_READERS = {SIMPLE[name]: compile_expression(f"{name}(text)", ["text"]) for name in ("date", "time", "date and time")} | {
    SIMPLE[name]: compile_expression("duration(text)") for name in ("days and time duration", "years and months duration")
}


class ItemDefinitions:
    """The declared types of one model, each built when first named, in whatever order they are written."""

    def __init__(self, findings: Findings, root: etree._Element, imported: Mapping[str, Type]) -> None:
        self._findings = findings
        self._nodes = {normal(node.get("name", "")): node for node in elements(root, "itemDefinition")}
        self._open: set[str] = set()
        self.types: dict[str, Type] = dict(imported)
        for name, node in self._nodes.items():
            self.named(name, node)

    def named(self, name: str | None, node: etree._Element) -> Type | None:
        """Find the type that *node* names; nothing where it names none."""
        name = normal((name or "").replace("feel:", "").removeprefix("feel."))
        if not name or name.startswith("<"):
            return None
        if name in self._nodes and name not in self.types:
            return self._build(name, node)
        found = self.types.get(name) or NAMED.get(name)
        if found is None:
            template = "There is no type {type}. Define it as an item definition or use one of FEEL's own."
            self._findings.refuse(node, template, type=name)
        return found

    def _build(self, name: str, node: etree._Element) -> Type:
        if name in self._open:
            self._findings.refuse(node, "The type {type} contains itself. Break the circle.", type=name)
            return ANY
        self._open.add(name)
        built = self._item(self._nodes[name])
        self._open.remove(name)
        self.types[name] = built
        return built

    def _item(self, node: etree._Element) -> Type:
        """Build the type of an item definition or of one of its components."""
        found = self._base(node)
        if tests := self.tests(node, "allowedValues"):
            found = AllowedType(found, _allowing(tests))
        if node.get("isCollection") in ("true", "1"):
            found = ListType(found)
        if tests := self.tests(node, "typeConstraint"):
            found = AllowedType(found, _allowing(tests))
        return found

    def _base(self, node: etree._Element) -> Type:
        for function in elements(node, "functionItem"):
            parameters = [self._type(part, part.get("typeRef")) for part in elements(function, "parameters")]
            return FunctionType(tuple(parameters), self._type(function, function.get("outputTypeRef")))
        components = elements(node, "itemComponent")
        if components:
            return ContextType(tuple((normal(part.get("name", "")), self._item(part)) for part in components))
        for reference in elements(node, "typeRef"):
            return self._type(reference, text_of(reference))
        return ANY

    def _type(self, node: etree._Element, name: str | None) -> Type:
        return self.named(name, node) or ANY

    def tests(self, node: etree._Element, tag: str) -> UnaryTests | None:
        """Compile the unary tests in the child *tag* of *node*, if it is there."""
        for holder in elements(node, tag):
            for text in elements(holder, "text"):
                try:
                    return compile_unary_tests(text.text or "", types=self.types)
                except FeelSyntaxError as error:
                    template = 'The expression "{text}" is not FEEL: {reason}. Correct it.'
                    self._findings.refuse_line(text, error.line - 1, template, text=text_of(text), reason=error)
        return None


def _allowing(tests: UnaryTests):  # type: ignore[no-untyped-def]
    return lambda value: tests.matches(value, {}, DEFAULT)


def argument(value: object, declared: Type | None) -> object:
    """Give an argument as its parameter declares it; functions need only take as many parameters."""
    if isinstance(declared, FunctionType) and isinstance(value, Function):
        if isinstance(value, Builtin) or declared.parameters is None or len(declared.parameters) == len(value.parameters):
            return value
        raise Undefined(f"{value.name} takes {len(value.parameters)} arguments, not {len(declared.parameters)}")
    return taken_by_function(value, declared)


def taken(value: object, declared: Type | None, what: str, environment: Environment) -> object:
    """Give a value as the type declares it; null with a warning where it does not fit."""
    if declared is None or value is None:
        return value
    found = coerce(value, declared)
    if found is None and environment.warn is not None:
        environment.warn(f"{what} does not have the type that is declared for it")
    return found


def restored(value: object, declared: Type | None, environment: Environment) -> object:
    """Give back the dates, times and durations that JSON holds as text, where a type says so."""
    if isinstance(declared, AllowedType):
        return restored(value, declared.base, environment)
    if isinstance(value, str) and declared in _READERS:
        return _READERS[declared].evaluate({"text": value}, environment)
    if isinstance(declared, ListType) and isinstance(value, list):
        return [restored(item, declared.item, environment) for item in value]
    if isinstance(declared, ContextType) and isinstance(value, Mapping):
        inner = dict(declared.entries)
        return {name: restored(item, inner.get(name), environment) for name, item in value.items()}
    return value
