"""A duty is taken apart before it is compared: statements, clauses, what is done, to what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.overlap import compare, thesaurus
from bianzhi.methods.overlap.lexicon import read, shipped
from bianzhi.methods.overlap.parsing import normal, parse, statements
from bianzhi.methods.overlap.tokens import matters

OWN = """
== 城管
= 环卫
垃圾/生活垃圾
  湿垃圾/厨余
== 通用   # words of no trade
= 动作
清运/收运
= 对象
器材
= 地域
村里
= 套话
扎实
"""


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
    (clause,) = parse("负责全区渣土的日常管理工作", shipped()).clauses
    assert clause.objects == ("渣土",)
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


@pytest.mark.parametrize(
    "text",
    [
        "负责违法建设拆除和卫生扫除",
        "负责清除户外小广告",
        "承担外来物种的清除外运",
        "组织消除涉外隐患",
    ],
)
def test_demolishing_is_no_exception(text):
    """“拆除、扫除、清除户外”里的“除”不是“除外”。"""
    assert not any(c.excepted for c in parse(text, shipped()).clauses)


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


def test_a_name_may_begin_within_a_word_that_is_made_of_known_words():
    """核发许可证 is one word of doing; the 许可证 in it is the end of a name all the same."""
    assert shipped().splits["核发许可证"] == (2,)
    lexicon = shipped().extended({"特别许可": ["许可证"]})
    assert "特别许可" in matters("负责核发许可证", lexicon)


def test_an_office_adds_its_own_words():
    lexicon = shipped().extended({"一键通呼叫": ["老人一键呼叫"]}, frame=["扎扎实实"])
    assert lexicon.names["老人一键呼叫"] == {"一键通呼叫"}
    assert "扎扎实实" in lexicon.frame
    assert "一键通呼叫" not in shipped().names, "the shipped lexicon stays as it was"


def test_an_office_adds_a_list_of_its_own():
    """New matters under what is known, and further names of what is known."""
    lines = thesaurus.read("== 本区\n= 特色\n古堰打捞/堰工\n渣土/拆房土\n湿地\n  菱角塘")
    lexicon = shipped().extended(entries=lines)
    assert lexicon.one_thing("古堰打捞", "堰工")
    assert lexicon.one_thing("拆房土", "建筑垃圾")
    assert lexicon.trades_of(lexicon.names["堰工"]) == {"本区"}
    assert "湿地" in lexicon.wider(lexicon.names["菱角塘"])
    assert lexicon.above["建筑垃圾"] == shipped().above["建筑垃圾"], "what is known stays"
    assert compare("负责古堰打捞", "承担堰工", lexicon).relation == "same"


def test_a_lexicon_can_be_read_from_an_office_s_own_files():
    lexicon = read(
        {
            "frame": {"words": "负责"}, "scope": {"words": "全区"},
            "except": {"words": "不含"},
            "action": [{"side": "decide", "kind": "许可", "words": "审批"}],
        },
        thesaurus.read(OWN),
    )  # fmt: skip
    assert lexicon.wider(["湿垃圾"]) == {"垃圾", "环卫"}
    assert lexicon.trades_of(["湿垃圾"]) == {"城管"}
    assert lexicon.one_thing("厨余", "湿垃圾")
    assert lexicon.actions["审批"].kind == "许可"
    assert lexicon.actions["清运"].kind == ""
    assert lexicon.roles["扎实"] == "frame"
    assert lexicon.roles["村里"] == "scope"
    assert lexicon.roles["器材"] == "object"
    assert "器材" not in lexicon.names


def test_a_name_made_of_known_words_is_cut_into_these():
    """And is the name of a matter all the same."""
    words = [word.text for word in parse("承担残疾人就业", shipped()).clauses[0].words]
    assert words == ["承担", "残疾人", "就业"]
    assert "残疾人就业" in shipped().names
    assert "残疾人就业" not in shipped().roles


@pytest.mark.parametrize("word", ["对象", "集中", "中心", "外来", "线上"])
def test_a_frame_of_one_character_does_not_cut_a_word_in_two(word):
    """对, 中, 外 and 上 carry nothing where they stand alone."""
    (clause,) = parse(f"负责优抚{word}信息的采集", shipped()).clauses
    assert word in [each.text for each in clause.words]
