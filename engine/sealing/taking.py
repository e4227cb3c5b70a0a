"""Taking the clear texts out of values on their way into a process instance or a ledger row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from engine import definitions
from engine.definitions import Loaded
from engine.forms.secrets import Mask, Secret, holds_any, part
from engine.persistence.keys import new_key
from engine.persistence.records import Instance
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.repositories.sealed import SealedRecord
from engine.persistence.work import UnitOfWork
from engine.vault import Vault

UNMASK = "unmask"
NEVER_MARKED = ("address", "all")


def vault(work: UnitOfWork) -> Vault:
    """Give the keys of this deployment."""
    return work.cache.get("vault", lambda: Vault(work.settings.data, work.settings.cipher))


def check_keys(work: UnitOfWork) -> None:
    """Make the first key, unless something lies sealed already: then its keys must be there."""
    keys = vault(work)
    for key_id in work.sealed.tally():
        keys.key(key_id)
    keys.current  # noqa: B018 made when there is none


def sensitive(work: UnitOfWork, definition: Loaded) -> Mapping[str, Mask]:
    """Give the sensitive fields of all forms that a process shows, with their masks."""
    return work.cache.get(("sensitive", definition.row.id), lambda: _sensitive(work, definition))


def _sensitive(work: UnitOfWork, definition: Loaded) -> Mapping[str, Mask]:
    named = {element.form_id.text for element in definition.process.elements.values() if element.form_id is not None}
    known = definitions.form_versions(work)
    found: dict[str, Mask] = {}
    for form_id in sorted(name for name in named if name in known):
        found |= definitions.form(work, form_id).sensitive
    return found


def marks(work: UnitOfWork, text: str) -> list[str]:
    """Give what a sealed text is found by; nothing for those who may not read it, for finding is reading."""
    return vault(work).marks(text) if len(text.strip()) > 1 and work.actor.may(UNMASK) else []


def take(
    work: UnitOfWork, definition: Loaded, instance: Instance, variables: Mapping[str, object], typed: bool = True
) -> tuple[Mapping[str, object], list[SealedRecord]]:
    """Give variables without their clear texts, and these sealed to the instance; *typed* ones may hold secrets anywhere."""
    names = sensitive(work, definition)
    if not names and not (typed and holds_any(variables)):
        return variables, []
    parted = part(variables, names)
    return parted.values, seal(work, instance.id, instance.root_id, parted.clear)


def take_rows(work: UnitOfWork, names: Mapping[str, Mask], rows: Sequence[LedgerRecord]) -> dict[UUID, list[SealedRecord]]:
    """Leave only masked words in ledger rows; give what was in them, sealed, by row."""
    found: dict[UUID, list[SealedRecord]] = {}
    for row in rows if names else ():
        parted = part(row.values, names)
        row.values = parted.values
        found[row.id] = seal(work, row.id, None, parted.clear)
    return found


def seal(work: UnitOfWork, subject: UUID, root_id: UUID | None, clear: Mapping[str, Secret]) -> list[SealedRecord]:
    """Seal clear texts to their subject and the path of their field."""
    return [_record(work, subject, root_id, path, secret) for path, secret in clear.items()]


def _record(work: UnitOfWork, subject: UUID, root_id: UUID | None, path: str, secret: Secret) -> SealedRecord:
    key = vault(work).current
    mark = None if secret.mask in NEVER_MARKED else key.mark(secret.clear)
    open_box = SealedRecord(new_key(), subject, root_id, path, str.__str__(secret), key.id, b"", mark, work.now)
    return replace(open_box, box=key.seal(secret.clear, open_box.bound))
