"""The overlap map before and after a merger: what is joined, what still overlaps, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods import merging, overlap
from bianzhi.methods.overlap import Matter

OWNERS = ["环卫所", "渣土站", "城管中心", "环卫所", "路灯所"]
MATTERS = [
    Matter("建筑垃圾", (0, 1, 2), ("环卫所", "渣土站", "城管中心")),
    Matter("城市照明", (3, 4), ("环卫所", "路灯所")),
]


def rows(into):
    frame = overlap.before_after(MATTERS, OWNERS, into)
    return [(row["matter"], len(row["after"]), row["state"]) for row in frame.to_dicts()]


def test_nothing_merged_leaves_everything():
    assert rows({}) == [("建筑垃圾", 3, "left"), ("城市照明", 2, "left")]


def test_one_merger_joins_one_matter_and_thins_another():
    into = dict.fromkeys(("环卫所", "渣土站", "路灯所"), "环境中心")
    assert rows(into) == [("建筑垃圾", 2, "fewer"), ("城市照明", 1, "joined")]


def test_a_matter_in_one_hand_is_no_overlap():
    alone = [Matter("公证", (0,), ("公证处",))]
    assert overlap.before_after(alone, ["公证处"], {}).is_empty()


def test_a_plan_says_who_holds_what_it_merges_and_ends():
    units = [
        merging.Institution("甲站", "农业局", 6, people=5),
        merging.Institution("乙站", "农业局", 6, people=5),
        merging.Institution("空站", "农业局", 2, people=0, empty=True),
    ]
    plan = merging.plan(
        units, merging.Rules(count_ratio=0.6), overlaps={frozenset(("甲站", "乙站")): 0.9}
    )
    assert plan.holders == {"甲站": "甲站＋乙站", "乙站": "甲站＋乙站", "空站": "农业局"}


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12), st.data())
def test_no_duty_is_lost_and_no_overlap_appears(owners, data):
    """A merger only ever brings holders together."""
    into = {key: data.draw(st.sampled_from(["x", "y", key]), label=key) for key in set(owners)}
    matters = [Matter("事", tuple(range(len(owners))), tuple(dict.fromkeys(owners)))]
    picture = overlap.links(matters, owners, into)
    by_stage = {stage: picture.filter(stage=stage) for stage in ("before", "after")}
    assert {each["statements"].sum() for each in by_stage.values()} == {len(owners)}
    assert by_stage["after"].height <= by_stage["before"].height
    for row in overlap.before_after(matters, owners, into).to_dicts():
        assert (row["state"] == "joined") == (len(row["after"]) == 1)
