"""Deployed versions, ready to run: each is parsed once per process and shared by every unit of work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine import binding, bpmn, forms, packs
from engine.bpmn.document import FUNCTIONS, Known
from engine.bpmn.model import Process, Value
from engine.calendar import Calendar
from engine.errors import EngineError
from engine.feel import Environment
from engine.kernel.port import Definition
from engine.packs import Pack
from engine.persistence.records import DefinitionRow
from engine.persistence.work import UnitOfWork


class ProcessNotDeployed(EngineError):
    """There is no process {process_id} to run here. Deploy the pack it belongs to."""

    kind = "missing"


class FormNotDeployed(EngineError):
    """There is no form {form_id} here. Deploy the pack it belongs to."""

    kind = "missing"


class DecisionNotDeployed(EngineError):
    """There is no decision {decision_id} here. Deploy the pack it belongs to."""

    kind = "missing"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A version of a process: its row, what it says, what the kernel runs, and what its expressions may call."""

    row: DefinitionRow
    process: Process
    kernel: Definition
    environment: Environment

    def at(self, now: datetime) -> Environment:
        """Give the environment of an evaluation that happens at *now*."""
        environment = Environment(lambda: now)
        environment.functions = self.environment.functions
        return environment

    def evaluate(self, value: Value | None, variables: Mapping[str, object], now: datetime) -> object:
        """Give what a property says for an instance with *variables*; nothing where there is no property."""
        return None if value is None else value.of(variables, self.at(now))


def loaded(work: UnitOfWork, definition_id: UUID) -> Loaded:
    """Give a version ready to run."""
    return work.cache.get(("definition", definition_id), lambda: _load(work, work.definitions.get(definition_id)))


def active(work: UnitOfWork, process_id: str) -> Loaded:
    """Give the version of a process that new instances are started with."""
    row = work.cache.get(("active", process_id), lambda: _active(work, process_id))
    return work.cache.get(("definition", row.id), lambda: _load(work, row))


def _active(work: UnitOfWork, process_id: str) -> DefinitionRow:
    row = work.definitions.find(process_id)
    if row is None:
        raise ProcessNotDeployed(process_id=process_id)
    return row


def bound(work: UnitOfWork, process_id: str, caller: DefinitionRow, bind: str, tag: str | None) -> Loaded:
    """Give the version a call activity of *caller* means: the latest, the one deployed together with it, or the tagged one."""
    row = binding.process(work, caller, process_id, bind, tag)
    return loaded(work, row.id) if row is not None else active(work, process_id)


def form(work: UnitOfWork, form_id: str, version: int | None = None) -> forms.Form:
    """Give a checked form: the version a task was created with, or the active one."""
    number = version or form_versions(work).get(form_id)
    if number is None:
        raise FormNotDeployed(form_id=form_id)
    return work.cache.get(("form", form_id, number), lambda: _load_form(work, form_id, number))


def form_version(work: UnitOfWork, definition: Loaded, element_id: str, form_id: str) -> int | None:
    """Give the version of a form that a new task of an element shows: the bound one, else the active one."""
    number = binding.form_version(work, definition.row, definition.process.elements[element_id], form_id)
    return form_versions(work).get(form_id) if number is None else number


def form_versions(work: UnitOfWork) -> dict[str, int]:
    """Give the active version of every form."""
    return work.cache.get("form versions", work.definitions.form_versions)


def pack(work: UnitOfWork, key: str) -> Pack:
    """Give what a deployed pack declares beside its processes and forms."""
    return work.cache.get(("pack", key), lambda: packs.parse(_files(work, key, read=packs.READ)))


def formal_names(work: UnitOfWork, pack_key: str) -> dict[str, tuple[str, str]]:
    """Give the names that units sign papers with, beside the names they had when the pack said so."""
    return work.cache.get(("formal names", pack_key), lambda: _formal_names(pack(work, pack_key)))


def _formal_names(declared: Pack) -> dict[str, tuple[str, str]]:
    rows = declared.reference(declared.identity.units) if declared.identity else []
    return {row["code"]: (row["name"], row["full_name"]) for row in rows if row.get("full_name")}


def functions(work: UnitOfWork, pack_key: str) -> dict[str, Callable[..., object]]:
    """Give what FEEL may call in a pack: its working days and its reference tables."""
    return work.cache.get(("functions", pack_key), lambda: _functions(work, pack_key))


def _functions(work: UnitOfWork, pack_key: str) -> dict[str, Callable[..., object]]:
    if "pack.toml" not in _files(work, pack_key, read=("pack.toml",)):
        return functions_of({})
    declared = pack(work, pack_key)
    return declared.calendar().functions() | declared.functions()


def functions_of(files: Mapping[str, bytes]) -> dict[str, Callable[..., object]]:
    """Give what FEEL may call with these files; without a ``pack.toml`` the working days of the library hold."""
    if "pack.toml" not in files:
        return Calendar().functions()
    declared = packs.parse(dict(files))
    return declared.calendar().functions() | declared.functions()


def known_names(files: Mapping[str, bytes]) -> frozenset[str]:
    """Give the names expressions may use that only the engine and the forms know."""
    fields = {field.key for found in forms.read(_of_kind(files, ".form")).forms.values() for field in found.fields()}
    return FUNCTIONS | {"reference"} | fields


def _files(work: UnitOfWork, pack_key: str, read: Sequence[str] = ("",)) -> dict[str, bytes]:
    """Give the files of a pack; those whose path does not end as *read* says only by name."""
    deployment = work.definitions.last_deployment(pack_key)
    return {} if deployment is None else work.definitions.files(deployment.id, read=read)


def _load(work: UnitOfWork, row: DefinitionRow) -> Loaded:
    names = work.cache.get(("names", row.pack), lambda: known_names(_files(work, row.pack, read=(".form",))))
    reading = bpmn.read({row.path: work.definitions.content(row.sha256)}, Known(names=names))
    [process] = [process for process in reading.processes if process.id == row.process_id]
    calls = functions(work, row.pack)
    decisions = work.cache.get(("decisions", row.pack), lambda: _load_decisions(work, row.pack))
    bound_decisions = binding.decisions(work, row, process)
    environment = Environment(None, calls)

    def decide(decision_id: str, variables: Mapping[str, object], bind: str = binding.LATEST, tag: str | None = None) -> object:
        latest = decisions.get(decision_id)
        found = latest if bind == binding.LATEST else bound_decisions.get((decision_id, bind, tag))
        if found is None:
            raise DecisionNotDeployed(decision_id=decision_id)
        return found.evaluate(variables, environment)

    return Loaded(row, process, Definition(str(row.id), process, decide, calls), environment)


def _load_decisions(work: UnitOfWork, pack_key: str) -> Mapping[str, binding.Asked]:
    return binding.read_decisions(_files(work, pack_key, read=(".dmn",)))


def _load_form(work: UnitOfWork, form_id: str, version: int) -> forms.Form:
    row = work.definitions.form(form_id, version)
    if row is None:
        raise FormNotDeployed(form_id=form_id)
    return forms.read({row.path: work.definitions.content(row.sha256)}).forms[form_id]


def _of_kind(files: Mapping[str, bytes], suffix: str) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.endswith(suffix)}
