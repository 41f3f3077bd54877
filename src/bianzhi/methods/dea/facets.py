# mypy: disable-error-code="no-untyped-def"
"""The frontier as a graph of facets, found as units need them: a walk that prices each step once.

Which facet lies beyond a ridge does not depend on the unit that asks: the pencil of planes through
the ridge is the same for all, and only how far it may be turned differs with the direction. A step
of the dual simplex is therefore kept as a link between two facets, and the units after it take the
link: d² multiplications, no pricing, no inverse. A unit between facets already found, and those
are nearly all, costs a microsecond.

A facet is d - 1 columns or logicals and the plane through them. Its plane is priced against every
column once; each unit that uses the facet compares the worst price with its own tolerance. What
cannot be walked or does not hold is left to `kernels._score`, which starts afresh.
"""

from __future__ import annotations

import numpy as np

from bianzhi.methods.dea.kernels import (
    BETA,
    FIRST_LOGICAL,
    NO_HOME,
    SETTLED,
    TIGHT,
    UNSURE,
    _column,
    _entering,
    _invert,
    _largest,
    _lowest,
    _refresh,
    _room,
    _score,
)
from bianzhi.methods.dea.leaves import njit_cached

NOWHERE, UNKNOWN = -1, np.inf
SIDE_ON = 1e-9
"""A plane this steep to a direction says nothing about it."""


