"""What a decision table answers when several rules match, said as laws between the policies."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dmn.models import decision, evaluate, table, warnings

ORDER = '<output id="o"><outputValues><text>3, 1, 2</text></outputValues></output>'
RANK = {3: 0, 1: 1, 2: 2}
RULES = st.lists(st.tuples(st.sampled_from(["&lt; 5", "&gt;= 5", "-", "[2..7]", "1, 8"]), st.sampled_from("123")), max_size=5)
NUMBERS = st.integers(0, 9)


def answer(rules: list[tuple[str, str]], policy: str, x: int) -> object:
    """Evaluate a table of one input and one output."""
    return evaluate(decision(table(rules, policy, ORDER)), {"x": x})


@settings(max_examples=50, deadline=None)
@given(RULES, NUMBERS)
def test_first_is_the_head_of_rule_order(rules, x):
    everything = answer(rules, "RULE ORDER", x)

    assert answer(rules, "FIRST", x) == (everything[0] if everything else None)


@settings(max_examples=50, deadline=None)
@given(RULES, NUMBERS)
def test_output_order_is_rule_order_sorted_by_the_output_values(rules, x):
    assert answer(rules, "OUTPUT ORDER", x) == sorted(answer(rules, "RULE ORDER", x), key=RANK.__getitem__)


@settings(max_examples=50, deadline=None)
@given(RULES, NUMBERS)
def test_priority_is_the_head_of_output_order(rules, x):
    everything = answer(rules, "OUTPUT ORDER", x)

    assert answer(rules, "PRIORITY", x) == (everything[0] if everything else None)


@settings(max_examples=50, deadline=None)
@given(RULES, NUMBERS)
def test_unique_and_any_answer_only_when_the_matches_allow_it(rules, x):
    everything = answer(rules, "RULE ORDER", x)

    assert answer(rules, "UNIQUE", x) == (everything[0] if len(everything) == 1 else None)
    assert answer(rules, "ANY", x) == (everything[0] if len(set(everything)) == 1 else None)


@settings(max_examples=50, deadline=None)
@given(RULES, NUMBERS)
def test_aggregations_are_those_of_what_is_collected(rules, x):
    everything = answer(rules, "COLLECT", x)

    assert Counter(everything) == Counter(answer(rules, "RULE ORDER", x))
    assert answer(rules, "COLLECT+COUNT", x) == len(everything)
    for name, function in (("SUM", sum), ("MIN", min), ("MAX", max)):
        assert answer(rules, f"COLLECT+{name}", x) == (function(everything) if everything else None)


@pytest.mark.parametrize(("policy", "expected"), [("UNIQUE", 9), ("FIRST", 9), ("COLLECT", [9]), ("RULE ORDER", [9])])
def test_the_default_stands_where_no_rule_matches(policy, expected):
    output = '<output id="o"><defaultOutputEntry><text>9</text></defaultOutputEntry></output>'

    assert evaluate(decision(table([("1", "1")], policy, output)), {"x": 2}) == expected


def test_two_matches_of_a_unique_table_are_told_by_number():
    told = warnings(decision(table([("-", "1"), ("5", "2"), ("-", "3")])), {"x": 4})

    assert told == ["The rules 1, 3 all match, but the hit policy allows only one"]
