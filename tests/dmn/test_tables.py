"""Decision tables: what their cells, types and values mean, and what is refused."""

import pytest

from tests.dmn.models import complaints, decision, evaluate, table, warnings

TWO = '<output id="a" name="light"/><output id="b" name="days"/>'


@pytest.mark.parametrize(
    ("cell", "value", "matches"),
    [
        ("-", None, True),
        ("", 7, True),
        ("&gt; 5", 7, True),
        ("&gt; 5", "7", False),
        ("[1..3], 7", 7, True),
        ("not(7)", 7, False),
        ('"受理", "退回"', "受理", True),
        ("? + 1 = y", 4, True),
        ("y", 5, True),
        ("null", None, True),
    ],
)
def test_a_cell_tests_its_input(cell, value, matches):
    found = evaluate(decision(table([(cell, "true")])), {"x": value, "y": 5})

    assert (found is True) is matches


def test_one_output_is_the_value_and_several_are_a_context():
    rules = [("-", '"red"', "3")]

    assert evaluate(decision(table([("-", '"red"')])), {}) == "red"
    assert evaluate(decision(table(rules, outputs=TWO)), {}) == {"light": "red", "days": 3}


def test_an_empty_output_cell_is_null():
    assert evaluate(decision(table([("-", "", "3")], outputs=TWO)), {}) == {"light": None, "days": 3}


def test_a_date_that_json_holds_as_text_is_a_date_to_a_typed_input():
    body = decision(table([("&lt; date(2022, 9, 1)", "true")]).replace("<inputExpression>", '<inputExpression typeRef="date">'))

    assert evaluate(body, {"x": "2022-08-10"}) is True


def test_an_input_of_another_type_counts_as_null_with_a_warning():
    rule = [("null", "null")]
    body = decision(table(rule).replace("<inputExpression>", '<inputExpression typeRef="number">'))

    assert warnings(body, {"x": "seven"}) == ["The input x does not have the type that is declared for it"]


def test_an_input_outside_the_values_of_its_column_counts_as_null_with_a_warning():
    body = decision(
        table([("null", "null")]).replace("</inputExpression>", "</inputExpression><inputValues><text>1, 2</text></inputValues>")
    )

    assert warnings(body, {"x": 3}) == ["The input x has a value that the table does not allow"]


def test_a_rule_that_does_not_fit_the_columns_is_refused():
    assert "The rule has 1 input and 0 output entries for 1 inputs and 1 outputs." in complaints(decision(table([("-",)])))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table([("&gt;&gt; 1", "1")]), "is not FEEL"),
        (table([("1", "1 +")]), "is not FEEL"),
        (table([("1", "1")], "SOMETIMES"), "Write one of: UNIQUE, ANY"),
        (table([("1", "1")], "COLLECT+AVERAGE"), 'hitPolicy is "COLLECT AVERAGE"'),
        (table([("1", "1")], "PRIORITY"), "needs the output values in order of priority"),
        (table([("1", "1", "2")], "COLLECT+SUM", TWO), "exactly one output"),
        (table([("1", "1", "2")], outputs='<output id="a"/><output id="b"/>'), "a name of its own"),
        (table([("1",)], outputs=""), "has no output"),
        ("<decisionTable><input/><output/></decisionTable>", "The input has no expression"),
    ],
)
def test_a_table_that_cannot_work_is_refused(body, expected):
    assert expected in " ".join(complaints(decision(body)))
