"""Letters: Word templates with Jinja fields, filled in where no template can reach anything but its facts."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.punctuation import full_width

if TYPE_CHECKING:
    from docxtpl import DocxTemplate


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
    return environment


def _opened(template: bytes) -> "DocxTemplate":
    from docxtpl import DocxTemplate  # slow to import, seldom needed

    return DocxTemplate(io.BytesIO(template))


def paragraphs(value: object) -> list[str]:
    """Split a text into its paragraphs, so that each gets the layout of one."""
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def names_in(template: bytes) -> frozenset[str]:
    """Give every name that a template asks for."""
    try:
        document = _opened(template)
        document.init_docx()
        sources = [document.patch_xml(document.get_xml())]
        for uri in (document.HEADER_URI, document.FOOTER_URI):
            sources += [document.patch_xml(document.get_part_xml(part)) for _, part in document.get_headers_footers(uri)]
        environment = _environment()
        found = [meta.find_undeclared_variables(environment.parse(source)) for source in sources]
        for source in sources:
            environment.compile(source)  # an unknown filter or test is a fault now, not when the letter is due
    except (TemplateError, KeyError, ValueError, OSError) as error:
        raise LetterFault(str(error)) from error
    except Exception as error:  # a damaged docx fails in zipfile, lxml or python-docx, each in its own way
        raise LetterFault(f"{type(error).__name__}: {error}") from error
    return frozenset().union(*found)


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
