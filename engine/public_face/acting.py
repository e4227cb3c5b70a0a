"""What whoever filed something can still do: a form that a pack declares, sent as a message to whoever waits for it."""

from dataclasses import dataclass
from uuid import UUID

from engine import definitions, ledgers, messages
from engine.errors import EngineError
from engine.forms import Bound, bind, named_files
from engine.forms.model import Form
from engine.packs.public import PublicAction, PublicRecord
from engine.persistence.work import UnitOfWork
from engine.public_face import limits
from engine.public_face.drafts import Draft
from engine.public_face.matters import matter
from engine.public_face.persons import face

PER_DAY = 20
NOT_KEPT = "PT0S"


class NotNow(EngineError):
    """This cannot be done at the moment. Look at how far the matter has come."""

    kind = "conflict"


@dataclass(frozen=True, slots=True)
class Acted:
    """What became of it: nothing is wrong, or a form with what is wrong at its fields."""

    bound: Bound
    done: bool = False


def possible(work: UnitOfWork, record: PublicRecord, number: str) -> list[PublicAction]:
    """Give the declared actions for which somebody waits."""
    return [action for action in record.actions if work.subscriptions.waiting("message", action.message, number)]


def form_of(work: UnitOfWork, pack_key: str, code: str, action_code: str) -> tuple[PublicRecord, PublicAction, Form]:
    """Give the form of a declared action."""
    record = face(work, pack_key).record(code)
    action = record.action(action_code)
    return record, action, definitions.form(work, action.form)


def act(work: UnitOfWork, pack_key: str, code: str, number: str, action_code: str, kept: Draft) -> Acted:
    """Send what was typed to whoever waits for it under the record's number; nobody waits: it cannot be done."""
    record, action, form = form_of(work, pack_key, code, action_code)
    bound = bind(form, kept.raw, {}, ledgers.environment(work, pack_key), kept.files)
    if not bound.valid:
        return Acted(bound)
    limits.spend(work, "act", number, PER_DAY, limits.DAY)
    values = dict(bound.values) | {record.number: number}
    if not messages.publish(work, action.message, number, values, NOT_KEPT):
        raise NotNow
    _attach(work, record, number, named_files(form, kept.raw))
    return Acted(bound, done=True)


def _attach(work: UnitOfWork, record: PublicRecord, number: str, files: list[str]) -> None:
    if files:
        work.attachments.attach([UUID(found) for found in files], matter(work, record, number)[1].id)
