"""What an expression asks of its surroundings."""

import pytest

from engine.feel import paths


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("a.b.c + a.d", ("a.b.c", "a.d")),
        ("if 金额 > 100 then 单位.名称 else null", ("金额", "单位.名称")),
        ("for x in rows return x.n * rate", ("rows", "rate")),
        ("sum(scores) + max(1, 2)", ("scores",)),
        ("{a: 1, b: a + c}", ("c",)),
        ("rows[done = true].name", ("rows", "done")),
    ],
)
def test_an_expression_names_the_entries_it_reads_of_its_variables(text, asked):
    assert paths(text) == asked
