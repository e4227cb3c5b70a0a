"""Events of a process file: what they wait for or throw, and where BPMN allows which."""

from lxml import etree

from engine.bpmn import timers
from engine.bpmn.document import Document, child, extension, flag, inner
from engine.bpmn.model import Event, EventKind, Value
from engine.bpmn.vocabulary import EVENT_DEFINITIONS, words
from engine.source import elements, local_name, text_of

_TRIGGERS = words("message timer signal conditional multiple parallelMultiple")
ALLOWED = {
    "process start": _TRIGGERS | {"none"},
    "sub-process start": words("none"),
    "event sub-process start": _TRIGGERS | words("error escalation compensation"),
    "intermediateCatchEvent": _TRIGGERS | {"link"},
    "boundaryEvent": _TRIGGERS | words("error escalation compensation cancel"),
    "intermediateThrowEvent": words("none message signal escalation compensation link multiple"),
    "endEvent": words("none message signal error escalation terminate compensation cancel multiple"),
    "event": words("none message signal escalation compensation"),
}
_THROWING = words("intermediateThrowEvent endEvent event")
TIMER_KINDS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}


def read(document: Document, node: etree._Element, place: str) -> Event:
    """Read the event of *node*, which stands at *place* (a key of ``ALLOWED``)."""
    definitions = _definitions(document, node)
    parts = tuple(_read_definition(document, node, definition, place) for definition in definitions)
    event = _combined(node, parts)
    for kind in {part.kind for part in (event, *parts)} - ALLOWED[place]:
        template = "BPMN has no {kind} event as {place}. Write one of: {choices}."
        document.refuse(node, template, kind=kind, place=place, choices=", ".join(sorted(ALLOWED[place])))
    return event


def read_one(document: Document, node: etree._Element, definition: etree._Element) -> Event:
    """Read one event definition that *node* throws."""
    event = _read_definition(document, node, definition, "event")
    if event.kind not in ALLOWED["event"]:
        choices = ", ".join(sorted(ALLOWED["event"]))
        template = "BPMN has no {kind} event as {place}. Write one of: {choices}."
        document.refuse(node, template, kind=event.kind, place=local_name(node), choices=choices)
    return event


def _combined(node: etree._Element, parts: tuple[Event, ...]) -> Event:
    if not parts:
        return Event("none")
    if len(parts) == 1:
        return parts[0]
    return Event("parallelMultiple" if flag(node, "parallelMultiple", False) else "multiple", parts=parts)


def _definitions(document: Document, node: etree._Element) -> list[etree._Element]:
    found = elements(node, *EVENT_DEFINITIONS)
    for reference in elements(node, "eventDefinitionRef"):
        definition = _referred(document, reference, text_of(reference), tuple(EVENT_DEFINITIONS))
        if definition is not None:
            found.append(definition)
    return found


def _referred(document: Document, node: etree._Element, reference: str, tags: tuple[str, ...]) -> etree._Element | None:
    """Find the root element that *node* refers to; prefixes of qualified names are of no account in one file."""
    target = document.by_id.get(reference.strip().rpartition(":")[2])
    if target is None or local_name(target) not in tags:
        template = "{element} refers to {reference}, which is not in the file. Define it or correct the reference."
        document.refuse(node, template, element=local_name(node), reference=reference)
        return None
    return target


def reference(document: Document, node: etree._Element, attribute: str, tag: str) -> etree._Element | None:
    """Find the *tag* element that an attribute of *node* refers to, if it is there at all."""
    text = node.get(attribute)
    return _referred(document, node, text, (tag,)) if text else None


def _read_definition(document: Document, node: etree._Element, definition: etree._Element, place: str) -> Event:
    kind = EVENT_DEFINITIONS[local_name(definition)]
    throws = place in _THROWING
    if kind == "message":
        return message(document, node, definition, throws)
    if kind == "timer":
        return _timer(document, node, definition)
    if kind in ("signal", "link"):
        return _named(document, node, definition, "signal" if kind == "signal" else "link")
    if kind in ("error", "escalation"):
        return _coded(document, node, definition, "error" if kind == "error" else "escalation", throws)
    if kind == "conditional":
        return _conditional(document, node, definition)
    if kind == "compensation":
        return Event(
            "compensation",
            activity=definition.get("activityRef"),
            wait_for_completion=flag(definition, "waitForCompletion", True),
        )
    return Event("terminate" if kind == "terminate" else "cancel")