@njit_cached
def _graph(cap, d):
    """Room for `cap` facets: (columns, planes, coordinates, links, worst prices, keys, table)."""
    size = 16
    while size < 2 * cap:
        size *= 2
    return (
        np.empty((cap, d - 1), dtype=np.int64),
        np.empty((cap, d)),
        np.empty((cap, d - 1, d)),
        np.empty((cap, d - 1), dtype=np.int32),
        np.empty(cap),
        np.empty(cap, dtype=np.uint64),
        np.zeros(size, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )


@njit_cached
def _dot(one, other):
    total = 0.0
    for k in range(len(one)):
        total += one[k] * other[k]
    return total


@njit_cached
def _key(codes):
    """The same for the same columns in whatever order."""
    total = np.uint64(0)
    for code in codes:
        mixed = np.uint64(code + 1000) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(31)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        total += mixed ^ (mixed >> np.uint64(29))
    return total


@njit_cached
def _same(one, other):
    for code in one:
        found = False
        for each in other:
            found = found or each == code
        if not found:
            return False
    return True


@njit_cached
def _find(graph, codes, key):
    """(facet of these columns or `NOWHERE`, its place in the table)."""
    table = graph[6]
    place = np.int64(key & np.uint64(len(table) - 1))
    while table[place] != 0:
        facet = table[place] - 1
        if graph[5][facet] == key and _same(graph[0][facet], codes):
            return facet, place
        place = (place + 1) & (len(table) - 1)
    return NOWHERE, place


@njit_cached
def _add(graph, columns, logical, codes, plane, matrix, inverse, column):
    """The facet of these columns; its plane lies on the same side as the one given."""
    key = _key(codes)
    facet, place = _find(graph, codes, key)
    if facet != NOWHERE:
        return facet
    d = len(plane)
    facet = graph[7][0]
    for i in range(d - 1):
        _column(columns, logical, plane, codes[i], column)
        matrix[:, i] = column
    size = _largest(plane)
    for k in range(d):
        matrix[k, d - 1] = plane[k] / size
    if facet == len(graph[4]) or not _invert(matrix, inverse):
        return NOWHERE
    graph[0][facet] = codes
    size = _largest(inverse[d - 1])
    for k in range(d):
        graph[1][facet, k] = inverse[d - 1, k] / size
    graph[2][facet] = inverse[: d - 1]
    graph[3][facet] = NOWHERE
    graph[4][facet] = UNKNOWN
    graph[5][facet] = key
    graph[6][place] = facet + 1
    graph[7][0] += 1
    return facet


@njit_cached
def _cross(graph, facet, leave, columns, hull, logical, direction, slope, work, inverse, room):
    """The facet beyond a ridge of another, which opens where one column leaves."""
    d = len(direction)
    dual, row, column = work[d], work[d + 1], work[d + 2]
    codes = graph[0][facet]
    aside = _dot(graph[2][facet, leave], direction)
    for k in range(d):
        dual[k] = graph[1][facet, k] / slope
        row[k] = graph[2][facet, leave, k] - aside * dual[k]
    q = _entering(hull, logical, row, dual, codes, False, room)
    if q == BETA:
        return NOWHERE
    _column(columns, logical, direction, q, column)
    turn = _dot(row, column)
    if turn > -1e-12:
        return NOWHERE
    step = max(_dot(dual, column), 0.0) / -turn
    for k in range(d):
        dual[k] += step * row[k]
    gone = codes[leave]
    codes[leave] = q
    found = _add(graph, columns, logical, codes, dual, work[:d], inverse, column)
    codes[leave] = gone
    if found == NOWHERE:
        return NOWHERE
    graph[3][facet, leave] = found
    for i in range(d - 1):
        if graph[0][found, i] == q:
            graph[3][found, i] = facet
    return found


@njit_cached
def _at_home(graph, columns, logical, direction, home, codes, work, inverse):
    """The facet of a basis that needs no search."""
    d = len(direction)
    if not _refresh(columns, logical, direction, home, work[:d], inverse, work[d]):
        return NOWHERE
    place = 0
    for i in range(d):
        if home[i] == BETA:
            work[d + 1] = inverse[i]
        else:
            codes[place] = home[i]
            place += 1
    return _add(graph, columns, logical, codes, work[d + 1], work[:d], inverse, work[d])


@njit_cached
def _walk_links(graph, facet, columns, hull, logical, point, direction, x, work, inverse, room):
    """(facet, β) the ray of a unit hits; `NOWHERE` where no link leads on."""
    d = len(point)
    rest = work[d + 3]
    floor = 1.0
    for k in range(d):
        if point[k] != 0.0:
            floor = min(floor, abs(point[k]))
    tolerance = max(1e-10 * floor, 1e-15)
    for _ in range(40 * d):
        slope, height = 0.0, 0.0
        for k in range(d):
            slope += graph[1][facet, k] * direction[k]
            height += graph[1][facet, k] * point[k]
        if slope < SIDE_ON:
            return NOWHERE, 0.0
        beta = height / slope
        for k in range(d):
            rest[k] = point[k] - beta * direction[k]
        leave, worst = -1, -tolerance
        for i in range(d - 1):
            total = 0.0
            for k in range(d):
                total += graph[2][facet, i, k] * rest[k]
            x[i] = total
            if total < worst:
                leave, worst = i, total
        if leave < 0:
            return facet, beta
        beyond = np.int64(graph[3][facet, leave])
        if beyond == NOWHERE:
            beyond = _cross(
                graph, facet, leave, columns, hull, logical, direction, slope, work, inverse, room
            )
            if beyond == NOWHERE:
                return NOWHERE, 0.0
        facet = beyond
    return NOWHERE, 0.0


@njit_cached
def _certified(graph, facet, columns, hull, logical, point, direction, size, beta, x, work, room):
    """Whether no column prices out and the weights, none negative, give the point back."""
    d = len(point)
    if graph[4][facet] == UNKNOWN:
        graph[4][facet] = _lowest(hull, logical, graph[1][facet], room)
    slope = _dot(graph[1][facet], direction)
    if -graph[4][facet] > max(TIGHT * size, 1e-15) * slope:
        return False
    rest = work[d + 3]
    for k in range(d):
        rest[k] = point[k] - beta * direction[k]
    for i in range(d - 1):
        x[i] = max(x[i], 0.0)
        code = graph[0][facet, i]
        if code >= 0:
            for k in range(d):
                rest[k] -= x[i] * columns[k, code]
        else:
            rest[FIRST_LOGICAL - code] -= x[i] * logical[FIRST_LOGICAL - code]
    for k in range(d):  # noqa: SIM110
        if abs(rest[k]) > max(TIGHT * abs(point[k]), 1e-14):
            return False
    return True


@njit_cached
def settle(columns, hull, logical, points, directions, sizes, homes, order, cap, results):
    """Score units in an order that keeps neighbours together.

    Args:
        columns: (d, N). hull: The same as `leaves` made them. logical: (d,).
        points, directions: (n, d), each row's largest entry 1. sizes: (n,) of the directions.
        homes: (d, d) dual feasible bases to start from, by the row the direction is largest in.
        order: The rows to score, one after the other.
        cap: How many facets are held before all are forgotten.
        results: (beta, status, basis, values, planes) of n rows each, filled in.
    """
    d = columns.shape[0]
    beta, status, bases, values, planes = results
    work, inverse, x = np.empty((d + 4, d)), np.empty((d, d)), np.empty(d)
    room = _room(hull)
    basis, codes = np.empty(d, dtype=np.int64), np.empty(d - 1, dtype=np.int64)
    graph = _graph(cap, d)
    facet = NOWHERE
    for o in order:
        point, direction = points[o], directions[o]
        home = homes[np.argmax(direction)]
        if home[0] == NO_HOME:
            status[o] = UNSURE
            continue
        if graph[7][0] > cap - 100 * d:  # full: forget all
            graph[6][:] = 0
            graph[7][0] = 0
            facet = NOWHERE
        found, far = NOWHERE, 0.0
        if facet != NOWHERE:
            found, far = _walk_links(
                graph, facet, columns, hull, logical, point, direction, x, work, inverse, room
            )
        if found == NOWHERE:
            facet = _at_home(graph, columns, logical, direction, home, codes, work, inverse)
            if facet != NOWHERE:
                found, far = _walk_links(
                    graph, facet, columns, hull, logical, point, direction, x, work, inverse, room
                )
        if found != NOWHERE and _certified(
            graph, found, columns, hull, logical, point, direction, sizes[o], far, x, work, room
        ):
            slope = _dot(graph[1][found], direction)
            status[o], beta[o] = SETTLED, far
            for k in range(d - 1):
                bases[o, k], values[o, k] = graph[0][found, k], x[k]
            bases[o, d - 1], values[o, d - 1] = BETA, far
            for k in range(d):
                planes[o, k] = graph[1][found, k] / slope
            facet = found
            continue
        basis[:] = home
        status[o], row = _score(
            columns, hull, logical, point, direction, sizes[o], basis, work, inverse, x, room
        )
        if status[o] != UNSURE:
            for i in range(d):
                if basis[i] == BETA:
                    beta[o] = x[i]
            bases[o], values[o], planes[o] = basis, x, inverse[row]
