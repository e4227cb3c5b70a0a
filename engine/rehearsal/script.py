"""``rehearsal.toml``: who acts when and how, read and checked as a whole."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Literal, cast

from engine.bpmn.document import FUNCTIONS
from engine.clock import ZONE
from engine.errors import EngineError
from engine.feel import Expression, FeelSyntaxError, compile_expression
from engine.rehearsal import hours

FILE = "rehearsal.toml"
FOLDER = "rehearsal/"
DEEDS = ("complete", "send_back", "hand_over", "leave", "tell")
_FEEL_KEYS = ("not_before",)


class ScriptRefused(EngineError):
    """The rehearsal cannot begin: {problems}"""


@dataclass(frozen=True, slots=True)
class Entry:
    """How people do one kind of task; *when* are entries laid over it where their condition holds.

    To *tell* is what somebody outside does before the task is done: a message, by name, key and values, reaches the process.
    """

    task: str = "*"
    sign_after: object = 0.2
    after: object = 0.5
    not_before: object = None
    by: str = "first"
    do: str = "complete"
    to: object = None
    reason: object = ""
    opinion: object = ""
    let: Mapping[str, object] = field(default_factory=dict)
    rows: Mapping[str, Any] | None = None
    edit: Mapping[str, Any] | None = None
    message: Mapping[str, Any] | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    when: tuple[tuple[Expression, Mapping[str, Any]], ...] = ()

    def laid_over(self, changes: Mapping[str, Any]) -> "Entry":
        """Give this entry with *changes*; ``values`` and ``let`` are merged key by key."""
        merged = {key: {**getattr(self, key), **changes[key]} for key in ("values", "let") if key in changes}
        return replace(self, **{**changes, **merged})


@dataclass(frozen=True, slots=True)
class Cut:
    """What an option of the command does to a reference table before it is deployed."""

    option: str
    table: str
    where: Expression | None = None
    first: Expression | None = None
    beyond: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """What is meant to become of the matters of some processes: the row of a table whose column *by* is what *of* gives."""

    processes: frozenset[str]
    table: str
    by: str
    of: Expression


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody starts a process of their own accord, if the *condition* holds on that day.

    With a *table* it is started once for each *row* of it; moment and person are then expressions over ``row``.
    """

    process: str
    login: str
    on: datetime
    values: Mapping[str, object] = field(default_factory=dict)
    condition: Expression | None = None
    table: str = ""
    at: str = ""
    row: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """A whole rehearsal."""

    process: str
    starter: str
    start: datetime
    until: datetime
    seed: int
    spans: tuple[hours.Span, ...]
    values: Mapping[str, object] = field(default_factory=dict)
    cuts: tuple[Cut, ...] = ()
    tasks: tuple[Entry, ...] = ()
    openings: tuple[Opening, ...] = ()
    plots: tuple[Plot, ...] = ()
    problems: Mapping[str, Any] = field(default_factory=dict)
    tallies: tuple[Mapping[str, str], ...] = ()
    counts: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def entry(self, process_id: str, element_id: str) -> Entry:
        """Give the first entry that names the task, else its process, else everything, in whatever file it stands."""
        names = (f"{process_id}.{element_id}", f"{process_id}.*", "*")
        return next((entry for name in names for entry in self.tasks if entry.task == name), Entry())


def parse(files: Mapping[str, bytes]) -> Script:
    """Read the rehearsal of a pack: ``rehearsal.toml``, and the tasks and starts of ``rehearsal/*.toml``.

    ``ScriptRefused`` names everything that is wrong with it.
    """
    if FILE not in files:
        raise ScriptRefused(problems=f"{FILE} is missing in this pack.")
    problems: list[str] = []
    found = _read(FILE, files[FILE])
    _known(found, {"rehearsal", "cut", "report", "tasks", "starts", "plots"}, FILE, problems)
    parts = [found]
    for name in sorted(name for name in files if name.startswith(FOLDER) and name.endswith(".toml")):
        parts.append(_read(name, files[name]))
        _known(parts[-1], {"tasks", "starts", "plots"}, name, problems)
    script = _script(found, parts, problems)
    if script is None or problems:
        raise ScriptRefused(problems="; ".join(problems))
    return script


