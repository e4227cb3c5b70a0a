"""Removing: what keeps a process, a decision or a form in its pack, because something runs on it or names it."""

from collections.abc import Iterator, Mapping, Sequence

from engine import bpmn, checking, definitions, dmn, forms
from engine.bpmn.model import Element, Event, Process
from engine.change_errors import StillNamed, StillRunning, StillSent, StillUsed
from engine.definitions import Loaded
from engine.persistence.work import UnitOfWork

SENDERS = frozenset({"intermediateThrowEvent", "endEvent", "sendTask"})


def check_unnamed(work: UnitOfWork, pack: str, path: str, files: Mapping[str, bytes]) -> None:
    """Refuse to take a file out of *files* while another one calls it, shows it, decides by it or sends what begins it."""
    rest = {name: data for name, data in files.items() if name != path}
    checked = checking.check(work, pack, rest)
    if checked.problems:
        before = {str(problem) for problem in checking.check(work, pack, files).problems}
        new = [problem for problem in checked.problems if str(problem) not in before]
        if new:
            raise StillNamed(path=path, first=new[0])
    _check_unsent(path, files, checked.processes)


def check_unused(work: UnitOfWork, pack: str, gone: Mapping[str, bytes]) -> None:
    """Refuse to take files away while something under way, or another pack, needs them."""
    if not gone:
        return
    names = {path: _names(path, data) for path, data in gone.items()}
    for loaded in _in_use(work, pack):
        for path, found in names.items():
            _check_one(path, found, loaded)


def _in_use(work: UnitOfWork, pack: str) -> Iterator[Loaded]:
    for key in work.definitions.under_way():
        yield definitions.loaded(work, key)
    for row in work.definitions.active():
        if row.pack != pack:
            yield definitions.loaded(work, row.id)


def _check_one(path: str, names: frozenset[str], loaded: Loaded) -> None:
    if loaded.row.process_id in names and path.endswith(".bpmn"):
        raise StillRunning(path=path, process=loaded.row.name)
    for element in loaded.process.elements.values():
        if names & _needs(path, element):
            facts = {"step": element.name or element.id, "process": loaded.row.name, "version": loaded.row.version}
            raise StillUsed(path=path, **facts)


def _needs(path: str, element: Element) -> set[str]:
    """Give what an element uses of the kind of file that *path* is."""
    used = {".form": element.form_id, ".dmn": element.called_decision, ".bpmn": element.called_process}
    return {value.text for suffix, value in used.items() if path.endswith(suffix) and value is not None}


def _names(path: str, data: bytes) -> frozenset[str]:
    if path.endswith(".form"):
        return frozenset(forms.read({path: data}).forms)
    if path.endswith(".dmn"):
        return frozenset(dmn.read({path: data}).decisions)
    return frozenset(process.id for process in bpmn.read({path: data}).processes)


def _check_unsent(path: str, files: Mapping[str, bytes], rest: Sequence[Process]) -> None:
    if not path.endswith(".bpmn"):
        return
    begun_by = {name for process in bpmn.read({path: files[path]}).processes for _, name in _messages(process, sent=False)}
    received = {name for process in rest for _, name in _messages(process, sent=False)}
    for process in rest:
        for element, name in _messages(process, sent=True):
            if name in begun_by - received:
                raise StillSent(path=path, message=name, step=element.name or element.id, process=process.name)


def _messages(process: Process, sent: bool) -> Iterator[tuple[Element, str]]:
    """Give the messages that a process sends, or those it waits for, with the element that does."""
    for element in process.elements.values():
        if (element.type in SENDERS) is not sent or element.event is None:
            continue
        events: tuple[Event, ...] = element.event.parts or (element.event,)
        yield from ((element, event.name.text) for event in events if event.kind == "message" and event.name is not None)
