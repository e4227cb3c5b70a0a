"""Numeric functions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.language import value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("decimal(1/3, 2)", Decimal("0.33")),
        ("decimal(2.5, 0)", 2),
        ("decimal(1234, -2)", 1200),
        ("floor(-1.56, 1)", Decimal("-1.6")),
        ("ceiling(-1.5)", -1),
        ("ceiling(1, -3)", 1000),
        ("floor(-1, -3)", -1000),
        ("round up(-1.121, 2)", Decimal("-1.13")),
        ("round down(-1.129, 2)", Decimal("-1.12")),
        ("round half up(-5.5, 0)", -6),
        ("round half down(-5.5, 0)", -5),
        ("round up(1, 6177)", None),
        ("abs(-1.5)", Decimal("1.5")),
        ('string(abs(@"-P1Y"))', "P1Y"),
        ("modulo(-12, 5)", 3),
        ("modulo(12, -5)", -3),
        ("modulo(10.1, 4.5)", Decimal("1.1")),
        ("modulo(-10.1, 4.5)", Decimal("3.4")),
        ("modulo(1, 0)", None),
        ("sqrt(16)", 4),
        ("sqrt(-1)", None),
        ("log(0)", None),
        ("decimal(exp(log(5)), 20)", 5),
        ("exp(1e6144)", None),
        ("odd(-3)", True),
        ("even(2.0)", True),
        ("even(2.5)", None),
        ('number("1.000,5", ".", ",")', Decimal("1000.5")),
        ('number("1 000", " ", null)', 1000),
        ('number("1,0", ",", ",")', None),
        ('number("0x10")', None),
        ('number("--1")', None),
        ('number("")', None),
        ('number("Infinity")', None),
        ('number("1_000")', None),
        ("string(1.50)", "1.5"),
        ("string(1e3)", "1000"),
        ("string(-0.0)", "0"),
    ],
)
def test_numeric_functions(text, expected):
    assert value(text) == expected


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(-3, 7))
def test_rounding_stays_within_one_unit(number, scale):
    variables = {"n": number, "s": scale}

    assert value("floor(n, s) <= n and n <= ceiling(n, s) and ceiling(n, s) - floor(n, s) <= 10 ** -s", **variables) is True
    assert value("abs(round down(n, s)) <= abs(n) and abs(n) <= abs(round up(n, s))", **variables) is True


@given(st.integers(-1000, 1000), st.integers(-50, 50).filter(bool))
def test_modulo_completes_the_division(a, b):
    assert value("modulo(a, b) + b * floor(a / b) = a", a=a, b=b) is True
