"""Codes of mixed length."""

from __future__ import annotations

import pytest

from bianzhi.files.open_budget.codes import parent, read_programme, read_successor


@pytest.mark.parametrize("text", ["470101", "00470101"])
def test_one_programme_in_two_lengths(text: str) -> None:
    assert read_programme(text) == "470101"


def test_a_code_that_starts_with_zeros_keeps_them() -> None:
    assert read_programme("000123") == "000123"
    assert read_programme("00000123") == "000123"


@pytest.mark.parametrize("text", ["", "47010", "4701010", "47010101", "0047010x", "٤٧٠١٠١"])
def test_what_is_no_programme(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_programme(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("00015101", ("015101",)),
        ("0056", ("56",)),
        ("005401", ("5401",)),
        ("0020470113", ("20470113",)),
        ("0008201100082012", ("082011", "082012")),
    ],
)
def test_entries_of_successor_files(text: str, codes: tuple[str, ...]) -> None:
    assert read_successor(text) == codes


@pytest.mark.parametrize("text", ["0033206", "0060510", "", "00", "015101", "00x15101"])
def test_a_damaged_entry_is_not_repaired(text: str) -> None:
    assert read_successor(text) == ()


def test_parents() -> None:
    assert [parent(code) for code in ("47010101", "470101", "4701", "47")] == [
        "470101",
        "4701",
        "47",
        "",
    ]
