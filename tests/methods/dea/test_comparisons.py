"""Comparisons beyond one table: peer classes, bad outputs, two periods, chance, posts."""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import dea
from tests.support.dea import invented, minimise

UNITS = dea.Units.of(
    [[10.0], [20.0], [10.0], [30.0]], [[10.0], [10.0], [20.0], [30.0]], ["甲", "乙", "丙", "丁"]
)


# -- peer classes ----------------------------------------------------------------------------------


def test_inside_its_class_only():
    result = dea.by_class(UNITS, ["山区", "山区", "城区", "城区"], rts="crs")
    assert result.scores == pytest.approx([1, 0.5, 1, 0.5])
    assert list(result.results) == ["山区", "城区"]
    assert result.to_frame()["类别"].to_list() == ["山区", "山区", "城区", "城区"]
    assert "【城区】" in result.summary()


def test_nested_classes_compare_with_harder_ones_never_with_easier():
    """Mountain units are not held against the town; town units must bear the mountain's example."""
    labels = ["山区", "城区", "城区", "山区"]
    nested = dea.by_class(UNITS, labels, hardest_first=["山区", "城区"], rts="crs")
    assert nested.scores == pytest.approx([1, 0.25, 1, 1])
    apart = dea.by_class(UNITS, labels, rts="crs")
    assert (nested.scores <= apart.scores + 1e-12).all()


def test_everyone_needs_a_class():
    with pytest.raises(dea.BadData, match="每个单位都要写明类别"):
        dea.by_class(UNITS, ["山区", "", "城区", "城区"])
    with pytest.raises(dea.BadData, match="类别次序中没有：海岛"):
        dea.by_class(UNITS, ["山区", "海岛", "城区", "城区"], hardest_first=["山区", "城区"])


# -- undesirable outputs ---------------------------------------------------------------------------

BAD = dea.Units.of([[1.0], [1.0], [1.0]], [[4.0, 1.0], [2.0, 3.0], [2.0, 1.0]], ["甲", "乙", "丙"])


def test_fewer_complaints_count():
    """乙 does less than 甲 with twice the complaints."""
    result = dea.directional(BAD, ("产出2",))
    assert result.beta[0] == pytest.approx(0)
    assert result.beta[1] > 0.1
    assert "非期望产出：产出2" in result.summary()
    assert result.to_frame()["有效"].to_list()[0]


@pytest.mark.parametrize("weak", [True, False])
def test_directional_is_the_program_of_its_paper(weak):
    units = invented(20, 2, 3, seed=1)
    found = dea.directional(units, ("产出3",), weak=weak).beta
    for row in range(20):
        x, y = units.inputs, units.outputs
        step = np.array([0, 0, -y[row, 0], -y[row, 1], y[row, 2]])
        rows = np.column_stack([step, np.vstack([x.T, y.T])])
        low = [-np.inf, -np.inf, y[row, 0], y[row, 1], y[row, 2] if weak else -np.inf]
        high = [*x[row], np.inf, np.inf, y[row, 2]]
        answer = minimise([-1.0] + [0.0] * 20, rows, low, high)
        assert found[row] == pytest.approx(-answer, abs=1e-7)


def test_strong_disposal_allows_more():
    units = invented(20, 2, 2, seed=2)
    weak, strong = (dea.directional(units, ("产出2",), weak=each).beta for each in (True, False))
    assert (strong >= weak - 1e-9).all()


@pytest.mark.parametrize(
    ("bad", "model", "said"),
    [
        (("投诉",), {}, "非期望产出要在产出之列.*投诉"),
        (("产出1", "产出2"), {}, "不能是全部产出"),
        (("产出2",), {"rts": "vrs"}, "弱可处置性在此只用于规模报酬不变"),
    ],
)
def test_bad_outputs_that_make_no_sense(bad, model, said):
    with pytest.raises(dea.BadQuestion, match=said):
        dea.directional(BAD, bad, **model)


# -- two periods -----------------------------------------------------------------------------------


def test_malmquist_by_hand():
    """One input, one output: productivity 1 -> 2 for 甲 (the best), 0.5 -> 0.5 for 乙."""
    before = dea.Units.of([[1.0], [2.0]], [[1.0], [1.0]], ["甲", "乙"])
    after = dea.Units.of([[2.0], [1.0]], [[1.0], [2.0]], ["乙", "甲"])
    result = dea.malmquist(before, after)
    assert result.units.names == ("乙", "甲")
    assert result.index == pytest.approx([1, 2])
    assert result.frontier == pytest.approx([2, 2])
    assert result.catching_up == pytest.approx([0.5, 1])
    assert "全要素生产率 1.414，技术效率 0.707，技术 2.000" in result.summary()


