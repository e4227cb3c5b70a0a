"""Checks a regular expression of XPath and rewrites it for the matcher."""

import re
from typing import NoReturn

from engine.feel.errors import Undefined

_BLANK = frozenset(" \t\n\r")
_SIMPLE_ESCAPES = frozenset("nrt\\|.?*+(){}-[]^$")
_CLASSES = {
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "i": r"[\p{L}\p{Nl}_:]",
    "I": r"[^\p{L}\p{Nl}_:]",
    "c": r"[-.\p{L}\p{Nd}\p{Mn}\p{Mc}\p{Nl}_:\u00b7]",
    "C": r"[^-.\p{L}\p{Nd}\p{Mn}\p{Mc}\p{Nl}_:\u00b7]",
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": r"[^\p{P}\p{Z}\p{C}]",
    "W": r"[\p{P}\p{Z}\p{C}]",
}
_CATEGORY = re.compile(r"\{(?:Is[A-Za-z0-9-]+|L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)\}")
_QUANTITY = re.compile(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_LARGEST = 20_000


def translated(pattern: str, flags: str) -> str:
    """Rewrite a pattern; raise ``Undefined`` where it is not one of XPath's."""
    return _Translator(_without_blanks(pattern) if "x" in flags else pattern, flags).run()


def _without_blanks(pattern: str) -> str:
    """Drop white space outside character classes, as the flag ``x`` asks."""
    kept, depth, escaped = [], 0, False
    for character in pattern:
        if character in _BLANK and not depth:
            continue
        if not escaped:
            depth += (character == "[") - (character == "]" and depth > 0)
        escaped = character == "\\" and not escaped
        kept.append(character)
    return "".join(kept)


class _Translator:
    """One pass over a pattern."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.dot_all = "s" in flags
        self.lines = "m" in flags
        self.opened: list[int] = []
        self.groups = 0
        self.closed: set[int] = set()
        self.sizes = [0]
        self.last = 0

    def refuse(self, reason: str) -> NoReturn:
        raise Undefined(f"{self.pattern[:40]} is no regular expression: {reason}")

    def peek(self, text: str) -> bool:
        return self.pattern.startswith(text, self.place)

    def run(self) -> str:
        parts: list[str] = []
        repeatable = False
        while self.place < len(self.pattern):
            character = self.pattern[self.place]
            if character in "*+?{":
                if not repeatable:
                    self.refuse(f"{character} repeats nothing")
                parts.append(self.quantifier())
                repeatable = False
                continue
            self.last = 0 if character == ")" else 1
            parts.append(self.atom(character))
            self.sizes[-1] += self.last
            repeatable = character not in "(|"
        if self.opened:
            self.refuse("a parenthesis is not closed")
        return "".join(parts)

    def atom(self, character: str) -> str:
        if character == "\\":
            return self.escape()
        if character == "[":
            return self.character_class()
        if character in "()":
            return self.group(character)
        if character in "]}":
            self.refuse(f"{character} is not opened")
        self.place += 1
        if character == ".":
            return "." if self.dot_all else r"[^\n\r]"
        if character == "$":
            return "$" if self.lines else r"\Z"
        return character if character in "^|" else re.escape(character)

    def group(self, character: str) -> str:
        self.place += 1
        if character == ")":
            if not self.opened:
                self.refuse("a parenthesis is not opened")
            self.closed.add(self.opened.pop())
            self.last = self.sizes.pop()
            return ")"
        self.last = 0
        self.sizes.append(0)
        if self.peek("?:"):
            self.place += 2
            self.opened.append(0)
            return "(?:"
        if self.peek("?"):
            self.refuse("only (?: may follow a parenthesis")
        self.groups += 1
        self.opened.append(self.groups)
        return "("

    def quantifier(self) -> str:
        character = self.pattern[self.place]
        if character == "{":
            found = _QUANTITY.match(self.pattern, self.place)
            if not found or (found[3] and int(found[3]) < int(found[1])):
                self.refuse("the quantity is not one")
            self.repeat(int(found[3] or found[1]))
            self.place = found.end()
            character = found[0]
        else:
            self.place += 1
        if self.peek("?"):
            self.place += 1
            character += "?"
        return character

    def repeat(self, times: int) -> None:
        """Count what a quantity makes of the atom before it: written out, a pattern must not grow without measure."""
        self.sizes[-1] += self.last * max(0, times - 1)
        self.last *= max(1, times)
        if self.sizes[-1] > _LARGEST:
            self.refuse("it repeats too often")

    def escape(self, in_class: bool = False) -> str:
        self.place += 1
        if self.place >= len(self.pattern):
            self.refuse("it ends with a backslash")
        character = self.pattern[self.place]
        self.place += 1
        if character in _SIMPLE_ESCAPES:
            return "\\" + character
        if character in _CLASSES:
            return _CLASSES[character]
        if character in "pP":
            return self.category(character)
        if in_class or not character.isdigit():
            self.refuse(f"there is no escape \\{character}")
        return self.reference(character)

    def category(self, character: str) -> str:
        found = _CATEGORY.match(self.pattern, self.place)
        if not found:
            self.refuse("there is no such category")
        self.place = found.end()
        name = found[0][1:-1]
        if name.startswith("Is"):
            name = "In" + name[2:]
        return f"\\{character}{{{name}}}"

    def reference(self, digits: str) -> str:
        number = int(digits)
        while self.place < len(self.pattern) and self.pattern[self.place].isdigit() and number * 10 <= self.groups:
            longer = number * 10 + int(self.pattern[self.place])
            if longer > self.groups:
                break
            number = longer
            self.place += 1
        if number == 0 or number not in self.closed:
            self.refuse(f"there is no group {number} before it")
        return f"(?:\\{number})"

    def character_class(self) -> str:
        self.place += 1
        negated = self.peek("^")
        self.place += negated
        items: list[str] = []
        while not self.peek("]") or not items:
            if self.place >= len(self.pattern):
                self.refuse("a bracket is not closed")
            if self.peek("-[") and items:
                self.place += 1
                excluded = self.character_class()
                if not self.peek("]"):
                    self.refuse("nothing may follow an excluded class")
                self.place += 1
                return f"[[{'^' if negated else ''}{''.join(items)}]--{excluded}]"
            items.append(self.class_item())
        self.place += 1
        return f"[{'^' if negated else ''}{''.join(items)}]"

    def class_item(self) -> str:
        first = self.class_character()
        if not self.peek("-") or self.peek("-[") or self.peek("-]"):
            return first
        self.place += 1
        if self.place >= len(self.pattern) or len(first) > 2:
            self.refuse("the range in the class is not one")
        last = self.class_character()
        if len(last) > 2 or last[-1] < first[-1]:
            self.refuse("the range in the class is not one")
        return f"{first}-{last}"

    def class_character(self) -> str:
        character = self.pattern[self.place]
        if character == "\\":
            return self.escape(in_class=True)
        if character in "[]":
            self.refuse(f"{character} must be escaped in a class")
        self.place += 1
        return re.escape(character) if character in "-^&|~.#" or character in "\\" else character
