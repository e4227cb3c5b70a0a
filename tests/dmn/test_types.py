"""Item definitions: what a value must be to be taken."""

import pytest

from tests.dmn.models import complaints, decision, evaluate, literal

ITEMS = """<itemDefinition name="tLight"><typeRef>string</typeRef>
<allowedValues><text>"normal", "near"</text></allowedValues></itemDefinition>
<itemDefinition name="tLights" isCollection="true"><typeRef>tLight</typeRef></itemDefinition>
<itemDefinition name="tCase"><itemComponent name="light"><typeRef>tLight</typeRef></itemComponent>
<itemComponent name="due on"><typeRef>date</typeRef></itemComponent></itemDefinition>"""


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("tLight", '"near"', "near"),
        ("tLight", '"red"', None),
        ("tLights", '["near", "normal"]', ["near", "normal"]),
        ("tLights", '["near", "red"]', None),
        ("tLights", '"near"', ["near"]),
        ("string", '["near"]', "near"),
        ("number", "null", None),
        ("Any", "[1]", [1]),
    ],
)
def test_a_result_is_taken_as_its_declared_type(kind, text, expected):
    assert evaluate(ITEMS + decision(literal(text), kind=kind)) == expected


def test_dates_inside_a_typed_context_are_restored_from_text():
    case = '<inputData id="i" name="case"><variable name="case" typeRef="tCase"/></inputData>'
    requires = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'
    body = ITEMS + case + decision(literal("case.due on + duration(&quot;P1D&quot;) = date(2022, 8, 11)"), requires=requires)

    assert evaluate(body, {"case": {"light": "near", "due on": "2022-08-10"}}) is True


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ('<itemDefinition name="a"><typeRef>tNone</typeRef></itemDefinition>', "There is no type tNone"),
        ('<itemDefinition name="a"><typeRef>a</typeRef></itemDefinition>', "The type a contains itself"),
        (
            '<itemDefinition name="a"><typeRef>number</typeRef><allowedValues><text>1..</text></allowedValues></itemDefinition>',
            "is not FEEL",
        ),
    ],
)
def test_a_type_that_means_nothing_is_refused(items, expected):
    assert expected in " ".join(complaints(items + decision(literal("1"))))
