"""DEA: against other packages and a plain HiGHS loop on the same data, and growth.

dealib needs NumPy below 2 and an environment of its own: name its Python in BIANZHI_DEALIB.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import highspy
import numpy as np
from numpy.typing import NDArray

from benchmarks.common import Line, arguments, peak_megabytes, show, timed, workplace
from bianzhi.methods import dea

SIZES = (
    ("peers", 1_000, 60, "units of the comparison with others"),
    ("crs", 1_100_000, 3_000, "most units under constant returns"),
    ("vrs", 100_000, 3_000, "most units under variable returns"),
    ("wide", 10_000, 1_000, "units when measures and efficient units grow"),
)
AIMS = {("crs", 1_100_000): "≤ 30 s", ("vrs", 1_100_000): "≤ 15 min", ("vrs", 100_000): "≤ 20 s"}
AIM = "≥ 200 against the fastest"
SLOW = 200  # units Pyfrontier is given: it needs minutes for a thousand
REPEATS = 20  # of ours, the shortest counts
SPOTS = 8  # scores of each run that are checked
DEALIB = """
import sys, time, numpy as np
from dealib.dea import dea, RTS, Orientation
held = np.load(sys.argv[1])
start, busy = time.perf_counter(), time.process_time()
result = dea(held["x"], held["y"], rts=RTS.crs, orientation=Orientation.input)
print(time.perf_counter() - start, time.process_time() - busy, np.mean(result.eff))
"""


def invented(n: int, m: int, s: int, *, seed: int = 1, waste: float = 0.3) -> dea.Units:
    """Cobb-Douglas units with half-normal inefficiency; less waste, more on the frontier.

    Outputs trade along a sphere, so that the frontier is curved everywhere.
    """
    chance = np.random.default_rng(seed)
    inputs = chance.lognormal(0, 0.6, (n, m))
    total = np.exp(np.log(inputs) @ chance.dirichlet(np.full(m, 3.0)))
    mix = chance.dirichlet(np.full(s, 3.0), n)
    mix /= np.linalg.norm(mix, axis=1, keepdims=True)
    return dea.Units.of(
        inputs, mix * (total * np.exp(-np.abs(chance.normal(0, waste, n))))[:, None]
    )


def straight(n: int, m: int, s: int, *, seed: int = 1) -> dea.Units:
    """The same with outputs that trade one for one, as in most papers: a frontier of few."""
    units = invented(n, m, s, seed=seed)
    total = np.linalg.norm(units.outputs, axis=1) / units.outputs.sum(axis=1)
    return dea.Units.of(units.inputs, units.outputs * total[:, None])


def uniform(n: int, m: int, s: int, *, seed: int = 1) -> dea.Units:
    """Measures without any relation, each uniform."""
    chance = np.random.default_rng(seed)
    return dea.Units.of(chance.uniform(10, 20, (n, m)), chance.uniform(10, 20, (n, s)))


def main() -> None:
    sizes = arguments(__doc__, *SIZES)
    cold, _ = timed(lambda: dea.radial(invented(300, 3, 2), rts="crs", engine="compiled"))
    first = Line(
        "first use in a process (compiled once, then read from the cache)", f"{cold:.1f} s"
    )
    with workplace(sizes.folder) as folder:
        show("DEA against others", [first, *against_others(sizes.peers, folder)])
    show(
        "DEA, growth with the number of units, 3 x 2",
        [
            line
            for make in (invented, straight, uniform)
            for line in (*growth(make, "crs", sizes.crs), *growth(make, "vrs", sizes.vrs))
        ],
    )
    show("DEA, growth with measures and with efficient units", widths(sizes.wide))


def against_others(n: int, folder: Path) -> list[Line]:
    units, few = invented(n, 3, 2), invented(min(n, SLOW), 3, 2)
    lines = [
        against("HiGHS loop, warm, the same answers", units, highs_answers),
        against("HiGHS loop, warm, scores only", units, highs_loop, only_scores),
        against("our own exact engine, the same answers", units, exact_mean, aim=""),
        against("Pyfrontier, one model", few, pyfrontier),
    ]
    if python := os.environ.get("BIANZHI_DEALIB"):
        took, busy, theirs = dealib(python, units, folder)
        lines.append(compared("dealib, one model", units, took, theirs, answers, AIM, busy))
    return lines


def against(
    name: str,
    units: dea.Units,
    work: Callable[[dea.Units], float],
    ours: Callable[[dea.Units], dea.Radial] | None = None,
    aim: str = AIM,
) -> Line:
    busy = time.process_time()
    took, theirs = timed(lambda: work(units))
    busy = time.process_time() - busy
    return compared(name, units, took, theirs, ours or answers, aim, busy)


def answers(units: dea.Units) -> dea.Radial:
    """Scores, peers, weights, prices, and the most slack of a second stage."""
    return dea.radial(units, rts="crs", engine="compiled")


def only_scores(units: dea.Units) -> dea.Radial:
    """The same without the second stage; peers and weights cannot be left out."""
    return dea.radial(units, rts="crs", engine="compiled", slacks=False)


def compared(
    name: str,
    units: dea.Units,
    took: float,
    theirs: float,
    ours: Callable[[dea.Units], dea.Radial],
    aim: str,
    busy: float,
) -> Line:
    """Ours on the same units straight after theirs, so that both meet the same machine.

    Where other work waits for the cores, what is short is rarely made to wait, and the clock
    flatters it: the ratio of the cores' time is the one to trust. Pyfrontier solves in processes
    of its own, whose time is not ours to see: there only the clock counts.
    """
    costs = [cost(units, ours) for _ in range(REPEATS)]
    clock, cores = min(wall for wall, _ in costs), min(core for _, core in costs)
    return Line(
        f"{len(units):,} units, constant returns: mean {float(ours(units).scores.mean()):.6f}",
        f"{clock * 1000:.1f} ms, of the cores {cores * 1000:.1f}",
        f"{name} {took:.2f} s, of the cores {busy:.2f}, mean {theirs:.6f}",
        f"{took / clock:.0f}, of the cores {busy / cores:.0f}",
        aim,
    )


def cost(units: dea.Units, ours: Callable[[dea.Units], dea.Radial]) -> tuple[float, float]:
    """(seconds by the clock, seconds of the cores) of one run of ours."""
    busy = time.process_time()
    took, _ = timed(lambda: ours(units))
    return took, time.process_time() - busy


def exact_mean(units: dea.Units) -> float:
    return float(dea.radial(units, rts="crs", engine="exact").scores.mean())


def highs_loop(units: dea.Units) -> float:
    return float(by_highs(units, np.arange(len(units)), "crs").mean())


def highs_answers(units: dea.Units) -> float:
    """What `answers` gives, by the loop anyone would write: a second program for the slacks."""
    solver, x, y = loop(units, "crs")
    (n, m), s = x.shape, y.shape[1]
    spare = np.arange(n + 1, n + 1 + m + s, dtype=np.int32)
    nothing, ones = np.array([], dtype=np.int32), np.array([])
    for k in range(m + s):
        solver.addCol(0.0, 0.0, np.inf, 0, nothing, ones)
        solver.changeCoeff(k, n + 1 + k, -1.0)
    found: list[tuple[float, dict[int, float], list[float]]] = []
    for row in range(n):
        aim(solver, x[row], y[row], equal=True)
        solver.run()
        score = solver.getObjectiveValue()
        solver.changeColBounds(0, score, score)
        solver.changeColsCost(m + s, spare, -np.ones(m + s))
        solver.run()
        values = solver.getSolution().col_value
        peers = {j: values[j + 1] for j in range(n) if values[j + 1] > 1e-9}
        found.append((score, peers, values[n + 1 :]))
        solver.changeColBounds(0, 0.0, np.inf)
        solver.changeColsCost(m + s, spare, np.zeros(m + s))
    return float(np.mean([score for score, _, _ in found]))


def by_highs(units: dea.Units, rows: NDArray[np.int64], rts: str) -> NDArray[np.float64]:
    """What anyone would write: one program, θ's column and the right side changed a unit."""
    solver, x, y = loop(units, rts)
    found = []
    for row in rows:
        aim(solver, x[row], y[row])
        solver.run()
        found.append(solver.getObjectiveValue())
    return np.array(found)


