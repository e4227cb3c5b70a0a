"""The section ``[portal]`` of ``pack.toml``: read, and checked against the rest of the pack."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.packs.public import (
    LookUp,
    PhoneBook,
    Portal,
    PublicAction,
    PublicColumn,
    PublicList,
    PublicPaper,
    PublicRecord,
    PublicStart,
    PublicStep,
)
from engine.packs.reading import Table

if TYPE_CHECKING:
    from engine.packs.model import Pack

CODE, HINT = r"[a-z][a-z0-9_-]*", "lower case letters, digits, hyphens, underscores"


def portal(table: Table | None, texts: Mapping[str, str]) -> Portal | None:
    """Read the public pages, if the pack has any."""
    if table is None:
        return None
    found = Portal(
        title=table.text("title"),
        unit=table.text("unit"),
        starter=table.text("starter"),
        host=table.text("host"),
        operator=table.text("operator", ""),
        phone=table.text("phone", ""),
        site_code=table.text("site_code", ""),
        icp=table.text("icp", ""),
        police=table.text("police", ""),
        statement=_words(table, "statement", texts),
        starts=tuple(_start(entry, texts) for entry in table.tables("starts", "code")),
        records=tuple(_record(entry) for entry in table.tables("records", "code")),
        lists=tuple(_list(entry) for entry in table.tables("lists", "code")),
        lookups=tuple(_lookup(entry) for entry in table.tables("lookups", "code")),
    )
    table.close()
    return found


def _start(table: Table, texts: Mapping[str, str]) -> PublicStart:
    return PublicStart(
        code=table.text("code", pattern=CODE, hint=HINT),
        process=table.text("process"),
        name=table.text("name"),
        record=table.text("record"),
        form=table.text("form", ""),
        note=table.text("note", ""),
        scope=_words(table, "scope", texts),
        privacy=_words(table, "privacy", texts),
        hint=table.text("hint", ""),
        after=table.text("after", ""),
        phone=table.text("phone", ""),
        moment=table.text("moment", ""),
        channel=table.text("channel", ""),
        external=table.text("external", ""),
        fixed={name: str(value) for name, value in table.mapping("fixed").items()},
        most_files=table.integer("most_files", 5, 0),
        largest_file=table.integer("largest_file", 20, 1),
        per_phone=table.integer("per_phone", 5, 1),
        per_address=table.integer("per_address", 20, 1),
    )


def _record(table: Table) -> PublicRecord:
    phones = table.table("phones")
    book = PhoneBook(phones.text("table"), phones.text("unit"), phones.text("phone")) if phones else None
    if phones:
        phones.close()
    return PublicRecord(
        code=table.text("code", pattern=CODE, hint=HINT),
        name=table.text("name"),
        ledger=table.text("ledger"),
        number=table.text("number"),
        secret=table.text("secret"),
        columns=_columns(table),
        steps=tuple(_step(entry) for entry in table.tables("steps", "name")),
        phone=table.text("phone", ""),
        clocks=table.texts("clocks"),
        unit=table.text("unit", ""),
        phones=book,
        papers=tuple(PublicPaper(entry.text("document"), entry.text("name")) for entry in table.tables("papers", "document")),
        actions=tuple(_action(entry) for entry in table.tables("actions", "code")),
        note=table.text("note", ""),
    )


def _step(table: Table) -> PublicStep:
    states = frozenset(table.texts("states"))
    return PublicStep(table.text("name"), states, table.flag("aside"), table.text("note", ""))


def _action(table: Table) -> PublicAction:
    return PublicAction(
        code=table.text("code", pattern=CODE, hint=HINT),
        name=table.text("name"),
        form=table.text("form"),
        message=table.text("message"),
        note=table.text("note", ""),
        done=table.text("done", ""),
    )


def _list(table: Table) -> PublicList:
    if table.has("ledger") == table.has("table"):
        table.problem("ledger", "a list shows a ledger or a reference table: name one of the two")
    return PublicList(
        code=table.text("code", pattern=CODE, hint=HINT),
        name=table.text("name"),
        columns=_columns(table),
        note=table.text("note", ""),
        ledger=table.text("ledger", ""),
        table=table.text("table", ""),
        view=table.text("view", ""),
        filter=table.filter("filter"),
    )


def _lookup(table: Table) -> LookUp:
    return LookUp(
        code=table.text("code", pattern=CODE, hint=HINT),
        name=table.text("name"),
        ledger=table.text("ledger"),
        columns=_columns(table),
        label=table.text("label"),
        note=table.text("note", ""),
        missing=table.text("missing", ""),
        per_address=table.integer("per_address", 60, 1),
    )


def _columns(table: Table) -> tuple[PublicColumn, ...]:
    """Read columns, each ``id`` or ``id: public name``."""
    parts = (text.partition(":") for text in table.texts("columns"))
    found = tuple(PublicColumn(name.strip(), label.strip()) for name, _, label in parts)
    if not found:
        table.problem("columns", "must not be empty")
    return found


def _words(table: Table, key: str, texts: Mapping[str, str]) -> str:
    """Read the words of a text file that a key names."""
    path = table.text(key, "")
    if path and path not in texts:
        table.problem(key, "{path} is not a file of the pack", path=path)
    return texts.get(path, "").strip()


def check(pack: "Pack", ledgers: Collection[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name what the public pages use and the pack does not have."""
    face = pack.portal
    if face is None:
        return
    records = {one.code for one in face.records}
    slas = {one.code for one in pack.slas}
    for start in face.starts:
        if start.record not in records:
            yield f"portal.starts[{start.code}].record", "{value} is not in [[portal.records]]", {"value": start.record}
    for record in face.records:
        strange = sorted(set(record.clocks) - slas)
        yield from ((f"portal.records[{record.code}].clocks", "{value} is not in [[sla]]", {"value": code}) for code in strange)
        if record.phones and record.phones.table not in pack.tables:
            yield f"portal.records[{record.code}].phones", "there is no reference/{table}.csv", {"table": record.phones.table}
    for shown in face.lists:
        if shown.table and shown.table not in pack.tables:
            yield f"portal.lists[{shown.code}].table", "there is no reference/{table}.csv", {"table": shown.table}
    used = [(f"portal.records[{one.code}].ledger", one.ledger) for one in face.records]
    used += [(f"portal.lists[{one.code}].ledger", one.ledger) for one in face.lists if one.ledger]
    used += [(f"portal.lookups[{one.code}].ledger", one.ledger) for one in face.lookups]
    for place, ledger in used:
        if ledger not in ledgers:
            yield place, "there is no forms/ledgers/{ledger}.toml", {"ledger": ledger}
