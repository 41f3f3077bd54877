"""A yearly row of 文号: what is missing in it, and what is no such row."""

from __future__ import annotations

from bianzhi.rules.docnumbers import gaps


def test_numbers_missing_in_a_row_are_named():
    [gap] = gaps([f"测编办〔2020〕{n}号" for n in (1, 2, 5)])
    assert gap.words == "测编办〔2020〕缺 2 个号：3、4"


def test_a_number_of_any_size_is_no_register_and_costs_nothing():
    assert list(gaps(["测编办〔2020〕1号", "测编办〔2020〕999999999999号"])) == []
