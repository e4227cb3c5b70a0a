"""Turns the parts of an expression into Python closures that evaluate it."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from engine.feel import syntax
from engine.feel.builtins import BUILTINS
from engine.feel.compile_calls import at_literal, call, call_named, field, function, instance_of
from engine.feel.compile_lists import Domain, Loop, context, filtered, iteration, list_of, quantified, range_of
from engine.feel.compile_operators import (
    arithmetic,
    between,
    choice,
    compared,
    conjunction,
    constant,
    disjunction,
    inside,
    negation,
    unary_range,
)
from engine.feel.scope import Code, load
from engine.feel.syntax import Node


class Compiler:
    """Compiles one expression and collects the variables it reads."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.free: set[str] = set()
        self.used: set[str] = set()
        self._declared = frozenset(names)
        self._bound: Counter[str] = Counter()
        self._size = 0

    def compile(self, node: Node) -> Code:
        """Compile a part with everything in it."""
        self._size += 1
        return _COMPILE[type(node)](self, node)

    def all(self, nodes: Iterable[Node]) -> list[Code]:
        """Compile several parts."""
        return [self.compile(node) for node in nodes]

    def within(self, names: Iterable[str], node: Node) -> Code:
        """Compile a part in which further names are bound."""
        names = tuple(names)
        self._bound.update(names)
        code = self.compile(node)
        self._bound.subtract(names)
        return code

    def weight(self, since: int = 0) -> int:
        """Say how many steps one evaluation of what was compiled since costs."""
        return 1 + (self._size - since) // 8

    def name(self, node: syntax.Name) -> Code:
        """Compile the reading of a variable."""
        text = node.text
        self.used.add(text)
        bound = text == "?" or self._bound[text] > 0
        if not bound and (text in self._declared or text not in BUILTINS):
            self.free.add(text)
        return load(text)

    def call(self, node: syntax.Call) -> Code:
        """Compile a function call."""
        if isinstance(node.function, syntax.Name):
            name = node.function.text
            target = self.name(node.function)
        else:
            name, target = "", self.compile(node.function)
        arguments = self.all(node.arguments)
        if node.names:
            return call_named(target, name, node.names, arguments)
        passed = [self._passed(argument, code) for argument, code in zip(node.arguments, arguments, strict=True)]
        return call(target, name, arguments, passed)

    def _passed(self, argument: Node, code: Code) -> Code:
        return load(argument.text, is_passed=True) if isinstance(argument, syntax.Name) and argument.text in BUILTINS else code

    def loop(self, iterators: tuple[syntax.Iterator, ...], body: Node, *more: str) -> Loop:
        """Compile iterators, each in the scope of the ones before it, and what they are for."""
        since, used, self.used = self._size, self.used, set()
        domains: list[Domain] = []
        for iterator in iterators:
            until = self.compile(iterator.until) if iterator.until is not None else None
            domains.append((iterator.name, self.compile(iterator.domain), until))
            self._bound[iterator.name] += 1
        code = self.within(more, body)
        self._bound.subtract(iterator.name for iterator in iterators)
        looks_back = "partial" in self.used
        self.used |= used
        return Loop(domains, code, self.weight(since), looks_back)

    def iteration(self, node: syntax.For) -> Code:
        """Compile ``for``."""
        return iteration(self.loop(node.iterators, node.body, "partial"))

    def quantified(self, node: syntax.Quantified) -> Code:
        """Compile ``some`` and ``every``."""
        return quantified(self.loop(node.iterators, node.condition), node.quantifier == "some")

    def filter(self, node: syntax.Filter) -> Code:
        """Compile a filter."""
        base, since = self.compile(node.base), self._size
        return filtered(base, self.within(("item",), node.condition), self.weight(since))

    def context(self, node: syntax.ContextLiteral) -> Code:
        """Compile a context, each entry in the scope of the ones before it."""
        entries: list[tuple[str, Code]] = []
        for name, value in node.entries:
            entries.append((name, self.compile(value)))
            self._bound[name] += 1
        self._bound.subtract(name for name, _ in entries)
        return context(entries)

    def function(self, node: syntax.FunctionDefinition) -> Code:
        """Compile a function definition."""
        since = self._size
        body = None if node.body is None else self.within(node.parameters, node.body)
        return function(node.parameters, node.types, body, self.weight(since))

    def membership(self, node: syntax.In) -> Code:
        """Compile ``in``."""
        return inside(self.compile(node.value), [self.test(test) for test in node.tests])

    def test(self, node: Node) -> tuple[str, Code]:
        """Compile one test as a comparison operator and an endpoint, or as ``in`` and a value."""
        if isinstance(node, syntax.UnaryRange):
            return node.operator, self.compile(node.endpoint)
        return "in", self.compile(node)

    def arithmetic(self, node: syntax.Arithmetic) -> Code:
        """Compile operators of one rank, from left to right."""
        return arithmetic(self.compile(node.first), [(operator, self.compile(operand)) for operator, operand in node.rest])

    def range(self, node: syntax.RangeLiteral) -> Code:
        """Compile a range."""
        return range_of(self.compile(node.start), self.compile(node.end), node.start_included, node.end_included)

    def logic(self, node: syntax.Logic) -> Code:
        """Compile ``and`` and ``or``."""
        return (conjunction if node.operator == "and" else disjunction)(self.all(node.operands))


_COMPILE: dict[type[Node], Callable[[Compiler, Any], Code]] = {
    syntax.Literal: lambda compiler, node: constant(node.value),
    syntax.AtLiteral: lambda compiler, node: at_literal(node.text),
    syntax.Name: Compiler.name,
    syntax.Path: lambda compiler, node: field(compiler.compile(node.base), node.name),
    syntax.Filter: Compiler.filter,
    syntax.Call: Compiler.call,
    syntax.Negation: lambda compiler, node: negation(compiler.compile(node.operand)),
    syntax.Arithmetic: Compiler.arithmetic,
    syntax.Logic: Compiler.logic,
    syntax.Comparison: lambda compiler, node: compared(node.operator, *compiler.all((node.left, node.right))),
    syntax.Between: lambda compiler, node: between(*compiler.all((node.value, node.low, node.high))),
    syntax.In: Compiler.membership,
    syntax.InstanceOf: lambda compiler, node: instance_of(compiler.compile(node.value), node.type),
    syntax.If: lambda compiler, node: choice(*compiler.all((node.condition, node.yes, node.no))),
    syntax.For: Compiler.iteration,
    syntax.Quantified: Compiler.quantified,
    syntax.FunctionDefinition: Compiler.function,
    syntax.ListLiteral: lambda compiler, node: list_of(compiler.all(node.items)),
    syntax.ContextLiteral: Compiler.context,
    syntax.RangeLiteral: Compiler.range,
    syntax.UnaryRange: lambda compiler, node: unary_range(node.operator, compiler.compile(node.endpoint)),
}
