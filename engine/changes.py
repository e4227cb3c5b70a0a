"""Changes: what an editor would have different in a pack, kept as drafts until another person publishes it.

Each editor has one open change for each pack, so that two of them never write over each other. A draft remembers the
published content it was begun from; when somebody else's change of that file was published meanwhile, it must be settled
before it goes on. Whoever edited a change does not publish it.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from engine import audit, checking, definitions, deployments, notifications, removing, soundness
from engine.change_errors import (
    ChangeNotOpen,
    DraftChanged,
    FileNotEditable,
    NoSuchChange,
    NoSuchDraft,
    NothingToSubmit,
    OwnChange,
    PublishedMeanwhile,
    Unsound,
)
from engine.checking import Checked
from engine.deployments import Deployment, DeploymentRefused
from engine.identity import rights
from engine.identity.importing import import_pack
from engine.persistence.keys import new_key
from engine.persistence.repositories.changes import ChangeRow, DraftRow
from engine.persistence.work import Raced, UnitOfWork
from engine.soundness import Verdict
from engine.source import LARGEST_FILE

NEW_FILES = (".bpmn", ".dmn", ".form")
EDITABLE = ("editing", "returned")


def mine(work: UnitOfWork, pack: str) -> ChangeRow | None:
    """Give the change whoever acts is at, in a pack."""
    return work.changes.open_of(pack, work.actor.login)


def get(work: UnitOfWork, change_id: UUID) -> ChangeRow:
    """Give a change to an editor or a publisher."""
    found = work.changes.find(change_id)
    if found is None:
        raise NoSuchChange
    look(work, found.pack)
    return found


def look(work: UnitOfWork, pack: str) -> None:
    """Refuse whoever may neither change nor publish the files of a pack."""
    either = rights.EDIT_PROCESS if work.actor.may(rights.EDIT_PROCESS) else rights.PUBLISH_PROCESS
    rights.require_in(work.actor, either, pack)


def draft(work: UnitOfWork, pack: str, path: str) -> DraftRow | None:
    """Give what whoever acts has made of a file."""
    change = mine(work, pack)
    return work.changes.file(change.id, path) if change is not None else None


def file(work: UnitOfWork, change_id: UUID, path: str) -> DraftRow:
    """Give a file of somebody's change."""
    found = work.changes.file(get(work, change_id).id, path)
    if found is None:
        raise NoSuchDraft(path=path)
    return found


def others(work: UnitOfWork, pack: str, path: str) -> list[ChangeRow]:
    """Give the open changes of other editors that touch a file."""
    found = [change for change in work.changes.unpublished(pack) if change.editor != work.actor.login]
    return [change for change in found if work.changes.file(change.id, path) is not None]


def save(work: UnitOfWork, pack: str, path: str, data: bytes, base: str | None = None, revision: int = 0) -> DraftRow:
    """Keep a file as an editor would have it; *base* is the hash of the content it was begun from, what holds now unless told.

    *revision* is the draft's that was being edited, 0 for none: a state saved meanwhile, in another window, is not overwritten.
    """
    rights.require_in(work.actor, rights.EDIT_PROCESS, pack)
    _check_file(work, pack, path, data)
    return _keep(work, pack, path, base, revision, data=data, removed=False)


def remove(work: UnitOfWork, pack: str, path: str) -> DraftRow:
    """Say in one's change that a file is to go; nothing may run on it or name it."""
    rights.require_in(work.actor, rights.EDIT_PROCESS, pack)
    change = mine(work, pack)
    if not path.endswith(NEW_FILES) or path not in published_hashes(work, pack):
        raise FileNotEditable(path=path)
    removing.check_unnamed(work, pack, path, overlaid(work, change, pack))
    removing.check_unused(work, pack, {path: deployments.files(work, pack)[path]})
    before = draft(work, pack, path)
    audit.record(work, "draft.removal", f"{pack}/{path}", {})
    return _keep(work, pack, path, None, before.revision if before else 0, data=b"", removed=True)


def discard(work: UnitOfWork, pack: str, path: str) -> None:
    """Throw one's own draft of a file away."""
    rights.require_in(work.actor, rights.EDIT_PROCESS, pack)
    change, found = _draft(work, pack, path)
    work.changes.drop_file(found.id)
    if not work.changes.files(change.id):
        _move(work, change, state="dropped", open=None)
    audit.record(work, "draft.discarded", f"{pack}/{path}", {"content": deployments.sha256(found.data)})