def test_malmquist_parts_multiply():
    before, after = invented(30, 2, 2, seed=1), invented(30, 2, 2, seed=2)
    result = dea.malmquist(before, after)
    assert result.index == pytest.approx(result.catching_up * result.frontier)
    assert result.catching_up == pytest.approx(result.pure * result.scale)
    back = dea.malmquist(after, before)
    assert back.index == pytest.approx(1 / result.index)
    assert result.to_frame().shape == (30, 6)


def test_nothing_changed():
    units = invented(20, 2, 1, seed=3)
    assert dea.malmquist(units, units).index == pytest.approx(np.ones(20))


def test_mergers_must_be_settled_first():
    with pytest.raises(dea.BadData, match="两期的单位不一致"):
        dea.malmquist(UNITS, UNITS.take(np.array([0, 1, 2])))


# -- chance ----------------------------------------------------------------------------------------


def test_intervals_lie_below_the_score_and_follow_the_seed():
    units = invented(30, 2, 1, seed=1)
    result = dea.bootstrap(units, seed=7, rounds=100)
    again = dea.bootstrap(units, seed=7, rounds=100)
    other = dea.bootstrap(units, seed=8, rounds=100)
    assert np.array_equal(result.low, again.low)
    assert not np.array_equal(result.low, other.low)
    assert (result.low < result.high).all()
    assert (result.high <= result.scores + 1e-9).all()
    assert (result.corrected < result.scores).all()
    assert "95% 置信区间" in result.summary()
    assert result.to_frame()["纠偏效率"].to_list() == result.corrected.tolist()


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    """A world whose frontier is known, y = x: at 95 % most intervals hold the true efficiency."""
    chance = np.random.default_rng(5)
    outputs = chance.uniform(1, 2, (80, 1))
    truth = np.exp(-np.abs(chance.normal(0, 0.3, 80)))
    units = dea.Units.of(outputs / truth[:, None], outputs)
    result = dea.bootstrap(units, seed=1, rts="crs", rounds=200, engine="compiled")
    covered = (result.low - 1e-9 <= truth) & (truth <= result.scores)
    assert covered.mean() > 0.75
    assert np.abs(result.corrected - truth).mean() < 0.05


def test_too_few_rounds_are_refused():
    with pytest.raises(dea.BadQuestion, match="至少抽 100 次"):
        dea.bootstrap(UNITS, seed=1, rounds=20)
    with pytest.raises(dea.BadQuestion, match="置信水平"):
        dea.bootstrap(UNITS, seed=1, level=95)


# -- posts -----------------------------------------------------------------------------------------


def test_posts_to_give_back_in_words():
    result = dea.post_targets(dea.radial(UNITS, rts="vrs"), "投入1")
    assert result.give_back.tolist() == [0, 10, 0, 0]
    assert "乙：在同样服务水平下可退回 10 名编制（现有 20，参照" in result.sentences[1]
    assert result.sentences[2] == "丙：已在同类前沿，没有可退回的编制。"
    assert result.summary().startswith("1 个单位在同样服务水平下合计可退回 10 名编制。")
    assert "是上限不是核定数" in result.summary()
    assert "同类单位偏少" in result.summary()
    assert result.to_frame()["可退回"].to_list() == [0, 10, 0, 0]


def test_posts_are_rounded_in_the_unit_s_favour():
    """4.9 posts over is 4, never 5; a hair below a whole post is that post; half a post is none."""
    units = dea.Units.of(
        [[10.0], [14.9], [13.0000000001], [10.5]], np.ones((4, 1)), ["甲", "乙", "丙", "丁"]
    )
    result = dea.post_targets(dea.radial(units), "投入1")
    assert result.give_back.tolist() == [0, 4, 3, 0]
    assert "相差不足 1 名编制，不建议退回" in result.sentences[3]


def test_posts_need_an_input_oriented_result_and_a_column():
    with pytest.raises(dea.BadQuestion, match="要用投入导向"):
        dea.post_targets(dea.radial(UNITS, orientation="out"), "投入1")
    with pytest.raises(dea.BadQuestion, match="“编制”不在投入之列"):
        dea.post_targets(dea.radial(UNITS), "编制")


def test_a_real_unit_as_the_example():
    """With the free disposal hull the example is one unit that can be visited."""
    result = dea.post_targets(dea.fdh(UNITS), "投入1")
    assert "参照 丙 的做法为 10.0" in result.sentences[1]
