"""Mangled workbooks by the thousand, each the same for the same seed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from bianzhi.core.errors import Refusal
from bianzhi.files.intake import take_workbook
from bianzhi.files.marked import marked_copy
from bianzhi.files.workbook import open_workbook
from tests.support.workbooks import IDS, ledger, people, unit, xls, xlsx

TABLES: tuple[list[list[Any]], ...] = (
    ledger(*(unit(f"第{n}小学", 10 + n, 8, 备注="含周转3名") for n in range(12)), unit("", 0, 0)),
    people(*([f"张{n}", "男", IDS[n % 4], "1980.1", "甲局", "行政", ""] for n in range(12))),
    [["甲区沿革表"], ["序号", "文号", "下发时间", "机构名称", "编制数额"]]
    + [[n, f"甲编发〔2020〕{n}号", "2020.1.1", f"第{n}所", "事业编制3名"] for n in range(12)],
)
STRANGE: tuple[Any, ...] = (
    "", "x" * 32_000, "=1+1", "\x0b\x00", 1e300, -1e300, 1e-300, 0.1, -5, True, date(1900, 1, 1),
    timedelta(days=1), "合计", "小计", "注：", "１２", "十二名", "9" * 400, "𠮷野家",
    "\u202e甲", "#REF!",
    "1正2副" * 500, "（" * 3000, "[[[[", "甲编发〔2020〕" + "9" * 300 + "号", "2020-13-45",
    "一" * 300,
)  # fmt: skip


@cache
def originals() -> tuple[bytes, ...]:
    """Good workbooks of both formats."""
    made = []
    for table in TABLES:
        made += [xlsx(table, ["A1:D1"]), xls(table, [(0, 0, 0, 3)])]
    return tuple(made)


def mangled(seed: int) -> bytes:
    """A workbook spoiled in one of the ways files are, by accident or on purpose."""
    chance = Random(seed)
    way = chance.choice(WAYS)
    return way(chance, chance.choice(originals()))


def flipped(chance: Random, data: bytes) -> bytes:
    """Some bytes are others."""
    spoiled = bytearray(data)
    for _ in range(chance.choice((1, 3, 30, 300))):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def cut(chance: Random, data: bytes) -> bytes:
    """Cut short, or a piece is missing or doubled."""
    first, last = sorted(chance.choices(range(len(data)), k=2))
    return chance.choice((data[:last], data[:first] + data[last:], data[:last] + data[first:]))


def numbers(chance: Random, data: bytes) -> bytes:
    """Sizes and offsets of the package or the records are other numbers."""
    spoiled = bytearray(data)
    for _ in range(chance.choice((1, 4, 20))):
        at = chance.randrange(len(spoiled) - 4)
        large = chance.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0xFFFF, chance.getrandbits(32)))
        struct.pack_into("<I", spoiled, at, large)
    return bytes(spoiled)


def rewritten(chance: Random, data: bytes) -> bytes:
    """A good package around spoiled XML: what checksums do not find."""
    if not data.startswith(b"PK"):
        return flipped(chance, data)
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if chance.random() < 0.3 or "sheet1.xml" in name:
                part = chance.choice(_XML)(chance, part)
            if chance.random() > 0.03:
                new.writestr(name, part)
    return made.getvalue()


def _places(chance: Random, part: bytes) -> bytes:
    """Cells and merged ranges stand somewhere else, far away or nowhere."""
    places = (b"A1", b"XFD1048576", b"ZZZ9999999", b"A0", b"1A", b"", b"A99999999999", b"KL5000")
    return re.sub(
        rb'(?<=[ ":])[A-Z]{1,3}\d+(?=[":])',
        lambda found: chance.choice(places) if chance.random() < 0.02 else found[0],
        part,
    )


def _values(chance: Random, part: bytes) -> bytes:
    values = (b"<v>1e999</v>", b"<v>-</v>", b"<v>NaN</v>", b"<v></v>", b"<v>99999999</v>", b"<v>")
    return re.sub(
        rb"<v>[^<]*</v>",
        lambda found: chance.choice(values) if chance.random() < 0.1 else found[0],
        part,
    )


def _tags(chance: Random, part: bytes) -> bytes:
    """Tags lost, doubled or changed."""
    pieces = re.split(rb"(<[^>]*>)", part)
    for _ in range(chance.choice((1, 2, 10))):
        at = chance.randrange(len(pieces))
        pieces[at] = chance.choice(
            (b"", bytes(pieces[at]) * 3, b"<c t='s'><v>9999</v></c>", b"<", b"&a;")
        )
    return b"".join(pieces)


_XML: tuple[Callable[[Random, bytes], bytes], ...] = (_places, _values, _tags, flipped, cut)


def retyped(chance: Random, data: bytes) -> bytes:
    """A well-made workbook whose cells hold anything, its columns in any order."""
    del data  # made anew
    table = [list(row) for row in chance.choice(TABLES)]
    width = max(map(len, table))
    order = chance.sample(range(width), width)
    table = [[(row[at] if at < len(row) else "") for at in order] for row in table]
    for _ in range(chance.choice((1, 10, 60))):
        row = chance.choice(table)
        row[chance.randrange(width)] = chance.choice(STRANGE)
    chance.shuffle(table) if chance.random() < 0.2 else None
    return xlsx([[_written(each) for each in row] for row in table], list(_merges(chance, width)))


def _written(value: Any) -> Any:
    return "" if isinstance(value, str) and "\x00" in value else value


def _merges(chance: Random, width: int) -> Iterable[str]:
    """Ranges that do not overlap, anywhere over the sheet."""
    for top in range(1, chance.randrange(1, 10), 2):
        left = chance.randrange(width)
        yield f"{chr(65 + left % 26)}{top}:{chr(65 + left % 26)}{top + 1}"


WAYS: tuple[Callable[[Random, bytes], bytes], ...] = (
    flipped, cut, numbers, rewritten, rewritten, retyped, retyped,
)  # fmt: skip


def survived(seed: int) -> str:
    """What came of a mangled workbook: ``refused``, ``nothing`` or ``taken``.

    Anything else that is raised is a bug. Refusals must say what and what to do.
    """
    name = "坏.xlsx"
    try:
        workbook = open_workbook(mangled(seed), name)
    except Refusal as refusal:
        for problem in refusal.problems:
            assert problem.what
            assert problem.do
            assert problem.place.startswith(name)
        return "refused"
    taken = take_workbook(workbook, hidden=True)
    for one in taken:
        for finding in one.findings:
            assert finding.what
            assert finding.cell.ref
        assert len(one.good_rows) + len(one.bad_rows) == len(one.rows)
        for row in one.rows:
            row.proposals()
            row.values()
    if taken:
        assert marked_copy(workbook, taken).data.startswith(b"PK")
    return "taken" if taken else "nothing"


def outcomes(seeds: Iterable[int]) -> Counter[str]:
    """How many of each came of these seeds."""
    return Counter([survived(seed) for seed in seeds])
