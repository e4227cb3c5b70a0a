"""Reads the types that stand after ``instance of`` and after parameters."""

from collections.abc import Mapping

from engine.feel.tokens import Tokens
from engine.feel.types import ANY, NAMED, ContextType, FunctionType, ListType, RangeType, Type


class TypeParser:
    """The part of the parser for types; *types* are the named ones besides FEEL's own."""

    def __init__(self, tokens: Tokens, types: Mapping[str, Type]) -> None:
        self.tokens = tokens
        self._types = types

    def type(self) -> Type:
        """Read a type."""
        name = self.type_name()
        generic = self.tokens.at("<")
        if name == "list" and generic:
            return ListType(self._only_argument())
        if name == "range" and generic:
            return RangeType(self._only_argument())
        if name == "context" and generic:
            return self._context_type()
        if name == "function" and generic:
            return self._function_type()
        found = self._types.get(name) or NAMED.get(name)
        if found is None:
            raise self.tokens.error("There is no type {name}", name=name)
        return found

    def type_name(self) -> str:
        """Read the name of a type: the longest run of words that is one."""
        words = [self._word()]
        known = [*self._types, *NAMED]
        while self._continues(words, known):
            words.append(self._word())
        return " ".join(words)

    def _word(self) -> str:
        token = self.tokens.current
        if token.kind not in ("name", "keyword"):
            raise self.tokens.expected("type")
        self.tokens.advance()
        word = token.text
        while self.tokens.at(".") and self.tokens.text[self.tokens.current.end : self.tokens.current.end + 1].isalpha():
            self.tokens.advance()
            word += "." + self.tokens.advance().text
        return word

    def _continues(self, words: list[str], known: list[str]) -> bool:
        longer = " ".join([*words, self.tokens.current.text])
        return any(name == longer or name.startswith(longer + " ") for name in known) and bool(self.tokens.current.text)

    def _only_argument(self) -> Type:
        self.tokens.expect("<")
        argument = self.type()
        self._close()
        return argument

    def _context_type(self) -> Type:
        self.tokens.expect("<")
        entries: list[tuple[str, Type]] = []
        while not self.tokens.at(">"):
            if entries:
                self.tokens.expect(",", ">")
            name = self._entry_name()
            self.tokens.expect(":")
            entries.append((name, self.type()))
        self._close()
        return ContextType(tuple(entries))

    def _entry_name(self) -> str:
        words = [self._word()]
        while not self.tokens.at(":"):
            words.append(self._word())
        return " ".join(words)

    def _function_type(self) -> Type:
        self.tokens.expect("<")
        parameters: list[Type] = []
        while not self.tokens.at(">"):
            if parameters:
                self.tokens.expect(",", ">")
            parameters.append(self.type())
        self._close()
        return FunctionType(tuple(parameters), self.type() if self.tokens.take("->") else ANY)

    def _close(self) -> None:
        """Go past one closing bracket, which may stand first in ``>=`` after a type."""
        if self.tokens.at(">="):
            self.tokens.seek(self.tokens.current.start + 1)
            return
        self.tokens.expect(">")
