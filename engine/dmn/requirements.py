"""What decisions and knowledge require, in their own model and in imported ones."""

from collections.abc import Mapping

from lxml import etree

from engine.dmn.decisions import Decision, InputData, Knowledge, Requirement, Service
from engine.dmn.language import Names
from engine.dmn.model import Model, Part
from engine.source import elements, local_name

_REQUIRED = {
    "requiredDecision": (Decision,),
    "requiredInput": (InputData,),
    "requiredKnowledge": (Knowledge,),
    "outputDecision": (Decision,),
    "inputDecision": (Decision,),
    "inputData": (InputData,),
    "encapsulatedDecision": (Decision,),
}


def link(model: Model, by_namespace: Mapping[str, Model]) -> None:
    """Join what the requirements of a model refer to, refuse what is missing and what requires itself."""
    for identifier, part in model.parts.items():
        node = model.nodes[identifier]
        if local_name(node) == "decisionService":
            _link_service(model, by_namespace, part, node)
            continue
        for requirement in elements(node, "informationRequirement", "knowledgeRequirement"):
            for reference in elements(requirement, "requiredDecision", "requiredInput", "requiredKnowledge"):
                found = _referred(model, by_namespace, reference)
                if found and isinstance(part, Decision | Knowledge):
                    part.requires.append(found)
    for part in model.parts.values():
        if isinstance(part, Decision) and _requires_itself(part):
            template = "The decision {name} requires itself. Break the circle of requirements."
            model.findings.refuse(model.nodes[part.id], template, name=part.name)


def _referred(model: Model, by_namespace: Mapping[str, Model], node: etree._Element) -> Requirement | None:
    href = node.get("href", "")
    namespace, _, identifier = href.rpartition("#")
    other = by_namespace.get(namespace) if namespace and namespace != model.namespace else model
    part: Part | None = other.parts.get(identifier) if other else None
    if part is None or not isinstance(part, _REQUIRED[local_name(node)]):
        template = "{element} refers to {reference}, which is not in the file. Define it or correct the reference."
        model.findings.refuse(node, template, element=local_name(node), reference=href or "-")
        return None
    if other is not model and other and namespace not in model.imports:
        model.findings.refuse(node, "The model {namespace} is used without an import. Import it.", namespace=namespace)
    return Requirement(part, model.imports.get(namespace, "") if other is not model else "")


def _link_service(model: Model, by_namespace: Mapping[str, Model], part: Part, node: etree._Element) -> None:
    found = {
        tag: [found.of for line in elements(node, tag) if (found := _referred(model, by_namespace, line))]
        for tag in ("outputDecision", "inputData", "inputDecision", "encapsulatedDecision")
    }
    if not found["outputDecision"]:
        model.findings.refuse(node, "The decision service has no output decision. Name one.")
    variable = next(iter(elements(node, "variable")), None)
    declared = model.items.named(variable.get("typeRef"), variable) if model.items and variable is not None else None
    service = Service(
        part.id,
        part.name,
        [one for one in found["outputDecision"] if isinstance(one, Decision)],
        [one for one in found["inputData"] if isinstance(one, InputData)],
        [one for one in found["inputDecision"] if isinstance(one, Decision)],
        declared,
    )
    model.services[part.id] = service
    if isinstance(part, Knowledge):
        part.make = service.make


def _requires_itself(decision: Decision) -> bool:
    waiting, seen = [requirement.of for requirement in decision.requires], set[str]()
    while waiting:
        part = waiting.pop()
        if part is decision:
            return True
        if isinstance(part, Decision) and part.id not in seen:
            seen.add(part.id)
            waiting += [requirement.of for requirement in part.requires]
    return False


def names_of(part: Decision | Knowledge) -> Names:
    """List the names that the expressions of a decision or function may use; a decision may also be named by its id."""
    found = {requirement.of.name for requirement in part.requires}
    found |= {requirement.of.id for requirement in part.requires if isinstance(requirement.of, Decision)}
    return frozenset(found | {requirement.through for requirement in part.requires if requirement.through})
