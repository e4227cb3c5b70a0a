"""Boxed expressions: what a decision or a function is made of, compiled to closures over the variables they see."""

from collections.abc import Callable, Mapping

from lxml import etree

from engine.dmn import tables
from engine.dmn.language import Language, Logic, Names, Variables, environment_of, name_of, nothing
from engine.dmn.types import argument, taken
from engine.feel import Environment, Function, call_named, compile_expression, functions
from engine.feel.names import normal
from engine.feel.types import Type
from engine.source import elements, local_name, text_of

_OVER = {
    "for": compile_expression("for item in domain return body(item, partial)"),
    "some": compile_expression("some item in domain satisfies body(item)"),
    "every": compile_expression("every item in domain satisfies body(item)"),
    "filter": compile_expression("domain[body(item)]"),
}


def compiled(language: Language, holder: etree._Element, names: Names) -> Logic:
    """Compile the one boxed expression inside *holder*."""
    for node in elements(holder):
        if local_name(node) in _BOXES:
            return compile_box(language, node, names)
    template = "The {element} has no expression. Write one."
    language.findings.refuse(holder, template, element=local_name(holder))
    return nothing


def compile_box(language: Language, node: etree._Element, names: Names) -> Logic:
    """Compile one boxed expression; its result is taken as its declared type."""
    logic, declared = _BOXES[local_name(node)](language, node, names), language.type_of(node)
    return logic if declared is None else typed(logic, declared, local_name(node))


def typed(logic: Logic, declared: Type, what: str) -> Logic:
    """Take the result of *logic* as a declared type."""
    return lambda variables, environment: taken(logic(variables, environment), declared, f"The result of {what}", environment)


def _literal(language: Language, node: etree._Element, names: Names) -> Logic:
    if elements(node, "importedValues"):
        language.findings.refuse(node, "Imported values are not supported. Write the expression as text.")
    if not text_of(next(iter(elements(node, "text")), None)):
        language.findings.refuse(node, "The {element} has no expression. Write one.", element="literalExpression")
        return nothing
    expression = language.expression(node, names)
    return expression.evaluate if expression else nothing


def _context(language: Language, node: etree._Element, names: Names) -> Logic:
    entries: list[tuple[str, Logic]] = []
    for entry in elements(node, "contextEntry"):
        variable = next(iter(elements(entry, "variable")), None)
        name, logic, declared = name_of(variable), compiled(language, entry, names), language.type_of(variable)
        entries.append((name, typed(logic, declared, name) if declared else logic))
        names |= {name}

    def run(variables: Variables, environment: Environment) -> object:
        scope, result = dict(variables), dict[str, object]()
        for name, logic in entries:
            value = logic(scope, environment)
            if not name:
                return value
            scope[name] = result[name] = value
        return result

    return run


def _list(language: Language, node: etree._Element, names: Names) -> Logic:
    items = [compile_box(language, item, names) for item in elements(node) if local_name(item) in _BOXES]
    return lambda variables, environment: [item(variables, environment) for item in items]


def _relation(language: Language, node: etree._Element, names: Names) -> Logic:
    columns = [(name_of(column), language.type_of(column)) for column in elements(node, "column")]
    rows = []
    for row in elements(node, "row"):
        cells = [compile_box(language, cell, names) for cell in elements(row) if local_name(cell) in _BOXES]
        if len(cells) != len(columns):
            language.findings.refuse(
                row, "The row has {cells} cells for {columns} columns.", cells=len(cells), columns=len(columns)
            )
        rows.append([typed(cell, kind, name) if kind else cell for cell, (name, kind) in zip(cells, columns, strict=False)])
    keys = [name for name, _ in columns]
    return lambda variables, environment: [
        {key: cell(variables, environment) for key, cell in zip(keys, row, strict=False)} for row in rows
    ]


def _invocation(language: Language, node: etree._Element, names: Names) -> Logic:
    function = compiled(language, node, names)
    bindings = [
        (name_of(next(iter(elements(line, "parameter")), None)), compiled(language, line, names))
        for line in elements(node, "binding")
    ]

    def run(variables: Variables, environment: Environment) -> object:
        target = function(variables, environment)
        arguments = {name: logic(variables, environment) for name, logic in bindings}
        if isinstance(target, Function):
            return call_named(target, arguments, environment)
        if environment.warn is not None:
            environment.warn("What is invoked is not a function")
        return None

    return run


