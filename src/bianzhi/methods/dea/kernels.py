# mypy: disable-error-code="no-untyped-def"
"""The compiled engine: a dual simplex, and the primal one for slacks.

`facets` scores nearly all units without it; here is the pricing both share, and the plain walk for
units that no facet answers. Each starts with a fresh inverse; what it returns is checked on the
spot, and handed on as `UNSURE` where the check fails. Importing this module compiles nothing.

Columns are priced a leaf of neighbours at a time, and only the leaves whose box a plane can reach:
see `leaves`. What is left out provably does not matter, so the walk is the same.

A basis holds column numbers, `BETA`, and `FIRST_LOGICAL` - k for the logical of row k, so that it
keeps its meaning when columns are added. All arrays are float64.
"""

from __future__ import annotations

import numpy as np

from bianzhi.methods.dea.leaves import LEAF, njit_cached

SETTLED, OUTSIDE, UNSURE = 0, 1, 2
BETA, FIRST_LOGICAL, NO_HOME = -1, -2, -1000
TIGHT = 1e-9
"""The relative error a certified score may have."""
CLEAR = 1e-8
"""How far outside a ray must start for nobody to compare with; nearer, another engine decides."""


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
def _price(blocks, leaf, vector, out):
    """Products of a vector with the columns of one leaf, four measures in one go."""
    d = len(vector)
    first = d % 4
    for j in range(LEAF):
        out[j] = vector[0] * blocks[leaf, 0, j] if first else 0.0
    for k in range(1, first):
        for j in range(LEAF):
            out[j] += vector[k] * blocks[leaf, k, j]
    for k in range(first, d, 4):
        one, two, three, four = vector[k], vector[k + 1], vector[k + 2], vector[k + 3]
        for j in range(LEAF):
            out[j] += (one * blocks[leaf, k, j] + two * blocks[leaf, k + 1, j]) + (
                three * blocks[leaf, k + 2, j] + four * blocks[leaf, k + 3, j]
            )


@njit_cached
def _price_both(blocks, leaf, vector, other, out, others):
    """The same for two vectors; the columns are read once."""
    for j in range(LEAF):
        out[j] = vector[0] * blocks[leaf, 0, j]
        others[j] = other[0] * blocks[leaf, 0, j]
    for k in range(1, len(vector)):
        one, two = vector[k], other[k]
        for j in range(LEAF):
            out[j] += one * blocks[leaf, k, j]
            others[j] += two * blocks[leaf, k, j]


@njit_cached
def _least(prices):
    """The least of a leaf's prices."""
    least = prices[0]
    for j in range(LEAF):
        least = prices[j] if prices[j] < least else least
    return least


@njit_cached
def _product(blocks, leaf, vector, j):
    total = 0.0
    for k in range(len(vector)):
        total += vector[k] * blocks[leaf, k, j]
    return total


@njit_cached
def _reach(hull, vector, out):
    """The least product of a vector with any column of each leaf, or less."""
    low, high, count = hull[3], hull[4], hull[5][0]
    for leaf in range(count):
        out[leaf] = 0.0
    for k in range(len(vector)):
        factor = vector[k]
        if factor > 0.0:
            for leaf in range(count):
                out[leaf] += factor * low[k, leaf]
        else:
            for leaf in range(count):
                out[leaf] += factor * high[k, leaf]


@njit_cached
def _reaches(hull, leaf, vector):
    """The same for one leaf."""
    low, high = hull[3], hull[4]
    total = 0.0
    for k in range(len(vector)):
        factor = vector[k]
        total += factor * (low[k, leaf] if factor > 0.0 else high[k, leaf])
    return total


@njit_cached
def _turned(row, dual, step, out):
    """The plane turned about a ridge as far as it goes, and how little of it is rounding."""
    size = 0.0
    for k in range(len(row)):
        out[k] = dual[k] + step * row[k] if step < np.inf else row[k]
        size = max(size, abs(out[k]))
    return 1e-13 * size


@njit_cached
def _entering(hull, logical, row, dual, basis, first, room):
    """The column that gives way first when the row turns; `BETA`, which never does, for none.

    The plane turns until a column lies on it; from there only a column beyond it gives way earlier.
    The leaves of the basis are priced first: there the plane soon meets a column.
    """
    bounds, plane = room[0], room[3]
    least = -1e-11 * _largest(row)
    best, turn, chosen, known = np.inf, 0.0, BETA, -1
    for k in range(len(row)):
        a = row[k] * logical[k]
        if a < least:
            cost = max(dual[k] * logical[k], 0.0)
            if cost < -best * a or (not first and cost <= -best * a and -a > turn):
                best, turn, chosen = -cost / a, -a, FIRST_LOGICAL - k
    for code in basis:
        if code >= 0:
            known = hull[2][code]
            best, turn, chosen = _earlier(
                hull, known, row, dual, least, first, best, turn, chosen, room
            )
            break
    tie = _turned(row, dual, best, plane)
    _reach(hull, plane, bounds)
    if known >= 0:
        bounds[known] = np.inf
    for leaf in range(hull[5][0]):
        if bounds[leaf] <= tie and _reaches(hull, leaf, plane) <= tie:
            _price(hull[0], leaf, plane, room[1])
            if _least(room[1]) <= tie:
                best, turn, chosen = _earlier(
                    hull, leaf, row, dual, least, first, best, turn, chosen, room
                )
                tie = _turned(row, dual, best, plane)
    return chosen


