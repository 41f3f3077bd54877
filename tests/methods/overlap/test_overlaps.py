"""A district's duties: pairs to review, matters with several holders, gaps, strays, lessons."""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import overlap
from bianzhi.methods.overlap.evaluation import auc, best_threshold, bootstrap, curve, f1
from bianzhi.methods.overlap.learning import explain

DUTIES = [
    ("环卫所", "负责渣土运输管理"),
    ("环卫所", "负责道路清扫保洁"),
    ("环卫所", "承担公共厕所维护"),
    ("城管中心", "承担建筑垃圾运输的管理"),
    ("城管中心", "负责城市照明设施维护"),
    ("路灯所", "承担城市照明的运行维护"),
    ("质检所", "承担产品质量检验"),
    ("粮食站", "承担粮油质量检测"),
    ("文化馆", "组织群众文化活动"),
    ("文化馆", "辅导群众文艺创作"),
    ("文化馆", "开展公共文化服务"),
    ("文化馆", "承担退役军人走访慰问"),
]
OWNERS, TEXTS = zip(*DUTIES, strict=True)


@pytest.fixture(scope="module")
def found():
    return overlap.find(TEXTS, OWNERS)


def test_planted_overlaps_come_first_and_near_misses_do_not_come(found):
    pairs = [(pair.one, pair.other) for pair in found.pairs]
    assert set(pairs[:2]) == {(0, 3), (4, 5)}
    assert (6, 7) not in pairs, "质量检测 of two different things"
    scores = [pair.comparison.score for pair in found.pairs]
    assert scores == sorted(scores, reverse=True)


def test_one_institution_is_not_compared_with_itself(found):
    assert all(OWNERS[pair.one] != OWNERS[pair.other] for pair in found.pairs)


def test_dismissed_pairs_are_not_proposed_again():
    again = overlap.find(TEXTS, OWNERS, dismissed=[(TEXTS[3], TEXTS[0])])
    assert (0, 3) not in [(pair.one, pair.other) for pair in again.pairs]
    assert (4, 5) in [(pair.one, pair.other) for pair in again.pairs]


def test_only_those_who_serve_the_same_overlap():
    """Two towns each clear their own rubbish; two bodies of one town that do it overlap."""
    texts = ["负责渣土运输", "承担建筑垃圾运输", "承担渣土运输管理"]
    owners = ["东镇环卫所", "西镇环卫所", "西镇城管所"]
    found = overlap.find(texts, owners, areas=["东镇", "西镇", "西镇"])
    assert [(pair.one, pair.other) for pair in found.pairs] == [(1, 2)]
    assert len(overlap.find(texts, owners).pairs) == 3
    with pytest.raises(overlap.OverlapError, match="一一对应"):
        overlap.find(texts, owners, areas=["东镇"])


def test_what_many_institutions_write_is_no_matter_in_common():
    """“年度工作要点” at the end of everyone's list says nothing of any one's matter."""
    things = ["渣土", "殡葬", "公证", "蚕桑", "路灯", "档案", "献血", "地震", "沼气", "航道"]
    texts = [f"负责{thing}年度工作要点" for thing in things]
    assert not overlap.find(texts, things).pairs


def test_matters_with_their_holders(found):
    first, second = found.matters[:2]
    assert {first.holders, second.holders} == {("环卫所", "城管中心"), ("城管中心", "路灯所")}
    assert sorted(each for matter in found.matters for each in matter.statements) == list(
        range(len(TEXTS))
    )


def test_coverage_counts_statements_by_matter_and_institution(found):
    frame = overlap.coverage(found.matters, OWNERS)
    assert frame.columns == ["matter", *dict.fromkeys(OWNERS)]
    assert sum(frame.drop("matter").sum().row(0)) == len(TEXTS)


def test_coverage_of_some_matters_names_only_who_holds_them(found):
    """A nation has 60,000 institutions; twenty matters of theirs are still a table to look at."""
    (first,) = found.matters[:1]
    frame = overlap.coverage([first], OWNERS)
    assert frame.columns == ["matter", *first.holders]
    assert frame["matter"].to_list() == [first.name]
    assert overlap.coverage([], OWNERS).columns == ["matter"]


def test_a_coverage_nobody_can_look_at_is_refused():
    owners = [f"{number}号站" for number in range(6_000)]
    alone = [overlap.Matter("公证", (at,), (owner,)) for at, owner in enumerate(owners)]
    with pytest.raises(ValueError, match="先取要看的事项"):
        overlap.coverage(alone, owners)
    assert overlap.links(alone, owners, {}).height == 2 * len(owners)


