from decimal import Decimal

import pytest

from engine.forms import bind, submission
from tests.forms.conftest import form_of, part


def errors_of(bound):
    return {name: type(error).__name__ for name, error in bound.errors.items()}


@pytest.mark.parametrize(
    ("component", "typed", "stored"),
    [
        (part("textfield", "x"), "  red\x00 apple ", "red apple"),
        (part("textarea", "x"), "a\r\nb", "a\nb"),
        (part("number", "x"), "1,200", 1200),
        (part("number", "x"), "12.50", Decimal("12.50")),
        (part("number", "x"), "12", 12),
        (part("datetime", "x", subtype="date", dateLabel="X"), "2022/7/31", "2022-07-31"),
        (part("datetime", "x", subtype="date", dateLabel="X"), "2022年7月31日", "2022-07-31"),
        (part("datetime", "x", subtype="time", timeLabel="X"), "9:05", "09:05"),
        (part("datetime", "x", subtype="datetime", dateLabel="X"), "2022-07-31T09:30", "2022-07-31T09:30"),
        (part("checkbox", "x"), "true", True),
        (part("checkbox", "x"), "否", False),
        (part("select", "x", values=[{"value": "a", "label": "Apple"}]), "a", "a"),
        (part("select", "x", values=[{"value": "a", "label": "Apple"}]), "Apple", "a"),
        (part("radio", "x", values=[{"value": 1, "label": "One"}]), "1", 1),
        (part("textfield", "x"), "", None),
    ],
)
def test_what_was_typed_is_stored_as_the_fields_type(environment, component, typed, stored):
    bound = bind(form_of(component), {"x": [typed]}, {}, environment)

    assert (bound.values, bound.errors) == ({"x": stored}, {})


