"""Mistakes that gave silently wrong scores when this was built, each kept as a test."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bianzhi.methods import dea
from bianzhi.methods.dea import compiled, exact, kernels
from bianzhi.methods.dea.leaves import leaves
from bianzhi.methods.dea.settled import UNSURE, Basic
from bianzhi.methods.dea.technology import problem
from tests.support.dea import invented, radial_score


def spread_out(seed, n=60):
    """Columns nine orders of magnitude apart, rows four: bank branches, say."""
    base = invented(n, 3, 3, seed)
    chance = np.random.default_rng(seed)
    sizes = 10 ** chance.uniform(-2, 2, (n, 1))
    columns = 10.0 ** np.array([5, 5, 9])
    return dea.Units.of(base.inputs * sizes * columns, base.outputs * sizes * columns[::-1])


@pytest.mark.parametrize("engine", ["exact", "compiled"])
def test_raw_figures_are_scaled_before_any_solver_sees_them(engine):
    """Status "optimal" says nothing: figures of 1e9 beside ratios near zero need scaling."""
    units = spread_out(1)
    for rts, orientation in (("crs", "in"), ("vrs", "in"), ("vrs", "out")):
        scores = dea.radial(units, rts=rts, orientation=orientation, engine=engine).scores
        wanted = [radial_score(units, row, rts, orientation) for row in range(len(units))]
        assert scores == pytest.approx(np.array(wanted), rel=1e-7)


@pytest.mark.parametrize("engine", ["exact", "compiled"])
@pytest.mark.parametrize("tiny", [1e-3, 1e-6, 1e-9, 1e-12])
def test_an_output_near_zero(engine, tiny):
    """Scaling rows by the unit's own figures is ill-conditioned here."""
    base = invented(50, 3, 2, seed=4)
    outputs = base.outputs.copy()
    outputs[::7, 0] *= tiny
    units = dea.Units.of(base.inputs, outputs)
    for rts in ("crs", "vrs"):
        scores = dea.radial(units, rts=rts, engine=engine).scores
        wanted = [radial_score(units, row, rts, "in") for row in range(len(units))]
        assert scores == pytest.approx(np.array(wanted), abs=1e-7)


@pytest.mark.parametrize("rts", ["vrs", "nirs", "ndrs", "crs"])
def test_output_orientation_without_a_dominating_start(rts):
    """The largest unit in nothing: no single other unit covers it in all outputs."""
    units = dea.Units.of(np.ones((4, 1)), [[9.0, 1], [1, 9.0], [4.5, 4.5], [3.0, 3.0]])
    for engine in ("exact", "compiled"):
        result = dea.radial(units, rts=rts, orientation="out", engine=engine)
        assert result.scores == pytest.approx([1, 1, 10 / 9, 5 / 3])


def test_two_optima_give_different_weights_and_the_same_sum_of_slack():
    """Four corners of a square, and its middle twice over."""
    units = dea.Units.of(
        np.array([[1.0, 3], [3, 1.0], [2, 2], [4, 4.0]]), np.ones((4, 1)), list("ABCD")
    )
    found = [dea.radial(units, rts="vrs", engine=each) for each in ("exact", "compiled")]
    for result in found:
        assert result.scores == pytest.approx([1, 1, 1, 0.5])
        assert result.targets[0][3] == pytest.approx([2, 2])


def test_scores_are_not_a_shade_off():
    """A well-known package shifts the mean in the fourth digit; ours equals the program's."""
    units = invented(200, 3, 2, seed=7)
    wanted = np.mean([radial_score(units, row, "crs", "in") for row in range(200)])
    for engine in ("exact", "compiled"):
        assert dea.radial(units, rts="crs", engine=engine).scores.mean() == pytest.approx(
            wanted, abs=1e-10
        )


