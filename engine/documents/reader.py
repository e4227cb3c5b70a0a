"""Reading ``documents/documents.toml``: checked papers, letters with no name that nobody fills in."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from engine.documents.model import Count, Document, Issuing, Kind
from engine.documents.templates import FORMATS, faults_of
from engine.errors import Problem
from engine.feel import FeelSyntaxError, compile_expression
from engine.forms.model import Setting
from engine.ledgers.model import Ledger, Wording
from engine.ledgers.wording import wording

_KEYS = frozenset(
    {"id", "name", "kind", "file", "roles", "ledger", "view", "filter", "split", "parts", "process", "needs"}
) | frozenset({"template", "facts", "counts", "tables", "rows"})
_ISSUING = frozenset({"format", "issuer", "number", "number_facts", "freeze", "slip", "steps", "reveal"})
_COUNT = frozenset({"ledger", "filter", "by", "view"})


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """The papers of a pack by id, and what is wrong with them."""

    documents: Mapping[str, Document]
    problems: tuple[Problem, ...]


def read_documents(
    files: Mapping[str, bytes],
    ledgers: Mapping[str, Ledger],
    pack: str,
    processes: Collection[str] | None = None,
    series: Collection[str] | None = None,
) -> DocumentReading:
    """Read every ``documents/*.toml`` among the files of a pack.

    *processes* are those it may draw facts from, *series* those that may number a letter.
    """
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    readers: list[_Reader] = []
    for name in sorted(name for name in files if name.endswith(".toml") and "documents/" in name):
        try:
            found = tomllib.loads(files[name].decode("utf-8-sig"))
        except ValueError as error:
            problems.append(Problem(name, None, 1, "This is not TOML: {reason}.", {"reason": str(error)}))
            continue
        reader = _Reader(name, files, ledgers, pack, processes, series)
        for entry in found.get("documents", ()):
            document = reader.document(entry)
            documents[document.id] = document
            reader.own.append(document)
        readers.append(reader)
    for reader in readers:
        reader.check_parts(documents)
        problems += reader.problems
    return DocumentReading(documents, tuple(problems))


@dataclass(slots=True)
class _Reader:
    file: str
    files: Mapping[str, bytes]
    ledgers: Mapping[str, Ledger]
    pack: str
    processes: Collection[str] | None = None
    series: Collection[str] | None = None
    problems: list[Problem] = field(default_factory=list)
    own: list[Document] = field(default_factory=list)

    def fault(self, place: str, template: str, **facts: object) -> None:
        text = self.files[self.file].decode("utf-8-sig")
        at = text.find(f'"{place.split(".", 1)[0]}"')
        self.problems.append(Problem(self.file, place, text.count("\n", 0, max(at, 0)) + 1, template, facts))

    def document(self, entry: Mapping[str, Any]) -> Document:
        """Read one paper."""
        name, kind = str(entry.get("id", "")), str(entry.get("kind", ""))
        self._unknown(name, entry, _KEYS | _ISSUING)
        if kind not in ("sheet", "letter", "signing", "bundle"):
            self.fault(name, "The kind of a paper is sheet, letter, signing or bundle.")
        if kind in ("sheet", "signing"):
            self._view(name, str(entry.get("ledger", "")), str(entry.get("view", "")), str(entry.get("split", "")))
        counts = {part: self._counts(name, entry, part) for part in ("counts", "tables", "rows")}
        document = Document(
            id=name, name=str(entry.get("name", name)), kind=cast(Kind, kind), pack=self.pack,
            file=self._line(name, entry.get("file", "")), ledger=str(entry.get("ledger", "")), view=str(entry.get("view", "")),
            filter=self._setting(name, entry.get("filter")), split=str(entry.get("split", "")),
            roles=frozenset(entry.get("roles", ())), template=self._template(name, kind, entry),
            facts={key: self._setting(name, value) for key, value in entry.get("facts", {}).items()},
            parts=tuple(entry.get("parts", ())), needs=tuple(entry.get("needs", ())), process=self._process(name, entry),
            issuing=self._issuing(name, entry), **counts,
        )  # fmt: skip
        if kind == "letter" and document.template:
            for template, facts in faults_of(document, self.ledgers):
                self.fault(document.id, template, **facts)
        return document

    def _issuing(self, name: str, entry: Mapping[str, Any]) -> Issuing:
        """Read how a letter goes out."""
        layout = str(entry.get("format", ""))
        if layout and layout not in FORMATS:
            self.fault(name, "The format of a letter is letter or document.")
        if entry.get("kind") != "letter":
            for key in sorted(entry.keys() & _ISSUING):
                self.fault(name, "Only a letter has {key}.", key=key)
        number = str(entry.get("number", ""))
        if number and self.series is not None and number not in self.series:
            self.fault(name, "There is no numbering series {series}.", series=number)
        return Issuing(
            layout, self._setting(name, entry.get("issuer")), number,
            {key: self._setting(name, value) for key, value in entry.get("number_facts", {}).items()},
            bool(entry.get("freeze", False)), str(entry.get("slip", "")),
            {key: tuple(map(str, elements)) for key, elements in entry.get("steps", {}).items()}, tuple(entry.get("reveal", ())),
        )  # fmt: skip

    def _view(self, name: str, ledger_id: str, view_id: str, split: str) -> None:
        ledger = self.ledgers.get(ledger_id)
        if ledger is None:
            self.fault(name, "There is no ledger {ledger}.", ledger=ledger_id)
        elif view_id not in ledger.views:
            self.fault(name, "The ledger {ledger} has no view {view}.", ledger=ledger_id, view=view_id)
        elif ledger.views[view_id].sheet is None:
            self.fault(name, "The view {view} has no paper layout: [views.sheet].", view=view_id)
        elif split and split not in ledger.columns:
            self.fault(name, "{name} is no column of the ledger.", name=split)

    def _process(self, name: str, entry: Mapping[str, Any]) -> str:
        process = str(entry.get("process", ""))
        if process and self.processes is not None and process not in self.processes:
            self.fault(name, "There is no process {process}.", process=process)
        return process

    def _template(self, name: str, kind: str, entry: Mapping[str, Any]) -> bytes:
        if kind != "letter":
            return b""
        path = self.file.rsplit("/", 1)[0] + "/" + str(entry.get("template", ""))
        if path not in self.files:
            self.fault(name, "There is no template {path}.", path=path)
        return self.files.get(path, b"")

    def _counts(self, name: str, entry: Mapping[str, Any], kind: str) -> dict[str, Count]:
        return {key: self._count(f"{name}.{kind}.{key}", part, kind) for key, part in entry.get(kind, {}).items()}

    def _count(self, place: str, part: Mapping[str, Any], kind: str) -> Count:
        self._unknown(place, part, _COUNT)
        ledger, by, view = str(part.get("ledger", "")), str(part.get("by", "")), str(part.get("view", ""))
        known = self.ledgers.get(ledger)
        if known is None:
            self.fault(place, "There is no ledger {ledger}.", ledger=ledger)
        elif kind == "tables" and by not in known.columns:
            self.fault(place, "{name} is no column of the ledger.", name=by)
        elif kind == "rows" and view not in known.views:
            self.fault(place, "The ledger {ledger} has no view {view}.", ledger=ledger, view=view)
        wanted: dict[str, Setting | Mapping[str, Setting]] = {}
        for name, value in part.get("filter", {}).items():
            wanted[name] = (
                {key: self._setting(place, inner) for key, inner in value.items()}
                if isinstance(value, dict)
                else self._setting(place, value)
            )
        return Count(ledger, wanted, by, view)

    def _setting(self, place: str, value: object) -> Setting:
        if not isinstance(value, str) or not value.startswith("="):
            return Setting(value)
        try:
            return Setting(expression=compile_expression(value[1:]))
        except FeelSyntaxError as error:
            self.fault(place, "The expression “{text}” cannot be read: {reason}.", text=value, reason=error)
            return Setting()

    def _line(self, place: str, text: object) -> Wording:
        try:
            return wording(str(text))
        except FeelSyntaxError as error:
            self.fault(place, "The expression “{text}” cannot be read: {reason}.", text=text, reason=error)
            return Wording()

    def _unknown(self, place: str, entry: Mapping[str, Any], known: frozenset[str]) -> None:
        for name in sorted(entry.keys() - known):
            self.fault(place, "{name} is not known here; there are {known}.", name=name, known=", ".join(sorted(known)))

    def check_parts(self, documents: Mapping[str, Document]) -> None:
        """Refuse bundles with parts that do not exist or are bundles themselves, and slips that are no letters."""
        for document in self.own:
            slip = document.issuing.slip
            if slip and (slip not in documents or documents[slip].kind != "letter"):
                self.fault(document.id, "The slip {slip} is no letter of this pack.", slip=slip)
            for part in document.parts:
                if part not in documents or documents[part].kind in ("bundle",):
                    self.fault(document.id, "The bundle names {part}, which is no single paper.", part=part)
