# mypy: disable-error-code="no-untyped-def"
"""The frontier as a graph of facets, found as units need them: a walk that prices each step once.

Which facet lies beyond a ridge does not depend on the unit that asks: the pencil of planes through
the ridge is the same for all, and only how far it may be turned differs with the direction. A step
of the dual simplex is therefore kept as a link between two facets, and the units after it take the
link: d² multiplications, no pricing, no inverse. A unit between facets already found, and those
are nearly all, costs less than a microsecond.

A facet is d - 1 columns or logicals and the plane through them. Its coordinates follow from those
of the facet it was reached from by one pivot, and are made afresh after a few. Its plane is priced
against every column once; each unit that uses the facet compares the worst price with its own
tolerance. What cannot be walked or does not hold is left to `kernels._score`, which starts afresh.

Whoever changes `kernels` or `leaves` deletes the compiled files in `__pycache__` here: the cache
looks at this file alone, and would go on with what it has.
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
from bianzhi.methods.dea.leaves import ABSENT, _bare, _join, njit_cached, njit_inlined

NOWHERE = -1
UNKNOWN, BURIED = np.inf, -np.inf
"""A facet not yet priced, and one that turned out to lie inside the hull."""
SIDE_ON = 1e-9
"""A plane this steep to a direction says nothing about it."""
STEEP, DERIVED = 1e-4, 12
"""A pivot smaller than this, or one more than so many in a row, is not trusted: invert instead."""


@njit_cached
def _graph(cap, d):
    """Room for `cap` facets.

    Columns, planes, coordinates, links, worst prices, keys, pivots since an inverse, the columns of
    the worst prices, the table of keys, and how many facets there are.
    """
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
        np.empty(cap, dtype=np.int64),
        np.empty(cap, dtype=np.int64),
        np.zeros(size, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )


@njit_cached
def _mixed(code):
    mixed = np.uint64(code + 1000) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return mixed ^ (mixed >> np.uint64(29))


@njit_cached
def _key(codes):
    """The same for the same columns in whatever order."""
    total = np.uint64(0)
    for code in codes:
        total += _mixed(code)
    return total


@njit_cached
def _same(graph, facet, codes):
    for code in codes:
        found = False
        for i in range(len(codes)):
            found = found or graph[0][facet, i] == code
        if not found:
            return False
    return True


@njit_cached
def _find(graph, codes, key):
    """(facet of these columns or `NOWHERE`, its place in the table)."""
    table = graph[8]
    place = np.int64(key & np.uint64(len(table) - 1))
    while table[place] != 0:
        facet = np.int64(table[place] - 1)
        if graph[5][facet] == key and _same(graph, facet, codes):
            return facet, place
        place = (place + 1) & (len(table) - 1)
    return np.int64(NOWHERE), place


@njit_cached
def _enter(graph, codes, key, place):
    """A new facet of these columns, its coordinates still to come; `NOWHERE` without room."""
    facet = graph[9][0]
    if facet == len(graph[4]):
        return np.int64(NOWHERE)
    for i in range(len(codes)):
        graph[0][facet, i] = codes[i]
        graph[3][facet, i] = NOWHERE
    graph[4][facet], graph[5][facet] = UNKNOWN, key
    graph[8][place] = facet + 1
    graph[9][0] += 1
    return facet


@njit_cached
def _inverted(graph, facet, columns, logical, plane, work, inverse):
    """Fill in plane and coordinates from nothing; the plane given says on which side it lies."""
    d = len(plane)
    size = _largest(plane)
    for k in range(d):
        for i in range(d - 1):
            code = graph[0][facet, i]
            if code >= 0:
                work[k, i] = columns[k, code]
            else:
                work[k, i] = logical[k] if FIRST_LOGICAL - code == k else 0.0
        work[k, d - 1] = plane[k] / size
    if not _invert(work[:d], inverse):
        return False
    size = 0.0
    for k in range(d):
        size = max(size, abs(inverse[d - 1, k]))
    for k in range(d):
        graph[1][facet, k] = inverse[d - 1, k] / size
        for i in range(d - 1):
            graph[2][facet, i, k] = inverse[i, k]
    graph[6][facet] = 0
    return True


@njit_cached
def _pivoted(graph, facet, old, leave, plane, row, column, turn):
    """Fill in plane and coordinates from those of the neighbour; False where it is too steep.

    Coordinates are free along the plane; they are kept at right angles to it, their shortest.
    """
    d = len(plane)
    size, square = _largest(plane), 0.0
    if -turn < STEEP * _largest(row) or graph[6][old] >= DERIVED:
        return False
    for k in range(d):
        plane[k] /= size
        square += plane[k] * plane[k]
        graph[1][facet, k] = plane[k]
    for i in range(d - 1):
        share, lean = 0.0, 0.0
        if i == leave:
            for k in range(d):
                lean += row[k] * plane[k]
            lean /= square
            for k in range(d):
                graph[2][facet, i, k] = (row[k] - lean * plane[k]) / turn
            continue
        for k in range(d):
            share += graph[2][old, i, k] * column[k]
        share /= turn
        for k in range(d):
            lean += (graph[2][old, i, k] - share * row[k]) * plane[k]
        lean /= square
        for k in range(d):
            graph[2][facet, i, k] = graph[2][old, i, k] - share * row[k] - lean * plane[k]
    graph[6][facet] = graph[6][old] + 1
    return True


@njit_cached
def _cross(graph, facet, leave, direction, slope, cone, scratch):
    """The facet beyond a ridge of another, which opens where one column leaves."""
    columns, logical, _, known = cone
    work, inverse, _, room = scratch
    d = len(direction)
    dual, row, column = work[d], work[d + 1], work[d + 2]
    codes = graph[0][facet]
    aside = 0.0
    for k in range(d):
        aside += graph[2][facet, leave, k] * direction[k]
    for k in range(d):
        dual[k] = graph[1][facet, k] / slope
        row[k] = graph[2][facet, leave, k] - aside * dual[k]
    q = _entering(known, logical, row, dual, codes, False, room)
    if q == BETA:
        return np.int64(NOWHERE)
    _column(columns, logical, direction, q, column)
    turn, cost = 0.0, 0.0
    for k in range(d):
        turn += row[k] * column[k]
        cost += dual[k] * column[k]
    if turn > -1e-12:
        return np.int64(NOWHERE)
    step = max(cost, 0.0) / -turn
    for k in range(d):
        dual[k] += step * row[k]
    gone = codes[leave]
    key = graph[5][facet] - _mixed(gone) + _mixed(q)
    codes[leave] = q
    found, place = _find(graph, codes, key)
    if found == NOWHERE:
        found = _enter(graph, codes, key, place)
        if (
            found != NOWHERE
            and not _pivoted(graph, found, facet, leave, dual, row, column, turn)
            and not _inverted(graph, found, columns, logical, dual, work, inverse)
        ):
            _withdraw(graph, place)
            found = np.int64(NOWHERE)
    codes[leave] = gone
    if found != NOWHERE and graph[4][found] != BURIED:
        _link(graph, facet, leave, found, q)
        return found
    return np.int64(NOWHERE)


@njit_cached
def _withdraw(graph, place):
    """Take the last facet back."""
    graph[8][place] = 0
    graph[9][0] -= 1


@njit_cached
def _link(graph, facet, leave, found, q):
    """Tie two neighbours to each other."""
    graph[3][facet, leave] = found
    for i in range(graph[0].shape[1]):
        if graph[0][found, i] == q:
            graph[3][found, i] = facet


@njit_cached
def _at_home(graph, direction, home, cone, scratch):
    """The facet of a basis that needs no search."""
    columns, logical, _, _ = cone
    work, inverse, _, _ = scratch
    d = len(direction)
    plane = work[d + 1]
    if not _refresh(columns, logical, direction, home, work[:d], inverse, work[d]):
        return np.int64(NOWHERE)
    for i in range(d):
        if home[i] == BETA:
            plane[:] = inverse[i]
    codes = home[home != BETA]
    key = _key(codes)
    facet, place = _find(graph, codes, key)
    if facet == NOWHERE:
        facet = _enter(graph, codes, key, place)
        if facet != NOWHERE and not _inverted(graph, facet, columns, logical, plane, work, inverse):
            _withdraw(graph, place)
            facet = np.int64(NOWHERE)
    return facet


@njit_inlined
def _tolerance(point):
    """How far below zero a weight may come out by rounding."""
    floor = 1.0
    for k in range(len(point)):
        size = abs(point[k])
        if size != 0.0 and size < floor:
            floor = size
    return max(1e-10 * floor, 1e-15)


@njit_inlined
def _walk_links(graph, facet, point, direction, cone, scratch):
    """(facet, β, slope) where the ray of a unit hits; `NOWHERE` where no link leads on."""
    d, x = len(point), scratch[2]
    tolerance = _tolerance(point)
    for _ in range(40 * d):
        slope, height = 0.0, 0.0
        for k in range(d):
            slope += graph[1][facet, k] * direction[k]
            height += graph[1][facet, k] * point[k]
        if slope < SIDE_ON:
            break
        beta = height / slope
        leave, worst = -1, -tolerance
        for i in range(d - 1):
            total = 0.0
            for k in range(d):
                total += graph[2][facet, i, k] * (point[k] - beta * direction[k])
            x[i] = total
            if total < worst:
                leave, worst = i, total
        if leave < 0:
            return facet, beta, slope
        beyond = np.int64(graph[3][facet, leave])
        if beyond == NOWHERE or graph[4][beyond] == BURIED:
            beyond = _cross(graph, facet, leave, direction, slope, cone, scratch)
            if beyond == NOWHERE:
                break
        facet = beyond
    return np.int64(NOWHERE), 0.0, 1.0


@njit_inlined
def _priced(graph, facet, cone, scratch):
    """Price the plane of a facet against every column, once."""
    if graph[4][facet] == UNKNOWN:
        d = graph[1].shape[1]
        plane = scratch[0][d + 3]
        for k in range(d):
            plane[k] = graph[1][facet, k]
        graph[4][facet], graph[7][facet] = _lowest(cone[2], cone[1], plane, scratch[3])


@njit_cached
def _widened(graph, facet, cone):
    """Whether the hull could be widened by the column farthest outside a facet.

    What lies inside that column is buried. Planes priced against every column stay: no column
    lies outside of those.
    """
    columns, _, _, known = cone
    q = graph[7][facet]
    graph[4][facet] = BURIED
    if q == BETA or known[2][q] != ABSENT:
        return False
    _join(known, columns, q)
    for each in range(graph[9][0]):
        price = 0.0
        for k in range(columns.shape[0]):
            price += graph[1][each, k] * columns[k, q]
        if price < -1e-13 and graph[4][each] == UNKNOWN:
            graph[4][each] = BURIED
    return True


@njit_inlined
def _restored(graph, facet, point, direction, beta, cone, scratch):
    """Whether the weights, none negative, give the point back in every measure of its own."""
    columns, logical, _, _ = cone
    work, _, x, _ = scratch
    d = len(point)
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


@njit_inlined
def _hit(graph, start, point, direction, size, cone, scratch):
    """(facet, β, slope) where the ray leaves the hull of all columns; `NOWHERE` if not sure."""
    while start != NOWHERE:
        facet, beta, slope = _walk_links(graph, start, point, direction, cone, scratch)
        if facet == NOWHERE:
            break
        _priced(graph, facet, cone, scratch)
        if -graph[4][facet] <= max(TIGHT * size, 1e-15) * slope:
            if _restored(graph, facet, point, direction, beta, cone, scratch):
                return facet, beta, slope
            break
        if not _widened(graph, facet, cone):
            break
    return np.int64(NOWHERE), 0.0, 1.0


@njit_inlined
def _answer(graph, facet, o, beta, slope, x, results):
    """Put down what the facet says about a unit."""
    betas, status, bases, values, planes = results
    d = planes.shape[1]
    status[o], betas[o] = SETTLED, beta
    for i in range(d - 1):
        bases[o, i], values[o, i] = graph[0][facet, i], x[i]
    bases[o, d - 1], values[o, d - 1] = BETA, beta
    for k in range(d):
        planes[o, k] = graph[1][facet, k] / slope


@njit_cached
def _afresh(o, point, direction, size, home, cone, scratch, results):
    """Put down what the plain walk finds for a unit that no facet answers."""
    columns, logical, hull, _ = cone
    work, inverse, x, room = scratch
    beta, status, bases, values, planes = results
    basis = home.copy()
    status[o], row = _score(
        columns, hull, logical, point, direction, size, basis, work, inverse, x, room
    )
    if status[o] == UNSURE:
        return
    for i in range(len(basis)):
        if basis[i] == BETA:
            beta[o] = x[i]
    bases[o], values[o], planes[o] = basis, x, inverse[row]


@njit_cached
def _known(columns, hull, homes):
    """The columns a walk starts from; the rest become known where a facet turns out inside them."""
    known = _bare(hull)
    for home in homes:
        for code in home:
            if code >= 0 and known[2][code] == ABSENT:
                _join(known, columns, code)
    return known


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
    scratch = np.empty((d + 4, d)), np.empty((d, d)), np.empty(d), _room(hull)
    cone = columns, logical, hull, _known(columns, hull, homes)
    graph = _graph(cap, d)
    facet = np.int64(NOWHERE)
    for o in order:
        point, direction, size = points[o], directions[o], sizes[o]
        home = homes[np.argmax(direction)]
        if home[0] == NO_HOME:
            results[1][o] = UNSURE
            continue
        if graph[9][0] > cap - 100 * d:  # full: forget all
            graph[8][:] = 0
            graph[9][0] = 0
            facet = np.int64(NOWHERE)
        found, beta, slope = np.int64(NOWHERE), 0.0, 1.0
        for again in (False, True):
            if again:
                facet = _at_home(graph, direction, home, cone, scratch)
            found, beta, slope = _hit(graph, facet, point, direction, size, cone, scratch)
            if found != NOWHERE:
                break
        if found == NOWHERE:
            _afresh(o, point, direction, size, home, cone, scratch, results)
        else:
            _answer(graph, found, o, beta, slope, scratch[2], results)
            facet = found
