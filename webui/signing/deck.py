"""A deck: the matters that wait for whoever looks, each as a card with its key facts and the question it puts.

The question of a card is the one choice of its form that is still open. What an answer needs besides in words, a reason for
sending back for example, is taken from the opinion; whatever else a form asks for is filled in on its own page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from engine import user_tasks
from engine.errors import EngineError
from engine.forms.model import Field, Option
from engine.persistence.repositories.inbox import InboxFilters
from engine.persistence.work import UnitOfWork
from engine.user_tasks import TaskView
from webui import way
from webui.bulk import sheaf
from webui.bulk.sheaf import Facts, Row
from webui.form_view import FormView, Shown
from webui.tasks import page
from webui.tasks.desk import Raw, Sheet

MOST = 12
ANSWERS = 4
WORDS = ("textarea", "textfield")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, what it leads to, and whether it must be given a reason."""

    value: str
    label: str
    leads_to: str
    wordy: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One matter: its key facts, and the answers that can be given here; none where its form asks for more."""

    desk: TaskView
    facts: Facts
    question: str
    answers: Sequence[Answer]
    lacks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Deck:
    """The first cards, and how many matters wait in all."""

    cards: Sequence[Card]
    total: int


def gather(work: UnitOfWork) -> Deck:
    """Give the cards of what is to be done, the nearest deadline first."""
    found = user_tasks.inbox(work, "todo", InboxFilters(), "due", 1, MOST)
    cards = (_find_card(work, row.task_id) for row in found.rows if row.task_id)
    return Deck([card for card in cards if card], found.total)


def answered(work: UnitOfWork, task_id: UUID, answer: str, opinion: str) -> tuple[FormView, Raw]:
    """Bind the card's form with an answer; the opinion goes where the answer asks for words."""
    desk = user_tasks.view(work, task_id)
    form = page.sheet(work, desk.task, desk.instance)
    first = form.shown(work, desk.draft)
    asked = _question(first)
    raw = _begun(first) | ({asked.name: [answer]} if asked else {})
    bound = form.handed_in(work, raw)
    for name in _words_missing(bound):
        raw[name] = [opinion]
    return form.handed_in(work, raw), raw


def _find_card(work: UnitOfWork, task_id: UUID) -> Card | None:
    """Give a card, unless somebody else has just dealt with its matter."""
    try:
        return _card(work, task_id)
    except EngineError:
        return None


def _card(work: UnitOfWork, task_id: UUID) -> Card:
    desk = user_tasks.view(work, task_id)
    form = page.sheet(work, desk.task, desk.instance)
    first = form.shown(work, desk.draft)
    facts = sheaf.facts(Row(desk.task, desk.instance, form, first, first, ticked=False))
    asked = _question(first)
    answers = [_answer(work, desk, form, first, asked, option) for option in asked.options] if asked else []
    label = asked.component.label if asked and isinstance(asked.component, Field) else ""
    return Card(desk, facts, label, [answer for answer in answers if answer], user_tasks.lacks(desk.task) or ())


def _answer(work: UnitOfWork, desk: TaskView, form: Sheet, first: FormView, asked: Shown, option: Option) -> Answer | None:
    """Give an answer, unless its form asks for more than a reason with it."""
    value = str(option.value)
    found = form.handed_in(work, _begun(first) | {asked.name: [value]})
    missing = _words_missing(found)
    if len(found.bound.errors) != len(missing) or len(missing) > 1:
        return None
    leads = way.submit_words(user_tasks.following(work, desk.task, desk.instance, found.answers))
    opinion = desk.task.properties.get("bpm:opinionRequired") in (True, "true")
    return Answer(value, option.label, leads, bool(missing) or opinion)


def _begun(first: FormView) -> Raw:
    return {name: list(texts) for name, texts in first.bound.raw.items()}


def _question(first: FormView) -> Shown | None:
    """Give the one choice that is still open, where nothing else must be filled in before it."""
    parts = [part for part in sheaf.walk(first.components) if isinstance(part.component, Field) and not part.readonly]
    choices = [part for part in parts if part.required and not part.hidden and part.kind in ("radio", "select")]
    return choices[0] if len(choices) == 1 and 2 <= len(choices[0].options) <= ANSWERS else None


def _words_missing(found: FormView) -> list[str]:
    """Give the fields for words that an answer leaves empty."""
    kinds = {part.name: part.kind for part in sheaf.walk(found.components) if isinstance(part.component, Field)}
    return [name for name in found.bound.errors if kinds.get(name) in WORDS and not any(found.bound.raw.get(name, ()))]
