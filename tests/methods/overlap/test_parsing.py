"""A duty is taken apart before it is compared: statements, clauses, what is done, to what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.overlap.lexicon import read, shipped
from bianzhi.methods.overlap.parsing import normal, parse, statements


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("（一）负责甲事。（二）承担乙、丙；协助丁。", ["负责甲事", "承担乙、丙；协助丁"]),
        ("1.负责甲事；2.承担乙事", ["负责甲事", "承担乙事"]),
        ("1、负责甲事\n2、承担乙事\n", ["负责甲事", "承担乙事"]),
        ("第一条 负责甲事。\n第二条 承担乙事。", ["负责甲事", "承担乙事"]),
        ("①负责甲事 ②承担乙事", ["负责甲事", "承担乙事"]),
        ("受理12345热线，处理1.5万件诉求", ["受理12345热线，处理1.5万件诉求"]),
        ("  ", []),
    ],
)
def test_a_numbered_text_is_cut_into_statements(text, parts):
    assert statements(text) == parts


def test_an_enumeration_has_one_action_and_several_matters():
    """承担粮油、农产品、水产品的检验检测：三样东西，两个动作，一个分句。"""
    (clause,) = parse("承担粮油、农产品、水产品的检验检测", shipped()).clauses
    assert clause.objects == ("粮油", "农产品", "水产品")
    assert clause.actions == ("检验", "检测")


def test_frame_and_scope_are_no_matter():
    (clause,) = parse("负责全区建筑垃圾的日常管理工作", shipped()).clauses
    assert clause.objects == ("建筑垃圾",)
    assert clause.scope == ("全区",)
    assert clause.actions == ("管理",)


def test_words_the_lexicon_does_not_know_are_the_matter():
    (clause,) = parse("负责量子通信网的维护", shipped()).clauses
    assert clause.objects == ("量子通信网",)


@pytest.mark.parametrize(
    "text", ["负责河道保洁，不承担河道采砂许可", "负责除河道采砂许可以外的河道保洁"]
)
def test_what_is_excepted_is_not_the_holder_s(text):
    parsed = parse(text, shipped())
    assert "许可" not in parsed.actions
    assert "许可" in [word for clause in parsed.clauses for word in clause.actions]
    assert [clause.excepted for clause in parsed.clauses if "许可" in clause.text] == [True]


def test_demolishing_is_no_exception():
    """“拆除、扫除”里的“除”不是“除外”。"""
    assert not any(c.excepted for c in parse("负责违法建设拆除和卫生扫除", shipped()).clauses)


def test_full_width_letters_and_blanks_are_evened_out():
    assert normal("受理１２３４５ 热 线,处理ＡＰＰ诉求") == "受理12345 热线，处理APP诉求"


@given(st.text(alphabet="负责承担全区河道保洁、，；的和渣土许可除外以（）12a ", max_size=60))
def test_every_word_stands_where_it_says(text):
    """Whatever the text, the words of its clauses are stretches of it, in order, none twice."""
    parsed = parse(text, shipped())
    end = 0
    for clause in parsed.clauses:
        for word in clause.words:
            assert parsed.text[word.start : word.end] == word.text
            assert word.start >= end
            end = word.end


def test_an_office_adds_its_own_words():
    lexicon = shipped().extended({"共享单车": ["共享单车", "互联网租赁自行车"]}, frame=["扎实"])
    assert lexicon.groups["互联网租赁自行车"] == {"共享单车"}
    assert "扎实" in lexicon.frame
    assert "共享单车" not in shipped().groups, "the shipped lexicon stays as it was"


def test_a_lexicon_can_be_read_from_an_office_s_own_files():
    lexicon = read(
        {
            "frame": {"words": "负责"}, "scope": {"words": "全区"},
            "proxy": {"words": "协助"}, "except": {"words": "不含"},
            "action": [{"side": "decide", "kind": "许可", "words": "审批"}],
        },
        {"group": [{"name": "甲", "words": "甲事", "under": "乙"}], "sector": {"丙": "甲 乙"}},
    )  # fmt: skip
    assert lexicon.wider(["甲"]) == {"乙"}
    assert lexicon.sectors_of(["甲"]) == {"丙"}
    assert lexicon.actions["审批"].kind == "许可"


@pytest.mark.parametrize("word", ["对象", "集中", "中心", "外来", "线上"])
def test_a_frame_of_one_character_does_not_cut_a_word_in_two(word):
    """对, 中, 外 and 上 carry nothing where they stand alone."""
    (clause,) = parse(f"负责优抚{word}信息的采集", shipped()).clauses
    assert word in [each.text for each in clause.words]
