import pytest

from engine.forms import read
from tests.forms.conftest import form_file, form_of, part


def faults(*components, **more):
    return [problem.message for problem in read({"forms/order.form": form_file(*components, **more)}).problems]


@pytest.mark.parametrize(
    ("component", "said"),
    [
        (part("html", "x", content="<script>"), "type html"),
        (part("slider", "x"), "type slider are not known"),
        (part("textfield", "not a name"), "is not a name"),
        (part("textfield", "x", conditional={"hide": "agreed"}), "must begin with ="),
        (part("textfield", "x", conditional={"hide": "=agreed ="}), "cannot be read"),
        (part("textfield", "x", validate={"minWords": 3}), "minWords"),
        (part("textfield", "x", validate={"pattern": "(a+)+"}), "can stall"),
        (part("textfield", "x", validate={"pattern": "("}), "cannot be read"),
        (part("textfield", "x", properties={"bpm:validator": "zip"}), "no validator zip"),
        (part("textfield", "x", properties={"bpm:colour": "red"}), "bpm:colour"),
        (part("select", "x"), "choices in one way"),
        ({"type": "textfield", "key": "x"}, "no label"),
        ({"type": "dynamiclist", "label": "Items", "components": []}, "needs a path"),
        (part("datetime", "x", subtype="week"), "subtype week"),
    ],
)
def test_what_has_no_effect_here_is_refused(component, said):
    [message] = faults(component)

    assert said in message


def test_every_fault_of_every_file_is_named_at_once():
    files = {"a.form": form_file(part("html", "x"), part("slider", "y")), "b.form": b"{"}

    assert [problem.file for problem in read(files).problems] == ["a.form", "a.form", "b.form"]


def test_a_fault_says_on_which_line_its_component_stands():
    lines = [
        '{"type": "default", "id": "f", "components": [',
        '{"type": "textfield", "label": "A", "key": "a"},',
        '{"type": "html", "key": "b"}]}',
    ]
    content = "\n".join(lines).encode()

    [problem] = read({"f.form": content}).problems

    assert (problem.element, problem.line) == ("b", 3)


def test_two_fields_never_share_a_key():
    assert "Two fields" in faults(part("textfield", "x"), part("number", "x"))[0]


def test_two_forms_never_share_an_id():
    assert "Another form" in read({"a.form": form_file(), "b.form": form_file()}).problems[0].message


def test_options_come_from_a_reference_table(environment):
    field = form_of(part("select", "x", valuesExpression='=reference("fruits")[season = wanted].name')).field("x")

    assert [option.label for option in field.options({"wanted": "spring"}, environment)] == ["Strawberry"]


def test_a_field_tells_a_page_what_it_needs(environment):
    properties = {"bpm:help": "In units of 10,000", "bpm:unit": "万元", "bpm:default": "=3 + 4", "bpm:example": "12.5"}
    field = form_of(part("number", "x", properties=properties)).field("x")

    assert (field.help, field.unit, field.example, field.initial({}, environment)) == ("In units of 10,000", "万元", "12.5", 7)


def test_words_between_fields_are_filled_in(environment):
    passage = form_of({"type": "text", "text": "Dear {{name}}, hello"}).components[0]

    assert passage.text({"name": "Ann"}, environment) == "Dear Ann, hello"
