"""A year of the ledger, and folders that do not hold one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget.rows import Nature
from bianzhi.files.open_budget.years import read_years
from tests.files.open_budget.small_ledger import Ledger

DRAW = Nature.DRAW_ON_RESERVE.value


def test_half_a_post_for_each_line_with_posts_and_each_change_line(ledger: Ledger) -> None:
    ledger.law(
        2012,
        ("01010101", "3.5", 0, 4),
        ("01010102", 0, 7, 0),  # temporary work only: no posts to round
        ("01010103", 0, 0, 2),
        ("47010101", 10, 0, 10),
        ("47010201", 0, 9, 0),
    )
    ledger.request("2012/01/010", DRAW, "B127-Jun-12", ("010101", 2), ("470101", -2))
    (year,) = read_years(ledger.folder)
    assert year.allowance == {"010101": Decimal("1.5"), "470101": Decimal("1.0")}
    assert year.closing("010101") == (Decimal(6), "positions_2012.csv!L2 等 2 行")
    assert year.total == Decimal("13.5")


@pytest.mark.parametrize(
    ("code", "line", "told"),
    [
        ("wrong-year", [2011, "01", "部", "0101", "司", "010101", "项目", "01010101"], "应为 2012"),
        ("bad-code", [2012, "02", "部", "0101", "司", "010101", "项目", "01010101"], "前 2 位"),
        ("bad-code", [2012, "01", "部", "101", "司", "010101", "项目", "01010101"], "前 4 位"),
        ("bad-code", [2012, "01", "部", "0101", "司", "10101", "项目", "01010101"], "不合"),
    ],
)
def test_bad_lines_of_a_law(ledger: Ledger, code: str, line: list[object], told: str) -> None:
    ledger.law(2012, ("01010101", 1, 0, 1))
    path = ledger.folder / "positions_2012.csv"
    bad = ",".join(map(str, [*line, "行", 1, 0, 1, 0]))
    path.write_text(path.read_text("utf-8") + bad + "\n", encoding="utf-8")
    with pytest.raises(Refusal, match=told) as caught:
        read_years(ledger.folder)
    assert caught.value.problems[0].code == code
    assert caught.value.problems[0].place == "positions_2012.csv 第 3 行"


def test_a_line_printed_twice_is_refused(ledger: Ledger) -> None:
    ledger.law(2012, ("01010101", 1, 0, 1), ("01010101", 1, 0, 1))
    with pytest.raises(Refusal, match="与第 2 行是同一预算行"):
        read_years(ledger.folder)


def test_years_must_follow_one_another(ledger: Ledger) -> None:
    for year in (2012, 2014):
        ledger.law(year, ("01010101", 1, 0, 1), closed=False)
    ledger.request("2012/01/010", DRAW, "B127-Jun-12", ("010101", 1), ("010101", -1))
    with pytest.raises(Refusal, match="年份不连续：2012、2014"):
        read_years(ledger.folder)
    with pytest.raises(Refusal, match="没有 2013 年的预算行文件"):
        read_years(ledger.folder, [2012, 2013])
    assert [each.year for each in read_years(ledger.folder, [2014])] == [2014]


def test_a_closing_needs_the_requests_that_led_to_it(ledger: Ledger) -> None:
    ledger.request("2012/01/010", DRAW, "B127-Jun-12", ("010101", 1), ("010101", -1))
    ledger.law(2013, ("01010101", 1, 0, 1))
    with pytest.raises(Refusal, match="公布了 2013 年末编制，却没有该年的申请"):
        read_years(ledger.folder)


@pytest.mark.parametrize(
    ("day", "told"),
    [("", "没有批准日期"), ("B127-Jun-13", "批准日期 2013-06-27 不在 2012 年内")],
)
def test_a_request_needs_a_day_of_its_year(ledger: Ledger, day: str, told: str) -> None:
    ledger.law(2012, ("01010101", 1, 0, 1), ("47010101", 1, 0, 1))
    ledger.request("2012/01/010", DRAW, day, ("010101", 1), ("470101", -1))
    with pytest.raises(Refusal, match=told) as caught:
        read_years(ledger.folder)
    assert caught.value.problems[0].place == "changes_2012.csv 第 2 行"


def test_a_request_for_a_programme_in_no_known_domain(ledger: Ledger) -> None:
    ledger.law(2012, ("01010101", 1, 0, 1))
    ledger.request("2012/01/010", DRAW, "B127-Jun-12", ("010101", -1), ("990101", 1))
    with pytest.raises(Refusal, match="项目 990101 的上级 9901 不在该年预算行中"):
        read_years(ledger.folder)
