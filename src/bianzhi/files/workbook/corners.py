"""The places of all cells of a block of XML at once, as arrays of bytes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
_BLANKS = (0x20, 0x09, 0x0A, 0x0D)
_ENDS = (*_BLANKS, 0x3E, 0x2F)  # what may follow the name of a tag


class Corner(NamedTuple):
    """Largest row and column of a block, and whether every cell says plainly where it stands."""

    rows: int
    columns: int
    plain: bool


def corner(block: bytes) -> Corner:
    """The corner of a block of XML.

    Plain is ``r="AB12"`` after a blank in every cell's tag and ``r="12"`` in a row's.
    """
    data = np.frombuffer(block, np.uint8)
    if len(data) < 8:
        return Corner(0, 0, plain=not block.strip(b" \t\r\n") or b"<c" not in block)
    quoted = (data[3:] == 0x22) | (data[3:] == 0x27)
    found = (data[1:-2] == 0x72) & (data[2:-1] == 0x3D) & quoted
    at = np.flatnonzero(found) + 1
    at = at[np.isin(data[at - 1], _BLANKS)] + 3
    padded = np.concatenate([data, np.zeros(16, np.uint8)])
    column, at = _letters(padded, at)
    row, at = _digits(padded, at)
    closed = (padded[at] == 0x22) | (padded[at] == 0x27)
    plain = bool((closed & (row > 0)).all()) and _tags(padded) <= int((column > 0).sum())
    return Corner(int(row.max(initial=0)), int(column.max(initial=0)), plain)


def _tags(data: Bytes) -> int:
    """Tags of cells; more than there can be when names carry a prefix, so that it is not plain."""
    at = np.flatnonzero((data[:-2] == 0x3C) & (data[1:-1] == 0x63)) + 2
    cells = int(np.isin(data[at], _ENDS).sum())
    at = np.flatnonzero((data[:-2] == 0x3A) & (data[1:-1] == 0x63)) + 2
    return len(data) if np.isin(data[at], _ENDS).any() else cells


def _letters(data: Bytes, at: Places) -> tuple[npt.NDArray[np.int64], Places]:
    column = np.zeros(len(at), np.int64)
    going = np.ones(len(at), bool)
    for _ in range(3):
        letter = data[at].astype(np.int64) & ~0x20
        going &= (letter >= 65) & (letter <= 90)
        column = np.where(going, column * 26 + letter - 64, column)
        at = at + going
    return column, at


def _digits(data: Bytes, at: Places) -> tuple[npt.NDArray[np.int64], Places]:
    row = np.zeros(len(at), np.int64)
    going = np.ones(len(at), bool)
    for _ in range(7):
        digit = data[at].astype(np.int64) - 48
        going &= (digit >= 0) & (digit <= 9)
        if not going.any():
            break
        row = np.where(going, row * 10 + digit, row)
        at = at + going
    return row, at
