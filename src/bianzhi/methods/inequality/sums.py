"""The indices as functions of a few sums, so that leaving one unit out costs nothing.

Every index is a function of W = Σw, S = Σwy, Q = Σwy², E = Σwy·ln y, N = Σw·ln y,
P = Σw·(y^(1−ε) − 1) and D = Σᵢ Σⱼ wᵢwⱼ|yᵢ − yⱼ|. Without unit k each sum loses the term of k.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums; each a number, or (n,) with one unit left out in turn."""

    w: Numbers
    s: Numbers
    q: Numbers
    e: Numbers
    n: Numbers
    p: Numbers
    d: Numbers


def sums(y: Numbers, w: Numbers, epsilon: float) -> tuple[Sums, Sums]:
    """(of all, with each unit left out); ``y`` (n,) sorted, of mean about 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(y)
        power = np.expm1((1 - epsilon) * log)  # exact for ε near 1, where y^(1−ε) is near 1
    terms = (w, w * y, w * y**2, w * y * np.where(y > 0, log, 0.0), w * log, w * power)
    apart = w * _distance(y, w)
    total = np.asarray(apart.sum())
    whole = [*(np.asarray(term.sum()) for term in terms), total]
    left = [*map(_without, terms), total - 2 * apart]
    return Sums(*whole), Sums(*left)


def _without(term: Numbers) -> Numbers:
    """The sum without each; not total − term, which is undefined for infinite terms."""
    head = np.concatenate([[0.0], np.cumsum(term[:-1])])
    tail = np.concatenate([np.cumsum(term[::-1][:-1])[::-1], [0.0]])
    return np.asarray(head + tail)


def _distance(y: Numbers, w: Numbers) -> Numbers:
    """Σⱼ wⱼ|yₖ − yⱼ| for each k, by running sums over the sorted values."""
    heavy, mass = np.cumsum(w), np.cumsum(w * y)
    return np.asarray(y * (2 * heavy - heavy[-1]) - (2 * mass - mass[-1]))


def indices(of: Sums, epsilon: float) -> dict[str, Numbers]:
    """The five indices from the sums."""
    mean = of.s / of.w
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        equally = of.n / of.w if epsilon == 1 else np.log1p(of.p / of.w) / (1 - epsilon)
        return {
            "gini": np.maximum(of.d, 0) / (2 * of.s * of.w),
            "theil": of.e / of.s - np.log(mean),
            "log_deviation": np.log(mean) - of.n / of.w,
            "atkinson": 1 - np.exp(equally) / mean,
            "variation": np.sqrt(np.maximum(of.q / of.w - mean**2, 0)) / mean,
        }
