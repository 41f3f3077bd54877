"""What a request is, from its published kind and its sum."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget import Standing, classify_requests
from bianzhi.files.open_budget.rows import Nature
from tests.files.open_budget.small_ledger import Ledger

DRAW, CUT = Nature.DRAW_ON_RESERVE.value, Nature.CUT.value


@pytest.mark.parametrize(
    ("nature", "moves", "standing"),
    [
        (DRAW, (13, -13), Standing.BALANCED),
        (CUT, (-4, 4), Standing.BALANCED),
        (CUT, (-20, 1), Standing.CUT),
        (Nature.CUT_INTO_RESERVE.value, (-6,), Standing.CUT),
        (Nature.CONVERSION.value, (1, 7), Standing.CONVERSION),
        (DRAW, (13, -14), Standing.OFF_BY_ONE),
        (Nature.ALLOCATION_FROM_RESERVE.value, (14, -13), Standing.OFF_BY_ONE),
        (DRAW, (13, -15), Standing.UNEXPLAINED),
        (Nature.INTERNAL.value, (13, -14), Standing.UNEXPLAINED),
    ],
)
def test_standing(ledger: Ledger, nature: str, moves: tuple[int, ...], standing: Standing) -> None:
    lines = [(f"01010{i}", n) for i, n in enumerate(moves)]
    ledger.request("2012/01/010", nature, "B127-Jun-12", *lines)
    (request,) = classify_requests(ledger.folder)
    assert request.standing is standing
    assert request.total == sum(moves)


def test_tenths_sum_exactly(ledger: Ledger) -> None:
    moves = zip("123456", ("1", "1.5", "0.5", "-8.8", "4.5", "1.3"), strict=True)
    lines = [(f"0024010{i}", n) for i, n in moves]
    ledger.request("2008/24/024", DRAW, "", *lines)
    (request,) = classify_requests(ledger.folder)
    assert sum(float(line.delta) for line in request.lines) != 0  # what binary floats would say
    assert request.standing is Standing.BALANCED


def test_lines_are_put_together_by_year_section_and_number(ledger: Ledger) -> None:
    ledger.request("2012/01/010", DRAW, "B127-Jun-12", ("010102", 4), ("470101", -4))
    ledger.request("2012/02/010", DRAW, "B127-Jun-12", ("020102", 1), ("470101", -1))
    ledger.request("2011/01/010", DRAW, "23/03/2011", ("00010102", "2.5"), ("00470101", "-2.5"))
    requests = classify_requests(ledger.folder)
    assert [request.doc_no for request in requests] == ["2011/01/010", "2012/01/010", "2012/02/010"]
    assert requests[0].moves == {"010102": Decimal("2.5"), "470101": Decimal("-2.5")}


def test_an_unknown_kind_of_change_is_refused_by_cell(ledger: Ledger) -> None:
    ledger.request("2012/01/010", "משהו אחר", "B127-Jun-12", ("010102", 4))
    with pytest.raises(Refusal, match=r"changes_2012\.csv!F2.*读不懂"):
        classify_requests(ledger.folder)


def test_a_bad_date_is_refused_by_cell(ledger: Ledger) -> None:
    ledger.request("2012/01/010", DRAW, "B127-Jun-12", ("010102", 4), ("470101", -4))
    ledger.request("2012/01/011", DRAW, "31-Jun-12", ("010102", 4), ("470101", -4))
    with pytest.raises(Refusal, match=r"changes_2012\.csv!M4 “31-Jun-12”读不懂"):
        classify_requests(ledger.folder)


def test_one_request_with_two_days_is_refused(ledger: Ledger) -> None:
    ledger.request("2012/01/010", DRAW, "B127-Jun-12", ("010102", 4))
    ledger.request("2012/01/010", DRAW, "B128-Jun-12", ("470101", -4))
    with pytest.raises(Refusal, match="与同一申请首行的“B127-Jun-12”不同"):
        classify_requests(ledger.folder)


def test_a_folder_without_requests(ledger: Ledger) -> None:
    with pytest.raises(Refusal, match=r"没有 changes_\*\.csv"):
        classify_requests(ledger.folder)
