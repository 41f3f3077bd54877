# mypy: disable-error-code="no-untyped-def"
"""A Morton curve, compiled: with their bits interleaved, places that are near stand together."""

from __future__ import annotations

from bianzhi.methods.dea.leaves import njit_cached


@njit_cached
def interleave(places, bits, code):
    """Fill in the place of each row on the curve.

    Args:
        places: (n, k) whole numbers of so many bits. code: (n,) filled in.
    """
    for row in range(len(code)):
        mixed = 0
        for bit in range(bits - 1, -1, -1):
            for k in range(places.shape[1]):
                mixed = (mixed << 1) | ((places[row, k] >> bit) & 1)
        code[row] = mixed
