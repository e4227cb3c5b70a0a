"""The words of a process file: which elements and attributes may stand where, as tables.

What is in no table is refused by name; ``QUIET`` parts are drawn or documentary and are never looked into.
"""

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
DRAWING = frozenset(
    {
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
    }
)
XML_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def words(text: str) -> frozenset[str]:
    """Split a line of words."""
    return frozenset(text.split())


TASKS = words("task manualTask userTask serviceTask sendTask receiveTask scriptTask businessRuleTask")
SUB_PROCESSES = words("subProcess transaction adHocSubProcess")
ACTIVITIES = TASKS | SUB_PROCESSES | {"callActivity"}
GATEWAYS = words("exclusiveGateway parallelGateway inclusiveGateway eventBasedGateway complexGateway")
CATCHING = words("startEvent intermediateCatchEvent boundaryEvent")
THROWING = words("endEvent intermediateThrowEvent")
EVENTS = CATCHING | THROWING
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS

EVENT_DEFINITIONS = {
    "messageEventDefinition": "message",
    "timerEventDefinition": "timer",
    "signalEventDefinition": "signal",
    "errorEventDefinition": "error",
    "escalationEventDefinition": "escalation",
    "terminateEventDefinition": "terminate",
    "conditionalEventDefinition": "conditional",
    "linkEventDefinition": "link",
    "compensateEventDefinition": "compensation",
    "cancelEventDefinition": "cancel",
}

_ITEMS = words("dataObject dataObjectReference dataStoreReference")
_ARTIFACTS = words("textAnnotation group association")
_DATA = words("ioSpecification dataInputAssociation dataOutputAssociation property")
_NOTES = words("documentation auditing monitoring")
_BASE = words("documentation extensionElements")
_CONTENT = (
    FLOW_NODES | _ITEMS | _ARTIFACTS | _NOTES | {"extensionElements", "sequenceFlow", "laneSet", "ioSpecification", "property"}
)
_NODE = _BASE | _NOTES | words("incoming outgoing categoryValueRef")
_ACTIVITY = _NODE | _DATA | words("multiInstanceLoopCharacteristics standardLoopCharacteristics")
_DEFINED = frozenset(EVENT_DEFINITIONS) | {"eventDefinitionRef"}
_CATCH = _NODE | _DEFINED | words("dataOutput dataOutputAssociation outputSet property")
_THROW = _NODE | _DEFINED | words("dataInput dataInputAssociation inputSet property")

QUIET = (
    _NOTES
    | _ITEMS
    | _ARTIFACTS
    | words("ioSpecification property dataOutput dataInput outputSet inputSet laneSet category itemDefinition")
    | words("collaboration interface resource dataStore endPoint partnerEntity partnerRole extension incoming outgoing")
    | words("eventDefinitionRef extensionElements categoryValueRef")
)

CHILDREN: dict[str, frozenset[str]] = {
    "definitions": _BASE
    | frozenset(EVENT_DEFINITIONS)
    | words("process collaboration message signal error escalation itemDefinition interface resource category dataStore")
    | words("endPoint partnerEntity partnerRole extension"),
    "process": _CONTENT,
    "subProcess": _CONTENT | _ACTIVITY,
    "transaction": _CONTENT | _ACTIVITY,
    "adHocSubProcess": _CONTENT | _ACTIVITY | {"completionCondition"},
    "callActivity": _ACTIVITY,
    **dict.fromkeys(TASKS, _ACTIVITY),
    **dict.fromkeys(GATEWAYS, _NODE),
    "complexGateway": _NODE | {"activationCondition"},
    **dict.fromkeys(CATCHING, _CATCH),
    **dict.fromkeys(THROWING, _THROW),
    "sequenceFlow": _BASE | _NOTES | words("conditionExpression categoryValueRef"),
    **dict.fromkeys(words("message signal error escalation standardLoopCharacteristics"), _BASE),
    "standardLoopCharacteristics": _BASE | {"loopCondition"},
    "multiInstanceLoopCharacteristics": _BASE | words("loopCardinality completionCondition complexBehaviorDefinition"),
    "complexBehaviorDefinition": _BASE | words("condition event"),
    "event": _BASE | _DEFINED,
    **dict.fromkeys(EVENT_DEFINITIONS, _BASE),
    "messageEventDefinition": _BASE | {"operationRef"},
    "timerEventDefinition": _BASE | words("timeDate timeDuration timeCycle"),
    "conditionalEventDefinition": _BASE | {"condition"},
    "linkEventDefinition": _BASE | words("source target"),
    "dataInputAssociation": _BASE | words("sourceRef targetRef"),
    "dataOutputAssociation": _BASE | words("sourceRef targetRef"),
}

