"""A folder as one exchange file: laws, requests, closings, the turn of the year.

The posts of a small state::

    2012  010101 3.5 (one line)   010102 20 (two lines)   470101 10 (the reserve)
    2013  015101 carries both on; 020101 is new; the reserve stays
"""

from __future__ import annotations

from typing import Any

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget.rows import Nature
from tests.files.open_budget.small_ledger import Ledger

DRAW, CUT = Nature.DRAW_ON_RESERVE.value, Nature.CUT.value
Line = dict[str, Any]


@pytest.fixture
def state(ledger: Ledger) -> Ledger:
    ledger.law(
        2012,
        ("01010101", "3.5", 0, 0),
        ("01010201", 12, 98, 12),
        ("01010202", 8, 0, 12),
        ("47010101", 10, 0, 10),
    )
    ledger.request("2012/01/010", DRAW, "B127-Jun-12", ("010102", 4), ("470101", -4))
    return ledger


def changes(lines: list[Line]) -> list[tuple[Line, list[Line]]]:
    """Each change with its acts."""
    found: list[tuple[Line, list[Line]]] = []
    for line in lines[1:]:
        if "change" in line:
            found.append((line["change"], []))
        else:
            found[-1][1].append(line)
    return found


def under(lines: list[Line], doc_no: str, clause: str = "") -> tuple[Line, list[Line]]:
    """The change posted under a document."""
    (found,) = [
        (change, acts)
        for change, acts in changes(lines)
        if change["document"]
        and (change["document"]["doc_no"], change["document"]["clause"]) == (doc_no, clause)
    ]
    return found


def test_organisations_first_the_wider_before_the_narrower(state: Ledger) -> None:
    lines = state.convert()
    assert lines[0] == {"bianzhi": "exchange", "version": 1}
    _, acts = under(lines, "2012/预算法", "机构")
    assert [act["code"] for act in acts if act["do"] == "设码"] == ["il-posts", "il-temp"]
    assert [(a["org"], a.get("parent")) for a in acts if a["do"] == "设立"] == [
        ("IL", None),
        ("01", "IL"),
        ("47", "IL"),
        ("0101", "01"),
        ("4701", "47"),
        ("010101", "0101"),
        ("010102", "0101"),
        ("470101", "4701"),
    ]


def test_each_figure_of_a_line_is_one_grant_with_its_cell(state: Ledger) -> None:
    change, acts = under(state.convert(), "2012/预算法", "编制数")
    assert change["kind"] == "opening"
    assert [(a["to"], a["kind"], a["n"], a["source"]) for a in acts] == [
        ("010101", "il-posts", "3.5", "positions_2012.csv!J2"),
        ("010102", "il-posts", "12", "positions_2012.csv!J3"),
        ("010102", "il-temp", "98", "positions_2012.csv!K3"),
        ("010102", "il-posts", "8", "positions_2012.csv!J4"),
        ("470101", "il-posts", "10", "positions_2012.csv!J5"),
    ]


def test_a_balanced_request_is_one_movement_under_its_number(state: Ledger) -> None:
    change, (act,) = under(state.convert(), "2012/01/010")
    assert change["kind"] == "regular"
    assert change["document"]["effective_on"] == "2012-06-27"
    assert len(change["document"]["file_digest"]) == 64
    assert (act["do"], act["kind"]) == ("调剂", "il-posts")
    assert act["legs"] == [
        {"holder": "010102", "n": "4", "source": "changes_2012.csv!L2"},
        {"holder": "470101", "n": "-4", "source": "changes_2012.csv!L3"},
    ]


