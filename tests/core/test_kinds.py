"""Code trees: national values, local ones beside them, headings that nothing is booked under."""

from __future__ import annotations

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.core.kinds import TREES, Code, national, stored_code

KINDS = national("quota_kind")


def refusal(call, *given, **named) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        call(*given, **named)
    problem = refused.value.problems[0]
    return problem.code, problem.do


@pytest.mark.parametrize("name", TREES)
def test_every_tree_is_whole_each_parent_is_in_it_and_nothing_stands_above_itself(name):
    tree = national(name)
    assert tree.title
    for code in tree:
        above, seen = code, set()
        while above.parent:
            assert above.code not in seen
            seen.add(above.code)
            above = tree.get(above.parent)


def test_a_heading_covers_everything_under_it_and_itself():
    assert KINDS.below("ZF") >= {"ZF", "ZFGA", "ZFJC"}
    assert "ZFGA" not in KINDS.below("S")
    assert KINDS.covers("L", "LN2")
    assert KINDS.covers("XZ", "XZ")
    assert not KINDS.covers("XZ", "X")


def test_a_leadership_kind_may_carry_a_rank():
    found = KINDS.get("LD1@6", bookable=True)
    assert found.name == "单位正职（正科（乡）级）"
    assert KINDS.covers("LD1", "LD1@6")
    assert KINDS.covers("L", "LD1@6")
    assert not KINDS.covers("LD1@6", "LD1")
    assert KINDS.attribute("LD1@6", "family") == "leadership"


@pytest.mark.parametrize("code", ["XZ@6", "LD@6", "LD1@", "LD1@99", "@6", "Q", ""])
def test_a_rank_where_none_belongs_or_an_unknown_code_is_refused(code):
    problem, advice = refusal(KINDS.get, code)
    assert problem == "unknown-quota-kind"
    assert advice


def test_an_unknown_name_gets_the_codes_that_resemble_it():
    _, advice = refusal(KINDS.get, "公安专项")
    assert "ZFGA 公安专项编制" in advice


def test_nothing_is_booked_under_a_heading_and_the_codes_below_are_named():
    problem, advice = refusal(KINDS.get, "X", bookable=True)
    assert problem == "group-code"
    assert "XZ" in advice
    assert KINDS.get("X").is_group


def test_attributes_come_from_the_nearest_ancestor_but_being_a_heading_is_not_inherited():
    assert KINDS.attribute("KY", "counts") is False
    assert KINDS.attribute("SY", "counts") is None
    assert not KINDS.get("XZ").is_group
    assert KINDS.attribute("XZ", "group") is None


def test_a_local_code_stands_beside_the_national_ones_and_cannot_replace_them():
    local = Code("XZT", "本地行政编制", "X", {"turnover": True})
    false = Code("XZ", "改名的行政编制")
    tree = KINDS.with_local([local, false])
    assert tree.get("XZT", bookable=True) is local
    assert tree.covers("X", "XZT")
    assert tree.attribute("XZT", "used_by") == "organ"
    assert tree.get("XZ").name == "一般行政编制"
    assert "XZT" not in KINDS


def test_a_second_local_code_keeps_the_first():
    tree = KINDS.with_local([Code("Z1", "一")]).with_local([Code("Z2", "二", "Z1")])
    assert tree.covers("Z1", "Z2")


def test_a_stored_local_code_reads_back():
    assert stored_code("Z", "名", "X", '{"counts": false}') == Code(
        "Z", "名", "X", {"counts": False}
    )


def test_an_unknown_tree_is_refused_with_the_trees_there_are():
    problem, advice = refusal(national, "colour")
    assert problem == "unknown-tree"
    assert all(name in advice for name in TREES)
