"""How far the sheets of an .xls reach, from its records, before it is read.

An .xls is a small file system (compound file) with one stream of records. The reader holds each
sheet as a full block, so two cells in opposite corners of a few sheets would need gigabytes.
Source: Microsoft's published descriptions [MS-CFB] and [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from bianzhi.files.workbook.parts import damaged

_END = 0xFFFFFFFA  # this and above mark the end of a chain or an unused sector
_BOF, _EOF, _MULRK = 0x0809, 0x000A, 0x00BD
_CELLS = {0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, _MULRK}
_STREAMS = ("Workbook", "Book")


def old_extents(name: str, data: bytes) -> Iterator[tuple[int, int]]:
    """(rows, columns) of every sheet that has cells.

    Raises:
        Refusal: the file is cut short or its chains are spoiled.
    """
    try:
        stream = _stream(data)
    except (struct.error, IndexError, ValueError):
        raise damaged(name) from None
    yield from _sheets(stream)


def _sheets(stream: bytes) -> Iterator[tuple[int, int]]:
    at, rows, columns = 0, 0, 0
    head, place = struct.Struct("<HH"), struct.Struct("<HH")
    while at + 4 <= len(stream):
        record, size = head.unpack_from(stream, at)
        if record in _CELLS and size >= 4 and at + 8 <= len(stream):
            row, column = place.unpack_from(stream, at + 4)
            if record == _MULRK and at + 4 + size <= len(stream):
                column = int.from_bytes(stream[at + 2 + size : at + 4 + size], "little")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif record in (_BOF, _EOF) and rows:
            yield rows, columns
            rows = columns = 0
        at += 4 + size
    if rows:
        yield rows, columns


def _stream(data: bytes) -> bytes:
    """The workbook's own stream."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError(size)
    table = _table(data, size)
    directory = _chain(data, size, table, struct.unpack_from("<I", data, 48)[0])
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        letters = max(0, struct.unpack_from("<H", entry, 64)[0] - 2)
        if entry[:letters].decode("utf-16-le", "replace") in _STREAMS:
            first, length = struct.unpack_from("<II", entry, 116)
            if length < struct.unpack_from("<I", data, 56)[0]:
                raise ValueError("office programs never keep a workbook among the small streams")
            return _chain(data, size, table, first)[:length]
    raise ValueError("no workbook")


def _table(data: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    sectors = [s for s in struct.unpack_from("<109I", data, 76) if s < _END]
    further, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if further >= _END:
            break
        *more, further = struct.unpack_from(f"<{size // 4}I", data, (further + 1) * size)
        sectors += [s for s in more if s < _END]
    table: list[int] = []
    for sector in sectors:
        table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return table


def _chain(data: bytes, size: int, table: list[int], sector: int) -> bytes:
    pieces = []
    while sector < _END:
        pieces.append(data[(sector + 1) * size : (sector + 2) * size])
        if len(pieces) > len(table):
            raise ValueError("a chain that bites its tail")
        sector = table[sector]
    return b"".join(pieces)
