"""Which engine settles what; both give the same scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bianzhi.methods.dea import compiled, exact
from bianzhi.methods.dea.settled import Basic, Settled, unscaled
from bianzhi.methods.dea.technology import Ints, Problem, problem
from bianzhi.methods.dea.units import Floats, Units, choice

ENGINES = ("auto", "exact", "compiled")
FEW = 500
"""Up to so many programs HiGHS answers before a compiler would have started."""


def radial_rays(
    reference: Units,
    evaluated: Units,
    rts: str,
    orientation: str,
    fixed: tuple[str, ...] = (),
    *,
    ratios: Floats | None = None,
    slacks: bool = True,
    engine: str = "auto",
) -> Settled:
    """Scores of the evaluated units against the frontier of the reference units."""
    rays = problem(reference, evaluated, rts, orientation, fixed, ratios)
    if pick(engine, max(len(reference), len(evaluated))) == "exact":
        return unscaled(rays, exact.settle(rays, np.arange(len(evaluated)), slacks=slacks))
    if ratios is not None:
        return _restricted(reference, rays, rts, slacks)
    return _frontier_first(reference, evaluated, rays, rts, slacks)


def pick(engine: str, programs: int) -> str:
    """The engine for so many programs."""
    choice(engine, ENGINES, "计算引擎")
    if engine == "auto":
        return "exact" if programs <= FEW else "compiled"
    return engine


def frontier(units: Units, rts: str) -> Ints:
    """The units that span the frontier, for models that need no other column."""
    return compiled.span(problem(units, units, rts, "in"))[0]


def _frontier_first(
    reference: Units, evaluated: Units, rays: Problem, rts: str, slacks: bool
) -> Settled:
    alike = evaluated is reference and rays.towards_less
    own = rays if alike else problem(reference, reference, rts, "in")
    found, basic, shot = compiled.span(own)
    if not alike:
        basic, shot = compiled.score(rays, found)
    return _finished(rays, found, basic, shot if slacks else None)


def _finished(rays: Problem, found: Ints, basic: Basic, shot: compiled.Rays | None) -> Settled:
    small = rays.against(found)
    if shot is not None:
        shot.problem = rays
        shot.add_slacks(small.columns, basic)
    if (doubtful := compiled.doubtful(basic)).size:
        basic.put(doubtful, exact.settle(small, doubtful, slacks=shot is not None))
    settled = unscaled(small, basic)
    return replace(settled, peers=np.where(settled.peers >= 0, found[settled.peers], -1))


def _restricted(reference: Units, rays: Problem, rts: str, slacks: bool) -> Settled:
    """Trade-offs are columns beside the units; the frontier of the units is found without them."""
    found = frontier(reference, rts)
    kept = np.concatenate([found, np.arange(len(reference), rays.columns.shape[1])])
    small = rays.against(kept)
    settled = unscaled(small, exact.settle(small, np.arange(len(rays.points)), slacks=slacks))
    return replace(settled, peers=np.where(settled.peers >= 0, found[settled.peers], -1))
