"""Opening what is sealed: for somebody with the right, for a reason, one value at a time, and the trail keeps it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from engine import audit, definitions, hiding, process_instances
from engine.errors import EngineError
from engine.forms import Form
from engine.forms.secrets import Mask, Secret, restored, texts_at
from engine.identity import rights
from engine.ledgers import Ledger, catalogue
from engine.ledgers.reading import hides
from engine.persistence.records import Instance
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.repositories.sealed import SealedRecord
from engine.persistence.work import UnitOfWork
from engine.sealing.taking import UNMASK, sensitive, vault


class NothingSealed(EngineError):
    """There is nothing sealed here, or what stands here was sealed in another matter."""

    kind = "missing"


class ReasonMissing(EngineError):
    """Say why you need to read this; the reason stays in the record."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A masked text of a record: the *path* of its field, what the field is called, how it reads."""

    path: str
    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A value that was opened: shown once, never kept."""

    spot: Spot
    clear: str
    record: str


def may_open(work: UnitOfWork) -> bool:
    """Say whether the post acted in may read what is sealed."""
    return work.actor.may(UNMASK)


def spots(work: UnitOfWork, instance: Instance) -> list[Spot]:
    """Give the masked texts of a matter, in the order of its variables."""
    definition = definitions.loaded(work, instance.definition_id)
    labels = _labels(work, instance)
    return [Spot(path, labels.get(pattern, pattern), text) for path, pattern, text in
            texts_at(instance.variables, sensitive(work, definition))]  # fmt: skip


def spots_of_row(ledger: Ledger, values: Mapping[str, object]) -> list[Spot]:
    """Give the masked texts of a ledger row."""
    found = texts_at(values, ledger.form.sensitive)
    return [Spot(path, _label(ledger.form, pattern), text) for path, pattern, text in found]


def spots_behind(work: UnitOfWork, ledger_id: str, key: str) -> list[Spot]:
    """Give the masked texts of a ledger row that the actor may see."""
    return spots_of_row(*_row(work, ledger_id, key))


def open_of_instance(work: UnitOfWork, instance_id: UUID, path: str, reason: str) -> Opened:
    """Open one value of a matter that the actor may see."""
    _check(work, reason)
    instance = process_instances.visible(work, instance_id)
    spot = next((found for found in spots(work, instance) if found.path == path), None)
    if spot is None:
        raise NothingSealed
    clear = _clear(work, spot, [instance.id], instance.root_id)
    return _noted(work, spot, clear, instance.business_key or instance.title, str(instance.id), reason)


def open_of_row(work: UnitOfWork, ledger_id: str, key: str, path: str, reason: str) -> Opened:
    """Open one value of a ledger row that the actor may see."""
    _check(work, reason)
    ledger, record = catalogue.definition(work, ledger_id), _record(work, ledger_id, key)
    spot = next((found for found in spots_of_row(ledger, record.values) if found.path == path), None)
    if spot is None:
        raise NothingSealed
    return _noted(work, spot, _clear_of_row(work, spot, record), f"{ledger.name} {key}", f"{ledger_id}/{key}", reason)


def reveal(work: UnitOfWork, instance: Instance, names: Collection[str], purpose: str) -> Mapping[str, object]:
    """Give an instance's variables with the fields *names* (those in rows with their list's name) in the clear.

    For papers and notices that must say the real thing: the caller has checked that it may. The trail keeps what for.
    """
    wanted: dict[str, Mask] = dict.fromkeys(names, "all")
    texts = [(path, text) for path, _, text in texts_at(instance.variables, wanted)]
    records = work.sealed.of([instance.id], instance.root_id, [path for path, _ in texts]) if texts else []
    found = {path: _matching(records, path, text, instance.id) for path, text in texts}
    clear = {path: Secret(_open(work, record), "all") for path, record in found.items() if record is not None}
    if clear:
        facts = {"record": instance.business_key or instance.title, "fields": sorted(clear), "purpose": purpose}
        audit.record(work, "value.revealed", str(instance.id), facts)
    return _in_clear(restored(instance.variables, clear))


def _row(work: UnitOfWork, ledger_id: str, key: str) -> tuple[Ledger, Mapping[str, object]]:
    return catalogue.definition(work, ledger_id), _record(work, ledger_id, key).values


def _record(work: UnitOfWork, ledger_id: str, key: str) -> LedgerRecord:
    record = work.ledger_rows.find(ledger_id, key)
    if record is None or not work.actor.scope.includes(record.unit):
        raise NothingSealed
    record.values = hiding.without(record.values, hides(work, catalogue.definition(work, ledger_id))(record.values))
    return record


def _in_clear(values: Mapping[str, object]) -> dict[str, object]:
    def walk(value: object) -> object:
        if isinstance(value, Secret):
            return value.clear
        if isinstance(value, dict):
            return {name: walk(inner) for name, inner in value.items()}
        return [walk(inner) for inner in value] if isinstance(value, list) else value

    return {name: walk(value) for name, value in values.items()}


def _check(work: UnitOfWork, reason: str) -> None:
    rights.require(work.actor, UNMASK)
    if not reason.strip():
        raise ReasonMissing


def _clear(work: UnitOfWork, spot: Spot, subjects: Collection[UUID], root_id: UUID | None) -> str:
    records = work.sealed.of(subjects, root_id, [spot.path])
    record = _matching(records, spot.path, spot.shown, next(iter(subjects)))
    if record is None:
        raise NothingSealed
    return _open(work, record)


def _clear_of_row(work: UnitOfWork, spot: Spot, record: LedgerRecord) -> str:
    subjects = [record.id] + ([record.instance_id] if record.instance_id else [])
    return _clear(work, spot, subjects, record.instance_id)


def _matching(records: Collection[SealedRecord], path: str, shown: str, own: UUID) -> SealedRecord | None:
    """Find the value behind a masked text: the newest that reads like it, of the record itself before its relations."""
    fitting = [record for record in records if record.field == path and record.shown == shown]
    return next((record for record in fitting if record.subject == own), fitting[0] if fitting else None)


def _open(work: UnitOfWork, record: SealedRecord) -> str:
    return vault(work).key(record.key_id).open(record.box, record.bound)


def _noted(work: UnitOfWork, spot: Spot, clear: str, record: str, subject: str, reason: str) -> Opened:
    facts = {"record": record, "field": spot.path, "label": spot.label, "reason": reason.strip()}
    audit.record(work, "value.unmasked", subject, facts)
    return Opened(spot, clear, record)


def _labels(work: UnitOfWork, instance: Instance) -> dict[str, str]:
    definition = definitions.loaded(work, instance.definition_id)
    known = definitions.form_versions(work)
    found: dict[str, str] = {}
    for element in definition.process.elements.values():
        form_id = element.form_id.text if element.form_id is not None else ""
        if form_id in known:
            form = definitions.form(work, form_id)
            found.update({pattern: _label(form, pattern) for pattern in form.sensitive})
    return found


def _label(form: Form, pattern: str) -> str:
    found = form.field(pattern)
    if found is not None:
        return found.label
    outer, _, inner = pattern.rpartition(".")
    around = form.field(outer)
    row = next((part for part in around.fields() if part.key == inner), None) if around else None
    return f"{around.label} · {row.label}" if around and row else pattern