@pytest.mark.parametrize(
    ("component", "typed", "error"),
    [
        (part("number", "x"), "twelve", "NotANumber"),
        (part("number", "x"), "1e400000", "NotANumber"),
        (part("number", "x", decimalDigits=1), "1.25", "TooManyDecimals"),
        (part("number", "x", validate={"min": 1}), "0", "TooSmall"),
        (part("number", "x", validate={"max": "=limit"}), "8", "TooLarge"),
        (part("datetime", "x", dateLabel="X"), "2022-02-30", "NotADate"),
        (part("datetime", "x", dateLabel="X", validate={"max": "=today()"}), "2022-08-11", "TooLate"),
        (part("textfield", "x", validate={"required": True}), " ", "Missing"),
        (part("textfield", "x", validate={"minLength": 3}), "ab", "TooShort"),
        (part("textfield", "x", validate={"maxLength": 3}), "abcd", "TooLong"),
        (part("textfield", "x", validate={"pattern": "^[a-z]+$"}), "ABC", "WrongPattern"),
        (part("select", "x", values=["a"]), "b", "NotAnOption"),
        (part("checkbox", "x", validate={"required": True}), "", "NotTicked"),
        (part("textfield", "x", properties={"bpm:validator": "mobile"}), "123", "NotAMobile"),
        (part("textfield", "x", properties={"bpm:validator": "mobile", "bpm:message": "Eleven digits"}), "123", "Stated"),
        (part("textfield", "x", properties={"bpm:requiredWhen": "=limit > 3"}), "", "Missing"),
        (part("number", "x", properties={"bpm:rule": "=x <= limit"}), "8", "RuleBroken"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(environment, component, typed, error):
    bound = bind(form_of(component), {"x": [typed]}, {"limit": 7}, environment)

    assert errors_of(bound) == {"x": error}
    assert bound.raw == {"x": [typed.strip()]}


def test_an_undeclared_field_is_named_and_never_stored(environment):
    bound = bind(form_of(part("textfield", "x")), {"x": ["1"], "approved": ["true"]}, {}, environment)

    assert errors_of(bound) == {"approved": "Undeclared"}
    assert bound.values == {"x": "1"}


def test_a_hidden_field_is_dropped_and_not_asked_for(environment):
    reason = part("textfield", "reason", conditional={"hide": "=agreed"}, validate={"required": True})
    bound = bind(form_of(part("checkbox", "agreed"), reason), {"agreed": ["true"], "reason": ["forged"]}, {}, environment)

    assert (bound.values, bound.errors) == ({"agreed": True}, {})


def test_hiding_one_field_hides_what_depends_on_it(environment):
    first = part("textfield", "first", conditional={"hide": "=agreed"})
    second = part("textfield", "second", conditional={"hide": "=first = null"}, validate={"required": True})
    bound = bind(form_of(second, first, part("checkbox", "agreed")), {"agreed": ["true"], "first": ["x"]}, {}, environment)

    assert (bound.values, bound.errors) == ({"agreed": True}, {})


def test_a_readonly_field_keeps_its_value_whatever_is_sent(environment):
    form = form_of(part("number", "amount"), part("number", "paid", properties={"bpm:rule": "=paid <= amount"}))
    bound = bind(form, {"amount": ["999"], "paid": ["5"]}, {"amount": 3}, environment, access={"amount": "readonly"})

    assert bound.values == {"paid": 5}
    assert errors_of(bound) == {"paid": "RuleBroken"}


def test_a_field_that_the_task_hides_cannot_be_set(environment):
    bound = bind(
        form_of(part("number", "x"), part("number", "y")),
        {"x": ["1"], "y": ["2"]},
        {},
        environment,
        access={"*": "hidden", "y": "editable"},
    )

    assert bound.values == {"y": 2}


def test_an_expression_field_is_computed_here(environment):
    total = part("expression", "total", expression="=price * pieces")
    form = form_of(part("number", "price"), part("number", "pieces"), total)
    bound = bind(form, {"price": ["2.5"], "pieces": ["4"], "total": ["0"]}, {}, environment)

    assert bound.values == {"price": Decimal("2.5"), "pieces": 4, "total": Decimal("10.0")}


def rows_form(**more):
    fruit = part("select", "fruit", valuesExpression='=for f in reference("fruits") return {value: f.code, label: f.name}')
    pieces = part(
        "number",
        "pieces",
        validate={"required": True},
        properties={"bpm:rule": "=pieces <= limit", "bpm:ruleMessage": "Too many"},
    )
    return form_of(
        {"type": "dynamiclist", "path": "items", "id": "items", "label": "Items", "components": [fruit, pieces], **more}
    )


def test_rows_are_read_in_order_without_the_blank_ones(environment):
    sent = {
        "items.0.fruit": ["a"],
        "items.0.pieces": ["1"],
        "items.3.fruit": [""],
        "items.3.pieces": [""],
        "items.10.pieces": ["2"],
    }
    bound = bind(rows_form(), sent, {"limit": 9}, environment)

    assert bound.errors == {}
    assert bound.values == {"items": [{"fruit": "a", "pieces": 1}, {"fruit": None, "pieces": 2}]}


def test_a_fault_in_a_row_is_named_with_its_row(environment):
    sent = {"items.0.fruit": ["a"], "items.7.pieces": ["12"]}
    bound = bind(rows_form(), sent, {"limit": 9}, environment)

    assert errors_of(bound) == {"items.0.pieces": "Missing", "items.7.pieces": "Stated"}


def test_a_required_list_needs_a_row(environment):
    bound = bind(rows_form(validate={"required": True}), {}, {}, environment)

    assert errors_of(bound) == {"items": "NoRows"}


def test_several_choices_are_kept_once_each(environment):
    form = form_of(part("checklist", "x", values=["a", "b", "c"]))

    assert bind(form, {"x": ["b", "a", "b"]}, {}, environment).values == {"x": ["b", "a"]}


def test_files_are_what_the_store_says_they_are(environment):
    form = form_of(part("filepicker", "scan", multiple=True, accept=".pdf,.jpg"))
    files = {"1": {"name": "a.pdf", "kind": "pdf"}, "2": {"name": "b.docx", "kind": "docx"}}

    assert errors_of(bind(form, {"scan": ["1", "2"]}, {}, environment, files)) == {"scan": "WrongFileType"}
    assert errors_of(bind(form, {"scan": ["9"]}, {}, environment, files)) == {"scan": "UnknownFile"}
    assert bind(form, {"scan": ["1"]}, {}, environment, files).values == {"scan": [{"name": "a.pdf", "kind": "pdf", "id": "1"}]}


def test_fields_of_a_group_with_a_path_are_nested(environment):
    group = {"type": "group", "label": "Leader", "path": "leader", "components": [part("textfield", "name")]}

    assert bind(form_of(group), {"leader.name": ["Ann"]}, {}, environment).values == {"leader": {"name": "Ann"}}


def test_what_was_bound_can_be_submitted_again(environment):
    form = rows_form()
    values = {"items": [{"fruit": "a", "pieces": 1}, {"fruit": "s", "pieces": 2}]}

    assert bind(form, submission(tuple(form.fields()), values), {"limit": 9}, environment).values == values


def test_a_validator_stores_the_number_in_its_plain_form(environment):
    form = form_of(part("textfield", "x", properties={"bpm:validator": "mobile"}))

    assert bind(form, {"x": ["138-0412-0001"]}, {}, environment).values == {"x": "13804120001"}
