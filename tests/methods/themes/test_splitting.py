"""A text of problems cut into single complaints, and the themes each shows."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.themes import complaints, shipped
from bianzhi.methods.themes.splitting import says_nothing

WORDS = re.compile(r"\w")


def parts(text: str) -> list[tuple[str, list[str]]]:
    return [(text[c.start : c.end], sorted(c.shown)) for c in complaints(text, shipped())]


@pytest.mark.parametrize(
    "text",
    ["1.编制不足 2.经费紧张", "（一）编制不足。（二）经费紧张。", "一是编制不足；二是经费紧张。",
     "①编制不足②经费紧张", "编制不足。经费紧张", "编制不足\n经费紧张",
     "第一，编制不足；第二，经费紧张",
     "编制不足，经费紧张", "其一，编制不足，其二，经费紧张"],
)  # fmt: skip
def test_a_text_is_cut_at_numbers_stops_and_where_the_matter_changes(text):
    assert [themes for _, themes in parts(text)] == [["posts-short"], ["funds"]]


def test_what_comes_of_a_problem_and_what_goes_before_it_stay_with_it():
    text = "我中心承担全区房屋征收工作，编制偏少，导致工作被动，年龄也偏大"
    assert parts(text) == [
        ("我中心承担全区房屋征收工作，编制偏少，导致工作被动", ["posts-short"]),
        ("年龄也偏大", ["aging"]),
    ]


def test_a_matter_and_what_is_wrong_with_it_may_stand_in_two_clauses():
    assert parts("编制核定较早，至今不够用") == [("编制核定较早，至今不够用", ["posts-short"])]
    assert parts("办公用房，破旧得很") == [("办公用房，破旧得很", ["premises"])]


def test_one_complaint_may_show_several_themes():
    assert parts("人员少、年龄大、经费缺")[0][1] == ["aging", "funds", "posts-short"]


@pytest.mark.parametrize(
    "text",
    ["不存在混编混岗的问题", "没有发现职责交叉的现象", "编制能够满足工作需要", "运转正常",
     "经费有保障",     "目前不存在编制不足的问题"],
)  # fmt: skip
def test_that_all_is_well_is_no_problem(text):
    (found,) = complaints(text, shipped())
    assert found.denied
    assert not found.shown


@pytest.mark.parametrize(
    "text", ["编制不能满足工作需要", "经费难以满足需要", "没有解决编制不足的问题"]
)
def test_that_all_is_not_well_is_one(text):
    (found,) = complaints(text, shipped())
    assert found.shown


@pytest.mark.parametrize(
    "text", ["无", "暂无", "暂无问题。", "没有困难，感谢领导关心支持！", "无意见和建议", "", "——"]
)
def test_politeness_says_nothing(text):
    assert says_nothing(text, shipped())


@pytest.mark.parametrize("text", ["没有编制", "无车", "感谢领导，但房子漏水"])
def test_a_problem_among_politeness_says_something(text):
    assert not says_nothing(text, shipped())


def test_longer_words_cover_the_shorter_inside_and_across_them():
    assert parts("专业技术人员不足") == [("专业技术人员不足", ["talents"])]
    assert parts("混编混岗较多") == [("混编混岗较多", ["mixed"])]


def test_what_is_wrong_belongs_to_its_own_part_of_an_enumeration():
    assert parts("行政人员多、公用经费少")[0][1] == ["funds"]
    assert parts("人员、设备不足")[0][1] == ["posts-short", "premises"]


def test_the_words_of_phrases_do_not_count():
    assert parts("人员关系没有转来，请予解决")[0][1] == []


@given(st.text("编制不足经费紧张，。；、：1.（一）二是无没有 \n①年龄偏大A", max_size=40))
def test_no_word_is_lost_and_none_is_told_twice(text):
    """Every word of a text is in one complaint, but for the numbers it was cut at."""
    found = complaints(text, shipped())
    spans = [(each.start, each.end) for each in found]
    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    outside = list(text)
    for start, end in spans:
        outside[start:end] = " " * (end - start)
    left = re.sub(r"[一二三四五六七八九十]是|第?[一二三四五六七八九十\d]+", "", "".join(outside))
    assert not re.search(r"[^\W①]", left), left
    for each in found:
        for shown in each.shown.values():
            assert all(each.start <= a < b <= each.end for a, b in shown.spans)
