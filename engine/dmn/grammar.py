"""Whether a decision file uses only elements this engine honours, each where DMN allows it."""

from lxml import etree

from engine.source import Findings, elements, local_name, namespace


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DMN = {
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
BOXES = _words(
    "literalExpression decisionTable context list relation invocation functionDefinition conditional for some every filter"
)
_BASE = _words("description extensionElements")
_REQUIRES = _words("variable informationRequirement knowledgeRequirement authorityRequirement")
_BOX = _BASE | BOXES
QUIET = _words(
    "description extensionElements question allowedAnswers authorityRequirement supportedObjective impactedPerformanceIndicator"
    " decisionMaker decisionOwner usingProcess usingTask knowledgeSource performanceIndicator organizationUnit elementCollection"
    " textAnnotation association group text typeRef annotation annotationEntry"
)
CHILDREN = {
    "definitions": _BASE
    | _words("import itemDefinition decision inputData businessKnowledgeModel decisionService knowledgeSource")
    | _words("performanceIndicator organizationUnit elementCollection textAnnotation association group"),
    "itemDefinition": _BASE | _words("typeRef allowedValues typeConstraint itemComponent functionItem"),
    "itemComponent": _BASE | _words("typeRef allowedValues typeConstraint itemComponent functionItem"),
    "functionItem": _BASE | {"parameters"},
    "decision": _BOX
    | _REQUIRES
    | _words("question allowedAnswers supportedObjective impactedPerformanceIndicator decisionMaker decisionOwner")
    | _words("usingProcess usingTask"),
    "inputData": _BASE | {"variable"},
    "businessKnowledgeModel": _BASE | _REQUIRES | {"encapsulatedLogic"},
    "decisionService": _BASE | _words("variable outputDecision encapsulatedDecision inputDecision inputData"),
    "encapsulatedLogic": _BOX | {"formalParameter"},
    "functionDefinition": _BOX | {"formalParameter"},
    "informationRequirement": _BASE | _words("requiredDecision requiredInput"),
    "knowledgeRequirement": _BASE | {"requiredKnowledge"},
    "literalExpression": _BASE | _words("text importedValues"),
    "decisionTable": _BASE | _words("input output annotation rule"),
    "input": _BASE | _words("inputExpression inputValues"),
    "output": _BASE | _words("outputValues defaultOutputEntry"),
    "rule": _BASE | _words("inputEntry outputEntry annotationEntry"),
    "context": _BASE | {"contextEntry"},
    "contextEntry": _BOX | {"variable"},
    "list": _BOX,
    "relation": _BASE | _words("column row"),
    "row": _BOX,
    "invocation": _BOX | {"binding"},
    "binding": _BOX | {"parameter"},
    "conditional": _BASE | _words("if then else"),
    "filter": _BASE | _words("in match"),
    "for": _BASE | _words("in return"),
    "some": _BASE | _words("in satisfies"),
    "every": _BASE | _words("in satisfies"),
    **dict.fromkeys(_words("if then else in match return satisfies"), _BOX),
    **dict.fromkeys(
        _words("inputExpression inputValues outputValues defaultOutputEntry inputEntry outputEntry"), _BASE | {"text"}
    ),
    **dict.fromkeys(_words("allowedValues typeConstraint"), _BASE | {"text"}),
}


def check(findings: Findings, root: etree._Element) -> bool:
    """Refuse a file that is not DMN and every element that would be ignored; say whether reading on makes sense."""
    if local_name(root) != "definitions" or namespace(root) not in DMN:
        findings.refuse(root, "This is not a DMN file of version 1.3, 1.4 or 1.5. Export it as one of these.")
        return False
    _check_ids(findings, root)
    _check_children(findings, root, namespace(root))
    return True


def _check_ids(findings: Findings, root: etree._Element) -> None:
    first: dict[str, etree._Element] = {}
    for node in root.iter(f"{{{namespace(root)}}}*"):
        identifier = node.get("id")
        if identifier is None:
            continue
        if identifier in first:
            template = "The id {id} is already used in line {first}. Give this element an id of its own."
            findings.refuse(node, template, id=identifier, first=first[identifier].sourceline)
        first.setdefault(identifier, node)


def _check_children(findings: Findings, parent: etree._Element, dmn: str) -> None:
    allowed = CHILDREN.get(local_name(parent), _BASE)
    for child in elements(parent):
        name = local_name(child)
        if namespace(child) != dmn:
            continue
        if name not in allowed:
            template = "{element} is not supported inside {parent}. {advice}"
            findings.refuse(child, template, element=name, parent=local_name(parent), advice="Remove it.")
        elif name not in QUIET:
            _check_children(findings, child, dmn)
