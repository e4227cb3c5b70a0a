"""Decision models in, decisions ready to evaluate out: everything wrong with the files is found at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.dmn import grammar, requirements
from engine.dmn.boxed import compiled, function_of
from engine.dmn.decisions import Decision, Knowledge, Service
from engine.dmn.language import FUNCTIONS, Language, name_of
from engine.dmn.model import Model
from engine.dmn.types import ItemDefinitions
from engine.errors import Problem
from engine.feel.types import FunctionType, Type
from engine.source import Findings, elements, parse


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files say; *decisions* by XML id are only to be used when there are no *problems*."""

    decisions: Mapping[str, Decision]
    problems: list[Problem]
    warnings: list[Problem] = field(default_factory=list)
    services: Mapping[str, Service] = field(default_factory=dict)


def read(files: Mapping[str, bytes], names: frozenset[str] = FUNCTIONS) -> Reading:
    """Read and check decision files together; they may import each other.

    *names* are further names with spaces that expressions may use, by default the calendar's functions.
    """
    findings = [Findings(file) for file in files]
    models = [model for found, content in zip(findings, files.values(), strict=True) if (model := _parsed(found, content))]
    by_namespace = {model.namespace: model for model in models}
    for model in models:
        _define_types(model, by_namespace, ())
    for model in models:
        model.create_parts()
    for model in models:
        requirements.link(model, by_namespace)
    _check_decision_ids(models)
    for model in models:
        _compile(model, names)
    decisions = {part.id: part for model in models for part in model.parts.values() if isinstance(part, Decision)}
    services = {part.id: part for model in models for part in model.services.values()}
    problems = _once(problem for found in findings for problem in found.problems)
    return Reading(decisions, problems, _once(warning for found in findings for warning in found.warnings), services)


def _once(problems: Iterable[Problem]) -> list[Problem]:
    unique = {str(problem): problem for problem in problems}
    return sorted(unique.values(), key=lambda problem: (problem.file, problem.line))


def _parsed(findings: Findings, content: bytes) -> Model | None:
    root = parse(findings, content)
    return Model(findings, root) if root is not None and grammar.check(findings, root) else None


def _define_types(model: Model, by_namespace: Mapping[str, Model], importing: tuple[Model, ...]) -> Mapping[str, Type]:
    """Build the types of a model after those of the models it imports."""
    if model.items is not None:
        return model.items.types
    imported: dict[str, Type] = {}
    for node in elements(model.root, "import"):
        other = by_namespace.get(node.get("namespace", ""))
        if other is None:
            template = "The model {namespace} is not here. Deploy its file too or remove the import."
            model.findings.refuse(node, template, namespace=node.get("namespace") or "-")
        elif other is model or other in importing:
            model.findings.refuse(node, "The models import each other in a circle. Break it.")
        else:
            prefix = f"{name_of(node)}." if name_of(node) else ""
            model.imports[other.namespace] = name_of(node)
            types = _define_types(other, by_namespace, (*importing, model))
            imported |= {prefix + name: declared for name, declared in types.items()}
            model.inner_names |= other.inner_names
    model.items = ItemDefinitions(model.findings, model.root, imported)
    return model.items.types


def _check_decision_ids(models: list[Model]) -> None:
    first: dict[str, Model] = {}
    for model in models:
        for part in (*model.parts.values(), *model.services.values()):
            other = first.setdefault(part.id, model)
            if other is not model and isinstance(part, Decision):
                template = "The decision {id} is already in {file}. Give this one another id."
                model.findings.refuse(model.nodes[part.id], template, id=part.id, file=other.findings.file)


def _compile(model: Model, names: frozenset[str]) -> None:
    """Compile the logic of every decision and business knowledge model."""
    assert model.items is not None
    language = Language(model.findings, model.items, names | model.inner_names)
    for part in model.parts.values():
        if isinstance(part, Decision):
            part.logic = compiled(language, model.nodes[part.id], requirements.names_of(part))
        elif isinstance(part, Knowledge) and part.id not in model.services:
            _compile_knowledge(model, language, part)


def _compile_knowledge(model: Model, language: Language, part: Knowledge) -> None:
    node = model.nodes[part.id]
    logic = next(iter(elements(node, "encapsulatedLogic")), None)
    if logic is None:
        model.findings.refuse(node, "The {element} has no expression. Write one.", element="businessKnowledgeModel")
        return
    names = requirements.names_of(part) | {part.name}
    declared = language.type_of(next(iter(elements(node, "variable")), None))
    result = None if isinstance(declared, FunctionType) else declared
    part.make = function_of(language, logic, names, part.name, result)
