"""What stands before the word for a thing tells kinds of it apart; a wide field is no matter."""

from __future__ import annotations

import pytest

from bianzhi.methods.overlap import compare, parse, shipped, vectors
from bianzhi.methods.overlap.kinds import spoken, things_of
from bianzhi.methods.overlap.vectors import rarity, shipped_rarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("承担房屋建筑工程质量的检测", "承担水运工程质量的检测"),
        ("负责音像资料馆藏的整理", "负责手稿字画馆藏的整理"),
        ("负责森林资源的调查", "负责森林火情的监测"),  # two sides of one thing
        ("承担地质灾害的防治", "承担耕地质量的监测"),  # 地质 is nothing in 耕地质量
        ("负责地方志的编纂", "负责会计档案的整理"),  # neighbours of one field of the thesaurus
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
    ],
)
def test_a_kind_with_two_names_or_named_once_is_one(one, other):
    assert compare(one, other).relation in ("same", "part")


def test_a_wide_field_in_common_is_not_one_matter():
    found = compare("承担泵站的更新改造", "负责堤防的除险加固")
    assert spoken(parse("承担泵站的更新改造", shipped()), shipped()) == {"水利工程"}
    assert found.relation == "sibling"


def test_a_word_after_的_or_after_its_object_says_what_is_done():
    assert "统计" not in spoken(parse("承担人口信息的采集、统计", shipped()), shipped())
    assert "机构编制" not in spoken(parse("参与行业标准编制", shipped()), shipped())
    assert "统计" in spoken(parse("承担统计调查", shipped()), shipped())
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
