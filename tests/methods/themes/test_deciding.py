"""What the office decides about themes, what it teaches, and that it can be taken back."""

from __future__ import annotations

import pytest

from bianzhi.methods.themes import (
    ADD,
    MERGE,
    MOVE,
    NOTHING,
    RENAME,
    SPLIT,
    UNDO,
    UNSORTED,
    Decision,
    ThemeError,
    standing,
    themes,
)
from tests.support.problems import one_class, said

TEXTS = said(
    ("甲", "编制不足"), ("乙", "经费紧张"), ("丙", "院里古树把墙顶裂了"),
    ("丁", "车辆老旧、经费不足"),
    ("戊", "院内古树把围墙顶裂了，没人管"),
)  # fmt: skip
UNITS = one_class("甲", "乙", "丙", "丁", "戊")


def placed(*decisions: Decision) -> dict[str, list[str]]:
    found = themes(TEXTS, UNITS, decisions=decisions).quotes
    return {unit: sorted(found.filter(unit=unit)["title"].to_list()) for unit in "甲乙丙丁戊"}


TREE = Decision(1, ADD, title="古树管护", reason="林业条线要单列")
MOVED = Decision(2, MOVE, theme=UNSORTED, to="own:1", answer="a2", quote="院里古树把墙顶裂了",
                 reason="说的是古树")  # fmt: skip


def test_without_decisions():
    assert placed() == {
        "甲": ["编制不足"], "乙": ["经费不足"], "丙": ["未归类"],
        "丁": ["场地设备差", "经费不足"], "戊": ["未归类"],
    }  # fmt: skip


def test_a_quote_is_moved_and_what_resembles_it_follows_with_the_example_shown():
    now = placed(TREE, MOVED)
    assert now["丙"] == ["古树管护"]
    assert now["戊"] == ["古树管护"]
    row = themes(TEXTS, UNITS, decisions=[TREE, MOVED]).quotes.filter(unit="戊").row(0, named=True)
    assert row["basis"] == "example"
    assert row["why"].startswith("与改归过的“院里古树把墙顶裂了”相近（0.")
    assert "说的是古树" in row["why"]
    assert any("古树" in word for word in row["words"])


def test_the_same_words_in_an_answer_handed_in_anew_stay_where_they_were_moved():
    move = Decision(
        1, MOVE, theme="funds", to="pay", answer="old", quote="经费紧张", reason="说工资"
    )
    row = themes(TEXTS, UNITS, decisions=[move]).quotes.filter(unit="乙").row(0, named=True)
    assert (row["theme"], row["basis"], row["score"]) == ("pay", "example", 1.0)


def test_one_theme_of_a_complaint_is_moved_the_other_stays():
    move = Decision(1, MOVE, theme="funds", to=NOTHING, answer="a3", quote="车辆老旧、经费不足",
                    reason="只是说车")  # fmt: skip
    assert placed(move)["丁"] == ["场地设备差", "没有说问题"]
    assert placed(move)["乙"] == ["经费不足"]


def test_themes_are_renamed_merged_and_split():
    assert placed(Decision(1, RENAME, theme="funds", title="钱不够"))["乙"] == ["钱不够"]
    assert placed(Decision(1, MERGE, theme="funds", to="premises"))["丁"] == ["场地设备差"] * 2
    split = Decision(1, SPLIT, theme="funds", title="经费紧张的", words=("紧张",), reason="分开看")
    now = placed(split)
    assert (now["乙"], now["丁"]) == (["经费紧张的"], ["场地设备差", "经费不足"])


def test_a_theme_made_with_words_takes_what_has_them():
    assert placed(Decision(1, ADD, title="古树", words=("古树",), reason="x"))["戊"] == ["古树"]


def test_every_decision_can_be_taken_back_and_that_too():
    decided = [TREE, MOVED, Decision(3, UNDO, of=2)]
    assert placed(*decided)["戊"] == ["未归类"]
    assert placed(*decided, Decision(4, UNDO, of=3))["戊"] == ["古树管护"]
    assert [each.no for each in standing(decided)] == [1]


def test_merging_in_a_circle_ends():
    to_pay = Decision(1, MERGE, theme="funds", to="pay")
    round_ = [to_pay, Decision(2, MERGE, theme="pay", to="funds")]
    assert placed(*round_)["乙"] in (["经费不足"], ["待遇偏低"])


@pytest.mark.parametrize(
    ("decision", "words"),
    [(Decision(1, "burn"), "不认识"), (Decision(1, RENAME, theme="zz", title="x"), "“zz”不存在"),
     (Decision(1, MERGE, theme="funds", to="own:9"), "请先撤回这一条"),
     (Decision(1, MOVE, theme="funds", to="zz"), "请选现有的主题"),
     (Decision(1, ADD, title=" "), "没有写主题的名称"),
     (Decision(1, SPLIT, theme="funds", title="x"), "没有写凭哪些词拆出")],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(decision, words):
    with pytest.raises(ThemeError, match=words):
        themes(TEXTS, UNITS, decisions=[decision])
