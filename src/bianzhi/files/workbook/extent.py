"""How far a sheet reaches, and its formulas without a result, from its XML before it is read.

The reader holds a sheet as one full block from its first to its last cell: two cells in opposite
corners of a sheet would need all of the memory there is. So the corners are looked up first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bianzhi.files.workbook.cells import column_number

_TAG = re.compile(rb"<(?:\w+:)?(c|row)[\s/>]")
_NO_RESULT = re.compile(
    rb"""<c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*"""
    rb"""(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)
_ANY_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,9})["'](?:[^>]*[^/>])?>"""
)
Bytes = npt.NDArray[np.uint8]


@dataclass
class Extent:
    """Rows and columns used, and the cells whose formula has no stored result."""

    rows: int = 0
    columns: int = 0
    without_result: list[str] = field(default_factory=list)

    def grow(self, rows: int, columns: int) -> None:
        """Take in what another piece of the sheet reaches."""
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)


def extent_of(pieces: Iterable[bytes], exact: bool = False) -> Extent:
    """The extent of a sheet's XML.

    Args:
        pieces: The XML in pieces.
        exact: Leave out cells that carry a format and no value. Slower: for the sheets whose
            columns were formatted down to the last row.
    """
    found, rest = Extent(), b""
    rows = width = 0
    for piece in pieces:
        block, rest = _whole(rest + piece)
        rows, width = _measure(block, found, exact, rows, width)
    _measure(rest, found, exact, rows, width)
    return found


def _whole(block: bytes) -> tuple[bytes, bytes]:
    """The block cut after its last closed row, so that no cell is cut in two."""
    end = block.rfind(b"row>")
    if end < 0:
        end = max(block.rfind(b"<") - 4, -4)
    return block[: end + 4], block[end + 4 :]


def _measure(block: bytes, found: Extent, exact: bool, rows: int, width: int) -> tuple[int, int]:
    if exact:
        for letters, number in _ANY_CELL.findall(block):
            found.grow(int(number), column_number(letters.decode()) + 1)
    else:
        found.grow(*_corner(np.frombuffer(block, np.uint8)))
        rows, width = _counted(block, found, rows, width)
    if b"<f" in block and len(found.without_result) < 1000:
        found.without_result += [ref.decode() for ref in _NO_RESULT.findall(block)]
    return rows, width


def _counted(block: bytes, found: Extent, rows: int, width: int) -> tuple[int, int]:
    """Cells may leave out where they stand; then it is their place in the row that counts."""
    if block.count(b"<c ") + block.count(b"<c>") <= block.count(b' r="') and b":c " not in block:
        return rows, width
    for tag in _TAG.finditer(block):
        if tag[1] == b"row":
            rows, width = rows + 1, 0
        else:
            width += 1
            found.grow(rows, width)
    return rows, width


def _corner(data: Bytes) -> tuple[int, int]:
    """The largest row and column named in ``r="AB12"``; found for all cells at once."""
    if len(data) < 8:
        return 0, 0
    quote = (data[2:] == 0x22) | (data[2:] == 0x27)
    at = np.flatnonzero((data[:-2] == 0x72) & (data[1:-1] == 0x3D) & quote) + 3
    padded = np.concatenate([data, np.zeros(16, np.uint8)])
    column, at = _letters(padded, at)
    row = _digits(padded, at)
    named = (column > 0) & (row > 0)
    rows = int(row.max(initial=0))
    return rows, int(column[named].max(initial=0))


def _letters(
    data: Bytes, at: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]:
    column = np.zeros(len(at), np.int64)
    going = np.ones(len(at), bool)
    for _ in range(3):
        letter = data[at].astype(np.int64) & ~0x20
        going &= (letter >= 65) & (letter <= 90)
        column = np.where(going, column * 26 + letter - 64, column)
        at = at + going
    return column, at


def _digits(data: Bytes, at: npt.NDArray[np.intp]) -> npt.NDArray[np.int64]:
    row = np.zeros(len(at), np.int64)
    going = np.ones(len(at), bool)
    for _ in range(9):
        digit = data[at].astype(np.int64) - 48
        going &= (digit >= 0) & (digit <= 9)
        if not going.any():
            break
        row = np.where(going, row * 10 + digit, row)
        at = at + going
    return row
