"""What fuzzing once found stays found: each input is answered, and soon."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import FOUND
from tests.fuzz.hostile import damaged, expressions
from tests.fuzz.targets import TARGETS, limited, seeds

KEPT = sorted(path for path in FOUND.iterdir() if path.name.partition("-")[0] in TARGETS)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_once_broke_something_is_answered_now(path):
    with limited():
        TARGETS[path.name.partition("-")[0]](path.read_bytes())


@settings(max_examples=60, deadline=None)
@given(expressions() | st.text(max_size=40))
def test_hostile_expressions_are_answered(text):
    with limited():
        TARGETS["feel"](text.encode("utf-8", "replace"))


@pytest.mark.parametrize("target", ["decisions", "processes", "forms"])
def test_damaged_files_are_answered(target):
    known = seeds(target)[:10]

    @settings(max_examples=15, deadline=None)
    @given(damaged(known))
    def play(content):
        with limited():
            TARGETS[target](content)

    play()
