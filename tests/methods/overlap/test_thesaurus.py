"""The word list: a line a matter, deeper what is part of it; errors are told with their line."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from bianzhi.methods.overlap import shipped
from bianzhi.methods.overlap.lexicon import DOINGS, FRAMES, GENERAL, PLACES, THINGS
from bianzhi.methods.overlap.thesaurus import Entry, ThesaurusError, above, read

LISTS = files("bianzhi.methods.overlap") / "data" / "matters"


def entries() -> list[Entry]:
    return [
        entry for each in LISTS.iterdir() if each.name.endswith(".txt")
        for entry in read(each.read_text("utf-8"), each.name)
    ]  # fmt: skip


def test_a_line_is_a_matter_with_its_names_and_what_it_is_part_of():
    found = read("== 城管  # 说明\n= 环卫\n垃圾/生活垃圾\n  湿垃圾 / 厨余\n    泔水\n公厕\n")
    assert [(each.names, each.above) for each in found] == [
        (("垃圾", "生活垃圾"), ()),
        (("湿垃圾", "厨余"), ("垃圾",)),
        (("泔水",), ("湿垃圾", "垃圾")),
        (("公厕",), ()),
    ]
    assert {(each.field, each.trade) for each in found} == {("环卫", "城管")}


def test_a_matter_named_in_two_places_is_one_and_a_field_called_like_it_is_told_from_it():
    found = read("== 民政\n= 殡葬\n殡葬\n  公墓\n== 街道\n= 杂项\n公墓\n")
    assert above(found) == {"殡葬": ("殡葬类",), "公墓": ("殡葬", "殡葬类")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("垃圾/公厕", "城管表第 1 行“垃圾/公厕”：前面还没有“== 行业”和“= 领域”"),
        ("== 城管\n垃圾", "第 2 行“垃圾”：前面还没有"),
        ("== 城管\n= 环卫\n   垃圾", "第 3 行“垃圾”：缩进应是每级两个空格"),
        (
            "== 城管\n= 环卫\n垃圾\n    泔水",
            "第 4 行“泔水”：缩进应是每级两个空格，且只比上一行深一级",
        ),
        ("== 城管\n= 环卫\n垃圾//公厕", "“”不是名称"),
        ("== 城管\n= 环卫\n垃圾（生活）", "“垃圾（生活）”不是名称：应是 2—16 个字，不带标点"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, said):
    with pytest.raises(ThesaurusError, match="第") as refused:
        read(text, "城管表")
    assert said in str(refused.value)


def test_the_shipped_lists_are_whole():
    """Every name of a matter stands once, and every trade an office meets is there."""
    found = entries()
    names = Counter(name for each in found if each.trade != GENERAL for name in each.names)
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) > 60_000
    trades = "住房和城乡建设 交通运输 水利 应急管理 农业农村 民政 卫生健康 教育 政务服务 街道乡镇"
    assert set(trades.split()) <= {each.trade for each in found}
    general = {each.field for each in found if each.trade == GENERAL}
    assert general == {DOINGS, THINGS, PLACES, FRAMES}


def test_the_shipped_matters_are_a_forest():
    """No matter is part of itself, and all end in a field."""
    lexicon = shipped()
    for matter, wider in lexicon.above.items():
        assert matter not in wider
        assert len(set(wider)) == len(wider)
        assert wider[-1] in lexicon.fields
        assert not lexicon.fields & set(wider[:-1])


def test_names_of_matters_are_not_taken_for_what_carries_nothing():
    lexicon = shipped()
    assert not lexicon.names.keys() & lexicon.frame
    assert lexicon.roles["路灯"] == "object"
    assert lexicon.roles["常态化"] == "frame"
    assert lexicon.roles["管护"] == "action"
    assert lexicon.doings["管护"] == lexicon.doings["养护"]
