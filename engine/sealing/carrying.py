"""What is on its way: drafts of forms and messages nobody has taken yet carry their clear texts sealed among their values."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from engine.forms.secrets import Mask, Secret, holds_any, is_masked, part, restored
from engine.persistence.json import dumps, loads
from engine.persistence.work import UnitOfWork
from engine.sealing.taking import vault

SEALED, RAW = "_sealed", "_raw"
_ROW_NUMBER = re.compile(r"\.\d+\.")


def pack(work: UnitOfWork, variables: Mapping[str, object], bound: str) -> dict[str, object]:
    """Give variables that can be kept: their secrets in one sealed word, bound to what carries them."""
    if not holds_any(variables):
        return dict(variables)
    parted = part(variables, {})
    clear = {path: [secret.clear, secret.mask] for path, secret in parted.clear.items()}
    return parted.values | {SEALED: vault(work).token(dumps(clear), bound)}


def unpack(work: UnitOfWork, variables: Mapping[str, object], bound: str) -> dict[str, object]:
    """Give variables as they were before they were packed."""
    plain = dict(variables)
    token = plain.pop(SEALED, None)
    if not isinstance(token, str):
        return plain
    clear = cast(dict[str, tuple[str, Mask]], loads(vault(work).read(token, bound)))
    return restored(plain, {path: Secret(*said) for path, said in clear.items()})


def seal_draft(work: UnitOfWork, login: str, names: Mapping[str, Mask], values: Mapping[str, object]) -> dict[str, object]:
    """Give a draft that can be kept: what was typed into sensitive fields in one sealed word, for its writer only."""
    raw = cast(Mapping[str, Sequence[str]], values.get(RAW) or {})
    secret = {name: texts for name, texts in raw.items() if _ROW_NUMBER.sub(".", name) in names and _says(texts)}
    if not secret:
        return dict(values)
    others = {name: texts for name, texts in raw.items() if name not in secret}
    return {**values, RAW: others, SEALED: vault(work).token(dumps(secret), draft_of(login))}


def open_draft(work: UnitOfWork, login: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give a draft to whoever wrote it, as it was typed."""
    plain = dict(values)
    token = plain.pop(SEALED, None)
    if isinstance(token, str):
        plain[RAW] = {**plain.get(RAW, {}), **cast(dict[str, object], loads(vault(work).read(token, draft_of(login))))}
    return plain


def draft_of(login: str) -> str:
    """Name what a draft is sealed to."""
    return f"draft/{login}"


def _says(texts: Sequence[str]) -> bool:
    return any(text.strip() and not is_masked(text) for text in texts)
