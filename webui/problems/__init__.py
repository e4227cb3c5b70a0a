"""What the engine finds wrong in files and what keeps an element from going on, said in the reader's language.

The sentences are the engine's own; their Chinese is the catalogue beside this module.
"""

from collections.abc import Mapping

from flask_babel import gettext

from engine.errors import EngineError, Problem


def sentence(template: str, facts: Mapping[str, object]) -> str:
    """Say an engine's sentence with its facts; facts that are sentences themselves are translated too."""
    said = gettext(template)
    return said.format(**{name: _fact(fact) for name, fact in facts.items()}) if facts else said


def said(problem: Problem) -> str:
    """Say what is wrong and what to do instead."""
    return sentence(problem.template, problem.facts)


def _fact(fact: object) -> object:
    if isinstance(fact, EngineError):
        return sentence(fact.template(), fact.facts)
    return gettext(fact) if isinstance(fact, str) and fact else fact
