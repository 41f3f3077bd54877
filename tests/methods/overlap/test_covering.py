"""What a statement names, what it means by naming all its parts, and what another has of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.overlap import compare, parse, shipped, shipped_model, thesaurus
from bianzhi.methods.overlap.composed import meant, rules
from bianzhi.methods.overlap.covering import content, covered, credit, nearness, telling
from bianzhi.methods.overlap.lexicon import read
from bianzhi.methods.overlap.tokens import matters

LIST = """
== 民生
= 人群
残疾人/残障人士
  盲人
= 就业
就业/上岗
残疾人就业/助残就业
残疾人就业年报
= 环卫
垃圾
  湿垃圾
    泔水
  干垃圾
"""
OWN = read(
    {
        "frame": {"words": "负责 的 组织"}, "scope": {"words": "全区"},
        "except": {"words": "不含"}, "action": [{"side": "serve", "words": "服务 清运"}],
    },
    thesaurus.read(LIST),
)  # fmt: skip


def test_a_clause_that_names_all_parts_of_a_name_means_the_whole():
    assert matters("负责残障人士的上岗服务", OWN) == {"残疾人", "就业", "残疾人就业"}
    assert matters("组织盲人就业", OWN) >= {"盲人", "残疾人就业"}, "a blind person is one of them"
    assert matters("负责就业", OWN) == {"就业"}


def test_what_is_more_than_its_parts_is_not_meant_by_them():
    assert "残疾人就业年报" in OWN.names
    assert "残疾人就业年报" not in matters("负责残疾人的就业", OWN)


def test_a_name_stands_for_itself_without_rules():
    assert meant({"就业"}, OWN) == frozenset()
    assert {rule.matter for each in rules(OWN).values() for rule in each} == {"残疾人就业"}


def test_matters_are_the_less_near_the_more_steps_lie_between():
    step = shipped_model().step
    near = [nearness("泔水", other, OWN, shipped_model())
            for other in ("泔水", "湿垃圾", "垃圾", "干垃圾", "就业")]  # fmt: skip
    assert near == pytest.approx([1, step, step**2, step**3, 0])


def _share(one: str, other: str) -> float:
    said, told = (content(parse(text, OWN), OWN) for text in (one, other))
    none = np.zeros(len(said.weights), bool)
    return covered(said, credit(said, none, told, OWN, shipped_model()))


def test_what_is_part_of_a_matter_is_had_in_part():
    assert _share("负责泔水", "负责泔水") == 1
    assert _share("负责泔水", "负责湿垃圾") == pytest.approx(shipped_model().step)
    assert _share("负责泔水", "组织就业") == 0
    assert _share("负责", "负责泔水") == 0, "it says nothing"


def test_what_tells_no_matter_here_does_not_count():
    """〔垃圾〕 is a formula where everybody writes of it."""
    parsed = parse("负责垃圾和就业", OWN)
    said = telling(parsed, OWN, frozenset({"〔垃圾〕"}))
    assert said.matters == {"就业"}
    assert said.weights[2:4].sum() == 0
    assert said.weights[-2:].sum() > 0
    whole = content(parsed, OWN).weights.tolist()
    assert telling(parsed, OWN, frozenset()).weights.tolist() == whole


@given(st.lists(st.sampled_from(sorted(shipped().names)), min_size=1, max_size=3, unique=True))
def test_a_statement_covers_itself_and_scores_lie_between_0_and_1(names):
    text = f"负责{'、'.join(names)}"
    said = content(parse(text, shipped()), shipped())
    every = np.ones(len(said.weights), bool)
    assert covered(said, every) in (pytest.approx(1), 0)
    found = compare(text, "承担路灯的维护")
    assert 0 <= found.score <= 1 + 1e-6
    assert all(0 <= share <= 1 + 1e-9 for share in found.covered)


def test_scores_do_not_hang_on_the_order_of_the_two():
    one, other = "承担松材线虫病的除治", "负责林业有害生物防治和森林防火"
    there, back = compare(one, other), compare(other, one)
    assert there.score == pytest.approx(back.score)
    assert there.covered == pytest.approx(back.covered[::-1])
    assert there.relation == back.relation
