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
_ALWAYS = _words("id label name typeRef")
ATTRIBUTES = {
    "definitions": _ALWAYS | _words("namespace expressionLanguage typeLanguage exporter exporterVersion"),
    "import": _ALWAYS | _words("namespace locationURI importType"),
    "itemDefinition": _ALWAYS | _words("typeLanguage isCollection"),
    "itemComponent": _ALWAYS | _words("typeLanguage isCollection"),
    "functionItem": _ALWAYS | {"outputTypeRef"},
    "decisionTable": _ALWAYS | _words("hitPolicy aggregation preferredOrientation outputLabel"),
    "functionDefinition": _ALWAYS | {"kind"},
    "encapsulatedLogic": _ALWAYS | {"kind"},
    **dict.fromkeys(_words("for some every"), _ALWAYS | {"iteratorVariable"}),
    **dict.fromkeys(_words("literalExpression inputExpression inputEntry outputEntry"), _ALWAYS | {"expressionLanguage"}),
    **dict.fromkeys(_words("inputValues outputValues allowedValues typeConstraint"), _ALWAYS | {"expressionLanguage"}),
    "defaultOutputEntry": _ALWAYS | {"expressionLanguage"},
    **dict.fromkeys(_words("requiredDecision requiredInput requiredKnowledge"), _words("href")),
    **dict.fromkeys(_words("outputDecision encapsulatedDecision inputDecision"), _words("href")),
    "inputData": _ALWAYS | {"href"},
}
SILENT = (
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://bpmn.io/schema/dmn/biodi/2.0",
    "http://www.omg.org/spec/DMN/",
    "https://www.omg.org/spec/DMN/",
)


def check(findings: Findings, root: etree._Element) -> bool:
    """Refuse a file that is not DMN and every element that would be ignored; say whether reading on makes sense."""
    if local_name(root) != "definitions" or namespace(root) not in DMN:
        findings.refuse(root, "This is not a DMN file of version 1.3, 1.4 or 1.5. Export it as one of these.")
        return False
    if "feel" not in (language := root.get("expressionLanguage", "feel")).lower():
        findings.refuse(root, "The {what} is written in {language}. Write it in FEEL.", what="model", language=language)
    _check_ids(findings, root)
    _check_attributes(findings, root)
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
            _warn_of(findings, child, namespace(child))
            continue
        if name not in allowed:
            template = "{element} is not supported inside {parent}. {advice}"
            findings.refuse(child, template, element=name, parent=local_name(parent), advice="Remove it.")
        elif name not in QUIET:
            _check_attributes(findings, child)
            _check_children(findings, child, dmn)


def _check_attributes(findings: Findings, node: etree._Element) -> None:
    name = local_name(node)
    for key in map(str, node.attrib):
        attribute = etree.QName(key)
        if attribute.namespace:
            _warn_of(findings, node, attribute.namespace)
        elif attribute.localname not in ATTRIBUTES.get(name, _ALWAYS):
            template = "{element} has no attribute {attribute} here. {advice}"
            findings.refuse(node, template, element=name, attribute=attribute.localname, advice="Remove it.")


def _warn_of(findings: Findings, node: etree._Element, uri: str) -> None:
    if not uri.startswith(SILENT):
        findings.warn_once(node, "What belongs to {namespace} is kept, but has no effect.", namespace=uri or "no namespace")
