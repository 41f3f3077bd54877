# mypy: disable-error-code="no-untyped-def"
"""The compiled engine: a dual simplex that walks from the facet of one unit to that of the next.

The multipliers of a unit are the normal of the facet its ray hits, and a facet is a facet for every
unit: the basis of a neighbour is dual feasible as it stands, and where the ray hits the same facet
it is optimal without a single pivot. Each unit gets a fresh inverse; what it returns is checked on
the spot, and handed on as `UNSURE` where the check fails. Importing this module compiles nothing.

Columns are priced a leaf of neighbours at a time, and only the leaves whose box a plane can reach:
see `leaves`. What is left out provably does not matter, so the walk is the same.

A basis holds column numbers, `BETA`, and `FIRST_LOGICAL` - k for the logical of row k, so that it
keeps its meaning when columns are added. All arrays are float64.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from bianzhi.methods.dea.leaves import LEAF

SETTLED, OUTSIDE, UNSURE = 0, 1, 2
BETA, FIRST_LOGICAL, NO_HOME = -1, -2, -1000
TIGHT = 1e-9
"""The relative error a certified score may have."""

# The caller's threads run the kernels side by side: numba's own pool must not be entered twice, as
# the threads of a web server would.
njit_cached: Any = njit(cache=True, nogil=True)


@njit_cached
def _column(columns, logical, direction, code, out):
    if code >= 0:
        out[:] = columns[:, code]
    elif code == BETA:
        out[:] = direction
    else:
        out[:] = 0.0
        out[FIRST_LOGICAL - code] = logical[FIRST_LOGICAL - code]


@njit_cached
def _invert(matrix, inverse):
    """Gauss-Jordan with row exchanges; False where the matrix is as good as singular."""
    d = matrix.shape[0]
    inverse[:] = 0.0
    for i in range(d):
        inverse[i, i] = 1.0
    for c in range(d):
        best = c
        for i in range(c + 1, d):
            if abs(matrix[i, c]) > abs(matrix[best, c]):
                best = i
        if abs(matrix[best, c]) < 1e-13:
            return False
        if best != c:
            for k in range(d):
                matrix[c, k], matrix[best, k] = matrix[best, k], matrix[c, k]
                inverse[c, k], inverse[best, k] = inverse[best, k], inverse[c, k]
        factor = 1.0 / matrix[c, c]
        for k in range(d):
            matrix[c, k] *= factor
            inverse[c, k] *= factor
        for i in range(d):
            factor = matrix[i, c]
            if i != c and factor != 0.0:
                for k in range(d):
                    matrix[i, k] -= factor * matrix[c, k]
                    inverse[i, k] -= factor * inverse[c, k]
    return True


@njit_cached
def _refresh(columns, logical, direction, basis, matrix, inverse, column):
    for i in range(len(basis)):
        _column(columns, logical, direction, basis[i], column)
        matrix[:, i] = column
    return _invert(matrix, inverse)


@njit_cached
def _times(matrix, vector, out):
    """A product of so few numbers costs less in a loop than in a library."""
    for i in range(len(out)):
        total = 0.0
        for k in range(len(vector)):
            total += matrix[i, k] * vector[k]
        out[i] = total


@njit_cached
def _largest(vector):
    most = 0.0
    for k in range(len(vector)):
        most = max(most, abs(vector[k]))
    return most


@njit_cached
def _pivot(inverse, alpha, row):
    d = len(alpha)
    factor = 1.0 / alpha[row]
    for k in range(d):
        inverse[row, k] *= factor
    for i in range(d):
        factor = alpha[i]
        if i != row and factor != 0.0:
            for k in range(d):
                inverse[i, k] -= factor * inverse[row, k]


@njit_cached
def _price(columns, vector, low, high, out):
    """Products of a vector with a block of columns."""
    width = high - low
    for j in range(width):
        out[j] = vector[0] * columns[0, low + j]
    for k in range(1, len(vector)):
        factor = vector[k]
        if factor != 0.0:
            for j in range(width):
                out[j] += factor * columns[k, low + j]


@njit_cached
def _reach(hull, vector, out):
    """The least product of a vector with any column of each leaf, or less."""
    low, high = hull[3], hull[4]
    out[:] = 0.0
    for k in range(len(vector)):
        factor = vector[k]
        side = low if factor > 0.0 else high
        for leaf in range(len(out)):
            out[leaf] += factor * side[k, leaf]


@njit_cached
def _reaches(hull, leaf, dual, best, row):
    """Whether some column of a leaf may give way before `best`."""
    low, high = hull[3], hull[4]
    total, size = 0.0, 0.0
    for k in range(len(row)):
        factor = dual[k] + best * row[k]
        total += factor * (low[k, leaf] if factor > 0.0 else high[k, leaf])
        size = max(size, abs(factor))
    return total <= 1e-13 * size  # a tie counts: the larger pivot is the better one


@njit_cached
def _entering(hull, logical, row, dual, basis, first, room):
    """The column that gives way first when the row turns; `BETA`, which never does, for none."""
    bounds, a, c = room
    names, places = hull[1], hull[2]
    n, d = len(names), len(row)
    least = -1e-11 * _largest(row)
    best, step, chosen = np.inf, 0.0, BETA
    for k in range(d):
        turn = row[k] * logical[k]
        if turn < least:
            cost = max(dual[k] * logical[k], 0.0)
            if cost < -best * turn or (not first and cost <= -best * turn and -turn > step):
                best, step, chosen = -cost / turn, -turn, FIRST_LOGICAL - k
    _reach(hull, row, bounds)
    for turn in range(-d, len(bounds)):  # the leaves of the basis come first: a low bound early
        if turn < 0:
            code = basis[turn + d]
            if code < 0:
                continue
            leaf = places[code] // LEAF
        else:
            leaf = turn
        if bounds[leaf] >= least:
            continue
        if best < np.inf and not first and not _reaches(hull, leaf, dual, best, row):
            continue
        bounds[leaf] = 0.0
        low = leaf * LEAF
        width = min(LEAF, n - low)
        _price(hull[0], row, low, low + width, a)
        _price(hull[0], dual, low, low + width, c)
        for j in range(width):
            if a[j] < least:
                cost = max(c[j], 0.0)
                if cost < -best * a[j] or (not first and cost <= -best * a[j] and -a[j] > step):
                    best, step, chosen = -cost / a[j], -a[j], names[low + j]
    return chosen


@njit_cached
def _supports(hull, logical, dual, allowed, room):
    """Whether no column prices out by more than is allowed: none may, at an optimum."""
    bounds, a, _ = room
    for k in range(len(logical)):
        if dual[k] * logical[k] < -allowed:
            return False
    _reach(hull, dual, bounds)
    for leaf in range(len(bounds)):
        if bounds[leaf] >= -allowed:
            continue
        low = leaf * LEAF
        high = min(low + LEAF, len(hull[1]))
        _price(hull[0], dual, low, high, a)
        for j in range(high - low):
            if a[j] < -allowed:
                return False
    return True


@njit_cached
def _leaving(x, r, tolerance, first):
    chosen, worst = -1, -tolerance
    for i in range(len(x)):
        if i != r and x[i] < worst:
            chosen, worst = i, x[i]
            if first:
                break
    return chosen


@njit_cached
def _walk(columns, hull, logical, point, direction, basis, work, inverse, x, room):
    """Dual simplex from a dual feasible basis: (status, pivots, row of the separating plane)."""
    d = len(basis)
    r = 0
    floor = 1.0
    for i in range(d):
        if basis[i] == BETA:
            r = i
        if point[i] != 0.0:
            floor = min(floor, abs(point[i]))
    tolerance = max(1e-10 * floor, 1e-15)
    column, alpha = work[d], work[d + 1]
    pivots, since = 0, 0
    if not _refresh(columns, logical, direction, basis, work[:d], inverse, column):
        return UNSURE, pivots, r
    while True:
        _times(inverse, point, x)
        late = pivots > 15 * d
        leave = _leaving(x, r, tolerance, late)
        q = BETA
        if leave >= 0:
            if pivots > 60 * d:
                return UNSURE, pivots, r
            q = _entering(hull, logical, inverse[leave], inverse[r], basis, late, room)
        if q == BETA:
            if since == 0:
                return (SETTLED, pivots, r) if leave < 0 else (OUTSIDE, pivots, leave)
            if not _refresh(columns, logical, direction, basis, work[:d], inverse, column):
                return UNSURE, pivots, r
            since = 0
            continue
        _column(columns, logical, direction, q, column)
        _times(inverse, column, alpha)
        if abs(alpha[leave]) < 1e-12:
            return UNSURE, pivots, r
        _pivot(inverse, alpha, leave)
        basis[leave] = q
        pivots += 1
        since += 1


@njit_cached
def _holds(columns, logical, point, direction, basis, x, r, column, rest):
    """Whether the weights, none negative, give the point back in every measure of its own."""
    rest[:] = point
    for i in range(len(basis)):
        if i != r:
            x[i] = max(x[i], 0.0)
        _column(columns, logical, direction, basis[i], column)
        for k in range(len(rest)):
            rest[k] -= x[i] * column[k]
    for k in range(len(rest)):  # noqa: SIM110
        if abs(rest[k]) > max(TIGHT * abs(point[k]), 1e-14):
            return False
    return True


@njit_cached
def _score(
    columns, hull, logical, point, direction, size, home, basis, trusted, work, inverse, x, room
):
    """(status, row) of one unit; the basis of the unit before it is the start."""
    d = len(basis)
    for attempt in range(2):
        if attempt == 1:
            trusted = False
            if home[0] == NO_HOME:
                return UNSURE, 0
            basis[:] = home
        status, pivots, row = _walk(
            columns, hull, logical, point, direction, basis, work, inverse, x, room
        )
        if status == UNSURE:
            continue
        if not (trusted and pivots == 0):
            bound = size if status == SETTLED else _largest(inverse[row])
            if not _supports(hull, logical, inverse[row], max(TIGHT * bound, 1e-15), room):
                continue
        if status == OUTSIDE or _holds(
            columns, logical, point, direction, basis, x, row, work[d], work[d + 1]
        ):
            return status, row
    return UNSURE, 0


@njit_cached
def settle(columns, hull, logical, points, directions, sizes, homes, order, results):
    """Score units in an order that keeps neighbours together.

    Args:
        columns: (d, N). hull: The same as `leaves` made them. logical: (d,).
        points, directions: (n, d), each row's largest entry 1. sizes: (n,) of the directions.
        homes: (d, d) dual feasible bases to start from, by the row the direction is largest in.
        order: The rows to score, one after the other.
        results: (beta, status, basis, values, planes) of n rows each, filled in.
    """
    d = columns.shape[0]
    beta, status, bases, values, planes = results
    work, inverse = np.empty((d + 2, d)), np.empty((d, d))
    x, room = np.empty(d), (np.empty(hull[3].shape[1]), np.empty(LEAF), np.empty(LEAF))
    basis = np.empty(d, dtype=np.int64)
    known = False
    for o in order:
        home = homes[np.argmax(directions[o])]
        if not known:
            basis[:] = home
        if basis[0] == NO_HOME:
            status[o] = UNSURE
            continue
        status[o], row = _score(
            columns, hull, logical, points[o], directions[o], sizes[o], home, basis, known,
            work, inverse, x, room,
        )  # fmt: skip
        known = status[o] != UNSURE
        if known:
            for i in range(d):
                if basis[i] == BETA:
                    beta[o] = x[i]
            bases[o], values[o], planes[o] = basis, x, inverse[row]


@njit_cached
def _improve(columns, hull, logical, weights, inverse, basis, x, r, room, work):
    """One step of the primal simplex for the slacks, β kept: 1 moved, 0 done, -1 cannot tell."""
    d, n = columns.shape
    bounds, a, c = room
    second, column, alpha = work[d + 2], work[d], work[d + 1]
    second[:] = 0.0
    for i in range(d):
        if basis[i] <= FIRST_LOGICAL:
            second += weights[FIRST_LOGICAL - basis[i]] * inverse[i]
    dual = inverse[r]
    free = 1e-11 * _largest(dual)
    best, q = 1e-10, BETA
    _reach(hull, dual, bounds)
    for leaf in range(len(bounds)):
        if bounds[leaf] > free:
            continue
        low = leaf * LEAF
        high = min(low + LEAF, n)
        _price(hull[0], dual, low, high, a)
        _price(hull[0], second, low, high, c)
        for j in range(high - low):
            if a[j] <= free and -c[j] > best:
                best, q = -c[j], hull[1][low + j]
    for k in range(d):
        gain = weights[k] - second[k] * logical[k]
        if logical[k] != 0 and dual[k] * logical[k] <= free and gain > best:
            best, q = gain, FIRST_LOGICAL - k
    if q == BETA:
        return 0
    _column(columns, logical, column, q, column)
    _times(inverse, column, alpha)
    leave, step = -1, np.inf
    for i in range(d):
        if i != r and alpha[i] > 1e-10 and max(x[i], 0.0) < step * alpha[i]:
            step, leave = max(x[i], 0.0) / alpha[i], i
    if leave < 0:
        return -1
    for i in range(d):
        x[i] -= step * alpha[i]
    x[leave] = step
    _pivot(inverse, alpha, leave)
    basis[leave] = q
    return 1


@njit_cached
def add_slacks(columns, hull, logical, weights, points, directions, rows, results):
    """The second stage: among the weights that give the same β, those with the most slack.

    Only units whose plane puts no price on some measure can have slack at all; the others are left.
    """
    d = columns.shape[0]
    _, status, bases, values, planes = results
    work, inverse = np.empty((d + 3, d)), np.empty((d, d))
    x, room = np.empty(d), (np.empty(hull[3].shape[1]), np.empty(LEAF), np.empty(LEAF))
    basis = np.empty(d, dtype=np.int64)
    for o in rows:
        floor = 1e-11 * _largest(planes[o])
        if not np.any((np.abs(planes[o]) <= floor) & (weights > 0.0)):
            continue
        basis[:], x[:] = bases[o], values[o]
        r = np.flatnonzero(basis == BETA)[0]
        moved = -1
        if _refresh(columns, logical, directions[o], basis, work[:d], inverse, work[d]):
            for _ in range(40 * d):
                moved = _improve(columns, hull, logical, weights, inverse, basis, x, r, room, work)
                if moved <= 0:
                    break
        if moved != 0:
            status[o] = UNSURE
            continue
        if _refresh(columns, logical, directions[o], basis, work[:d], inverse, work[d]):
            _times(inverse, points[o], x)
        if _holds(columns, logical, points[o], directions[o], basis, x, r, work[d], work[d + 1]):
            bases[o], values[o] = basis, x
        else:
            status[o] = UNSURE
