"""The words of the ``zeebe:`` extension: what each element may carry, with which attributes, and our own ``bpm:`` properties."""

from engine.bpmn.vocabulary import EVENT_DEFINITIONS, FLOW_NODES, GATEWAYS, words

_ON_ANY_NODE = words("ioMapping properties executionListeners")
_JOB = words("taskDefinition taskHeaders")

ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(FLOW_NODES, _ON_ANY_NODE),
    **dict.fromkeys(GATEWAYS, words("properties")),
    "process": words("versionTag properties executionListeners"),
    "startEvent": _ON_ANY_NODE | {"formDefinition"},
    "userTask": _ON_ANY_NODE
    | words("userTask formDefinition taskHeaders assignmentDefinition taskSchedule priorityDefinition taskListeners"),
    "serviceTask": _ON_ANY_NODE | _JOB,
    "sendTask": _ON_ANY_NODE | _JOB,
    "scriptTask": _ON_ANY_NODE | _JOB | {"script"},
    "businessRuleTask": _ON_ANY_NODE | {"calledDecision"},
    "callActivity": _ON_ANY_NODE | {"calledElement"},
    "adHocSubProcess": _ON_ANY_NODE | {"adHoc"},
    "message": words("subscription"),
    "multiInstanceLoopCharacteristics": words("loopCharacteristics"),
    "conditionalEventDefinition": words("conditionalFilter"),
    "sequenceFlow": words("properties"),
    "definitions": frozenset(),
    **dict.fromkeys(
        words("signal error escalation standardLoopCharacteristics event complexBehaviorDefinition"), frozenset[str]()
    ),
}
for _definition in EVENT_DEFINITIONS:
    ALLOWED.setdefault(_definition, frozenset())

_BINDING = words("bindingType versionTag")

ATTRIBUTES: dict[str, frozenset[str]] = {
    "versionTag": words("value"),
    "properties": frozenset(),
    "property": words("name value"),
    "userTask": frozenset(),
    "formDefinition": words("formId") | _BINDING,
    "taskHeaders": frozenset(),
    "header": words("id key value"),
    "assignmentDefinition": words("assignee candidateUsers candidateGroups"),
    "taskSchedule": words("dueDate followUpDate"),
    "priorityDefinition": words("priority"),
    "ioMapping": frozenset(),
    "input": words("source target"),
    "output": words("source target"),
    "taskDefinition": words("type retries"),
    "script": words("expression resultVariable"),
    "calledDecision": words("decisionId resultVariable") | _BINDING,
    "calledElement": words("processId propagateAllChildVariables propagateAllParentVariables") | _BINDING,
    "subscription": words("correlationKey"),
    "loopCharacteristics": words("inputCollection inputElement outputCollection outputElement"),
    "conditionalFilter": words("variableNames variableEvents"),
    "adHoc": words("activeElementsCollection"),
    "executionListeners": frozenset(),
    "executionListener": words("eventType type retries"),
    "taskListeners": frozenset(),
    "taskListener": words("eventType type retries"),
}

REQUIRED: dict[str, frozenset[str]] = {
    "versionTag": words("value"),
    "property": words("name"),
    "formDefinition": words("formId"),
    "header": words("key"),
    "priorityDefinition": words("priority"),
    "input": words("source target"),
    "output": words("source target"),
    "taskDefinition": words("type"),
    "script": words("expression resultVariable"),
    "calledDecision": words("decisionId resultVariable"),
    "calledElement": words("processId"),
    "executionListener": words("eventType type"),
    "taskListener": words("eventType type"),
}

INNER: dict[str, frozenset[str]] = {
    "properties": words("property"),
    "taskHeaders": words("header"),
    "ioMapping": words("input output"),
    "executionListeners": words("executionListener"),
    "taskListeners": words("taskListener"),
}

CHOICES = {
    ("executionListener", "eventType"): words("start end"),
    ("taskListener", "eventType"): words("creating assigning updating completing canceling"),
    ("formDefinition", "bindingType"): words("latest deployment versionTag"),
    ("calledDecision", "bindingType"): words("latest deployment versionTag"),
    ("calledElement", "bindingType"): words("latest deployment versionTag"),
    ("calledElement", "propagateAllChildVariables"): words("true false"),
    ("calledElement", "propagateAllParentVariables"): words("true false"),
}

_ANYWHERE = words("bpm:milestone bpm:milestoneAt bpm:state bpm:source bpm:issuer")
_MESSAGE = words("bpm:correlationKey bpm:timeToLive bpm:payload")

PROPERTIES: dict[str, frozenset[str]] = {
    **dict.fromkeys(FLOW_NODES, _ANYWHERE),
    "sequenceFlow": words("bpm:source"),
    "process": words("bpm:startableBy bpm:businessKey bpm:title bpm:unit bpm:sla bpm:ledgerRow bpm:ledgerKey bpm:source")
    | words("bpm:numbering bpm:numberAs bpm:excludedUsers bpm:excludedUnits bpm:pool bpm:hiddenLikeSender"),
    "userTask": _ANYWHERE
    | words("bpm:excludedUsers bpm:actions bpm:sla bpm:opinionRequired bpm:fieldAccess bpm:signFor bpm:ledger bpm:ledgerView")
    | words("bpm:ledgerFilter bpm:ledgerMode bpm:document bpm:bulk bpm:lacks bpm:blindUntil")
    | words("bpm:notDoneBy bpm:recusalTo"),
    "sendTask": _ANYWHERE | _MESSAGE,
    "intermediateThrowEvent": _ANYWHERE | _MESSAGE,
    "endEvent": _ANYWHERE | _MESSAGE,
}

ADVICE = {
    "formKey": "Write formId with the id of a form of this deployment.",
    "externalReference": "Write formId with the id of a form of this deployment.",
    "userTaskForm": "Put the form into a .form file and name it with zeebe:formDefinition formId.",
    "processIdExpression": 'Write processId="=expression".',
    "retryCounter": "Write zeebe:taskDefinition retries.",
    "linkedResources": "Give the worker what it needs in zeebe:taskHeaders.",
    "taskDefinition": "Only service, send and script tasks become jobs.",
    "calledElement": "Name the process with zeebe:calledElement processId.",
    "script": 'Write zeebe:script expression="=..." resultVariable="...", or zeebe:taskDefinition for a job.',
    "potentialOwner": "Say who may do it with zeebe:assignmentDefinition.",
    "humanPerformer": "Say who may do it with zeebe:assignmentDefinition.",
    "performer": "Say who may do it with zeebe:assignmentDefinition.",
    "resourceRole": "Say who may do it with zeebe:assignmentDefinition.",
    "rendering": "Name a form with zeebe:formDefinition formId.",
    "correlationSubscription": "Write zeebe:subscription correlationKey on the message.",
    "correlationProperty": "Write zeebe:subscription correlationKey on the message.",
    "assignment": "Move data with zeebe:ioMapping.",
    "transformation": "Move data with zeebe:ioMapping.",
    "loopDataInputRef": "Write zeebe:loopCharacteristics inputCollection.",
    "loopDataOutputRef": "Write zeebe:loopCharacteristics outputCollection.",
    "inputDataItem": "Write zeebe:loopCharacteristics inputElement.",
    "outputDataItem": "Write zeebe:loopCharacteristics outputElement.",
    "outputCollection": "Collect results with zeebe:ioMapping outputs of the inner activities.",
    "outputElement": "Collect results with zeebe:ioMapping outputs of the inner activities.",
}