def test_what_the_compiled_engine_cannot_certify_goes_to_the_other(monkeypatch):
    """Whatever it returns as unsure is settled by HiGHS, with the same score."""
    units = invented(300, 2, 2, seed=8)
    wanted = dea.radial(units, engine="exact").scores
    settle = compiled.Rays.settle

    def doubting(self, columns, rows, basic):
        settle(self, columns, rows, basic)
        basic.status[rows[::3]] = UNSURE

    monkeypatch.setattr(compiled.Rays, "settle", doubting)
    assert dea.radial(units, engine="compiled").scores == pytest.approx(wanted, abs=1e-9)


def test_what_no_engine_can_certify_gets_no_score(monkeypatch):
    units = invented(20, 2, 1, seed=9)
    monkeypatch.setattr(exact, "_polished", lambda *given: None)
    result = dea.radial(units, engine="exact")
    assert np.isnan(result.scores).all()
    assert "数值上无法确认，不给分" in result.summary()
    assert set(dea.post_targets(result, "投入1").give_back) == {0}


def test_a_wrong_plane_is_not_accepted():
    """A plane that prices a column below zero proves nothing."""
    rays = problem(units := invented(10, 2, 1, seed=1), units, "crs", "in")
    point, direction = rays.points[0], rays.directions[0]
    plane = np.array([0.0, 1 / direction[1], 5.0])
    assert not exact._proves(rays, plane, point, direction, float(plane @ point))


def test_importing_compiles_nothing():
    """A page that compares a district must not wait for a compiler, nor load one."""
    code = (
        "import sys; from bianzhi.methods import dea;"
        "units = dea.Units.of([[1.0],[2.0]], [[1.0],[1.0]]); dea.radial(units); dea.scale(units);"
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_many_threads_at_once():
    """A web server's threads ask at the same time; numba's own pool would end the process."""
    units = invented(1_500, 2, 2, seed=11)
    wanted = dea.radial(units, engine="compiled").scores
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda _: dea.radial(units, engine="compiled").scores, range(8))
    assert all(np.array_equal(scores, wanted) for scores in found)


def test_identical_units_do_not_hang_the_search_for_the_frontier():
    units = dea.Units.of(np.ones((3_000, 2)), np.ones((3_000, 1)))
    assert dea.radial(units, rts="vrs", engine="compiled").scores == pytest.approx(np.ones(3_000))


def test_the_frontier_spans_every_unit():
    """Nobody lies outside the hull of those found."""
    units = invented(4_000, 2, 2, seed=12)
    found, basic, _ = compiled.span(problem(units, units, "vrs", "in"))
    assert isinstance(basic, Basic)
    assert len(found) < 1_000
    alone = dea.radial(units, against=units.take(found), rts="vrs", engine="compiled")
    assert (alone.scores <= 1 + 1e-9).all()


def test_nothing_is_written_to_standard_output():
    """HiGHS greets whoever starts it; a command that prints JSON must not pass that on."""
    code = (
        "from bianzhi.methods import dea;"
        "units = dea.Units.of([[1.0],[2.0]], [[1.0],[1.0]]);"
        "dea.radial(units); dea.sbm(units); dea.super_efficiency(units)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_outside_by_rounding_alone_is_not_infeasible():
    """Found on bank branches: beside a tiny figure the last digit looked like nobody to compare
    with. Such a unit is left to the other engine; one that clearly lies outside is not."""
    columns, direction = np.array([[0.5], [0.5]]), np.array([1.0, 0.0])
    hull, logical = leaves(columns), np.array([1, 1])

    def status(second):
        basis = np.array([kernels.BETA, kernels.FIRST_LOGICAL - 1])
        return kernels._score(
            columns, hull, logical, np.array([1.0, second]), direction, 1.0, basis,
            np.empty((6, 2)), np.empty((2, 2)), np.empty(2), kernels._room(hull),
        )[0]  # fmt: skip

    assert status(0.5) == kernels.SETTLED
    assert status(-1e-14) == kernels.UNSURE
    assert status(-0.1) == kernels.OUTSIDE
