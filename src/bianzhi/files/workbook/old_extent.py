"""How far the sheets of an .xls reach, from its records, walked exactly as the reader walks them.

The reader holds each sheet as a full block and sets memory aside for whatever counts the records
name. Here the counts are checked against what is really there, and the records that only
announce sizes are blanked out. Source: Microsoft's published description [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from bianzhi.core.errors import Refusal
from bianzhi.files.workbook.limits import Limits
from bianzhi.files.workbook.parts import damaged

_EOF, _SHEET, _STRINGS, _MERGED, _DIMENSIONS = 0x000A, 0x0085, 0x00FC, 0x00E5, 0x0200
_FORMULA, _MULRK = 0x0006, 0x00BD
_CELLS = {_FORMULA, _MULRK, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
_HEAD, _PLACE = struct.Struct("<HH"), struct.Struct("<HH")
_MOST = 4_000_000  # records walked; an office's .xls has a few for each row
_SMALLEST_STRING = 3  # bytes that a string of the table takes at least


def old_extents(name: str, stream: bytearray, limits: Limits) -> Iterator[tuple[int, int]]:
    """(rows, columns) of every sheet; sizes announced in ``stream`` are blanked out on the way.

    Raises:
        Refusal: counts that cannot be, or more records and sheets than any office has.
    """
    walk = _Walk(name, stream)
    starts = list(walk.globals())
    if len(starts) > limits.sheets:
        what = f"工作簿有 {len(starts)} 张工作表，超过 {limits.sheets} 张"
        raise Refusal.of("too-large", what, "请拆成几个文件", place=name)
    for start in starts:
        yield walk.sheet(start)


class _Walk:
    """Records from a place on until the end of their part; all walks together are bounded."""

    def __init__(self, name: str, stream: bytearray) -> None:
        self.name, self.stream, self.walked = name, stream, 0

    def records(self, at: int) -> Iterator[tuple[int, int, int]]:
        """(record, where its data begin, their size)."""
        while at + 4 <= len(self.stream):
            record, size = _HEAD.unpack_from(self.stream, at)
            self.walked += 1
            if self.walked > _MOST:
                what = "工作簿的记录太多"
                raise Refusal.of("too-large", what, "请拆成几个文件", place=self.name)
            if record == _EOF or at + 4 + size > len(self.stream):
                return
            yield record, at + 4, size
            at += 4 + size

    def globals(self) -> Iterator[int]:
        """Where the sheets begin."""
        for record, at, size in self.records(0):
            if record == _SHEET and size >= 4:
                yield struct.unpack_from("<I", self.stream, at)[0]
            elif record == _STRINGS and size >= 8:
                count = struct.unpack_from("<i", self.stream, at + 4)[0]
                if not 0 <= count <= len(self.stream) // _SMALLEST_STRING:
                    raise damaged(self.name)

    def sheet(self, start: int) -> tuple[int, int]:
        """How far one sheet reaches."""
        rows = columns = 0
        for record, at, size in self.records(start):
            if record in _CELLS and size >= 4:
                row, column = _PLACE.unpack_from(self.stream, at)
                if record == _MULRK:
                    column += max(0, (size - 6) // 6 - 1)
                rows, columns = max(rows, row + 1), max(columns, column + 1)
            elif record == _DIMENSIONS:
                self.stream[at : at + size] = bytes(size)
            elif record == _MERGED:
                self._check_merged(at, size)
        return rows, columns

    def _check_merged(self, at: int, size: int) -> None:
        if size < 2 or 2 + 8 * struct.unpack_from("<H", self.stream, at)[0] > size:
            raise damaged(self.name)
