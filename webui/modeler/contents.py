"""Which content of a file is meant: the one that holds now, a numbered one, one's own draft, or the one in somebody's change."""

from uuid import UUID

from flask_babel import gettext as _

from engine import changes, versions
from engine.persistence.work import UnitOfWork


def content(work: UnitOfWork, pack: str, path: str, at: str) -> bytes:
    """Give the content named *at*: ``now`` (nothing for a new file), ``mine``, a deployment's number, or a change's id."""
    if at == "mine":
        found = changes.draft(work, pack, path)
        return found.data if found is not None else versions.content(work, pack, path)
    if at == "now":
        return versions.content(work, pack, path) if path in versions.files(work, pack) else b""
    if at.isdigit():
        return versions.content(work, pack, path, int(at))
    return changes.file(work, UUID(at), path).data


def base_of(work: UnitOfWork, pack: str, path: str, at: str) -> str:
    """Name the published content that a draft or a change was begun from, by its deployment's number."""
    found = changes.draft(work, pack, path) if at == "mine" else changes.file(work, UUID(at), path)
    base = found.base_sha256 if found is not None else None
    numbers = [str(version.number) for version in versions.history(work, pack, path) if version.sha256 == base]
    return numbers[-1] if numbers else "now"


def name(at: str) -> str:
    """Say which content is meant."""
    if at == "mine":
        return _("My draft")
    if at == "now":
        return _("In force now")
    return _("Deployment %(number)s", number=at) if at.isdigit() else _("The change")


def is_text(data: bytes) -> bool:
    """Say whether a content can be shown line by line."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def digest(work: UnitOfWork, pack: str, path: str) -> str:
    """Give the hash of the content that holds now; nothing where there is no such file."""
    return versions.files(work, pack).get(path, "")
