"""Reads what stands in brackets or begins with a keyword: lists, contexts, ranges, functions, iterations, types."""

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from engine.feel import syntax
from engine.feel.limits import NESTING
from engine.feel.names import NAME, normal
from engine.feel.syntax import Node
from engine.feel.tokens import Tokens
from engine.feel.type_parser import TypeParser
from engine.feel.types import Type

_UP_TO_COLON = re.compile(r"[^:{}\[\](),\"]*+(?=:)")
_UP_TO_IN = re.compile(r"[^:{}\[\](),\"]*+")
_IN = re.compile(r"\sin\b")
_UP_TO_COMMA = re.compile(r"[^:{}\[\](),\"]*+(?=[,:)])")
_POSTFIXES = 5_000


class BoxedParser(TypeParser):
    """The part of the parser for everything with its own brackets or keywords."""

    def __init__(self, tokens: Tokens, types: Mapping[str, Type]) -> None:
        super().__init__(tokens, types)
        self._depth = 0
        self._count = 0
        self._in_range = False

    @abstractmethod
    def expression(self) -> Node:
        """Read an expression of any rank."""

    @abstractmethod
    def endpoint(self) -> Node:
        """Read an endpoint of a range."""

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Refuse expressions that are nested too deeply to be read or evaluated."""
        self._depth += 1
        if self._depth > NESTING:
            raise self.tokens.error("This is nested too deeply")
        yield
        self._depth -= 1

    @contextmanager
    def inside(self, in_range: bool = False) -> Iterator[None]:
        """Read between brackets; only the end of a range may close with an opening bracket."""
        before, self._in_range = self._in_range, in_range
        yield
        self._in_range = before

    def closes_range(self) -> bool:
        """Say whether the bracket ``[`` here ends a range such as ``[1..2[``."""
        if not self._in_range:
            return False
        mark = self.tokens.current.start
        self.tokens.advance()
        nothing = self.tokens.current.kind == "end" or self.tokens.at(
            ",",
            ")",
            "]",
            "}",
            "=",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "and",
            "or",
            "then",
            "else",
            "return",
            "satisfies",
            "instance",
            "in",
            ".",
            "+",
            "*",
        )
        self.tokens.seek(mark)
        return nothing

    def bracketed(self) -> Node:
        """Read what begins with a symbol."""
        if self.tokens.take("("):
            return self.parenthesis()
        if self.tokens.take("["):
            return self.list_or_range()
        if self.tokens.take("]"):
            with self.inside():
                start = self.endpoint()
            return self.range_from(start, False)
        if self.tokens.take("{"):
            return self.context()
        if self.tokens.take("?"):
            return syntax.Name("?")
        if self.tokens.take("@"):
            if self.tokens.current.kind != "string":
                raise self.tokens.expected("text")
            return syntax.AtLiteral(self.tokens.advance().text)
        raise self.tokens.expected("value")

    def parenthesis(self) -> Node:
        """Read an expression in parentheses, or a range that begins with one."""
        with self.inside():
            if operator := self.tokens.take("<", "<=", ">", ">=", "=", "!="):
                node: Node = syntax.UnaryRange(operator.text, self.endpoint())
            else:
                node = self.expression()
        if self.tokens.at(".."):
            return self.range_from(node, False)
        self.tokens.expect(")")
        return node

    def list_or_range(self) -> Node:
        """Read what stands in square brackets."""
        items: list[Node] = []
        with self.inside():
            while not self.tokens.at("]"):
                if items:
                    self.tokens.expect(",", "]")
                items.append(self.expression())
                if len(items) == 1 and self.tokens.at(".."):
                    break
        if self.tokens.at(".."):
            return self.range_from(items[0], True)
        self.tokens.expect("]")
        return syntax.ListLiteral(tuple(items))

    def range_from(self, start: Node, start_included: bool) -> Node:
        """Read the second half of a range."""
        self.tokens.expect("..")
        with self.inside(in_range=True):
            end = self.endpoint()
        closing = self.tokens.take("]", ")", "[")
        if closing is None:
            raise self.tokens.expected("symbol", symbol="] / ) / [")
        return syntax.RangeLiteral(start, end, start_included, closing.text == "]")

    def context(self) -> Node:
        """Read the entries of a context; the names of earlier ones are known to later ones."""
        before = self.tokens.names
        self.tokens.names = before.copy()
        entries: list[tuple[str, Node]] = []
        with self.inside():
            while not self.tokens.at("}"):
                if entries:
                    self.tokens.expect(",", "}")
                key = self.key()
                entries.append((key, self.expression()))
                self.tokens.learn(key)
        for key, _ in entries:
            before.add(key)
        self.tokens.names = before
        self.tokens.expect("}")
        return syntax.ContextLiteral(tuple(entries))

    def key(self) -> str:
        """Read the name of a context entry and its colon."""
        token = self.tokens.current
        if token.kind == "string":
            self.tokens.advance()
            self.tokens.expect(":")
            return token.text
        key = self.name_by(_UP_TO_COLON)
        self.tokens.expect(":")
        return key

    def name_by(self, pattern: re.Pattern[str]) -> str:
        """Read a name of any words, up to what ends it."""
        text, start = self.tokens.text, self.tokens.current.start
        found = pattern.match(text, start)
        if not found or not NAME.match(text, start):
            raise self.tokens.expected("name")
        name = found[0]
        if pattern is _UP_TO_IN:
            end = _IN.search(name)
            if end is None:
                raise self.tokens.expected("name")
            name = name[: end.start()]
        self.tokens.seek(start + len(name))
        return normal(name)

    def textual(self, keyword: str) -> Node:
        """Read what begins with if, for, some, every or function."""
        self.tokens.advance()
        if keyword == "if":
            return self.choice()
        if keyword == "function":
            return self.function()
        before = self.tokens.names
        self.tokens.names = before.copy()
        iterators = self.iterators()
        node: Node
        if keyword == "for":
            self.tokens.expect("return")
            node = syntax.For(iterators, self.expression())
        else:
            self.tokens.expect("satisfies")
            node = syntax.Quantified(keyword, iterators, self.expression())
        self.tokens.names = before
        return node

    def choice(self) -> Node:
        """Read the condition and both branches."""
        condition = self.expression()
        self.tokens.expect("then")
        yes = self.expression()
        self.tokens.expect("else")
        return syntax.If(condition, yes, self.expression())

    def iterators(self) -> tuple[syntax.Iterator, ...]:
        """Read names and what they run over."""
        found: list[syntax.Iterator] = []
        while not found or self.tokens.take(","):
            name = self.name_by(_UP_TO_IN)
            self.tokens.expect("in")
            domain = self.expression()
            until = self.expression() if self.tokens.take("..") else None
            found.append(syntax.Iterator(name, domain, until))
            self.tokens.learn(name)
        return tuple(found)

    def function(self) -> Node:
        """Read the parameters and the body of a function."""
        self.tokens.expect("(")
        before = self.tokens.names
        self.tokens.names = before.copy()
        names: list[str] = []
        types: list[Type | None] = []
        while not self.tokens.at(")"):
            if names:
                self.tokens.expect(",", ")")
            names.append(self.name_by(_UP_TO_COMMA))
            types.append(self.type() if self.tokens.take(":") else None)
        self.tokens.expect(")")
        for name in names:
            self.tokens.learn(name)
        external = self.tokens.current.text == "external"
        if external:
            self.tokens.advance()
        body = self.expression()
        self.tokens.names = before
        return syntax.FunctionDefinition(tuple(names), tuple(types), None if external else body)

    def count(self) -> None:
        """Refuse expressions with too many parts in a row."""
        self._count += 1
        if self._count > _POSTFIXES:
            raise self.tokens.error("This expression is too long")