def _read(name: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScriptRefused(problems=f"{name} cannot be read: {error}") from error


def _script(found: Mapping[str, Any], parts: Sequence[Mapping[str, Any]], problems: list[str]) -> Script | None:
    head = found.get("rehearsal", {})
    _known(head, {"process", "starter", "start", "until", "seed", "hours", "values"}, "[rehearsal]", problems)
    try:
        return Script(
            process=head["process"], starter=head["starter"], start=_moment(head["start"]), until=_moment(head["until"]),
            seed=int(head.get("seed", 0)), spans=hours.spans(head.get("hours", ["08:30", "11:30", "13:30", "17:00"])),
            values=head.get("values", {}), cuts=tuple(_cut(item, problems) for item in found.get("cut", ())),
            tasks=tuple(_entry(item, problems) for part in parts for item in part.get("tasks", ())),
            openings=tuple(_opening(item, problems) for part in parts for item in part.get("starts", ())),
            plots=tuple(_plot(item, problems) for part in parts for item in part.get("plots", ())),
            problems=found.get("report", {}).get("problems", {}),
            tallies=tuple(_tally(item, problems) for item in found.get("report", {}).get("tallies", ())),
            counts=_counts(found.get("report", {}).get("counts", {}), problems),
        )  # fmt: skip
    except KeyError as error:
        problems.append(f"[rehearsal] {error.args[0]} is missing")
    except (TypeError, ValueError) as error:
        problems.append(f"[rehearsal] {error}")
    return None


def _opening(item: Mapping[str, Any], problems: list[str]) -> Opening:
    place = f"[[starts]] {item.get('process', '')}"
    _known(item, {"process", "login", "on", "values", "if", "table"}, place, problems)
    _check_feel(item, place, problems)
    condition, on = _feel(item.get("if"), place, problems), item["on"]
    at = on if isinstance(on, str) and on.startswith("=") else ""
    moment = datetime.max.replace(tzinfo=ZONE) if at else _moment(on)
    return Opening(item["process"], item["login"], moment, item.get("values", {}), condition, item.get("table", ""), at)


def _plot(item: Mapping[str, Any], problems: list[str]) -> Plot:
    _known(item, {"processes", "table", "by", "of"}, "[[plots]]", problems)
    _check_feel(item, "[[plots]]", problems)
    return Plot(frozenset(item["processes"]), item["table"], item["by"], compiled(item["of"]))


def _tally(item: Mapping[str, Any], problems: list[str]) -> dict[str, str]:
    """Read what the report counts besides: the rows of a ledger by one of its columns."""
    _known(item, {"name", "ledger", "by"}, "[[report.tallies]]", problems)
    return {"name": str(item["name"]), "ledger": str(item["ledger"]), "by": str(item["by"])}


def _counts(found: Mapping[str, Any], problems: list[str]) -> Mapping[str, Any]:
    """Read the further figures of the report: in each group, the rows of a ledger that a filter holds for, by name."""
    for group, name, count in ((group, name, count) for group, counts in found.items() for name, count in counts.items()):
        _known(count, {"ledger", "filter"}, f"[report.counts.{group}] {name}", problems)
        if "ledger" not in count:
            problems.append(f"[report.counts.{group}] {name}: ledger is missing")
    return found


def _cut(item: Mapping[str, Any], problems: list[str]) -> Cut:
    place = f"[[cut]] {item.get('option', '')}"
    _known(item, {part.name for part in fields(Cut)}, place, problems)
    where, first = (_feel(item.get(name), f"{place} {name}", problems) for name in ("where", "first"))
    return Cut(item["option"], item["table"], where, first, item.get("beyond"))


def _entry(item: Mapping[str, Any], problems: list[str]) -> Entry:
    place = f"[[tasks]] {item.get('task', '')}"
    _known(item, {part.name for part in fields(Entry)}, place, problems)
    if item.get("do", "complete") not in DEEDS:
        problems.append(f"{place}: do must be one of {', '.join(DEEDS)}")
    _check_feel(item, place, problems)
    overlays = []
    for number, overlay in enumerate(item.get("when", ()), start=1):
        changes = {key: value for key, value in overlay.items() if key != "if"}
        _known(changes, {part.name for part in fields(Entry)} - {"task", "when"}, f"{place} when {number}", problems)
        condition = _feel(overlay.get("if"), f"{place} when {number}", problems)
        if condition is None:
            problems.append(f'{place} when {number}: needs a condition: if = "=..."')
        else:
            overlays.append((condition, changes))
    return Entry(**{**{key: value for key, value in item.items() if key != "when"}, "when": tuple(overlays)})


def _check_feel(found: object, place: str, problems: list[str]) -> None:
    """Compile everything that begins with ``=``, however deep it stands, so that no run stops at a slip of the pen."""
    for text in _texts(found):
        if text.startswith("="):
            _feel(text, place, problems)


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, Mapping):
        for value in found.values():
            yield from _texts(value)
    elif isinstance(found, Sequence):
        for value in found:
            yield from _texts(value)


def _feel(text: object, place: str, problems: list[str]) -> Expression | None:
    if text is None:
        return None
    try:
        return compiled(str(text))
    except FeelSyntaxError as error:
        problems.append(f"{place}: {text} cannot be read: {error}")
        return None


def compiled(text: str) -> Expression:
    """Compile an expression written with or without its sign; it may call what the engine adds to FEEL."""
    return compile_expression(text.removeprefix("="), FUNCTIONS)


def _known(found: Mapping[str, Any], known: set[str], place: str, problems: list[str]) -> None:
    problems += [f"{place} {key} is not known here" for key in found.keys() - known]


def _moment(value: object) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError(f"{value} needs a zone, like 2022-07-18T08:30:00+08:00")
    return moment


Deed = Literal["complete", "send_back", "hand_over", "leave", "tell"]


def deed(entry: Entry) -> Deed:
    """Give what is done with the task."""
    return cast(Deed, entry.do)
