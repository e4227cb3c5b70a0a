"""What the engine finds wrong in files and what keeps an element from going on, said in the reader's language.

The sentences are the engine's own; their Chinese is the catalogue beside this module.
"""

from collections.abc import Callable, Mapping

from flask_babel import gettext

from engine.errors import EngineError, Problem
from engine.feel import FeelSyntaxError

PLACED = "{message} (line {line}, column {column})"
Translate = Callable[[str], str]


def sentence(template: str, facts: Mapping[str, object], translate: Translate = gettext) -> str:
    """Say an engine's sentence with its facts; facts that are sentences themselves are translated too."""
    said = translate(template)
    return said.format(**{name: _fact(fact, translate) for name, fact in facts.items()}) if facts else said


def said(problem: Problem, translate: Translate = gettext) -> str:
    """Say what is wrong and what to do instead."""
    return sentence(problem.template, problem.facts, translate)


def located(problem: Problem, translate: Translate) -> str:
    """Say what is wrong and where, as a line of a terminal."""
    place = f"{problem.file}:{problem.line}" + (f" {problem.element}" if problem.element else "")
    return f"{place}: {said(problem, translate)}"


def _fact(fact: object, translate: Translate) -> object:
    if isinstance(fact, EngineError):
        return sentence(fact.template(), fact.facts, translate)
    if isinstance(fact, FeelSyntaxError):
        message = sentence(fact.template, fact.facts, translate)
        return translate(PLACED).format(message=message, line=fact.line, column=fact.column)
    return translate(fact) if isinstance(fact, str) and fact else fact