def message(document: Document, node: etree._Element, definition: etree._Element, throws: bool) -> Event:
    """Read what *definition* (an event definition, a send or a receive task) says of its message."""
    target = reference(document, definition, "messageRef", "message")
    name = document.value(definition if target is None else target, None if target is None else target.get("name"))
    if name is None and (target is not None or not definition.get("messageRef")):
        document.refuse(node, "The message has no name. Give it one, so that it can be matched.")
    if throws:
        key, payload, time_to_live = (_property(document, node, name) for name in ("correlationKey", "payload", "timeToLive"))
        _check_time_to_live(document, node, time_to_live)
        return Event("message", name=name, correlation_key=key, payload=payload, time_to_live=time_to_live)
    subscription = None if target is None else extension(target, "subscription")
    key = None if subscription is None else document.feel(subscription, subscription.get("correlationKey"), "correlation key")
    return Event("message", name=name, correlation_key=key)


def _property(document: Document, node: etree._Element, name: str) -> Value | None:
    for line in inner(node, "properties", "property"):
        if line.get("name") == f"bpm:{name}":
            if name == "payload":
                return document.feel(line, line.get("value"), "payload")
            return document.value(line, line.get("value"))
    return None


def _check_time_to_live(document: Document, node: etree._Element, value: Value | None) -> None:
    if value and not value.text.startswith("="):
        _check_timer(document, node, "duration", value.text)


def _named(document: Document, node: etree._Element, definition: etree._Element, kind: EventKind) -> Event:
    source = reference(document, definition, "signalRef", "signal") if kind == "signal" else definition
    name = None if source is None else document.value(source, source.get("name"))
    if name is None and (source is not None or not definition.get("signalRef")):
        document.refuse(node, "The {kind} has no name. Give it one, so that it can be matched.", kind=kind)
    return Event(kind, name=name)


def _coded(document: Document, node: etree._Element, definition: etree._Element, kind: EventKind, throws: bool) -> Event:
    source = reference(document, definition, f"{kind}Ref", kind)
    code = "" if source is None else (source.get(f"{kind}Code") or "").strip()
    if code.startswith("="):
        document.refuse(node, "The code {code} of the {kind} is an expression. Write it as text.", code=code, kind=kind)
    if throws and not code and (source is not None or not definition.get(f"{kind}Ref")):
        document.refuse(node, "The {kind} that is thrown has no code. Give it one, so that it can be caught.", kind=kind)
    name = None if source is None or not source.get("name") else Value(source.get("name", ""))
    return Event(kind, name=name, code=code or None)


def _conditional(document: Document, node: etree._Element, definition: etree._Element) -> Event:
    source = child(definition, "condition")
    if source is None:
        document.refuse(node, "The conditional event has no condition. Write =expression.")
    condition = document.expression(source, "condition")
    narrowed = extension(definition, "conditionalFilter")
    names, events = (_listed(narrowed, attribute) for attribute in ("variableNames", "variableEvents"))
    for event in set(events) - {"create", "update"}:
        template = '{attribute} is "{value}". Write one of: {choices}.'
        document.refuse(node, template, attribute="variableEvents", value=event, choices="create, update")
    value = Value(text_of(source), condition) if condition else None
    return Event("conditional", expression=value, variable_names=names, variable_events=events)


def _listed(node: etree._Element | None, attribute: str) -> tuple[str, ...]:
    text = "" if node is None else node.get(attribute) or ""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _timer(document: Document, node: etree._Element, definition: etree._Element) -> Event:
    sources = elements(definition, *TIMER_KINDS)
    if len(sources) != 1:
        document.refuse(node, "The timer needs exactly one of date, duration and cycle. Write one.")
        return Event("timer")
    [source] = sources
    kind = TIMER_KINDS[local_name(source)]
    value = document.value(source, text_of(source))
    if value is None:
        document.refuse(node, "The timer is empty. Write an ISO 8601 {kind} or =expression.", kind=kind)
    elif not value.text.startswith("="):
        _check_timer(document, source, kind, value.text)
    return Event("timer", timer="date" if kind == "date" else "cycle" if kind == "cycle" else "duration", expression=value)


def _check_timer(document: Document, node: etree._Element, kind: str, text: str) -> None:
    try:
        timers.check(kind, text)
    except timers.TimerError as error:
        document.refuse(node, 'The {kind} "{text}" cannot be read: {reason}.', kind=kind, text=text, reason=error)