@njit_cached
def _earlier(hull, leaf, row, dual, least, first, best, turn, chosen, room):
    """(turn of the plane, slope, column) of what gives way first, with one more leaf looked at."""
    costs, turns = room[1], room[2]
    _price_both(hull[0], leaf, row, dual, turns, costs)
    for j in range(LEAF):
        a = turns[j]
        if a < least:
            cost = costs[j] if costs[j] > 0.0 else 0.0
            limit = -best * a
            if cost < limit or (not first and cost == limit and -a > turn):
                best, turn, chosen = -cost / a, -a, hull[1][leaf, j]
    return best, turn, chosen


@njit_cached
def _lowest(hull, logical, dual, room):
    """(worst price, its column) of any column, zero where none prices out: at an optimum none may.

    The column is `BETA` where none is the worst: a logical is, or nothing.
    """
    bounds, prices = room[0], room[1]
    worst, lowest = 0.0, -1
    for k in range(len(logical)):
        worst = min(worst, dual[k] * logical[k])
    _reach(hull, dual, bounds)
    for leaf in range(hull[5][0]):
        if bounds[leaf] < worst:
            _price(hull[0], leaf, dual, prices)
            least = _least(prices)
            if least < worst:
                worst, lowest = least, leaf
    if lowest < 0:
        return worst, np.int64(BETA)
    _price(hull[0], lowest, dual, prices)
    for j in range(LEAF):
        if prices[j] <= worst:
            return worst, hull[1][lowest, j]
    return worst, np.int64(BETA)


@njit_cached
def _room(hull):
    """Scratch for pricing: a number a leaf, two a column of a leaf, a plane."""
    return np.empty(hull[0].shape[0]), np.empty(LEAF), np.empty(LEAF), np.empty(hull[0].shape[1])


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
def _score(columns, hull, logical, point, direction, size, basis, work, inverse, x, room):
    """(status, row) of one unit, from a dual feasible basis."""
    d = len(basis)
    status, _, row = _walk(columns, hull, logical, point, direction, basis, work, inverse, x, room)
    if status == UNSURE or (status == OUTSIDE and -x[row] <= CLEAR * _largest(inverse[row])):
        return UNSURE, 0
    bound = size if status == SETTLED else _largest(inverse[row])
    if -_lowest(hull, logical, inverse[row], room)[0] > max(TIGHT * bound, 1e-15):
        return UNSURE, 0
    if status == OUTSIDE or _holds(
        columns, logical, point, direction, basis, x, row, work[d], work[d + 1]
    ):
        return status, row
    return UNSURE, 0


@njit_cached
def _improve(columns, hull, logical, weights, inverse, basis, x, r, room, work):
    """One step of the primal simplex for the slacks, β kept: 1 moved, 0 done, -1 cannot tell."""
    d = len(basis)
    bounds, prices = room[0], room[1]
    second, column, alpha = work[d + 2], work[d], work[d + 1]
    second[:] = 0.0
    for i in range(d):
        if basis[i] <= FIRST_LOGICAL:
            second += weights[FIRST_LOGICAL - basis[i]] * inverse[i]
    dual = inverse[r]
    free = 1e-11 * _largest(dual)
    best, q = 1e-10, BETA
    _reach(hull, dual, bounds)
    for leaf in range(hull[5][0]):
        if bounds[leaf] > free:
            continue
        _price(hull[0], leaf, dual, prices)
        for j in range(LEAF):
            if prices[j] <= free:
                gain = -_product(hull[0], leaf, second, j)
                if gain > best:
                    best, q = gain, hull[1][leaf, j]
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
def _leaves_slack(planes, o, weights):
    """Whether the plane of a unit puts no price on some measure."""
    largest = 0.0
    for k in range(len(weights)):
        largest = max(largest, abs(planes[o, k]))
    for k in range(len(weights)):
        if weights[k] > 0.0 and abs(planes[o, k]) <= 1e-11 * largest:
            return True
    return False


@njit_cached
def add_slacks(columns, hull, logical, weights, points, directions, rows, results):
    """The second stage: among the weights that give the same β, those with the most slack.

    Only units whose plane puts no price on some measure can have slack at all; the others are left.
    """
    d = columns.shape[0]
    _, status, bases, values, planes = results
    work, inverse = np.empty((d + 3, d)), np.empty((d, d))
    x, room = np.empty(d), _room(hull)
    basis = np.empty(d, dtype=np.int64)
    for o in rows:
        if not _leaves_slack(planes, o, weights):
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