@pytest.mark.parametrize(
    ("nature", "posts", "holder", "kind"),
    [
        (CUT, (-3, 1), "核销", "regular"),
        (Nature.CONVERSION.value, (9, 0), "置换", "regular"),
        (DRAW, (3, -4), "上级", "unverified"),
        (Nature.INTERNAL.value, (3, -1), "上级", "unverified"),
    ],
)
def test_what_does_not_sum_to_zero_has_a_counter_leg_that_says_why(
    state: Ledger, nature: str, posts: tuple[int, int], holder: str, kind: str
) -> None:
    state.request("2012/01/011", nature, "B128-Jun-12", ("010102", posts[0]), ("470101", posts[1]))
    change, (act,) = under(state.convert(), "2012/01/011")
    assert change["kind"] == kind
    counter = act["legs"][-1]
    assert counter["holder"] == holder
    assert int(counter["n"]) == -sum(posts)
    assert f"各行合计 {sum(posts)}" in counter["source"]
    assert counter["source"] in change["note"]


def test_within_a_day_posts_come_before_they_go(state: Ledger) -> None:
    internal = Nature.INTERNAL.value
    state.request("2012/04/014", internal, "B101-Aug-12", ("470102", -9), ("010102", 9))
    state.request("2012/47/001", internal, "B101-Aug-12", ("470101", -6), ("470102", 6))
    state.request("2012/68/010", internal, "B101-Aug-12", ("010102", -3), ("470102", 3))
    numbers = [c["document"]["doc_no"] for c, _ in changes(state.convert()) if c["document"]]
    assert numbers[2:6] == ["2012/01/010", "2012/47/001", "2012/68/010", "2012/04/014"]


def test_a_half_post_lost_in_print_is_given_back_under_its_own_flag(state: Ledger) -> None:
    state.request(
        "2012/01/012", Nature.INTERNAL.value, "B101-Aug-12", ("010101", -4), ("010102", 4)
    )
    found = changes(state.convert())
    at = next(i for i, (c, _) in enumerate(found) if c["document"] is None)
    change, (act,) = found[at]
    assert (change["kind"], act["do"], act["to"], act["n"]) == (
        "unverified",
        "下达",
        "010101",
        "0.5",
    )
    assert act["on"] == "2012-08-01"
    assert "2012/01/012 使 010101 降到 -0.5，取整允许 1" in act["source"]
    assert found[at + 1][0]["document"]["doc_no"] == "2012/01/012"


def test_more_than_rounding_below_zero_is_refused_by_cell(state: Ledger) -> None:
    state.request(
        "2012/01/012", Nature.INTERNAL.value, "B101-Aug-12", ("010101", -5), ("010102", 5)
    )
    with pytest.raises(Refusal, match=r"changes_2012\.csv!L4 2012/01/012 使 010101 降到 -1\.5"):
        state.convert()


def test_closings_are_compared_with_the_rounding_allowance(state: Ledger) -> None:
    state.request(
        "2012/01/012", Nature.INTERNAL.value, "B101-Aug-12", ("470102", 1), ("470102", -1)
    )
    change, acts = under(state.convert(), "2012/年末编制")
    assert change["document"]["effective_on"] == "2012-12-31"
    assert {(a["do"], a["scope"], a["figure"], a["kind"]) for a in acts} == {
        ("核对", "unit", "approved", "il-posts")
    }
    assert [(a["org"], a["n"], a["tolerance"]) for a in acts] == [
        ("010101", "0", "0.5"),
        ("010102", "24", "1.5"),
        ("470101", "10", "1"),
        ("470102", "0", "1"),
    ]
    assert acts[-1]["source"] == "positions_2012.csv：未列，作 0"


def next_year(state: Ledger) -> None:
    state.law(
        2013,
        ("01510101", 25, 90, 25),
        ("02010101", 5, 0, 5),
        ("47010101", 11, 0, 11),
        suffix="新",
    )
    state.request("2013/01/001", DRAW, "B104-Dec-13", ("015101", 1), ("470101", -1))
    state.successors(2013, c00015101=["00010101", "00010102", "0033206"])