def settle(work: UnitOfWork, pack: str, path: str) -> None:
    """Put one's draft on top of what was published meanwhile, having looked at both."""
    rights.require_in(work.actor, rights.EDIT_PROCESS, pack)
    _, found = _draft(work, pack, path)
    now = published_hashes(work, pack).get(path)
    if not work.changes.save_file(found.id, found.revision, base_sha256=now):
        raise DraftChanged(path=path)
    audit.record(work, "draft.settled", f"{pack}/{path}", {"base": now})


def overlaid(
    work: UnitOfWork, change: ChangeRow | None, pack: str, unsaved: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Give the files of a pack as they would be with a change, and with what is on an editor's screen."""
    drafts = work.changes.files(change.id) if change is not None else []
    wanted = deployments.files(work, pack) | {row.path: row.data for row in drafts} | dict(unsaved or {})
    gone = {row.path for row in drafts if row.removed} - set(unsaved or {})
    return {path: data for path, data in wanted.items() if path not in gone}


def check(work: UnitOfWork, pack: str, unsaved: Mapping[str, bytes] | None = None) -> Checked:
    """Check a pack as the change of whoever acts would have it, exactly as its deployment would."""
    return checking.check(work, pack, overlaid(work, mine(work, pack), pack, unsaved))


def judge(checked: Checked, paths: Collection[str]) -> Verdict:
    """Say whether the processes in some files can always come to their end."""
    verdicts = [soundness.judge(process) for process in checked.processes if process.file in paths]
    findings = tuple(found for verdict in verdicts for found in verdict.findings)
    return Verdict(findings, tuple(found for verdict in verdicts for found in verdict.unjudged))


def stale(work: UnitOfWork, change: ChangeRow) -> list[str]:
    """Name the files of a change that somebody else's change has been published for since they were begun."""
    now = published_hashes(work, change.pack)
    return [row.path for row in work.changes.files(change.id) if row.base_sha256 != now.get(row.path)]


def submit(work: UnitOfWork, pack: str, note: str, accepted: bool = False) -> ChangeRow:
    """Hand one's change to those who may publish it; it must pass the check of a deployment.

    A process that was proved not to come to its end always is taken only where the editor says that this is meant (*accepted*).
    """
    rights.require_in(work.actor, rights.EDIT_PROCESS, pack)
    change = mine(work, pack)
    if change is None or not work.changes.files(change.id):
        raise NothingToSubmit
    _editable(change)
    _check_base(work, change)
    checked = checking.check(work, pack, overlaid(work, change, pack))
    if checked.problems:
        raise DeploymentRefused(checked.problems)
    removing.check_unused(work, pack, _removed(work, change))
    unsound = judge(checked, list(_contents(work, change))).findings
    if unsound and not accepted:
        raise Unsound(count=len(unsound), first=unsound[0])
    _move(work, change, state="submitted", note=note, submitted_at=work.now, reason="")
    facts = {"pack": pack, "note": note, "files": _contents(work, change), "unsound": [str(found) for found in unsound]}
    audit.record(work, "change.submitted", str(change.id), facts)
    return get(work, change.id)


def publishers(work: UnitOfWork, pack: str) -> list[str]:
    """Give the groups of those who may publish a change of a pack."""
    return [role.code for role in definitions.pack(work, pack).roles if rights.PUBLISH_PROCESS in role.rights]


def withdraw(work: UnitOfWork, change_id: UUID) -> None:
    """Take one's change back to go on editing it."""
    change = get(work, change_id)
    if change.editor != work.actor.login or change.state != "submitted":
        raise ChangeNotOpen
    _move(work, change, state="editing")
    audit.record(work, "change.withdrawn", str(change.id), {"pack": change.pack})


def send_back(work: UnitOfWork, change_id: UUID, reason: str) -> None:
    """Return a change to its editor, with the reason."""
    change = _decidable(work, change_id)
    _move(work, change, state="returned", reason=reason, **_decision(work))
    audit.record(work, "change.returned", str(change.id), {"pack": change.pack, "reason": reason})
    notifications.notify(work, [change.editor], f"change:{change.id}:{change.revision}", f"{work.actor.name}: {reason}")


def publish(work: UnitOfWork, change_id: UUID, revision: int) -> Deployment:
    """Deploy a change that somebody else has made; *revision* is the state of it that was looked at."""
    change = _decidable(work, change_id)
    if change.revision != revision:
        raise ChangeNotOpen
    _check_base(work, change)
    removing.check_unused(work, change.pack, _removed(work, change))
    last = work.definitions.last_deployment(change.pack)
    folder = last.folder if last is not None else {}
    deployment = deployments.deploy(work, change.pack, overlaid(work, change, change.pack), folder, change.id)
    if any(not row.path.endswith(NEW_FILES) for row in work.changes.files(change.id)):
        import_pack(work, definitions.pack(work, change.pack))
    _move(work, change, state="published", open=None, **_decision(work))
    facts = {"pack": change.pack, "number": deployment.number, "editor": change.editor, "files": _contents(work, change)}
    audit.record(work, "change.published", str(change.id), facts)
    return deployment


def published_hashes(work: UnitOfWork, pack: str) -> dict[str, str]:
    """Give the hashes of a pack's files as they hold now."""
    last = work.definitions.last_deployment(pack)
    return {} if last is None else work.definitions.paths(last.id)


def _begin(work: UnitOfWork, pack: str) -> ChangeRow:
    row = {"id": new_key(), "pack": pack, "editor": work.actor.login, "editor_name": work.actor.name, "state": "editing",
           "open": True, "revision": 0, "note": "", "begun_at": work.now, "submitted_at": None, "decided_at": None,
           "decided_by": None, "decided_by_name": None, "reason": ""}  # fmt: skip
    work.changes.add(row)
    found = mine(work, pack)
    assert found is not None, "it has just been written"
    return found


def _keep(work: UnitOfWork, pack: str, path: str, base: str | None, revision: int, **values: object) -> DraftRow:
    change = _editable(mine(work, pack) or _begin(work, pack))
    before = work.changes.file(change.id, path)
    if (before.revision if before else 0) != revision:
        raise DraftChanged(path=path)
    if before is not None and not work.changes.save_file(before.id, revision, saved_at=work.now, **values):
        raise DraftChanged(path=path)
    if before is None:
        base = base or published_hashes(work, pack).get(path)
        row = {"id": new_key(), "change_id": change.id, "path": path, "base_sha256": base, "revision": 1}
        work.changes.add_file(row | values | {"saved_at": work.now})
        audit.record(work, "draft.begun", f"{pack}/{path}", {"base": base})
    found = work.changes.file(change.id, path)
    assert found is not None, "it has just been written"
    return found


def _removed(work: UnitOfWork, change: ChangeRow) -> dict[str, bytes]:
    """Give the files a change takes away, with what they hold now."""
    gone = {row.path for row in work.changes.files(change.id) if row.removed}
    return {path: data for path, data in deployments.files(work, change.pack).items() if path in gone} if gone else {}


def _check_file(work: UnitOfWork, pack: str, path: str, data: bytes) -> None:
    known = published_hashes(work, pack)
    folders = path.split("/")[:-1]
    if not known or len(data) > LARGEST_FILE:
        raise FileNotEditable(path=path)
    if path not in known and (not path.endswith(NEW_FILES) or folders not in ([], ["forms"]) or "\\" in path):
        raise FileNotEditable(path=path)


def _draft(work: UnitOfWork, pack: str, path: str) -> tuple[ChangeRow, DraftRow]:
    change = mine(work, pack)
    found = work.changes.file(change.id, path) if change is not None else None
    if change is None or found is None:
        raise NoSuchDraft(path=path)
    return _editable(change), found


def _editable(change: ChangeRow) -> ChangeRow:
    if change.state not in EDITABLE:
        raise ChangeNotOpen
    return change


def _decidable(work: UnitOfWork, change_id: UUID) -> ChangeRow:
    change = get(work, change_id)
    rights.require_in(work.actor, rights.PUBLISH_PROCESS, change.pack)
    if change.editor in (work.actor.login, work.actor.on_behalf_of):
        raise OwnChange
    if change.state != "submitted":
        raise ChangeNotOpen
    return change


def _check_base(work: UnitOfWork, change: ChangeRow) -> None:
    if found := stale(work, change):
        raise PublishedMeanwhile(paths=", ".join(found))


def _move(work: UnitOfWork, change: ChangeRow, **values: object) -> None:
    if not work.changes.move(change, **values):
        raise Raced


def _decision(work: UnitOfWork) -> dict[str, object]:
    return {"decided_at": work.now, "decided_by": work.actor.login, "decided_by_name": work.actor.name}


def _contents(work: UnitOfWork, change: ChangeRow) -> dict[str, str]:
    files = work.changes.files(change.id)
    return {row.path: "removed" if row.removed else deployments.sha256(row.data) for row in files}