def loop(
    units: dea.Units, rts: str
) -> tuple[highspy.Highs, NDArray[np.float64], NDArray[np.float64]]:
    """(a program over all units, inputs and outputs divided by their means)."""
    x, y = units.inputs / units.inputs.mean(axis=0), units.outputs / units.outputs.mean(axis=0)
    n = len(x)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    nothing, ones = np.array([], dtype=np.int32), np.array([])
    for price in [1.0] + [0.0] * n:
        solver.addCol(price, 0.0, np.inf, 0, nothing, ones)
    places = np.arange(n + 1, dtype=np.int32)
    for values in np.vstack([-x.T, y.T]):
        solver.addRow(0.0, np.inf, n + 1, places, np.concatenate([[1.0], values]))
    if rts == "vrs":
        solver.addRow(1.0, 1.0, n, places[1:], np.ones(n))
    return solver, x, y


def aim(
    solver: highspy.Highs,
    inputs: NDArray[np.float64],
    outputs: NDArray[np.float64],
    equal: bool = False,
) -> None:
    """Turn the program to one unit; slacks of their own make every row an equation."""
    m = len(inputs)
    for i, value in enumerate(inputs):
        solver.changeCoeff(i, 0, value)
        solver.changeRowBounds(i, 0.0, 0.0 if equal else np.inf)
    for r, value in enumerate(outputs):
        solver.changeCoeff(m + r, 0, 0.0)
        solver.changeRowBounds(m + r, value, value if equal else np.inf)


