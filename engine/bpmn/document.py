"""One process file while it is being read: its root elements by id, the names its expressions may use, what was found in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.model import Mapped, Value
from engine.bpmn.vocabulary import ZEEBE
from engine.feel import Expression, FeelSyntaxError, compile_expression
from engine.feel.builtins import BUILTINS
from engine.source import Findings, elements, local_name, namespace, text_of

VARIABLE = re.compile(r"[^\W\d][\w \-'+*/]*(\.[^\W\d][\w \-'+*/]*)*")
FUNCTIONS = frozenset({"add workdays", "count workdays", "roll to workday"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a deployment brings besides process files: ids that may be named, and variable names (form fields) and functions."""

    forms: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(slots=True)
class Document:
    """A file's tree and what reading it turned up."""

    root: etree._Element
    findings: Findings
    names: frozenset[str] = frozenset()
    by_id: dict[str, etree._Element] = field(default_factory=dict)

    def refuse(self, node: etree._Element, template: str, **facts: object) -> None:
        """Say why the file cannot be deployed."""
        self.findings.refuse(node, template, **facts)

    def value(self, node: etree._Element, text: str | None) -> Value | None:
        """Read a literal, or FEEL behind ``=``; nothing where nothing is written."""
        if text is None or not text.strip():
            return None
        text = text.strip()
        return Value(text, self._compiled(node, text[1:])) if text.startswith("=") else Value(text)

    def feel(self, node: etree._Element, text: str | None, what: str) -> Value | None:
        """Read something that must be FEEL: a condition, a collection, a mapping source."""
        text = (text or "").strip()
        if not text:
            return None
        if not text.startswith("="):
            template = 'The {what} "{text}" does not begin with =. Write ={text} if it is an expression.'
            self.refuse(node, template, what=what, text=text)
            return None
        return Value(text, self._compiled(node, text[1:]))

    def expression(self, node: etree._Element | None, what: str) -> Expression | None:
        """Read an element whose text must be a FEEL condition."""
        if node is None:
            return None
        if (language := node.get("language")) and "feel" not in language.lower():
            self.refuse(node, "The {what} is written in {language}. Write it in FEEL.", what=what, language=language)
            return None
        if not text_of(node):
            self.refuse(node, "The {what} is empty. Write =expression or remove it.", what=what)
        value = self.feel(node, text_of(node), what)
        return value.expression if value else None

    def _compiled(self, node: etree._Element, text: str) -> Expression | None:
        try:
            return compile_expression(text, self.names)
        except FeelSyntaxError as error:
            template = 'The expression "{text}" is not FEEL: {reason}. Correct it.'
            self.refuse(node, template, text=text.strip(), reason=error)
            return None

    def mapped(self, node: etree._Element) -> Mapped | None:
        """Read one line of an ``ioMapping``."""
        source = self.feel(node, node.get("source"), "mapping source")
        target = self.variable(node, node.get("target"))
        return Mapped(source, target) if source and target else None

    def variable(self, node: etree._Element, name: str | None) -> str | None:
        """Read the name of a variable to write, a dotted path where it lies inside a context."""
        name = (name or "").strip()
        if name and not VARIABLE.fullmatch(name):
            template = 'A variable cannot be called "{name}". Begin with a letter, go on with letters, digits and _.'
            self.refuse(node, template, name=name)
            return None
        return name or None


def extension(node: etree._Element, name: str) -> etree._Element | None:
    """Find the ``zeebe:`` extension element *name* of *node*."""
    for holder in elements(node, "extensionElements"):
        for child in elements(holder, name):
            if namespace(child) == ZEEBE:
                return child
    return None


def inner(node: etree._Element, holder: str, name: str) -> list[etree._Element]:
    """List the elements *name* in the extension element *holder* of *node*."""
    found = extension(node, holder)
    return [] if found is None else elements(found, name)


def flag(node: etree._Element, attribute: str, default: bool) -> bool:
    """Read a boolean attribute."""
    return node.get(attribute, "true" if default else "false") in ("true", "1")


def number(node: etree._Element, attribute: str) -> int:
    """Read a quantity; one where none or a refused one is written."""
    text = node.get(attribute, "1")
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else 1


def child(node: etree._Element, name: str) -> etree._Element | None:
    """Find the first child element of that name."""
    return next(iter(elements(node, name)), None)


def needs_declaring(name: str) -> bool:
    """Say whether FEEL has to be told of a name: it would take apart one with spaces, or read a built-in's as the built-in."""
    return not name.isidentifier() or name in BUILTINS


def variable_names(root: etree._Element) -> frozenset[str]:
    """Collect the names a file writes to, so that its expressions may use them even with spaces or hyphens."""
    return FUNCTIONS | frozenset(name.strip() for name in _written(root) if name and name.strip())


def _written(root: etree._Element) -> Iterator[str | None]:
    for node in root.iter("{*}*"):
        if namespace(node) == ZEEBE:
            yield (node.get("target") or "").split(".")[0]
            yield from (node.get(attribute) for attribute in ("resultVariable", "inputElement", "outputCollection"))
        elif local_name(node) == "dataObject":
            yield node.get("name")