def test_gaps_and_strays():
    assert overlap.gaps(TEXTS, ["殡葬", "建筑垃圾", "文化活动"]) == ["殡葬"]
    (stray,) = overlap.strays(TEXTS, OWNERS)
    assert (stray.owner, TEXTS[stray.statement]) == ("文化馆", "承担退役军人走访慰问")


def test_frame_and_summary_tell_the_same(found):
    frame = found.to_frame()
    assert frame.height == len(found.pairs)
    assert f"{len(TEXTS)} 项职责" in found.summary()
    assert found.summary().count("同一事项") == 2
    assert overlap.find([], []).to_frame().is_empty()


def test_order_of_statements_does_not_matter(found):
    order = [7, 3, 11, 0, 5, 9, 1, 10, 2, 8, 4, 6]
    again = overlap.find([TEXTS[i] for i in order], [OWNERS[i] for i in order])
    pairs = {(frozenset((order[p.one], order[p.other])), round(p.comparison.score, 5))
             for p in again.pairs}  # fmt: skip
    assert pairs == {(frozenset((p.one, p.other)), round(p.comparison.score, 5))
                     for p in found.pairs}  # fmt: skip


def test_bad_input_is_refused_in_words():
    with pytest.raises(overlap.OverlapError, match="一一对应"):
        overlap.find(["甲"], [])
    with pytest.raises(overlap.OverlapError, match="文字"):
        overlap.find([None], ["甲"])  # type: ignore[list-item]


# -- lessons -----------------------------------------------------------------------------------

DISMISSED = [
    overlap.Judgement("组织业务培训和考务", "承担焊工培训和考务", False),
    overlap.Judgement("组织党员培训和考务", "承担电工培训和考务", False),
    overlap.Judgement("开展学员培训和考务", "承担花匠培训和考务", False),
]
CONFIRMED = [overlap.Judgement("承担渣土运输管理", "负责建筑垃圾运输管理", True)]


def test_a_word_that_misled_loses_weight_and_says_why():
    learnt = overlap.learn([*DISMISSED, *CONFIRMED])
    lessons = {lesson.word: lesson for lesson in learnt.lessons}
    assert lessons["培训"].factor == pytest.approx(2 / 5)
    assert "运输" not in lessons
    assert "排除 3 对" in explain(lessons["培训"], DISMISSED)
    before = overlap.vectors([DISMISSED[0].one, DISMISSED[0].other]).dot(0, 1)
    taught = overlap.vectors([DISMISSED[0].one, DISMISSED[0].other], model=learnt.model).dot(0, 1)
    assert taught < before


def test_taking_a_judgement_back_takes_back_what_it_taught():
    assert overlap.learn([]).model == overlap.shipped_model()
    assert overlap.learn(CONFIRMED).lessons == ()


def test_the_limit_moves_only_with_enough_judgements():
    assert overlap.learn(DISMISSED).limit[1] == overlap.shipped_model().overlap
    many = [
        overlap.Judgement(f"负责{word}管理", f"承担{word}的管理", True)
        for word in ["河道", "殡葬", "燃气", "渔业", "气象", "粮食", "档案", "旅游"]
    ] + [overlap.Judgement(f"负责{a}培训", f"承担{b}培训", False)
         for a, b in [["茶叶", "焊工"], ["农机", "党员"], ["电梯", "幼儿"],
                      ["水库", "医保"], ["节能", "婚姻登记"], ["热力", "文物"],
                      ["港口", "土肥"], ["信访", "渔船"]]]  # fmt: skip
    limit = overlap.learn(many).limit[1]
    assert limit != overlap.shipped_model().overlap
    assert 0 < limit < 1


# -- figures -----------------------------------------------------------------------------------


def test_figures_of_a_ranking():
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.1])
    truth = np.array([True, False, True, False, False])
    assert auc(scores, truth) == pytest.approx(5 / 6)
    assert auc(np.zeros(5), truth) == pytest.approx(0.5), "ties count half"
    assert f1(scores, truth, 0.65) == pytest.approx(0.8)
    assert best_threshold(scores, truth) == pytest.approx(0.65)
    assert curve(scores, truth).looks(0.5) == 1
    assert curve(scores, truth).looks(1.0) == 3
    shown = bootstrap(lambda draw: float(scores[draw].mean()), 5, seed=1)
    assert shown.low <= shown.value <= shown.high
