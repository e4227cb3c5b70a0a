"""Activities that run more than once: multi-instance, standard loop, and the free choice inside an ad-hoc sub-process."""

from typing import Literal

from lxml import etree

from engine.bpmn import events
from engine.bpmn.document import Document, child, extension, flag
from engine.bpmn.model import AdHoc, Event, MultiInstance, StandardLoop, Value
from engine.bpmn.vocabulary import EVENT_DEFINITIONS
from engine.feel import Expression
from engine.source import elements, local_name, text_of

Behavior = Literal["None", "One", "All", "Complex"]
_BEHAVIORS: dict[str, Behavior] = {"None": "None", "One": "One", "Complex": "Complex"}


def read(document: Document, node: etree._Element) -> MultiInstance | StandardLoop | None:
    """Read the loop of an activity, if it has one."""
    several, repeated = child(node, "multiInstanceLoopCharacteristics"), child(node, "standardLoopCharacteristics")
    if several is not None and repeated is not None:
        document.refuse(node, "The activity has two loops. Keep either the multi-instance or the standard loop.")
    if several is not None:
        return _multi_instance(document, several)
    return None if repeated is None else _standard_loop(document, repeated)


def _standard_loop(document: Document, node: etree._Element) -> StandardLoop:
    condition, maximum = _condition(document, node, "loopCondition"), node.get("loopMaximum")
    if condition is None and maximum is None and child(node, "loopCondition") is None:
        document.refuse(node, "The loop would never end. Give it a loopCondition or a loopMaximum.")
    return StandardLoop(flag(node, "testBefore", False), condition, int(maximum) if _is_number(maximum) and maximum else None)


def _is_number(text: str | None) -> bool:
    return bool(text) and text is not None and text.isascii() and text.isdigit()


def _condition(document: Document, node: etree._Element, name: str) -> Value | None:
    source = child(node, name)
    expression = document.expression(source, "condition")
    return Value(text_of(source), expression) if expression else None


def _multi_instance(document: Document, node: etree._Element) -> MultiInstance:
    zeebe = extension(node, "loopCharacteristics")
    attributes = {} if zeebe is None else {str(key): str(text) for key, text in zeebe.attrib.items()}
    holder = node if zeebe is None else zeebe
    source = child(node, "loopCardinality")
    collection = document.feel(holder, attributes.get("inputCollection"), "collection")
    cardinality = None if source is None else _cardinality(document, source)
    if not attributes.get("inputCollection") and source is None:
        document.refuse(node, "The multi-instance has nothing to go through. Write inputCollection or loopCardinality.")
    if bool(attributes.get("outputCollection")) != bool(attributes.get("outputElement")):
        document.refuse(holder, "outputCollection and outputElement belong together. Write both or neither.")
    behavior = _BEHAVIORS.get(node.get("behavior", ""), "All")
    return MultiInstance(
        sequential=flag(node, "isSequential", False),
        collection=collection,
        input_element=document.variable(holder, attributes.get("inputElement")),
        output_collection=document.variable(holder, attributes.get("outputCollection")),
        output_element=document.feel(holder, attributes.get("outputElement"), "output element"),
        completion_condition=_condition(document, node, "completionCondition"),
        cardinality=cardinality,
        behavior=behavior,
        none_event=_thrown(document, node, "noneBehaviorEventRef", behavior == "None"),
        one_event=_thrown(document, node, "oneBehaviorEventRef", behavior == "One"),
        complex_events=_complex(document, node) if behavior == "Complex" else (),
    )


def _cardinality(document: Document, node: etree._Element) -> Value | None:
    text = text_of(node)
    if not text.startswith("=") and not _is_number(text):
        document.refuse(node, 'The loopCardinality "{text}" is not a number. Write a whole number or =expression.', text=text)
        return None
    return document.value(node, text)


def _thrown(document: Document, node: etree._Element, attribute: str, used: bool) -> Event | None:
    """Read the event that *attribute* refers to: a definition at the root of the file."""
    reference = (node.get(attribute) or "").rpartition(":")[2]
    if not used:
        return None
    definition = document.by_id.get(reference)
    if definition is None or local_name(definition) not in EVENT_DEFINITIONS:
        template = "{element} refers to {reference}, which is not in the file. Define it or correct the reference."
        document.refuse(node, template, element=attribute, reference=reference or "-")
        return None
    return events.read_one(document, node, definition)


def _complex(document: Document, node: etree._Element) -> tuple[tuple[Expression, Event], ...]:
    found: list[tuple[Expression, Event]] = []
    for line in elements(node, "complexBehaviorDefinition"):
        condition, event = document.expression(child(line, "condition"), "condition"), child(line, "event")
        if child(line, "condition") is None or event is None:
            document.refuse(line, "A complex behaviour needs a condition and an event. Write both.")
        elif condition:
            found.append((condition, events.read(document, event, "event")))
    if not elements(node, "complexBehaviorDefinition"):
        document.refuse(node, "behavior is Complex without any complexBehaviorDefinition. Write one or choose All.")
    return tuple(found)


def read_ad_hoc(document: Document, node: etree._Element) -> AdHoc:
    """Read how an ad-hoc sub-process chooses and ends."""
    zeebe = extension(node, "adHoc")
    active = None if zeebe is None else document.feel(zeebe, zeebe.get("activeElementsCollection"), "collection")
    return AdHoc(
        active_elements=active,
        completion_condition=_condition(document, node, "completionCondition"),
        sequential=node.get("ordering") == "Sequential",
        cancel_remaining=flag(node, "cancelRemainingInstances", True),
    )
