"""What stands before the word for a thing tells kinds of it apart; a wide field is no matter."""

from __future__ import annotations

import pytest

from bianzhi.methods.overlap import compare, parse, shipped, vectors
from bianzhi.methods.overlap.covering import content
from bianzhi.methods.overlap.formulas import everywhere
from bianzhi.methods.overlap.kinds import things_of
from bianzhi.methods.overlap.names import names_in
from bianzhi.methods.overlap.vectors import rarity, shipped_rarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("承担房屋建筑工程质量的检测", "承担水运工程质量的检测"),
        ("负责音像资料馆藏的整理", "负责手稿字画馆藏的整理"),
        ("负责森林资源的调查", "负责森林火情的监测"),  # two sides of one thing
        ("承担地质灾害的防治", "承担耕地质量的监测"),  # 地质 is nothing in 耕地质量
        ("负责地方志的编纂", "负责会计档案的整理"),  # neighbours of one field of the thesaurus
        ("承担乡村旅游的推介", "负责旅游市场的巡查"),  # a kind of it, and a side of it
        ("受理旅游服务质量投诉", "负责旅游市场的巡查"),  # 服务 is part of a name here
        ("负责农产品质量的抽查", "承担产品质量的检验"),  # 产品 is nothing in 农产品
        ("承担流浪人员的救助", "负责特困人员的供养"),  # 人员 is in every trade's duties
        ("承担退役士兵的技能培训", "负责农村劳动力技能培训"),  # a kind named before 的
        ("承担法律咨询", "开展消防法律法规的宣讲"),
        ("承担非物质文化遗产的普查", "负责文物的陈列"),  # the same characters, no abbreviation
        ("负责乡村旅游的推介", "开展旅游市场监管"),
        ("组织妇女就业培训", "组织少年宫的活动"),  # one field, neither word the other's name
    ],
)
def test_one_head_two_kinds_is_no_overlap(one, other):
    assert compare(one, other).relation not in ("same", "part")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("承担渣土运输管理", "负责建筑废弃物运输的管理"),
        ("承担渣土运输管理", "负责建筑渣土运输的管理"),  # one name within the other
        ("负责全区电梯安全检测", "承担电梯检测"),
        ("承担古籍修复和馆藏整理", "负责古籍的修复"),
        ("负责公共机构节能", "负责机关节约能源"),  # one abbreviates the other
        ("承担退役军人的培训", "负责退役士兵的培训"),
        ("组织开展职业技能培训", "开展农村劳动力技能培训"),  # 组织开展 names no kind
        ("负责公共机构节能", "推进机关和事业单位节约能源"),
        ("负责排水管网的清淤", "负责排水管道的清淤"),
    ],
)
def test_a_kind_with_two_names_or_named_once_is_one(one, other):
    assert compare(one, other).relation in ("same", "part")


def test_a_wide_field_in_common_is_not_one_matter():
    """Pumps and dykes are both of the works of the water office."""
    pumps, dykes = "承担泵站的更新改造", "负责堤防的除险加固"
    fields = [shipped().trades_of(_matters(text)) for text in (pumps, dykes)]
    assert fields[0] & fields[1] == {"水利"}
    assert compare(pumps, dykes).relation == "sibling"


def _matters(text):
    return content(parse(text, shipped()), shipped()).matters


def test_a_word_of_doing_names_no_matter():
    assert not {"统计", "统计调查"} & _matters("承担人口信息的采集、统计")
    assert not {"机构编制"} & _matters("参与行业标准编制")
    assert "统计调查" in _matters("承担统计调查")
    assert things_of(parse("除渣土外，负责公园", shipped()), shipped()).split() == ["公园"]


def test_a_matter_everybody_speaks_of_weighs_less():
    """Two libraries among strangers, and the same two where every other line is of libraries."""
    pair = ["承担图书馆流通服务", "负责图书馆古籍"]
    among = ["承担粮油检测", "负责公路养护", "承担森林防火", "负责低保经办"] * 20
    crowd = [f"负责图书馆{word}" for word in ("灯光", "门禁", "座椅", "电梯")] * 20
    assert vectors(pair + among).dot(0, 1) > vectors(pair + crowd).dot(0, 1)


def test_an_offices_own_groups_do_not_mistake_the_background():
    """New groups are numbered among the shipped ones; the background is counted anew."""
    own = shipped().extended({"一件新事": ["星火计划"]})
    assert rarity(["承担渣土运输"], own).total == 1
    texts = ["承担渣土运输管理", "负责建筑废弃物运输的管理"]
    assert vectors(texts, own).dot(0, 1) == pytest.approx(vectors(texts).dot(0, 1), abs=1e-6)
    assert shipped_rarity().total > 100


def test_names_of_one_matter_and_things_of_one_trade():
    """公厕 is 公共厕所; 公厕 and 渣土 are matters of one trade."""
    words = shipped()
    assert words.one_thing("公厕", "公共厕所")
    assert words.trades_of(words.names["公厕"]) == words.trades_of(words.names["渣土"])
    assert not words.one_thing("公厕", "渣土")


def test_words_an_office_adds_are_names_of_the_matter_they_are_added_to():
    own = shipped().extended({"建筑垃圾": ["拆除废料"], "星火": ["星火燎原事", "燎原计划"]})
    assert own.one_thing("拆除废料", "渣土")
    assert own.one_thing("星火燎原事", "燎原计划")
    assert not own.one_thing("星火燎原事", "渣土")
    assert compare("负责拆除废料清运", "承担渣土的清运", own).relation == "same"


def test_a_name_stands_where_it_is_no_piece_of_another_word():
    def named(text):
        return set(names_in(parse(text, shipped()), shipped()))

    assert "产品质量" not in named("承担农产品质量检测")
    assert {"就业", "残疾人就业"} <= named("负责残疾人就业")
    assert "河道" not in named("负责绿化，不承担河道保洁")


def test_what_every_trade_writes_is_counted_in_the_background():
    assert {"信息", "技术", "项目", "‹服务›"} <= everywhere()
    assert not {"档案", "公路", "〔档案史志〕"} & everywhere()
    assert compare("承担林业信息平台建设", "负责殡葬信息平台建设").relation != "same"
