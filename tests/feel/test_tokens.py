"""Names may have spaces, operators and Chinese characters; strings may have escapes."""

import pytest

from engine.feel import FeelSyntaxError, compile_expression
from tests.feel.language import value


@pytest.mark.parametrize(
    ("text", "names", "variables", "expected"),
    [
        ("a-b", ["a-b"], {"a-b": 3}, 3),
        ("a - b", ["a-b"], {"a": 5, "b": 1, "a-b": 3}, 4),
        ("a-b", [], {"a": 5, "b": 1}, 4),
        ("Full  Name", ["Full Name"], {"Full Name": "Ann"}, "Ann"),
        ("Full\nName", ["Full Name"], {"Full Name": "Ann"}, "Ann"),
        ("Full Name 2", ["Full Name", "Full Name 2"], {"Full Name": 1, "Full Name 2": 2}, 2),
        ("Approved/Declined", ["Approved/Declined"], {"Approved/Declined": True}, True),
        ("`no such-name`", [], {"no such-name": 1}, 1),
        ('处理意见 = "同意"', [], {"处理意见": "同意"}, True),
        ("问题 总数 + 1", ["问题 总数"], {"问题 总数": 1}, 2),
        ("人.全 名", [], {"人": {"全 名": "安"}}, "安"),
        ("informed", [], {"informed": 1}, 1),
        ("order", [], {"order": 1}, 1),
        ("{🐎: 1}.🐎", [], {}, 1),
        ("{first name: 1, b: first name + 1}.b", [], {}, 2),
        ("for my item in [1] return my item", [], {}, [1]),
        ("(function(big number) big number + 1)(1)", [], {}, 2),
    ],
)
def test_names_are_found_whole(text, names, variables, expected):
    assert compile_expression(text, names).evaluate(variables) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"a\nb\t\"c\"\\"', 'a\nb\t"c"\\'),
        (r'"\u6574\u6539"', "整改"),
        (r'"\U01F40E"', "🐎"),
        (r'"\uD83D\uDC0E"', "🐎"),
        (r'"\uD83D"', "\ufffd"),
        (r'"\U110000"', "\ufffd"),
        (r'"\d\s"', r"\d\s"),
        ('"行\n行"', "行\n行"),
    ],
)
def test_escapes_are_resolved(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.5e3", 1500), (".5", 0.5), ("1E-2 * 100", 1), ("00012", 12), ("1e99999", None), ("[1..2].end", 2)],
)
def test_numbers_are_read(text, expected):
    assert value(text) == expected


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(FeelSyntaxError, match="at most"):
        compile_expression(" " * 100_001)
