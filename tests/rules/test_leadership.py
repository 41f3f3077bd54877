"""超职数 is the unit's violation, 超标准核定 the approver's error: two rules, never mixed."""

from __future__ import annotations

import pytest

from tests.support.rules import findings, told

CENTRE = """
    2020-01-01 opening
      设立 org=S name=中心 category=49 rank=7
      设立 org=S1 class=section name=办公室 parent=S
      下达 to=S kind=SY n={posts}
      下达 to=S1 kind=SY n=1
      下达 to=S kind=LD1@7 n=1
      下达 to=S kind=LD2@7F n={deputies}
      上编 person=a name=王一 org=S kind=SY
      任职 person=a org=S kind=LD1@7 title=主任
"""
SECOND = "      任职 person=b name=李二 org=S kind=LD1@7 title={title}\n"
LADDER = {"ladder": [{"from": 0, "to": 10, "most": 2}, {"from": 11, "most": 3}]}


def centre(posts: int = 9, deputies: int = 1) -> str:
    return CENTRE.format(posts=posts, deputies=deputies)


def test_two_chiefs_where_one_is_approved():
    (found,) = findings(centre() + SECOND.format(title="主任"), "CK-07")
    assert found.words == "单位正职（正股级）实配 2，核定 1，超 1"
    assert (found.unit, found.about, found.family) == ("S", "LD1@7", "used")
    assert told(centre(), "CK-07") == []


def test_an_appointment_the_pack_does_not_count_or_that_uses_no_post():
    without = {"without": [{"kinds": ["LD1"], "titles": ["专员"], "categories": ["4"]}]}
    text = centre() + SECOND.format(title="正处长级专员")
    assert told(text, "CK-07", without) == []
    assert told(text.replace("category=49", "category=121"), "CK-07", without) != []
    assert told(centre() + SECOND.format(title="主任").replace("title", "counts=false title"),
                "CK-07") == []  # fmt: skip


def test_a_section_and_a_rank_are_counted_for_themselves():
    text = centre() + "      下达 to=S1 kind=LN1 n=1\n"
    text += "      任职 person=b org=S1 kind=LN1\n      任职 person=c org=S1 kind=LN1\n"
    text += "      任职 person=d org=S kind=LD2@7\n"
    assert told(text, "CK-07") == [("S", "LD2@7", 1, 0), ("S1", "LN1", 2, 1)]


@pytest.mark.parametrize(
    ("posts", "deputies", "fires"), [(9, 1, False), (9, 2, True), (10, 2, False), (10, 3, True)]
)
def test_approved_leaders_against_the_ladder_of_approved_posts(posts, deputies, fires):
    """The section's post counts: 9 + 1 is 10 以下 and allows two, 11 three, chief included."""
    found = findings(centre(posts, deputies), "CK-08", LADDER)
    assert bool(found) is fires
    assert all(each.family == "approved" for each in found)


def test_the_words_name_the_ladder_s_number():
    (found,) = findings(centre(9, 2), "CK-08", LADDER)
    assert found.words == "核定编制 10，领导职数标准至多 2，核定 3，多 1"


def test_who_sits_there_plays_no_part_in_what_was_approved():
    """Over in use and within the standard; and the reverse."""
    over = centre() + SECOND.format(title="主任")
    assert told(over, "CK-08", LADDER) == []
    assert told(centre(9, 2), "CK-07") == []


def test_section_leaders_by_the_posts_of_the_section():
    given = {"of": "section", "leaders": ["LN"], "ladder": [{"from": 0, "to": 5, "most": 1}]}
    text = centre() + "      下达 to=S1 kind=LN1 n=1\n      下达 to=S1 kind=LN2 n={n}\n"
    assert told(text.format(n=1), "CK-08", given) == [("S1", "", 2, 1)]
    assert told(text.replace("kind=LN2 n={n}", "kind=SY n=1"), "CK-08", given) == []


def test_a_base_no_step_names_is_not_judged():
    assert told(centre(90, 9), "CK-08", {"ladder": [{"from": 0, "to": 10, "most": 1}]}) == []


RANKED = centre() + "      变更 subject=a field=rank value={rank}\n"


@pytest.mark.parametrize(("rank", "by"), [("6", 2), ("6F", 1), ("7", 0), ("7F", 0)])
def test_a_person_ranked_above_the_unit(rank, by):
    found = told(RANKED.format(rank=rank), "CK-09")
    assert found == ([("S", "a", by, 0)] if by else [])
    assert told(RANKED.format(rank=rank), "CK-09", {"steps": 1}) == (
        [("S", "a", by, 1)] if by > 1 else []
    )


def test_a_unit_of_no_fixed_rank_is_not_compared():
    assert told(RANKED.format(rank="6").replace("rank=7\n", "rank=8\n"), "CK-09") == []
    assert told(RANKED.format(rank="6").replace(" rank=7\n", "\n"), "CK-09") == []


def test_a_leadership_post_approved_above_the_unit():
    text = centre() + "      下达 to=S kind=LD9@6 n=1\n"
    (found,) = findings(text, "BZ-02")
    assert found.words == "核定职数的规格为正科（乡）级，单位为正股级，高 2 级"
    assert found.family == "approved"
    assert told(centre(), "BZ-02") == []
