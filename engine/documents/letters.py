"""Letters: Word templates with Jinja fields, filled in where no template can reach anything but its facts."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.punctuation import full_width

if TYPE_CHECKING:
    from docxtpl import DocxTemplate


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMERALS = ("", *"一二三四五六七八九")


class LetterFault(ValueError):
    """A template cannot be read or filled in."""


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    environment.filters = {
        name: environment.filters[name] for name in ("length", "join", "first", "last", "round", "default", "upper")
    }
    environment.filters["paragraphs"] = paragraphs
    environment.filters["blank"] = lambda value: "" if value is None else value
    environment.filters |= {"numeral": numeral, "day": day, "balanced": balanced, "bare": bare}
    return environment


def _opened(template: bytes) -> "DocxTemplate":
    from docxtpl import DocxTemplate  # slow to import, seldom needed

    return DocxTemplate(io.BytesIO(template))


def paragraphs(value: object) -> list[str]:
    """Split a text into its paragraphs, so that each gets the layout of one."""
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def numeral(number: int) -> str:
    """Give a number as papers count: 一, 二 ... 九十九."""
    tens, ones = divmod(int(number), 10)
    if not 0 < number < 100:
        return str(number)
    head = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return str(head + _NUMERALS[ones])


def day(value: object) -> str:
    """Give a day in the words of papers where it is written in figures, anything else as it is."""
    text = str(value or "")
    found = _DAY.match(text)
    return f"{int(found[1])}年{int(found[2])}月{int(found[3])}日" if found else text


def bare(value: object) -> str:
    """Give a text without the stop at its end, for the middle of a sentence."""
    return str(value or "").strip().rstrip("。.;；,，")


def balanced(value: object, most: int = 20) -> str:
    """Break a title that is too long for a line into lines of about the same length, behind a word that may end one."""
    text = str(value or "")
    if len(text) <= most:
        return text
    middle = len(text) / 2 + 1
    ends = [at for at in range(len(text) - most, most + 1) if text[at - 1] in "的和与、》及"]
    between = [at for at in range(len(text) - most, most + 1) if not (text[at - 1 : at + 1].isascii())]
    at = min(ends or between or [min(most, -(-len(text) // 2))], key=lambda end: abs(end - middle))
    return text[:at] + "\n" + balanced(text[at:], most)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a template asks for: names, and of the items of a list the parts it prints, as pairs of list and part."""

    names: frozenset[str]
    parts: frozenset[tuple[str, str]]


def asked_in(template: bytes) -> Asked:
    """Give everything that a template asks for, in its text, tables, heads, feet, notes and properties."""
    try:
        document = _opened(template)
        document.init_docx()
        environment = _environment()
        trees = []
        for source in _sources(document):
            trees.append(environment.parse(source))
            environment.compile(source)  # an unknown filter or test is a fault now, not when the letter is due
    except (TemplateError, KeyError, ValueError, OSError) as error:
        raise LetterFault(str(error)) from error
    except Exception as error:  # a damaged docx fails in zipfile, lxml or python-docx, each in its own way
        raise LetterFault(f"{type(error).__name__}: {error}") from error
    names = frozenset[str]().union(*(meta.find_undeclared_variables(tree) for tree in trees))
    return Asked(names, frozenset(pair for tree in trees for pair in _parts(tree)))


def _sources(document: "DocxTemplate") -> list[str]:
    """Give every part of a template in which fields are filled in."""
    sources = [document.patch_xml(document.get_xml())]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        sources += [document.patch_xml(document.get_part_xml(part)) for _, part in document.get_headers_footers(uri)]
    for part in document.docx.part.package.parts:
        if part.content_type.endswith("footnotes+xml"):
            sources.append(document.patch_xml(part.blob.decode()))
    said = document.docx.core_properties
    return [*sources, said.author, said.comments, said.identifier, said.language, said.subject, said.title]


def _parts(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """Walk the loops over a named list, and give what each asks of its items."""
    for loop in tree.find_all(nodes.For):
        source = loop.iter
        while isinstance(source, nodes.Filter) and source.node is not None and source.name == "blank":
            source = source.node
        if not isinstance(source, nodes.Name) or not isinstance(loop.target, nodes.Name):
            continue
        for asked in loop.find_all(nodes.Getattr):
            if isinstance(asked.node, nodes.Name) and asked.node.name == loop.target.name:
                yield source.name, asked.attr


def letter(template: bytes, facts: Mapping[str, Any], title: str, author: str, at: datetime) -> bytes:
    """Fill a template in."""
    document = _opened(template)
    try:
        document.render({name: _plain(value) for name, value in facts.items()}, jinja_env=_environment(), autoescape=True)
    except TemplateError as error:
        raise LetterFault(str(error)) from error
    for passage in _passages(document):
        passage.text = full_width(passage.text or "")
    properties = document.docx.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = at.replace(tzinfo=None)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _passages(document: "DocxTemplate") -> Iterator[Any]:
    """Walk the texts of the body, the heads and the feet."""
    from docx.oxml.ns import qn

    roots = [document.docx.element.body]
    for section in document.docx.sections:
        roots += [section.header._element, section.footer._element]
    for root in roots:
        yield from root.iter(qn("w:t"))


def _plain(value: object) -> object:
    """Give a fact as text the template can print; lists and contexts stay."""
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    return "" if value is None else value