_NAMED = words("id name")
_IN_ACTIVITY = _NAMED | words("isForCompensation startQuantity completionQuantity default")
_EXPRESSION = words("id language evaluatesToTypeRef")

ATTRIBUTES: dict[str, frozenset[str]] = {
    "definitions": _NAMED | words("targetNamespace expressionLanguage typeLanguage exporter exporterVersion"),
    "process": _NAMED | words("isExecutable isClosed processType definitionalCollaborationRef"),
    "sequenceFlow": _NAMED | words("sourceRef targetRef isImmediate"),
    **dict.fromkeys(TASKS, _IN_ACTIVITY),
    "userTask": _IN_ACTIVITY | {"implementation"},
    "businessRuleTask": _IN_ACTIVITY | {"implementation"},
    "serviceTask": _IN_ACTIVITY | words("implementation operationRef"),
    "sendTask": _IN_ACTIVITY | words("implementation operationRef messageRef"),
    "receiveTask": _IN_ACTIVITY | words("implementation operationRef messageRef instantiate"),
    "scriptTask": _IN_ACTIVITY | {"scriptFormat"},
    "callActivity": _IN_ACTIVITY,
    "subProcess": _IN_ACTIVITY | {"triggeredByEvent"},
    "transaction": _IN_ACTIVITY | words("triggeredByEvent method protocol"),
    "adHocSubProcess": _IN_ACTIVITY | words("triggeredByEvent ordering cancelRemainingInstances"),
    **dict.fromkeys(GATEWAYS, _NAMED | words("gatewayDirection default")),
    "parallelGateway": _NAMED | {"gatewayDirection"},
    "eventBasedGateway": _NAMED | words("gatewayDirection instantiate eventGatewayType"),
    "startEvent": _NAMED | words("isInterrupting parallelMultiple"),
    "intermediateCatchEvent": _NAMED | {"parallelMultiple"},
    "boundaryEvent": _NAMED | words("attachedToRef cancelActivity parallelMultiple"),
    **dict.fromkeys(THROWING, _NAMED),
    "message": _NAMED | {"itemRef"},
    "signal": _NAMED | {"structureRef"},
    "error": _NAMED | words("errorCode structureRef"),
    "escalation": _NAMED | words("escalationCode structureRef"),
    "standardLoopCharacteristics": words("id testBefore loopMaximum"),
    "multiInstanceLoopCharacteristics": words("id isSequential behavior oneBehaviorEventRef noneBehaviorEventRef"),
    "complexBehaviorDefinition": words("id"),
    "event": _NAMED,
    **dict.fromkeys(EVENT_DEFINITIONS, words("id")),
    "messageEventDefinition": words("id messageRef"),
    "signalEventDefinition": words("id signalRef"),
    "errorEventDefinition": words("id errorRef"),
    "escalationEventDefinition": words("id escalationRef"),
    "linkEventDefinition": _NAMED,
    "compensateEventDefinition": words("id activityRef waitForCompletion"),
    **dict.fromkeys(words("conditionExpression condition completionCondition activationCondition"), _EXPRESSION),
    **dict.fromkeys(words("timeDate timeDuration timeCycle loopCondition loopCardinality"), _EXPRESSION),
    **dict.fromkeys(words("dataInputAssociation dataOutputAssociation"), words("id")),
    **dict.fromkeys(words("sourceRef targetRef source target operationRef"), frozenset[str]()),
}

BOOLEANS = words(
    "isExecutable isForCompensation triggeredByEvent cancelRemainingInstances instantiate isInterrupting parallelMultiple"
    " cancelActivity isSequential testBefore waitForCompletion isClosed isImmediate"
)
QUANTITIES = words("startQuantity completionQuantity loopMaximum")
CHOICES = {
    "behavior": words("None One All Complex"),
    "ordering": words("Parallel Sequential"),
    "eventGatewayType": words("Exclusive Parallel"),
    "method": words("##Compensate"),
}
WITHOUT_EFFECT = words("operationRef implementation scriptFormat expressionLanguage itemRef isImmediate protocol")
