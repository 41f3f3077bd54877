"""How far a sheet reaches, and its formulas without a result, from its XML before it is read.

The reader holds a sheet as one full block from its first to its last cell: two cells in opposite
corners of a sheet would need all of the memory there is. So the corners are looked up first, for
all cells at once where they are written the way every office program writes them, tag by tag
where they are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bianzhi.files.workbook.cells import column_number
from bianzhi.files.workbook.corners import corner

_ATTRIBUTES = rb"""((?:\s+[^\s=>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>"""
_TAG = re.compile(rb"<(?:[\w.-]+:)?(c|row)" + _ATTRIBUTES)
_ANY_TAG = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)[\s/>]")
_REF = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Za-z]{1,3})([1-9]\d{0,6})")
_ROW = re.compile(rb"[1-9]\d{0,6}")
_NO_RESULT = re.compile(
    rb"""<c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*"""
    rb"""(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)
_LONGEST_TAIL = 1 << 20  # bytes of one row cut off at the end of a piece


class OddPlaces(ValueError):
    """Cells that say where they stand in a way no office program writes."""


class NotPlain(ValueError):
    """Cells that must be gone through tag by tag."""


@dataclass
class Extent:
    """Rows and columns used, and the cells whose formula has no stored result."""

    rows: int = 0
    columns: int = 0
    without_result: list[str] = field(default_factory=list)

    def grow(self, rows: int, columns: int) -> None:
        """Take in what another piece of the sheet reaches."""
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)


def extent_of(pieces: Iterable[bytes], *, by_tags: bool = False, exact: bool = False) -> Extent:
    """The extent of a sheet's XML.

    Args:
        pieces: The XML in pieces.
        by_tags: Go through it tag by tag; slower.
        exact: Leave out cells that carry a format and no value, for sheets whose columns were
            formatted down to the last row; needs ``by_tags``.

    Raises:
        NotPlain: some cell does not say plainly where it stands; only without ``by_tags``.
        OddPlaces: a cell's place cannot be told; only with ``by_tags``.
    """
    found, tags = Extent(), _Tags(exact)
    for block in _blocks(pieces):
        if by_tags:
            tags.take(block, found)
        else:
            _at_once(block, found)
        if b"<f" in block and len(found.without_result) < 1000:
            found.without_result += [ref.decode() for ref in _NO_RESULT.findall(block)]
    return found


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        block, rest = _whole(rest + piece)
        yield block
    yield rest


def _whole(block: bytes) -> tuple[bytes, bytes]:
    """The block cut after its last closed row, so that no cell is cut in two."""
    end = block.rfind(b"row>") + 4
    if end < 4:
        end = max(block.rfind(b"<"), 0)
    if len(block) - end > _LONGEST_TAIL and block.rfind(b"<") > end:
        end = block.rfind(b"<")
    return block[:end], block[end:]


def _at_once(block: bytes, found: Extent) -> None:
    """Every cell at once."""
    seen = corner(block)
    if not seen.plain:
        raise NotPlain
    found.grow(seen.rows, seen.columns)


class _Tags:
    """Tag by tag: how far cells without a place have come in the row at hand."""

    def __init__(self, exact: bool) -> None:
        self.exact = exact
        self.row = self.width = 0

    def take(self, block: bytes, found: Extent) -> None:
        """Take in another block of XML."""
        tags = 0
        for tag in _TAG.finditer(block):
            tags += 1
            said = _REF.search(tag[2])
            place = said[1] if said else None
            if tag[1] == b"row":
                self._next_row(place, found)
            else:
                self._cell(place, found, counts=not (self.exact and tag[3]))
        if tags < len(_ANY_TAG.findall(block)):
            raise OddPlaces

    def _next_row(self, said: bytes | None, found: Extent) -> None:
        if said is not None and not _ROW.fullmatch(said):
            raise OddPlaces
        self.row, self.width = int(said) if said else self.row + 1, 0
        if not self.exact:
            found.grow(self.row, 0)

    def _cell(self, said: bytes | None, found: Extent, *, counts: bool) -> None:
        self.width += 1
        row, column = self.row, self.width
        if said is not None:
            place = _PLACE.fullmatch(said)
            if place is None:
                raise OddPlaces
            row, column = int(place[2]), column_number(place[1].decode()) + 1
            self.width = column
        if counts:
            found.grow(row, column)
