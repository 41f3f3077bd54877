"""Quantities: exact to four decimals, never rounded in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bianzhi.core.errors import Refusal
from bianzhi.core.quantity import LARGEST, UNIT, parse_quantity, quantity, quantity_text


@pytest.mark.parametrize(
    ("written", "units"),
    [
        (3, 30000),
        ("03", 30000),
        (" 375.5 ", 3755000),
        ("0.0001", 1),
        ("-0.25", -2500),
        (0.1, 1000),  # the decimal 0.1, not its binary neighbour
        ("1.50000", 15000),  # zeros at the end are no decimals
        ("1e2", 1000000),
        (Decimal("12.5"), 125000),
        ("-0", 0),
        (10**9, LARGEST),
    ],
)
def test_numbers_and_their_texts_are_read_exactly(written, units):
    assert parse_quantity(written) == units


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("0.00001", "小数超过 4 位"),
        ("1." + "0" * 30 + "1", "小数超过 4 位"),  # more digits than a decimal context keeps
        (1 / 3, "小数超过 4 位"),
        ("abc", "不是数字"),
        ("", "不是数字"),
        ("1,000", "不是数字"),
        ("十", "不是数字"),
        ("nan", "不是数字"),
        (float("inf"), "不是数字"),
        (True, "不是数字"),
        (None, "不是数字"),
        ([1], "不是数字"),
        (10**9 + 1, "数字过大"),
        ("-1000000000.0001", "数字过大"),
        ("1e999999", "数字过大"),  # larger than a decimal can be scaled
        ("9" * 40 + ".5", "数字过大"),
        ("1e-999999", "小数超过 4 位"),
    ],
)
def test_what_is_no_quantity_is_refused_with_the_reason(written, why):
    with pytest.raises(Refusal) as refused:
        parse_quantity(written)
    problem = refused.value.problems[0]
    assert problem.code == "bad-quantity"
    assert why in problem.what


@pytest.mark.parametrize(
    ("units", "text"),
    [(120000, "12"), (3755000, "375.5"), (-2500, "-0.25"), (0, "0"), (1, "0.0001")],
)
def test_quantities_are_written_as_people_write_them(units, text):
    assert quantity_text(units) == text


@given(st.integers(-LARGEST, LARGEST))
@example(-1)
def test_a_quantity_written_out_reads_back_as_itself(units):
    assert parse_quantity(quantity_text(units)) == units
    assert parse_quantity(quantity(units)) == units


@given(st.integers(-LARGEST, LARGEST), st.integers(-LARGEST, LARGEST))
def test_sums_of_quantities_are_exact(one, other):
    assert quantity(one) + quantity(other) == Decimal(one + other) / UNIT