def pyfrontier(units: dea.Units) -> float:
    from Pyfrontier.frontier_model import EnvelopDEA

    model = EnvelopDEA("CRS", "in")
    model.fit(units.inputs, units.outputs)
    return float(np.mean([each.score for each in model.result]))


def dealib(python: str, units: dea.Units, folder: Path) -> tuple[float, float, float]:
    held = folder / "units.npz"
    np.savez(held, x=units.inputs, y=units.outputs)
    done = subprocess.run(
        [python, "-c", DEALIB, str(held)], check=True, stdout=subprocess.PIPE, text=True
    )
    took, busy, mean = map(float, done.stdout.split())
    return took, busy, mean


def growth(make: Callable[..., dea.Units], rts: str, most: int) -> list[Line]:
    sizes = [n for n in (1_000, 10_000, 100_000) if n < most] + [most]
    name = make.__name__
    return [
        measured(f"{name}, {rts} {n:,}", make(n, 3, 2), rts, AIMS.get((rts, n), "")) for n in sizes
    ]


def measured(what: str, units: dea.Units, rts: str, aim: str = "") -> Line:
    busy = time.process_time()
    took, result = timed(lambda: dea.radial(units, rts=rts, engine="compiled"))
    busy = time.process_time() - busy
    peak = peak_megabytes()
    peers, best = len(np.unique(result.peers[result.peers >= 0])), result.on_frontier.mean()
    found = (
        f"{peers:,} peers, {best:.2%} on the frontier, {np.isnan(result.scores).sum()} without "
        f"a score; {SPOTS} by HiGHS differ by {spot_check(units, result, rts):.0e} at most"
    )
    load = os.getloadavg()[0]
    rate = f"{busy:.2f} s of the cores, load {load:.1f}, peak {peak:,} MB"
    return Line(what, f"{took:.2f} s", found, rate, aim)


def spot_check(units: dea.Units, result: dea.Radial, rts: str) -> float:
    """The largest difference of some scores, by lot, from programs over all units."""
    rows = np.random.default_rng(len(units)).choice(len(units), SPOTS, replace=False)
    return float(np.abs(by_highs(units, rows, rts) - result.scores[rows]).max())


def widths(n: int) -> list[Line]:
    shapes = [(m, s) for m, s in ((1, 1), (3, 2), (4, 3), (5, 5))]
    wide = [
        measured(f"{rts} {n:,}, {m} x {s}", invented(n, m, s), rts)
        for m, s in shapes
        for rts in ("crs", "vrs")
    ]
    dense = [
        measured(f"vrs {n:,}, 3 x 2, waste {waste}", invented(n, 3, 2, waste=waste), "vrs")
        for waste in (0.5, 0.1, 0.02)
    ]
    return wide + dense


if __name__ == "__main__":
    main()
