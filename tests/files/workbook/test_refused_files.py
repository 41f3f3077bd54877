"""A file that cannot or must not be read is refused in words: what it is, and what to do."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import pytest
import xlsxwriter
import xlwt

from bianzhi.core.errors import Refusal
from bianzhi.files.workbook import Limits, open_workbook
from bianzhi.files.workbook.compound import rebuilt, workbook_stream
from tests.support.workbooks import xls, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data, **limits) -> str:
    with pytest.raises(Refusal) as refused:
        open_workbook(data, "表.xlsx", Limits(**limits) if limits else None)
    [problem] = refused.value.problems
    assert problem.place.startswith("表.xlsx")
    assert problem.do
    return problem.code


def repacked(change, data=None) -> bytes:
    """A workbook with one or more of its parts changed; None leaves a part as it is."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or xlsx([["甲", 1]]))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return made.getvalue()


def in_sheet(text: str) -> bytes:
    """A workbook whose sheet has these rows, as XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{space}"><sheetData>{text}</sheetData></worksheet>'
    return repacked(lambda name, old: xml.encode() if "sheet1.xml" in name else old)


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "empty-file", "空"),
        (b"<html><table><tr><td>1", "wrong-type", "网页"),
        (b"%PDF-1.4", "wrong-type", "PDF"),
        ("姓名,性别".encode("gb18030"), "wrong-type", "认不出"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted-file", "密码"),
        (OLE + "WordDocument".encode("utf-16-le"), "wrong-type", "Word"),
        (OLE + b"\0" * 600, "wrong-type", "不是"),
        (b"PK\x03\x04 nothing more", "damaged-file", "损坏"),
    ],
)
def test_a_file_that_is_something_else(data, code, word):
    with pytest.raises(Refusal, match=word):
        open_workbook(data, "表.xlsx")
    assert refusal(data) == code


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_cut_short(share):
    for data in (xlsx([["甲", 1]] * 50), xls([["甲", 1]] * 50)):
        assert refusal(data[: int(len(data) * share)]) in ("damaged-file", "wrong-type")


def test_a_file_that_lost_nothing_but_padding_is_read_whole():
    rows = [["甲", 1]] * 50
    found = open_workbook(xls(rows)[:-97], "表.xls")
    assert found.sheets[0].rows == rows


def patched(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


@pytest.mark.parametrize("at", [40, 44, 62, 64, 68, 72])
def test_absurd_counts_in_the_header_of_an_old_workbook_never_reach_the_reader(at):
    """The reader would set 16 GB aside for any of these and end the process."""
    rows = [["甲", 1]] * 50
    try:
        assert open_workbook(patched(xls(rows), at, 0xFFFFFFF0)).sheets[0].rows == rows
    except Refusal as refused:
        assert refused.problems[0].code == "damaged-file"  # noqa: PT017 - either is well


def record(data: bytes, number: int) -> int:
    """Where the first record of this number stands in a small .xls, whose stream begins at 512."""
    at = 512
    while True:
        found, size = struct.unpack_from("<HH", data, at)
        if found == number and size:
            return at + 4
        at += 4 + size


def test_sizes_that_an_old_sheet_announces_are_not_believed():
    rows = [["甲", 1]] * 50
    data = xls(rows)
    announced = patched(data, record(data, 0x0200) + 4, 0x7FFFFFFF)
    assert open_workbook(announced).sheets[0].rows == rows
    assert refusal(patched(data, record(data, 0x00FC) + 4, 0x7FFFFFFF)) == "damaged-file"


@pytest.mark.parametrize("length", [100, 60_000, 8_000_000])
def test_the_container_made_for_the_reader_holds_the_same_stream(length):
    stream = bytes(range(256)) * (length // 256)
    assert workbook_stream("表.xls", rebuilt(stream)).rstrip(b"\0") == stream.rstrip(b"\0")


def test_a_count_of_strings_that_cannot_be_is_refused():
    absurd = repacked(
        lambda name, old: (
            re.sub(rb'ount="\d+"', b'ount="9999999999"', old)
            if name == "xl/sharedStrings.xml"
            else old
        )
    )
    assert refusal(absurd) == "damaged-file"


def test_two_cells_in_opposite_corners_are_refused_before_they_fill_the_memory():
    assert (
        refusal(in_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'))
        == "too-large"
    )
    book = xlwt.Workbook()
    for name in "甲乙":
        page = book.add_sheet(name)
        page.write(0, 0, 1)
        page.write(65535, 255, 1)
    made = io.BytesIO()
    book.save(made)
    assert refusal(made.getvalue()) == "too-large"


@pytest.mark.parametrize(
    "rows",
    [
        "<row>" + "<c><v>1</v></c>" * 2000 + "</row>",
        "<row><c><v>1</v></c></row>" * 301_000,
        "<row r='1'><c r='ZZZ1'><v>1</v></c></row>",
        '<row r="1"><c s="1" r = "XFD400000"><v>1</v></c></row>',
    ],
    ids=["wide", "long", "other quotes", "blanks in the tag"],
)  # fmt: skip
def test_sheets_too_wide_or_long_however_their_xml_is_spelled(rows):
    assert refusal(in_sheet(rows)) in ("too-large", "damaged-file")


def test_a_zip_bomb_is_refused_by_its_declared_size_and_by_its_real_one():
    zeros = b"0" * 40_000_000
    bomb = repacked(lambda name, old: zeros if "sheet1" in name else old)
    assert refusal(bomb) == "too-large"
    liar = lying(bomb, len(zeros), 1000)
    assert refusal(liar) in ("too-large", "damaged-file")


def lying(data: bytes, size: int, claimed: int) -> bytes:
    """A package that declares a part smaller than it is."""
    return data.replace(struct.pack("<I", size), struct.pack("<I", claimed))


def test_too_many_parts_and_too_many_sheets():
    made = io.BytesIO(xlsx([["甲"]]))
    with zipfile.ZipFile(made, "a") as packed:
        for number in range(2000):
            packed.writestr(f"x/{number}", b"")
    assert refusal(made.getvalue()) == "too-large"
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    for _ in range(3):
        book.add_worksheet().write(0, 0, 1)
    book.close()
    assert refusal(made.getvalue(), sheets=2) == "too-large"


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE x [<!ENTITY a "b">]>',
        b"<!ENTITY a>",
    ],
)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"])
def test_entities_are_refused_wherever_they_are_declared(part, head):
    data = repacked(lambda name, old: head + old if name == part else old)
    assert refusal(data) == "external-entity"


def test_an_entity_hidden_behind_another_encoding_is_refused():
    data = repacked(
        lambda name, old: old.decode().encode("utf-16") if name == "xl/workbook.xml" else old
    )
    assert refusal(data) == "external-entity"


def test_links_to_other_workbooks_are_not_followed_but_told():
    made = io.BytesIO(xlsx([["甲"]]))
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    [note] = open_workbook(made.getvalue()).notes
    assert "不去打开" in note


def test_the_bounds_can_be_drawn_closer():
    assert refusal(xlsx([["甲"]] * 30), rows=20) == "too-large"
    assert refusal(xlsx([["甲"] * 30]), columns=20) == "too-large"
    assert refusal(xlsx([["甲"]]), file_bytes=100) == "too-large"


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(Refusal, match="没有这个文件"):
        open_workbook(tmp_path / "没有.xlsx")
