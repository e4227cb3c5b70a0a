from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.persistence.json import canonical, dumps, loads
from engine.persistence.keys import new_key

NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=6)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


@given(VALUES)
def test_what_is_written_is_read_back_exactly(value):
    assert loads(dumps(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (date(2022, 8, 10), '"2022-08-10"'),
        (("a", 1), '["a",1]'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (2**70, str(2**70)),
    ],
)
def test_values_have_one_form(value, text):
    assert dumps(value) == text


def test_equal_moments_are_equal_bytes_whatever_their_zone():
    there = datetime(2022, 8, 10, 9, tzinfo=timezone(timedelta(hours=8)))

    assert canonical({"b": there, "a": 1}) == canonical({"a": 1, "b": there.astimezone(UTC)})


def test_numbers_of_any_length_are_written_canonically():
    assert canonical({"b": [2**80], "a": 1}) == b'{"a":1,"b":[1208925819614629174706176]}'


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError):
        dumps(object())


def test_later_keys_are_greater():
    keys = [new_key() for _ in range(1000)]

    assert keys == sorted(set(keys))
    assert {key.version for key in keys} == {7}
