"""Reads an expression into its parts: operators, paths, filters and calls, by rank."""

import re
from collections.abc import Mapping

from engine.feel import syntax
from engine.feel.boxed_parser import BoxedParser
from engine.feel.names import normal
from engine.feel.numbers import parse_number
from engine.feel.syntax import Node

_RANKS = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "between": 3, "in": 3, "instance": 7}
_RANKS |= {"+": 4, "-": 4, "*": 5, "/": 5, "**": 6}
_COMPARE = 3
_SUM = 4
_UP_TO_COLON = re.compile(r"[^:{}\[\](),\"]*+(?=:)")
_CONSTANTS: Mapping[str, object] = {"true": True, "false": False, "null": None}
_TYPED = ("function", "if", "for", "some", "every")


class Parser(BoxedParser):
    """Reads expressions from tokens."""

    def whole(self) -> Node:
        """Read an expression and nothing after it."""
        node = self.expression()
        self.finish()
        return node

    def unary_tests(self) -> syntax.Tests:
        """Read unary tests and nothing after them."""
        if self.tokens.at("-"):
            mark = self.tokens.advance().start
            if self.tokens.current.kind == "end":
                return syntax.Tests(())
            self.tokens.seek(mark)
        if self.tokens.current.text == "not" and (negated := self.negated_tests()):
            return negated
        tests = self.alternatives()
        self.finish()
        return syntax.Tests(tests)

    def negated_tests(self) -> syntax.Tests | None:
        """Read ``not(...)`` when it is all there is."""
        mark = self.tokens.advance().start
        if self.tokens.take("("):
            tests = self.alternatives()
            self.tokens.expect(")")
            if self.tokens.current.kind == "end":
                return syntax.Tests(tests, negated=True)
        self.tokens.seek(mark)
        return None

    def alternatives(self) -> tuple[Node, ...]:
        """Read tests with commas between them."""
        tests = [self.test()]
        while self.tokens.take(","):
            tests.append(self.test())
        return tuple(tests)

    def finish(self) -> None:
        """Refuse anything that is left."""
        if self.tokens.current.kind != "end":
            raise self.tokens.error("{found} is not expected here")

    def expression(self) -> Node:
        """Read an expression of any rank."""
        with self.nested():
            return self.operators(1)

    def endpoint(self) -> Node:
        """Read an operand of a comparison, which is also an endpoint of a range."""
        with self.nested():
            return self.operators(_SUM)

    def operators(self, lowest: int, first: Node | None = None) -> Node:
        """Read operands joined by operators of at least the rank *lowest*; the first may have been read."""
        left = first or self.operand()
        while True:
            token = self.tokens.current
            rank = _RANKS.get(token.text, 0) if token.kind in ("symbol", "keyword") else 0
            if rank < lowest or rank == 0:
                return left
            left = self.joined(left, token.text, rank)

    def joined(self, left: Node, operator: str, rank: int) -> Node:
        """Read on after a left operand, up to an operator of a lower rank."""
        if operator in ("and", "or"):
            return syntax.Logic(operator, (left, *(right for _, right in self.chain(rank, (operator,)))))
        if rank > _COMPARE and operator != "instance":
            same = tuple(symbol for symbol, other in _RANKS.items() if other == rank)
            return syntax.Arithmetic(left, tuple(self.chain(rank, same)))
        return self.compared(left, operator)

    def chain(self, rank: int, same: tuple[str, ...]) -> list[tuple[str, Node]]:
        """Read the further operands of operators of one rank."""
        rest = []
        while token := self.tokens.take(*same):
            rest.append((token.text, self.operators(rank + 1)))
        return rest

    def compared(self, left: Node, operator: str) -> Node:
        """Read what a value is compared with."""
        self.tokens.advance()
        self.count()
        if operator == "between":
            low = self.operators(_SUM)
            self.tokens.expect("and")
            return syntax.Between(left, low, self.operators(_SUM))
        if operator == "in":
            return syntax.In(left, self.in_tests())
        if operator == "instance":
            if self.tokens.current.text != "of":
                raise self.tokens.expected("symbol", symbol="of")
            self.tokens.advance()
            return syntax.InstanceOf(left, self.type())
        return syntax.Comparison(operator, left, self.operators(_SUM))

    def in_tests(self) -> tuple[Node, ...]:
        """Read what stands after ``in``: one test, or several in parentheses."""
        if not self.tokens.at("("):
            return (self.test(),)
        self.tokens.advance()
        with self.nested(), self.inside():
            tests = [self.test()]
            while self.tokens.take(","):
                tests.append(self.test())
        if len(tests) > 1:
            self.tokens.expect(")")
            return tuple(tests)
        if self.tokens.at(".."):
            first = self.range_from(tests[0], False)
        else:
            self.tokens.expect(")")
            first = tests[0]
        return (self.operators(_SUM, self.postfixed(first)),)

    def test(self) -> Node:
        """Read one test: a comparison with an endpoint, or an expression."""
        if operator := self.tokens.take("<", "<=", ">", ">=", "=", "!="):
            return syntax.UnaryRange(operator.text, self.endpoint())
        return self.expression()

    def operand(self) -> Node:
        """Read an operand with the minus signs before it."""
        minus = 0
        while self.tokens.take("-"):
            minus += 1
        node = self.postfixed(self.primary())
        if not minus:
            return node
        return syntax.Negation(node) if minus % 2 else syntax.Negation(syntax.Negation(node))

    def postfixed(self, node: Node) -> Node:
        """Read the paths, filters and calls after a value."""
        while True:
            self.count()
            if self.tokens.take("."):
                node = syntax.Path(node, self.path_name())
            elif self.tokens.at("(") and not isinstance(node, syntax.Literal):
                node = self.call(node)
            elif self.tokens.at("[") and not self.closes_range():
                self.tokens.advance()
                with self.inside():
                    node = syntax.Filter(node, self.expression())
                self.tokens.expect("]")
            else:
                return node

    def path_name(self) -> str:
        """Read the name after a dot; words that follow each other are one name."""
        words = [self.word()]
        while self.tokens.current.kind == "name":
            words.append(self.word())
        return normal(" ".join(words))

    def word(self) -> str:
        """Read one word of a name."""
        if self.tokens.current.kind not in ("name", "keyword"):
            raise self.tokens.expected("name")
        return self.tokens.advance().text

    def call(self, function: Node) -> Node:
        """Read the arguments of a call."""
        self.tokens.expect("(")
        names: list[str] = []
        arguments: list[Node] = []
        with self.inside():
            while not self.tokens.at(")"):
                if arguments:
                    self.tokens.expect(",", ")")
                if name := self.argument_name():
                    names.append(name)
                arguments.append(self.expression())
        self.tokens.expect(")")
        if names and len(names) != len(arguments):
            raise self.tokens.error("Either all arguments have names or none")
        return syntax.Call(function, tuple(arguments), tuple(names))

    def argument_name(self) -> str | None:
        """Read the name of an argument and its colon, if it has one."""
        token = self.tokens.current
        found = _UP_TO_COLON.match(self.tokens.text, token.start)
        if not found or token.kind not in ("name", "keyword"):
            return None
        self.tokens.seek(found.end() + 1)
        return normal(found[0])

    def primary(self) -> Node:
        """Read a literal, a name, or something in brackets."""
        token = self.tokens.current
        if token.kind == "name":
            self.tokens.advance()
            return syntax.Name(token.text)
        if token.kind == "string":
            self.tokens.advance()
            return syntax.Literal(token.text)
        if token.kind == "number":
            self.tokens.advance()
            return syntax.Literal(parse_number(token.text))
        if token.kind == "keyword":
            return self.keyword()
        return self.bracketed()

    def keyword(self) -> Node:
        """Read what begins with a keyword."""
        token = self.tokens.current
        if token.text in _CONSTANTS:
            self.tokens.advance()
            return syntax.Literal(_CONSTANTS[token.text])
        if token.text in _TYPED:
            with self.nested():
                return self.textual(token.text)
        raise self.tokens.expected("value")
