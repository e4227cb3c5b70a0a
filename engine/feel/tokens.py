"""Takes the text of an expression apart, one token at a time, as the parser asks for them.

Which characters belong to a name depends on the names known at that place, so there is no separate first pass.
"""

import re
from typing import NamedTuple

from engine.feel.errors import FeelSyntaxError
from engine.feel.limits import TEXT_LENGTH
from engine.feel.names import NAME, KnownNames

_CONSTANTS = ("true", "false", "null")
_OPENING = ("if", "for", "some", "every", "function")
KEYWORDS = frozenset((*_CONSTANTS, *_OPENING, "then", "else", "in", "return", "satisfies", "and", "or", "between", "instance"))
_BLANK = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_QUOTED = re.compile(r"`([^`\n]+)`")
_SYMBOL = re.compile(r"\*\*|\.\.|<=|>=|!=|->|[-()\[\]{},.:+*/<>=?@]")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|[nrt'\"\\])")
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}
_WRITE = "{found} cannot stand here; write {instead}"
_EXPECTED = {
    "symbol": ("{symbol} is expected here, not {found}", "{symbol} is missing at the end"),
    "value": ("A value is expected here, not {found}", "A value is missing at the end"),
    "name": ("A name is expected here, not {found}", "A name is missing at the end"),
    "type": ("A type is expected here, not {found}", "A type is missing at the end"),
    "text": ("A text is expected here, not {found}", "A text is missing at the end"),
}
_FOREIGN = {"==": "=", "&&": "and", "||": "or"}
_WIDE = dict(
    zip(
        "\u201c\u201d\u2018\u2019\uff02\uff0c\uff08\uff09\uff1d\uff1a\u3002\uff1b\uff01\uff1c\uff1e\u3010\u3011\uff0b\uff0d\uff0a\uff0f\u3001",
        '""""",()=:.;!<>[]+-*/,',
        strict=True,
    )
)


class Token(NamedTuple):
    """A piece of the text: its kind (number, string, name, keyword, symbol, end), text and place."""

    kind: str
    text: str
    start: int
    end: int


class Tokens:
    """The text of an expression and the place reached in it."""

    def __init__(self, text: str, names: KnownNames) -> None:
        if len(text) > TEXT_LENGTH:
            raise FeelSyntaxError("An expression may have at most {limit} characters", limit=TEXT_LENGTH)
        self.text = text
        self.names = names
        self.current = self._read(0)

    def advance(self) -> Token:
        """Give the current token and go on to the next."""
        token = self.current
        self.current = self._read(token.end)
        return token

    def seek(self, position: int) -> None:
        """Go on reading at another place."""
        self.current = self._read(position)

    def learn(self, name: str) -> None:
        """Know one more name from here on."""
        if self.names.add(name):
            self.seek(self.current.start)

    def at(self, *symbols: str) -> bool:
        """Say whether the current token is one of these symbols or keywords."""
        return self.current.text in symbols and self.current.kind in ("symbol", "keyword")

    def take(self, *symbols: str) -> Token | None:
        """Go past the current token if it is one of these."""
        return self.advance() if self.at(*symbols) else None

    def expect(self, symbol: str, instead: str = "") -> Token:
        """Go past a symbol that must stand here; *instead* could stand here too, as the message says."""
        if not self.at(symbol):
            raise self.expected("symbol", symbol=f"{symbol} / {instead}" if instead else symbol)
        return self.advance()

    def expected(self, what: str, **facts: object) -> FeelSyntaxError:
        """Say what must stand where the current token stands."""
        here, at_the_end = _EXPECTED[what]
        return self.error(at_the_end if self.current.kind == "end" else here, **facts)

    def error(self, template: str, **facts: object) -> FeelSyntaxError:
        """Describe what is wrong at the current token."""
        return self.error_at(self.current.start, template, found=self.current.text, **facts)

    def error_at(self, place: int, template: str, **facts: object) -> FeelSyntaxError:
        """Describe what is wrong at a place."""
        line = self.text.count("\n", 0, place) + 1
        return FeelSyntaxError(template, line, place - self.text.rfind("\n", 0, place), **facts)

    def _read(self, position: int) -> Token:
        blank = _BLANK.match(self.text, position)
        start = blank.end() if blank else position
        if start >= len(self.text):
            return Token("end", "", start, start)
        known = self.names.match(self.text, start)
        if known:
            return Token("name", known[0], start, known[1])
        return self._plain(start)

    def _plain(self, start: int) -> Token:
        if found := NAME.match(self.text, start):
            return Token("keyword" if found[0] in KEYWORDS else "name", found[0], start, found.end())
        if found := _NUMBER.match(self.text, start):
            return Token("number", found[0], start, found.end())
        if found := _STRING.match(self.text, start):
            return Token("string", unescaped(found[1]), start, found.end())
        if found := _QUOTED.match(self.text, start):
            return Token("name", found[1], start, found.end())
        if (pair := self.text[start : start + 2]) in _FOREIGN:
            raise self.error_at(start, _WRITE, found=pair, instead=_FOREIGN[pair])
        if found := _SYMBOL.match(self.text, start):
            return Token("symbol", found[0], start, found.end())
        raise self._stray(start)

    def _stray(self, start: int) -> FeelSyntaxError:
        character = self.text[start]
        if character == '"':
            return self.error_at(start, "This text is not closed with a quotation mark")
        if character in _WIDE:
            return self.error_at(start, _WRITE, found=character, instead=_WIDE[character])
        return self.error_at(start, "{found} cannot stand here", found=character)


def unescaped(text: str) -> str:
    """Resolve the escapes of a string literal; a backslash before anything else stays."""
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_character, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] in "uU" and len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    return _CONTROL.get(code, code)
