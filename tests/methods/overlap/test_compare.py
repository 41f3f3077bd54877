"""Two statements side by side: the relation, the matched words in both, a sentence."""

from __future__ import annotations

import pytest

from bianzhi.methods import overlap


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("承担渣土运输管理", "负责建筑废弃物运输的管理", "same"),
        ("负责机关办公用房的调配和维修", "承担区级机关办公用房调配", "same"),
        ("承担粮油质量检测", "承担工程质量检测", "sibling"),
        ("开展退役军人就业创业服务", "提供残疾人就业创业服务", "sibling"),
        ("负责动物防疫条件审批", "承担动物防疫技术培训", "related"),
        ("负责档案的收集整理", "负责道路清扫保洁", "none"),
        (
            "承担湿地保护",
            "负责森林、湿地、古树名木、野生动植物的调查和保护，组织营林造林",
            "part",
        ),
    ],
)
def test_relations(one, other, relation):
    found = overlap.compare(one, other)
    assert found.relation == relation, found
    assert overlap.compare(other, one).relation == relation, "order must not matter"


def test_the_wider_one_is_named():
    narrow, wide = "承担湿地保护", "负责森林、湿地、古树名木、野生动植物的调查和保护，组织营林造林"
    assert overlap.compare(narrow, wide).wider == 1
    assert overlap.compare(wide, narrow).wider == 0


def test_who_names_a_kind_is_narrower_however_long_it_says_so():
    """Other matters beside it make a statement wider; a kind of the matter makes it narrower."""
    kind, bare = "负责退役军人就业创业的登记造册", "负责就业创业"
    assert overlap.compare(kind, bare).relation == "part"
    assert overlap.compare(kind, bare).wider == 1
    assert overlap.compare(bare, kind).wider == 0


def test_matched_words_are_marked_in_both_texts():
    found = overlap.compare("承担渣土运输管理", "负责建筑废弃物运输的管理")
    marked = [
        [text[mark.start : mark.end] for mark in marks]
        for text, marks in zip(found.texts, found.marks, strict=True)
    ]
    assert marked == [["渣土运输管理"], ["建筑废弃物运输", "管理"]]
    assert marked == [list(found.marked(0)), list(found.marked(1))]
    assert found.matched[0] == "渣土＝建筑废弃物"
    assert "〔建筑垃圾〕" in found.matched
    assert found.doing == ("运输", "管理")
    assert overlap.compare("承担路灯养护", "负责路灯管护").doing == ("养护",), "by any name"
    assert "渣土" not in found.matched, "a word only one of them has did not match"


def test_scope_and_frame_do_not_match():
    found = overlap.compare("负责全区档案整理工作", "负责全区河道保洁工作")
    assert found.score < 0.05
    assert found.relation == "none"
    assert not any(found.marks)


def test_what_one_is_not_charged_with_does_not_overlap():
    found = overlap.compare("负责河道保洁", "负责道路绿化，不承担河道保洁")
    assert found.score < 0.1, "“道” alone is in both"
    assert found.relation not in ("same", "part", "related")


def test_a_sentence_says_why():
    assert "应明确由一家承担" in overlap.compare("承担渣土运输", "负责建筑垃圾运输").why
    split = overlap.compare("负责动物防疫条件审批", "承担动物防疫技术培训").why
    assert "政事分工" in split
    assert "审批" in split


def test_two_institutions_do_not_divide_power_and_service():
    """A department approves and an institution trains: a division. Where an institution approves,
    the power is amiss on its list, and the two overlap."""
    power, service = "负责动物防疫条件审批", "承担动物防疫技术培训"
    assert overlap.compare(power, service).relation == "related"
    assert overlap.compare(power, service, split=False).relation == "same"
    texts, owners = [power, service], ["畜牧站", "兽医站"]
    for institutions, relation in ((set(), "related"), ({"畜牧站"}, "related"), (owners, "same")):
        (pair,) = overlap.find(texts, owners, institutions=institutions).pairs
        assert pair.comparison.relation == relation
