"""The compound file around an .xls: its one stream of records taken out, and put into a new one.

The reader trusts counts and chains in the header of a compound file and can be made to ask for
all of the memory there is, which ends the process. So it never sees a header but our own.
Source: Microsoft's published description [MS-CFB].
"""

from __future__ import annotations

import struct

from bianzhi.files.workbook.parts import damaged

SECTOR = 512
_END_OF_CHAIN, _UNUSED, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_LAST = 0xFFFFFFFA  # this and above mark an end or an unused sector
_STREAMS = ("Workbook", "Book")
_IN_HEADER = 109  # sectors of the table that the header itself names
_PER_SECTOR = SECTOR // 4
_SMALLEST = 4096  # below this a stream would be kept among the small ones


def workbook_stream(name: str, data: bytes) -> bytes:
    """The stream of records of an .xls.

    Raises:
        Refusal: cut short, or its chains are spoiled.
    """
    try:
        return _stream(data)
    except (struct.error, IndexError, ValueError):
        raise damaged(name) from None


def _stream(data: bytes) -> bytes:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError(size)
    table = _table(data, size)
    directory = _chain(data, size, table, struct.unpack_from("<I", data, 48)[0])
    found: dict[str, bytes] = {}
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        letters = max(0, min(64, struct.unpack_from("<H", entry, 64)[0]) - 2)
        found.setdefault(entry[:letters].decode("utf-16-le", "replace"), entry)
    kept = found.get(_STREAMS[0]) or found.get(_STREAMS[1])
    if kept is None:
        raise ValueError("no workbook in it")
    first, length = struct.unpack_from("<II", kept, 116)
    if length < struct.unpack_from("<I", data, 56)[0]:
        raise ValueError("office programs never keep a workbook among the small streams")
    stream = _chain(data, size, table, first)[:length]
    if len(stream) < length:
        raise ValueError("cut short")
    return stream


def _table(data: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    sectors = [s for s in struct.unpack_from(f"<{_IN_HEADER}I", data, 76) if s < _LAST]
    further, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if further >= _LAST:
            break
        *more, further = struct.unpack_from(f"<{size // 4}I", data, (further + 1) * size)
        sectors += [s for s in more if s < _LAST]
    if len(sectors) > len(data) // size:
        raise ValueError("a table larger than the file")
    table: list[int] = []
    for sector in sectors:
        table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return table


def _chain(data: bytes, size: int, table: list[int], sector: int) -> bytes:
    pieces = []
    while sector < _LAST:
        pieces.append(data[(sector + 1) * size : (sector + 2) * size])
        if len(pieces) > len(table):
            raise ValueError("a chain that bites its tail")
        sector = table[sector]
    return b"".join(pieces)


def rebuilt(stream: bytes) -> bytes:
    """A compound file that holds this stream as its workbook and nothing else.

    The stream comes first, then the directory, then the table, then the list of the table's
    sectors beyond what the header names.
    """
    stream = stream.ljust(max(_SMALLEST, _whole(len(stream))), b"\0")
    body = len(stream) // SECTOR
    tables, lists = _tables(body + 1)
    first_table = body + 1
    chain = [*range(1, body), _END_OF_CHAIN, _END_OF_CHAIN]
    chain += [_TABLE] * tables + [_TABLE - 1] * lists
    chain += [_UNUSED] * (tables * _PER_SECTOR - len(chain))
    numbers = list(range(first_table, first_table + tables))
    parts = [
        _header(numbers[:_IN_HEADER], body, tables, first_table + tables, lists),
        stream,
        _directory(len(stream)),
        struct.pack(f"<{len(chain)}I", *chain),
        *_lists(numbers[_IN_HEADER:], first_table + tables),
    ]
    return b"".join(parts)


def _whole(length: int) -> int:
    return -(-length // SECTOR) * SECTOR


def _tables(sectors: int) -> tuple[int, int]:
    """(sectors of the table, sectors of the list of them) for so many other sectors."""
    tables = lists = 0
    while tables * _PER_SECTOR < sectors + tables + lists:
        tables += 1
        lists = max(0, -(-(tables - _IN_HEADER) // (_PER_SECTOR - 1)))
    return tables, lists


def _header(named: list[int], directory: int, tables: int, listed: int, lists: int) -> bytes:
    named = named + [_UNUSED] * (_IN_HEADER - len(named))
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, directory, 0, _SMALLEST, _END_OF_CHAIN, 0,
        listed if lists else _END_OF_CHAIN, lists, named[0],
    )  # fmt: skip
    return head + struct.pack(f"<{_IN_HEADER - 1}I", *named[1:])


def _directory(length: int) -> bytes:
    entries = [
        _entry("Root Entry", 5, 1, _END_OF_CHAIN, 0),
        _entry("Workbook", 2, _UNUSED, 0, length),
    ]
    return b"".join(entries).ljust(SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, first: int, length: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII36xIQ", text, len(text), kind, 1, _UNUSED, _UNUSED, child, first, length
    )


def _lists(numbers: list[int], first: int) -> list[bytes]:
    pieces: list[bytes] = []
    for at in range(0, len(numbers), _PER_SECTOR - 1):
        part = numbers[at : at + _PER_SECTOR - 1]
        more = at + _PER_SECTOR - 1 < len(numbers)
        part += [_UNUSED] * (_PER_SECTOR - 1 - len(part))
        following = first + len(pieces) + 1 if more else _END_OF_CHAIN
        pieces.append(struct.pack(f"<{_PER_SECTOR}I", *part, following))
    return pieces
