"""String functions count characters from 1 and take XPath's regular expressions."""

import pytest

from engine.feel import FeelError
from tests.feel.language import value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('substring("foobar", 3)', "obar"),
        ('substring("foobar", 3, 3)', "oba"),
        ('substring("foobar", -2, 1)', "a"),
        ('substring("foobar", 3.8)', "obar"),
        ('substring("整改通", 2)', "改通"),
        ('substring("🐎bc", 2)', "bc"),
        ('substring("foobar", 0)', None),
        ('substring("foobar", 7)', None),
        ('substring("foobar", 1, 0)', None),
        ('string length("整改🐎")', 3),
        ('upper case("aß")', "ASS"),
        ('lower case("ABC")', "abc"),
        ('substring before("foobar", "bar")', "foo"),
        ('substring before("foobar", "x")', ""),
        ('substring after("foobar", "ob")', "ar"),
        ('substring after("foobar", "x")', ""),
        ('substring after("foobar", "")', "foobar"),
        ('substring after("", "a")', ""),
        ('contains("问题清单", "清单")', True),
        ('starts with("foobar", "fo")', True),
        ('ends with("foobar", "x")', False),
        ('trim("  a b ")', "a b"),
        ('split("a;b;;", ";")', ["a", "b", "", ""]),
        ('split("John Doe", "\\s")', ["John", "Doe"]),
        ('extract("references are 1234, 1256", "12[0-9]*")', ["1234", "1256"]),
        ('string join(["a", null, "b"], "、")', "a、b"),
        ('string join(["a", "b"], ", ", "[", "]")', "[a, b]"),
        ('string join("a")', "a"),
        ("string join([])", ""),
        ('string join(["a", 1])', None),
        ('contains(1, "a")', None),
        ('contains(["foo"], "o")', True),
    ],
)
def test_string_functions(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('matches("13800138000", "^1[3-9]\\d{9}$")', True),
        ('matches("甲、乙", "^\\p{L}{1,100}、(\\p{L}{1,50}){1,2}$")', True),
        ('matches("整改", "^\\p{L}+$")', True),
        ('matches("整改", "\\p{IsCJKUnifiedIdeographs}{2}")', True),
        ('matches("a\\n", "^a$")', False),
        ('matches("a\\nb", "^b$", "m")', True),
        ('matches("a\\nb", "a.b")', False),
        ('matches("a\\nb", "a.b", "s")', True),
        ('matches("X", "[A-Z-[OI]]", "i")', True),
        ('matches("O", "[A-Z-[OI]]")', False),
        ('matches("abab", "(ab)\\1")', True),
        ('matches("a.b", "a.b", "q")', True),
        ('matches("axb", "a.b", "q")', False),
        ('matches("hello world", "hello\\ sworld", "x")', True),
        ('replace("abracadabra", "bra", "*")', "a*cada*"),
        ('replace("darted", "^(.*?)d(.*)$", "$1c$2")', "carted"),
        ('replace("abc", "(b)", "[$1$0$9]")', "a[bb]c"),
        ('replace("abc", "b", "\\\\$\\\\\\\\")', "a$\\c"),
        ('replace("abc", "b", "$")', None),
        ('replace("abc", "x*", "-")', None),
        ('replace("a.c", ".", "$1", "q")', "a$1c"),
    ],
)
def test_regular_expressions(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", ")", "[", "a)", "*a", "a**", "(?=a)", "\\1", "(a)\\2", "[a-\\d]", "[z-a]", "\\q", "\\p{Nope}"),
        *("a{2,1}", "]", "{1}", "[]", "\\", "((a{900}){900}){900}", "a" * 1_001),
    ],
)
def test_what_xpath_does_not_allow_is_null(pattern):
    assert value('matches("a", p)', p=pattern) is None


def test_a_pattern_without_end_is_stopped():
    with pytest.raises(FeelError, match="too long"):
        value("matches(text, pattern)", text="a" * 5_000, pattern="^(([a-z])+.)+[A-Z]([a-z])+$")
