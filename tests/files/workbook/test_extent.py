"""The corner of a sheet is found however its XML is spelled; what cannot be told is refused."""

from __future__ import annotations

import pytest

from bianzhi.files.workbook.extent import NotPlain, OddPlaces, extent_of


def corner(*pieces, exact=False):
    """As the reader of workbooks asks: at once, and tag by tag where that does not do."""
    blocks = [piece.encode() for piece in pieces]
    try:
        found = extent_of(blocks) if not exact else extent_of(blocks, by_tags=True, exact=True)
    except NotPlain:
        found = extent_of(blocks, by_tags=True)
    return found.rows, found.columns


@pytest.mark.parametrize(
    ("xml", "rows", "columns"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>', 1, 3),
        ("<row r='7'><c r='AB7'><v>1</v></c></row>", 7, 28),
        ('<row r="2"><c\n\tr="XFD1048576"><v>1</v></c></row>', 1_048_576, 16_384),
        ('<row r="2"><c s="1" r = "D9"><v>1</v></c></row>', 9, 4),
        ('<row r="2"><c r="D9" x=">"><v>1</v></c></row>', 9, 4),
        ('<row r="2"><c x=">" r="D9"><v>1</v></c></row>', 9, 4),
        ('<x:row r="2"><x:c r="D9"><x:v>1</x:v></x:c></x:row>', 9, 4),
        ("<row><c><v>1</v></c><c><v>1</v></c></row><row><c><v>1</v></c></row>", 2, 2),
        ('<row r="5"><c r="C5"><v>1</v></c><c><v>1</v></c></row>', 5, 4),
        ('<row r="5"><c r="c5"><v>1</v></c></row>', 5, 3),
        ("", 0, 0),
        ('<cols><col min="1"/></cols><cfRule operator="greaterThan"/>', 0, 0),
    ],
)  # fmt: skip
def test_how_far_a_sheet_reaches(xml, rows, columns):
    assert corner(xml) == (rows, columns)
    halves = [corner(xml[:at], xml[at:]) for at in range(0, len(xml), 7)]
    assert set(halves) <= {(rows, columns)}
    by_tags = extent_of([xml.encode()], by_tags=True)
    assert (by_tags.rows, by_tags.columns) == (rows, columns)


@pytest.mark.parametrize(
    "place",
    ["A99999999999", "ABCD1", "1A", "A0", "A", "", "&#88;FD9", "A1:B2", "$A$1", "A-1", "AA11BB"],
)
def test_a_place_no_office_program_writes(place):
    with pytest.raises(OddPlaces):
        corner(f'<row r="1"><c r="{place}"><v>1</v></c><c r="{place}"><v>1</v></c></row>' * 3)


def test_a_tag_that_hides_its_end_is_refused():
    with pytest.raises(OddPlaces):
        corner('<row r="1"><c r=A1><v>1</v></c></row>')


def test_cells_without_a_value_do_not_count_when_it_matters():
    xml = '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="Z900000" s="1"/></row>'
    assert corner(xml) == (900_000, 26)
    assert corner(xml, exact=True) == (1, 1)


def test_formulas_without_a_result():
    xml = (
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c>'
        '<c r="C1" t="str"><f>X()</f><v></v></c><c r="D1"><f t="shared" si="0"/><v/></c></row>'
    )
    assert extent_of([xml.encode()]).without_result == ["A1", "C1", "D1"]
