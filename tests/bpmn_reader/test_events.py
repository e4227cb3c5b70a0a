"""Events say what they wait for or throw, or are refused."""

import pytest

from tests.bpmn_reader.models import between, complaints, element

CASES = {
    "message without a name": ('<messageEventDefinition messageRef="m"/>', '<message id="m"/>', "The message has no name"),
    "no message at all": ("<messageEventDefinition/>", "", "The message has no name"),
    "unknown message": ('<messageEventDefinition messageRef="x"/>', "", "refers to x, which is not in the file"),
    "unnamed signal": ('<signalEventDefinition signalRef="s"/>', '<signal id="s"/>', "The signal has no name"),
    "two times": (
        "<timerEventDefinition><timeDate>2022-08-10</timeDate><timeCycle>R/P1D</timeCycle></timerEventDefinition>",
        "",
        "exactly one of date, duration and cycle",
    ),
    "empty timer": ("<timerEventDefinition><timeDate/></timerEventDefinition>", "", "The timer is empty"),
    "timer in words": (
        "<timerEventDefinition><timeDuration>tomorrow</timeDuration></timerEventDefinition>",
        "",
        'The duration "tomorrow" cannot be read: write an ISO 8601 duration such as P1D or PT1H30M instead of tomorrow.',
    ),
    "timer that is not FEEL": ("<timerEventDefinition><timeDate>=1 +</timeDate></timerEventDefinition>", "", "is not FEEL"),
    "no condition": ("<conditionalEventDefinition/>", "", "has no condition"),
    "literal condition": (
        "<conditionalEventDefinition><condition>a > b</condition></conditionalEventDefinition>",
        "",
        'The condition "a > b" does not begin with =. Write =a > b if it is an expression.',
    ),
    "condition in another language": (
        '<conditionalEventDefinition><condition language="http://www.w3.org/1999/XPath">=a</condition></conditionalEventDefinition>',
        "",
        "Write it in FEEL",
    ),
    "error that is caught in the flow": ("<errorEventDefinition/>", "", "BPMN has no error event as intermediateCatchEvent"),
    "nothing to wait for": ("", "", "BPMN has no none event as intermediateCatchEvent"),
    "unknown definition": ("<eventDefinitionRef>x</eventDefinitionRef>", "", "refers to x"),
}


@pytest.mark.parametrize(("definition", "roots", "expected"), CASES.values(), ids=CASES.keys())
def test_an_event_that_cannot_happen_is_refused(definition, roots, expected):
    body = between(f'<intermediateCatchEvent id="it">{definition}</intermediateCatchEvent>')

    assert expected in " ".join(complaints(body, roots))


def test_an_error_that_is_thrown_needs_a_code():
    body = between('<endEvent id="it"><errorEventDefinition errorRef="e"/></endEvent>').replace(
        '<endEvent id="end"/>', '<task id="end"/>'
    )

    assert "has no code" in " ".join(complaints(body, '<error id="e" name="oops"/>'))


def test_a_boundary_without_a_code_catches_every_error():
    body = between('<task id="it"/>') + '<boundaryEvent id="b" attachedToRef="it"><errorEventDefinition/></boundaryEvent>'

    assert element(body, identifier="b").event.code is None


def test_a_definition_at_the_root_may_be_referred_to():
    body = between('<intermediateCatchEvent id="it"><eventDefinitionRef>d</eventDefinitionRef></intermediateCatchEvent>')

    event = element(body, '<signal id="s" name="go"/><signalEventDefinition id="d" signalRef="s"/>').event

    assert (event.kind, event.name.text) == ("signal", "go")
