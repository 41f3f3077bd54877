"""Overlap on real duty statements, labelled with their topics.

Two lines of different institutions with one topic overlap. Topics of one family are siblings: such
pairs count as errors, or are ignored. Nothing is fitted to the lines: the limit is chosen on other
topics than those it is tried on.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from bianzhi.methods.overlap import find, shipped, shipped_model, vectors
from bianzhi.methods.overlap.evaluation import auc, best_threshold, bootstrap, curve

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


class Pairs:
    """All pairs of different institutions with their scores."""

    def __init__(self, lines, model, *, siblings_count: bool):
        rows = vectors([line["duty"] for line in lines], model=model)
        self.lines, self.rows = lines, rows
        found = [
            (one, other) for one, other in combinations(range(len(lines)), 2)
            if lines[one]["institution"] != lines[other]["institution"]
            and (siblings_count or not self.siblings(one, other))
        ]  # fmt: skip
        self.pairs = np.array(found)
        self.scores = np.array([rows.dot(one, other) for one, other in found])
        self.truth = np.array([self.topic(one) == self.topic(other) for one, other in found])

    def topic(self, one):
        return self.lines[one]["topic"]

    def siblings(self, one, other):
        mine, yours = self.lines[one]["topic"], self.lines[other]["topic"]
        return mine != yours and any({mine, yours} <= family for family in FAMILIES)

    def first_is_right(self):
        """For each line with a partner: is its nearest a partner."""
        hits = []
        for one, line in enumerate(self.lines):
            strangers = [o for o, other in enumerate(self.lines)
                         if other["institution"] != line["institution"]]  # fmt: skip
            if any(self.topic(o) == line["topic"] for o in strangers):
                nearest = sorted(strangers, key=lambda o: -self.rows.dot(one, o))[:10]
                partners = {o for o in strangers if self.topic(o) == line["topic"]}
                hits.append((nearest[0] in partners, len(partners & set(nearest)) / len(partners)))
        return np.array(hits)

    def held_out_f1(self, folds=5):
        """F1 with the limit chosen on the topics of the other folds; a pair belongs to the fold
        of either of its topics and is tried once."""
        topics = sorted({line["topic"] for line in self.lines})
        fold = {topic: number % folds for number, topic in enumerate(topics)}
        sides = np.array([[fold[self.topic(o)], fold[self.topic(t)]] for o, t in self.pairs])
        hits = proposed = 0
        for number in range(folds):
            inside = sides.max(axis=1) == number
            outside = (sides != number).all(axis=1)
            limit = best_threshold(self.scores[outside], self.truth[outside])
            said = inside & (self.scores >= limit)
            hits += int((said & self.truth).sum())
            proposed += int(said.sum())
        return 2 * hits / (proposed + int(self.truth.sum()))


def test_siblings_ignored(lines):
    pairs = Pairs(lines, shipped_model(), siblings_count=False)
    first = pairs.first_is_right()
    assert auc(pairs.scores, pairs.truth) >= 0.985
    assert first[:, 0].mean() >= 0.94
    assert first[:, 1].mean() >= 0.95, "recall@10"
    assert pairs.held_out_f1() >= 0.90


def test_siblings_counted_as_errors(lines):
    pairs = Pairs(lines, shipped_model(), siblings_count=True)
    assert auc(pairs.scores, pairs.truth) >= 0.985
    assert pairs.held_out_f1() >= 0.75


def test_without_the_thesaurus_the_roles_of_words_alone_hold_the_ranking(lines):
    """A thesaurus may know a text's subject; the weights of roles know nothing of it. On matters
    no list has words for, this is what to expect: the ranking holds, single pairs less."""
    pairs = Pairs(lines, replace(shipped_model(), concept=0.0), siblings_count=False)
    assert auc(pairs.scores, pairs.truth) >= 0.985
    assert pairs.first_is_right()[:, 0].mean() >= 0.80
    assert pairs.held_out_f1() >= 0.78


def test_figures_have_intervals(lines):
    pairs = Pairs(lines, shipped_model(), siblings_count=False)
    shown = bootstrap(
        lambda draw: auc(pairs.scores[draw], pairs.truth[draw]),
        len(pairs.truth),
        seed=1,
        rounds=200,
    )
    assert 0.98 <= shown.low <= shown.value <= shown.high <= 1


def test_nine_tenths_of_the_true_pairs_in_few_looks(lines):
    """2,088 pairs, 50 true: the order of review meets 45 of them within the first 50 looks."""
    pairs = Pairs(lines, shipped_model(), siblings_count=False)
    assert curve(pairs.scores, pairs.truth).looks(0.9) <= 50


def test_proposals_of_the_whole_engine(lines):
    """What it proposes as one matter, siblings ignored: precision and recall of the classes."""
    found = find([line["duty"] for line in lines], [line["institution"] for line in lines], k=20)
    pairs = Pairs(lines, shipped_model(), siblings_count=False)
    proposed = {(pair.one, pair.other) for pair in found.pairs}
    said = np.array([tuple(pair) in proposed for pair in pairs.pairs.tolist()])
    hits = int((said & pairs.truth).sum())
    assert 2 * hits / int(said.sum() + pairs.truth.sum()) >= 0.85
    assert found.lexicon is shipped()
