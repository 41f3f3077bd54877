"""Free disposal hull: each unit against one real unit that does at least as well with no more."""

from __future__ import annotations

import numpy as np

from bianzhi.methods.dea.radial import Radial
from bianzhi.methods.dea.settled import INFEASIBLE, SETTLED
from bianzhi.methods.dea.technology import ORIENTATIONS, Ints
from bianzhi.methods.dea.units import Floats, Units, choice, same_measures

CELLS = 1 << 22


def fdh(units: Units, *, orientation: str = "in", against: Units | None = None) -> Radial:
    """Deprins, Simar & Tulkens (1984): no mixing of units, so every target is a unit that exists.

    Time grows with the square of the number of units.

    Args:
        units: The units to be scored.
        orientation: "in" or "out".
        against: The units that span the hull, where they are not the scored ones.
    """
    choice(orientation, ORIENTATIONS, "方向")
    reference = units if against is None else against
    same_measures(reference, units)
    n = len(units)
    scores, best = np.empty(n), np.empty(n, dtype=np.int64)
    width = len(reference) * (len(units.input_names) + len(units.output_names))
    for low in range(0, n, step := max(1, CELLS // width)):
        part = slice(low, low + step)
        scores[part], best[part] = _block(units, reference, part, orientation)
    status = np.where(best >= 0, SETTLED, INFEASIBLE)
    slacks = _slacks(units, reference, scores, best, orientation)
    none = np.full(slacks.shape, np.nan)  # a hull with corners has no prices
    lambdas = (best >= 0).astype(np.float64)[:, None]
    return Radial(
        units, reference, "fdh", orientation, scores, status, best[:, None], lambdas, slacks, none
    )


def _block(units: Units, reference: Units, part: slice, orientation: str) -> tuple[Floats, Ints]:
    """Scores and the unit behind each; among equals the one with most slack."""
    x, y = units.inputs[part, None], units.outputs[part, None]
    if orientation == "in":
        able = (reference.outputs >= y).all(axis=2)
        ratios = _ratio(reference.inputs[None], x).max(axis=2)
        values = np.where(able, ratios, np.inf)
    else:
        able = (reference.inputs <= x).all(axis=2)
        wanted = y > 0
        ratios = np.divide(
            reference.outputs[None], y, out=np.full((*able.shape, y.shape[2]), np.inf), where=wanted
        ).min(axis=2)
        values = np.where(able, -ratios, np.inf)
    best = values.min(axis=1)
    tied = values <= (best + 1e-12 * np.abs(best))[:, None]
    room = np.where(tied, _room(units, reference, part), -np.inf).argmax(axis=1)
    found = np.where(np.isfinite(best), room, -1)
    return np.where(found >= 0, np.abs(best), np.nan), found


def _ratio(theirs: Floats, own: Floats) -> Floats:
    """Their input by one's own; where one uses none, nobody who uses some compares."""
    shape = np.broadcast_shapes(theirs.shape, own.shape)
    made = np.where(np.broadcast_to(theirs > 0, shape), np.inf, 0.0)
    divided: Floats = np.divide(theirs, own, out=made, where=np.broadcast_to(own > 0, shape))
    return divided


def _room(units: Units, reference: Units, part: slice) -> Floats:
    """How much better each reference unit is in all, in means."""
    less = (units.inputs[part, None] - reference.inputs) / reference.inputs.mean(axis=0)
    more = (reference.outputs - units.outputs[part, None]) / reference.outputs.mean(axis=0)
    room: Floats = less.sum(axis=2) + more.sum(axis=2)
    return room


def _slacks(units: Units, reference: Units, scores: Floats, best: Ints, orientation: str) -> Floats:
    theta = scores[:, None] if orientation == "in" else 1.0
    phi = scores[:, None] if orientation == "out" else 1.0
    less = theta * units.inputs - reference.inputs[best]
    more = reference.outputs[best] - phi * units.outputs
    return np.where(best[:, None] >= 0, np.maximum(np.hstack([less, more]), 0.0), np.nan)