def function_of(
    language: Language, node: etree._Element, names: Names, name: str, declared: Type | None = None
) -> Callable[[Variables], Function]:
    """Compile a function definition; given the variables around it, it makes the function."""
    if node.get("kind", "FEEL") != "FEEL":
        language.findings.refuse(node, "Functions in {kind} are not supported. Write it in FEEL.", kind=node.get("kind"))
    formal = elements(node, "formalParameter")
    parameters, types = [name_of(part) for part in formal], [language.type_of(part) for part in formal]
    logic = compiled(language, node, names | frozenset(parameters))
    result = declared or language.type_of(node)
    logic = typed(logic, result, name) if result else logic

    def make(variables: Variables) -> Function:
        def body(arguments: list[object], run: functions.Evaluation) -> object:
            given = [argument(value, declared) for value, declared in zip(arguments, types, strict=True)]
            return logic({**variables, **dict(zip(parameters, given, strict=True))}, environment_of(run))

        return Function(name, parameters, body, types, result)

    return make


def _function(language: Language, node: etree._Element, names: Names) -> Logic:
    make = function_of(language, node, names, "function")
    return lambda variables, environment: make(variables)


def _conditional(language: Language, node: etree._Element, names: Names) -> Logic:
    found = {tag: [compiled(language, part, names) for part in elements(node, tag)] for tag in ("if", "then", "else")}
    for tag, parts in found.items():
        if len(parts) != 1:
            language.findings.refuse(node, "The {element} needs one {part}. Write it.", element="conditional", part=tag)
            return nothing
    [condition], [yes], [no] = found.values()
    return lambda variables, environment: _chosen(condition(variables, environment), yes, no)(variables, environment)


def _chosen(condition: object, yes: Logic, no: Logic) -> Logic:
    """Choose a branch; a condition that is neither true, false nor null leads to null."""
    return yes if condition is True else no if condition is False or condition is None else nothing


def _iterator(body_tag: str) -> Callable[[Language, etree._Element, Names], Logic]:
    """Compile for, some, every and filter through FEEL's own, so that they mean the same."""

    def compile_iterator(language: Language, node: etree._Element, names: Names) -> Logic:
        tag = local_name(node)
        name = "item" if tag == "filter" else normal(node.get("iteratorVariable", ""))
        domain = [compiled(language, part, names) for part in elements(node, "in")]
        body = [compiled(language, part, names | {name, "partial"}) for part in elements(node, body_tag)]
        if len(domain) != 1 or len(body) != 1 or not name:
            template = "The {element} needs one {part}. Write it."
            language.findings.refuse(node, template, element=tag, part="iteratorVariable" if not name else f"in / {body_tag}")
            return nothing
        return _over(tag, name, domain[0], body[0])

    return compile_iterator


def _over(tag: str, name: str, domain: Logic, body: Logic) -> Logic:
    expression = _OVER[tag]
    parameters = [name, "partial"] if tag == "for" else [name]

    def run(variables: Variables, environment: Environment) -> object:
        undecided: list[object] = []

        def once(arguments: list[object], run: functions.Evaluation) -> object:
            inner = arguments[0] if tag == "filter" and isinstance(arguments[0], dict) else {}
            found = body({**variables, **inner, **dict(zip(parameters, arguments, strict=True))}, environment_of(run))
            if tag in ("some", "every") and not isinstance(found, bool | None):
                undecided.append(found)
            return found

        function = Function(tag, parameters, once)
        result = expression.evaluate({"domain": domain(variables, environment), "body": function}, environment)
        return None if undecided else result

    return run


_BOXES: Mapping[str, Callable[[Language, etree._Element, Names], Logic]] = {
    "literalExpression": _literal,
    "decisionTable": tables.compiled,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": _function,
    "conditional": _conditional,
    "for": _iterator("return"),
    "some": _iterator("satisfies"),
    "every": _iterator("satisfies"),
    "filter": _iterator("match"),
}
