"""Overlap on real duty statements, labelled with their topics.

Two lines of different institutions with one topic overlap. Topics of one family are siblings: such
pairs count as errors, or are ignored. Nothing is fitted to the lines: the limit is chosen on other
topics than those it is tried on.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations

import pytest

from bianzhi.methods.overlap import shipped_model
from bianzhi.methods.overlap.evaluation import auc, bootstrap, curve
from tests.support.overlaps import Labelled

FAMILIES = [
    {"农产品与粮油质量检测", "计量与产品质量检验", "检验检测技术服务", "土壤肥料检测"},
    {"森林湿地资源保护监测", "林业技术推广", "森林防火与灾害防控"},
    {"退役军人优抚与待遇", "退役军人信访与权益"},
    {"畜牧技术推广", "种植业技术推广", "林业技术推广"},
    {"公共就业服务", "残疾人就业培训"},
    {"数字城管", "市政设施养护", "环境卫生与垃圾"},
    {"公路养护", "市政设施养护"},
    {"流浪乞讨救助", "未成年人保护与收养", "老龄与养老服务"},
    {"招商与投资促进", "投资者服务与投诉"},
    {"政务网络与数据安全", "不动产信息平台", "政务公开"},
]


@pytest.fixture(scope="module")
def lines(data):
    text = (data / "duties" / "duties-labelled.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _pairs(lines, *, siblings_count=False, **ways):
    """All pairs; topics of one family are neighbours, unless their pairs count as errors."""
    families = [] if siblings_count else FAMILIES
    near = {frozenset(two) for family in families for two in combinations(sorted(family), 2)}
    return Labelled(lines, near, **ways)


def test_siblings_ignored(lines):
    pairs = _pairs(lines)
    first, near = pairs.nearest().mean(axis=0)
    assert auc(pairs.scores, pairs.truth) >= 0.985
    assert first >= 0.94
    assert near >= 0.95, "recall@10"
    assert pairs.held_out_f1() >= 0.87


def test_siblings_counted_as_errors(lines):
    pairs = _pairs(lines, siblings_count=True)
    assert auc(pairs.scores, pairs.truth) >= 0.985
    assert pairs.nearest()[:, 0].mean() >= 0.84
    assert pairs.held_out_f1() >= 0.67


def test_without_the_thesaurus_characters_alone_hold_the_ranking(lines):
    """On matters no list has words for, this is what to expect: the ranking holds, single pairs
    less."""
    pairs = _pairs(lines, cosine=True, model=replace(shipped_model(), concept=0.0))
    assert auc(pairs.scores, pairs.truth) >= 0.985
    assert pairs.nearest()[:, 0].mean() >= 0.78
    assert pairs.held_out_f1() >= 0.7


def test_figures_have_intervals(lines):
    pairs = _pairs(lines)
    shown = bootstrap(
        lambda draw: auc(pairs.scores[draw], pairs.truth[draw]), len(pairs.truth), seed=1,
        rounds=200,
    )  # fmt: skip
    assert 0.98 <= shown.low <= shown.value <= shown.high <= 1


def test_nine_tenths_of_the_true_pairs_in_few_looks(lines):
    """2,088 pairs, 50 true: the order of review meets 45 of them within the first 54 looks."""
    pairs = _pairs(lines)
    assert len(pairs.pairs) == 2_088
    assert int(pairs.truth.sum()) == 50
    assert curve(pairs.scores, pairs.truth).looks(0.9) <= 54


def test_proposals_of_the_whole_engine(lines):
    """What it proposes as one matter, siblings ignored: precision and recall of the classes."""
    precision, recall = _pairs(lines).proposals()
    assert precision >= 0.95
    assert 2 * precision * recall / (precision + recall) >= 0.75
