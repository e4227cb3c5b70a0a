"""Dates, times, zones and durations are read, written and taken apart."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import to_json
from tests.feel.language import value

HALF = dt.timedelta(days=500_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "2022-08-10",
        "-0001-01-01",
        "999999999-12-31",
        "-999999999-01-01",
        "2024-02-29",
        "10:20:30",
        "10:20:30.123",
        "10:20:30Z",
        "10:20:30+08:00",
        "10:20:30-02:45:55",
        "10:20:30@Asia/Shanghai",
        "2022-08-10T10:20:30",
        "2022-08-10T10:20:30@Europe/Paris",
        "12022-08-10T10:20:30@Europe/Paris",
        "-2022-08-10T10:20:30+11:00",
        "PT0S",
        "P1DT2H3M4.5S",
        "-PT1M",
        "P1Y2M",
        "-P11M",
        "P0M",
    ],
)
def test_a_temporal_literal_is_written_as_it_is_read(text):
    assert value(f'string(@"{text}")') == text


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-30",
        "2022-13-01",
        "22-01-01",
        "02022-01-01",
        "1000000000-01-01",
        "２０２２-08-10",
        "24:00:01",
        "10:20",
        "10:20:60",
        "10:20:30+19:00",
        "10:20:30+8:00",
        "10:20:30@Nowhere/City",
        "10:20:30@../../etc/passwd",
        "10:20:30+02:00@Europe/Paris",
        "2022-08-10T",
        "2022-08-10T25:00:00",
        "P",
        "PT",
        "P1S",
        "P1Y1D",
        "P1.5D",
        "P" + "9" * 50 + "D",
        "",
    ],
)
def test_what_is_no_date_time_or_duration_is_null(text):
    assert value(f'@"{text}"') is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2022-08-10".year', 2022),
        ('@"2022-08-10".weekday', 3),
        ('@"-0044-03-15".weekday', 4),
        ('@"10:20:30.5".second', 30),
        ('@"10:20:30+08:00".time offset = @"PT8H"', True),
        ('@"10:20:30".time offset', None),
        ('@"10:20:30@Asia/Shanghai".timezone', "Asia/Shanghai"),
        ('@"10:20:30Z".timezone', None),
        ('@"2022-08-10T10:20:30@Europe/Paris".time offset = @"PT2H"', True),
        ('@"12022-08-10T10:20:30@Europe/Paris".time offset = @"PT2H"', True),
        ('@"2022-08-10T10:20:30".hour', 10),
        ('@"-P1DT2H".days', -1),
        ('@"-P1DT2H".hours', -2),
        ('@"-P14M".years', -1),
        ('@"-P14M".months', -2),
        ('@"P1Y".days', None),
        ('@"2022-08-10".hour', None),
        ('@"2021-01-01T24:00:00" = @"2021-01-02T00:00:00"', True),
    ],
)
def test_parts_are_read_by_name(text, expected):
    assert value(text) == expected


@given(st.timedeltas())
def test_a_duration_survives_being_written(duration):
    assert value("duration(string(d))", d=duration) == duration


@given(st.datetimes(timezones=st.none() | st.timezones()).map(lambda moment: moment.replace(fold=0)))
def test_a_moment_survives_being_written(moment):
    assert value("date and time(string(m)) = m", m=moment) is True


@given(st.datetimes(timezones=st.timezones()), st.timedeltas(-HALF, HALF))
def test_a_moment_moved_forth_and_back_is_the_same_moment(moment, duration):
    if value("m + d", m=moment, d=duration) is not None:
        assert value("m + d - d = m and (m + d) - m = d", m=moment, d=duration) is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2022-08-10"', "2022-08-10"),
        ('@"2022-08-10T10:20:30@Asia/Shanghai"', "2022-08-10T10:20:30+08:00"),
        ('@"2022-08-10T10:20:30.25"', "2022-08-10T10:20:30.25"),
        ('@"12022-08-10T10:20:30Z"', "12022-08-10T10:20:30Z"),
        ('@"10:20:30Z"', "10:20:30Z"),
        ('@"P1DT2H"', "P1DT2H"),
        ('@"P1Y"', "P1Y"),
        ("[1.50, 10 ** 3, 1/2, 2.0]", [1.5, 1000, 0.5, 2]),
        ('{a: [null, true, "x"]}', {"a": [None, True, "x"]}),
    ],
)
def test_values_are_stored_as_json(text, expected):
    assert to_json(value(text)) == expected
