"""Receiving: what a channel hands in begins the process once, checked by its start form, error by error at the fields."""

import base64
import binascii
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import attachments, definitions
from engine.errors import EngineError
from engine.file_kinds import FileRefused
from engine.forms import Field, Form, bind, errors, named_files, write_text
from engine.packs.public import NotPublic, PublicStart
from engine.persistence.json import dumps
from engine.persistence.keys import new_key
from engine.persistence.repositories.intake import ChannelRow, ItemRow
from engine.persistence.work import UnitOfWork
from engine.public_face import face, public_actor
from engine.public_face.filing import MEGABYTE, begin
from engine.public_face.receipts import code_for

EXTERNAL = "external_no"


class NotTheSame(EngineError):
    """Something else came in under the number {number} before."""

    kind = "conflict"


class Faults(EngineError):
    """Some fields need attention."""

    def __init__(self, found: Mapping[str, EngineError]) -> None:
        self.found = dict(found)
        super().__init__()


@dataclass(frozen=True, slots=True)
class Received:
    """What became of it; *again* says that it had come in before."""

    number: str
    code: str
    again: bool = False


def start_of(work: UnitOfWork, pack: str, process_id: str) -> tuple[PublicStart, Form]:
    """Give the public start of a process and the process' own start form, which programs fill in."""
    start = next((start for start in face(work, pack).starts if start.process == process_id), None)
    if start is None:
        raise NotPublic
    definition = definitions.active(work, process_id)
    if definition.row.pack != pack or not definition.row.start_form_id:
        raise NotPublic
    return start, definitions.form(work, definition.row.start_form_id)


def receive(work: UnitOfWork, channel: ChannelRow, process_id: str, sent: Mapping[str, Any]) -> Received:
    """Begin the process with what was sent, unless that came in before: then give the same answer again."""
    work.actor = public_actor(face(work, channel.pack), channel.pack, f"@{channel.name}", channel.name)
    start, form = start_of(work, channel.pack, process_id)
    external = str(sent.get(EXTERNAL) or "").strip()
    if not external:
        raise Faults({EXTERNAL: errors.Missing(label=EXTERNAL)})
    digest = hashlib.sha256(dumps(dict(sent)).encode()).hexdigest()
    code = code_for(work, f"{channel.name}/{external}")
    before = work.intake.item(channel.name, external)
    if before is not None:
        if before.sha256 != digest:
            raise NotTheSame(number=external)
        return Received(before.number, code, again=True)
    return _begin(work, channel, start, form, sent, external, digest, code)


def _begin(
    work: UnitOfWork, channel: ChannelRow, start: PublicStart, form: Form, sent: Mapping[str, Any], external: str, digest: str,
    code: str,
) -> Received:  # fmt: skip
    known = {name: value for name, value in ((start.channel, channel.name), (start.external, external)) if name}
    asked = {name: value for name, value in known.items() if form.field(name)}
    raw, files = raw_of(work, start, form, {name: value for name, value in sent.items() if name != EXTERNAL} | asked)
    bound = bind(form, raw, {}, definitions.active(work, start.process).at(work.now), files)
    if not bound.valid:
        raise Faults(bound.errors)
    more = known | {"intake": {"channel": channel.name, "external_no": external}}
    receipt = begin(work, channel.pack, start, bound.values, raw, named_files(form, raw), code, more, limited=False)
    work.intake.add_item(
        ItemRow(
            new_key(), channel.name, external, channel.pack, start.record, receipt.number, receipt.instance_id, digest, work.now
        )
    )  # fmt: skip
    return Received(receipt.number, code)


def raw_of(
    work: UnitOfWork, start: PublicStart, form: Form, sent: Mapping[str, Any]
) -> tuple[dict[str, list[str]], dict[str, dict[str, Any]]]:
    """Write what a program sent the way a browser submits it; files come as name and content, and are taken in."""
    raw: dict[str, list[str]] = {}
    files: dict[str, dict[str, Any]] = {}
    for name, value in sent.items():
        field = form.field(name)
        if field is not None and field.kind == "filepicker" and isinstance(value, list):
            taken = [_file(work, start, field, part) for part in value[: start.most_files]]
            files |= {str(file["id"]): file for file in taken}
            raw[name] = [str(file["id"]) for file in taken]
        elif field is not None and field.kind == "dynamiclist" and isinstance(value, list):
            rows = [(number, row) for number, row in enumerate(value) if isinstance(row, Mapping)]
            raw |= {f"{name}.{number}.{key}": _texts(part) for number, row in rows for key, part in row.items()}
        else:
            raw[name] = _texts(value)
    return raw, files


def _texts(value: object) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    return [text for text in map(write_text, parts) if text]


def _file(work: UnitOfWork, start: PublicStart, field: Field, part: object) -> dict[str, Any]:
    given = part if isinstance(part, Mapping) else {}
    try:
        content = base64.b64decode(str(given.get("content", "")), validate=True)
        record = attachments.store(
            work, io.BytesIO(content), str(given.get("name") or "file"), field=field.key, accept=field.accept,
            unit=work.actor.unit, largest=start.largest_file * MEGABYTE,
        )  # fmt: skip
    except binascii.Error:
        raise Faults({field.key: errors.UnknownFile(label=field.label)}) from None
    except FileRefused as refused:
        raise Faults({field.key: refused}) from refused
    return {"id": str(record.id), "name": record.name, "kind": record.kind, "size": record.size}