def test_the_turn_of_the_year(state: Ledger) -> None:
    next_year(state)
    lines = state.convert()
    change, acts = under(lines, "2013/预算法", "机构")
    assert "0033206" in change["note"]
    assert [a["org"] for a in acts if a["do"] == "设立"] == [
        "02",
        "0151",
        "0201",
        "015101",
        "020101",
    ]
    assert [(a["org"], a["name"]) for a in acts if a["do"] == "更名"] == [
        ("470101", "项目 470101新")
    ]
    (merged,) = [a for a in acts if a["do"] == "合并"]
    assert (merged["sources"], merged["into"]) == (["010101", "010102"], "015101")
    change, acts = under(lines, "2013/预算法", "结转")
    assert [(a["do"], a["org"], a.get("kind"), a.get("n")) for a in acts] == [
        ("收回", "015101", "il-posts", "27.5"),
        ("收回", "015101", "il-temp", "98"),
        ("收回", "470101", "il-posts", "6"),
        ("撤销", "0101", None, None),
    ]
    _, grants = under(lines, "2013/预算法", "编制数")
    assert [a["n"] for a in grants] == ["25", "90", "5", "11"]


def test_a_successor_without_figures_is_named_where_its_programme_ends(
    state: Ledger,
) -> None:
    next_year(state)
    state.successors(2013, c00015101=["00010101"], c00099901=["00010102"])
    _, acts = under(state.convert(), "2013/预算法", "结转")
    (closed,) = [a for a in acts if a["do"] == "撤销" and a["org"] == "010102"]
    assert "继任为 099901" in closed["source"]
    assert ("收回", "010102", "24") in [(a["do"], a["org"], a.get("n")) for a in acts]


def test_a_programme_without_figures_for_a_year_lives_on(state: Ledger) -> None:
    next_year(state)
    state.successors(2013, c00015101=["00010102"])
    state.law(2014, ("01010101", 2, 0, 2), ("01510101", 25, 0, 25), closed=False)
    lines = state.convert()
    ended = [a["org"] for a in lines if a.get("do") == "撤销"]
    merged = [a["sources"] for a in lines if a.get("do") == "合并"]
    assert "010101" not in ended
    assert merged == [["010102"]]


def test_a_code_that_would_mean_two_things_is_refused(state: Ledger) -> None:
    next_year(state)
    state.law(2013, ("01010101", 2, 0, 2), ("01510101", 25, 0, 25), ("47010101", 1, 0, 1))
    with pytest.raises(
        Refusal, match=r"代码 010101 已由 015101 继任，2013 年及以后的表里仍有 010101"
    ):
        state.convert()


def test_the_total_of_a_two_year_budget_is_compared(state: Ledger) -> None:
    rows = [["010101", 3, 1], ["010102", "20.5", 2], ["470101", 10, 3]]
    state.write("biennial_budget_2011_2012.csv", ["programme", "posts_2012", "posts_2011"], rows)
    _, (act,) = under(state.convert(), "2012/双年预算")
    assert (act["scope"], act["org"], act["n"], act["tolerance"]) == ("subtree", "IL", "33.5", "0")


def test_the_same_folder_gives_the_same_file_and_years_can_be_chosen(state: Ledger) -> None:
    next_year(state)
    assert state.convert() == state.convert()
    documents = [c["document"]["doc_no"] for c, _ in changes(state.convert(2013)) if c["document"]]
    assert {number[:4] for number in documents} == {"2013"}


def test_all_files_are_read_before_the_first_line_is_given(state: Ledger) -> None:
    next_year(state)
    state.request("2013/01/002", DRAW, "99-Dec-13", ("015101", 1), ("470101", -1))
    from bianzhi.files.open_budget import convert

    with pytest.raises(Refusal, match="99-Dec-13"):
        convert(state.folder)


def test_a_year_in_which_no_organisation_changes_has_no_change_for_them(state: Ledger) -> None:
    next_year(state)
    lines = ("01510101", 25, 0, 25), ("02010101", 5, 0, 5), ("47010101", 11, 0, 11)
    state.law(2014, *lines, closed=False, suffix="新")
    clauses = [c["document"]["clause"] for c, _ in changes(state.convert())[-2:] if c["document"]]
    assert clauses == ["结转", "编制数"]
