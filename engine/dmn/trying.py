"""Trying a decision out: what it asks for, and which rules of which table answer for given values."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from engine.dmn.decisions import Decision, Evaluation, InputData
from engine.dmn.language import FUNCTIONS
from engine.dmn.tables import Table
from engine.feel import Environment, FeelSyntaxError, paths
from engine.source import Findings, elements, parse, text_of

_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Question:
    """A value that a decision reads: its dotted *path*, what the table calls it, its type and the values its rules name."""

    path: str
    label: str = ""
    type: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A decision on the way: what it gave and, where it is a table, the ids and numbers of the rules that matched."""

    id: str
    name: str
    result: object
    is_table: bool = False
    rules: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What came out, by which steps, and what the evaluation warned of."""

    result: object
    steps: tuple[Step, ...]
    warnings: tuple[str, ...] = ()


def attempt(decision: Decision, context: Mapping[str, object], environment: Environment) -> Trial:
    """Decide as the engine does and say how it came about, required decisions first."""
    told: list[str] = []
    listening = Environment(environment.now, None, told.append)
    listening.functions = environment.functions
    evaluation = _Watched(context, listening.metered())
    result = evaluation.value_of(decision)
    return Trial(result, tuple(evaluation.steps), tuple(dict.fromkeys(told)))


class _Watched(Evaluation):
    """An evaluation that keeps what happened at each decision."""

    __slots__ = ("steps",)

    def __init__(self, context: Mapping[str, object], environment: Environment) -> None:
        super().__init__(context, environment)
        self.steps: list[Step] = []

    def _decided(self, decision: Decision) -> object:
        result = Evaluation._decided(self, decision)
        table = decision.logic if isinstance(decision.logic, Table) else None
        hits = table.hits(self._variables(decision), _quiet(self.environment)) if table else []
        numbers = tuple(hit.rule for hit in hits)
        rules = tuple(table.rules[number - 1].id for number in numbers) if table else ()
        self.steps.append(Step(decision.id, decision.title or decision.name, result, table is not None, rules, numbers))
        return result


def _quiet(environment: Environment) -> Environment:
    """Give the same environment with nobody listening: what was warned of has been heard once."""
    copy = environment.metered()
    copy.warn = None
    return copy


def questions(content: bytes, decision: Decision, functions: Collection[str] = ()) -> tuple[Question, ...]:
    """Give what a decision of this file, and those it requires, read from outside; *functions* are there anyway."""
    root = parse(Findings(""), content)
    nodes = {node.get("id"): node for node in elements(root, "decision")} if root is not None else {}
    inner = set(functions)
    found: dict[str, Question] = {}
    for part in _walk(decision):
        if isinstance(part, Decision):
            inner |= {part.id, part.name}
            for question in _asked(nodes.get(part.id)):
                found.setdefault(question.path, question)
        elif not any(path == part.name or path.startswith(part.name + ".") for path in found):
            found[part.name] = Question(part.name)
    return tuple(question for path, question in found.items() if path.partition(".")[0] not in inner)


def _walk(decision: Decision) -> Iterator[Decision | InputData]:
    """Give the decision, what it requires, and the input data last."""
    seen: dict[str, Decision] = {}
    inputs: dict[str, InputData] = {}
    waiting = [decision]
    while waiting:
        part = waiting.pop(0)
        if part.id in seen:
            continue
        seen[part.id] = part
        for requirement in part.requires:
            if isinstance(requirement.of, Decision):
                waiting.append(requirement.of)
            elif isinstance(requirement.of, InputData):
                inputs[requirement.of.id] = requirement.of
    yield from seen.values()
    yield from inputs.values()


def _asked(node: etree._Element | None) -> Iterator[Question]:
    if node is None:
        return
    for table in elements(node, "decisionTable"):
        yield from _columns(table)
    for part in node.iter("{*}literalExpression", "{*}inputExpression", "{*}outputEntry", "{*}defaultOutputEntry"):
        yield from (Question(path) for path in _read(text_of(part)))


def _columns(table: etree._Element) -> Iterator[Question]:
    """Give the columns that look at one value as it is: their labels and types say what is meant."""
    for place, column in enumerate(elements(table, "input")):
        for source in elements(column, "inputExpression"):
            text = text_of(source)
            if _read(text) == (text,):
                cells = [text_of(elements(rule, "inputEntry")[place]) for rule in elements(table, "rule")]
                choices = dict.fromkeys(word for cell in cells for word in _TEXT.findall(cell))
                yield Question(text, column.get("label") or "", source.get("typeRef") or "", tuple(choices))


def _read(text: str) -> tuple[str, ...]:
    try:
        return paths(text, FUNCTIONS)
    except FeelSyntaxError:
        return ()
