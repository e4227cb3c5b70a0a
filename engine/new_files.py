"""New files: what a process, a decision or a form begins as in the browser, almost empty or as a copy of another one."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Literal
from xml.sax.saxutils import escape

from lxml import etree

from engine import changes
from engine.bpmn.vocabulary import BPMN
from engine.change_errors import KeyTaken, NoSuchOriginal, UnfitKey
from engine.identity import rights
from engine.persistence.repositories.changes import DraftRow
from engine.persistence.work import UnitOfWork
from engine.source import Findings, elements, local_name, parse

Kind = Literal["process", "decision", "form"]
PLACES: Mapping[str, str] = {"process": "{}.bpmn", "decision": "{}.dmn", "form": "forms/{}.form"}
ROWS: Mapping[str, str] = {"process": "definition", "decision": "decision", "form": "form"}
KEY = re.compile(r"[a-z][a-z0-9_]{2,59}")
BEGINNINGS = Path(__file__).parent / "beginnings"
REFERS = ("processRef", "bpmnElement", "dmnElementRef")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is to be begun: its *key* names it for ever, *name* is for people, *like* is the path of what is copied.

    *words* fill an empty one: for a process who works on it (role, group, lane) and what its first elements are called.
    """

    kind: Kind
    key: str
    name: str
    like: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def begin(work: UnitOfWork, pack: str, wanted: Wanted) -> DraftRow:
    """Put a new file into the change of whoever acts; it holds once another person has published it."""
    rights.require_in(work.actor, rights.EDIT_PROCESS, pack)
    files = changes.overlaid(work, changes.mine(work, pack), pack)
    path = path_of(wanted)
    if not KEY.fullmatch(wanted.key) or not wanted.name.strip():
        raise UnfitKey(key=wanted.key)
    known = work.definitions.last_version(ROWS[wanted.kind], wanted.key)
    if path in files or (known is not None and (known.active or known.pack != pack)):
        raise KeyTaken(key=wanted.key)
    if wanted.like and (wanted.like not in files or Path(wanted.like).suffix != Path(path).suffix):
        raise NoSuchOriginal(path=wanted.like)
    before = changes.draft(work, pack, path)
    data = _copied(wanted, files[wanted.like]) if wanted.like else _empty(wanted)
    return changes.save(work, pack, path, data, revision=before.revision if before is not None else 0)


def path_of(wanted: Wanted) -> str:
    """Say where the file will lie."""
    return PLACES[wanted.kind].format(wanted.key)


def begins_by_itself(data: bytes) -> bool:
    """Say whether a process begins by messages, signals or timers, so that a copy of it would begin beside it."""
    root = parse(Findings(""), data)
    starts = root.iter(f"{{{BPMN}}}startEvent") if root is not None else ()
    return any(elements(start, "messageEventDefinition", "signalEventDefinition", "timerEventDefinition") for start in starts)


def _empty(wanted: Wanted) -> bytes:
    suffix = Path(path_of(wanted)).suffix
    text = (BEGINNINGS / f"empty{suffix}").read_text()
    shown = json.dumps if suffix == ".form" else _attribute
    facts = {"name": wanted.name, **wanted.words}
    return Template(text).substitute({"key": wanted.key} | {name: shown(value) for name, value in facts.items()}).encode()


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;", "\n": " "})


def _copied(wanted: Wanted, data: bytes) -> bytes:
    if wanted.kind == "form":
        return json.dumps(json.loads(data) | {"id": wanted.key}, ensure_ascii=False, indent=2).encode() + b"\n"
    root = parse(Findings(""), data)
    if root is None:
        raise NoSuchOriginal(path=wanted.like)
    things = elements(root, "process" if wanted.kind == "process" else "decision")
    first = _asked_for(root, things)
    renamed = {thing.get("id", ""): wanted.key if thing is first else f"{wanted.key}_{thing.get('id')}" for thing in things}
    for node in root.iter("{*}*"):
        _rename(node, renamed)
    for thing in [first, *(node for node in root.iter(f"{{{BPMN}}}participant") if node.get("processRef") == wanted.key)]:
        thing.set("name", wanted.name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _asked_for(root: etree._Element, things: list[etree._Element]) -> etree._Element:
    """Give the process or decision that the file is known by: of decisions one that no other one needs."""
    needed = {node.get("href", "").rpartition("#")[2] for node in root.iter("{*}requiredDecision")}
    free = [thing for thing in things if thing.get("id") not in needed]
    if not free:
        raise NoSuchOriginal(path="")
    return free[0]


def _rename(node: etree._Element, renamed: Mapping[str, str]) -> None:
    if local_name(node) in ("process", "decision") and node.get("id") in renamed:
        node.set("id", renamed[node.get("id", "")])
    for name in REFERS:
        if node.get(name) in renamed:
            node.set(name, renamed[node.get(name, "")])
    href = node.get("href", "")
    if href.startswith("#") and href[1:] in renamed:
        node.set("href", f"#{renamed[href[1:]]}")
