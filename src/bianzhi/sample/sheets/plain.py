"""Writes a workbook of plain sheets: one row of headings, no merges, text and numbers.

A city's rosters hold ten million cells. XlsxWriter, which writes the sheets that need formats,
takes ten times as long for them as this.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from bianzhi.sample.sheets.grid import Cell, Grid, column_name

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STAMP = (2026, 1, 5, 0, 0, 0)
FONT = '<sz val="11"/><name val="宋体"/>'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font>'
    '</fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf fontId="1" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def write_plain(path: Path, grids: list[Grid]) -> None:
    """Write the sheets; each cell an inline text or a number, empty ones left out."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in _parts(grids):
            package.writestr(_entry(name), text)
        for number, grid in enumerate(grids, 1):
            name = f"xl/worksheets/sheet{number}.xml"
            with package.open(_entry(name), "w", force_zip64=True) as part:
                for piece in _sheet(grid):
                    part.write(piece.encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _parts(grids: list[Grid]) -> Iterable[tuple[str, str]]:
    numbers = range(1, len(grids) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
        f'"{TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType='
        f'"{TYPE}.styles+xml"/>{overrides}</Types>',
    )
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    sheets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations([*sheets, (f"rId{len(grids) + 1}", "styles", "styles.xml")]),
    )
    listed = "".join(
        f'<sheet name="{escape(grid.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, grid in enumerate(grids, 1)
    )
    yield (
        "xl/workbook.xml",
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
    )
    yield "xl/styles.xml", STYLES


def _relations(entries: list[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in entries
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _sheet(grid: Grid) -> Iterable[str]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}">'
    yield (
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{grid.heads}" topLeftCell='
        f'"A{grid.heads + 1}" state="frozen"/></sheetView></sheetViews>'
    )
    if grid.widths:
        columns = "".join(
            f'<col min="{place + 1}" max="{place + 1}" width="{width}" customWidth="1"/>'
            for place, width in sorted(grid.widths.items())
        )
        yield f"<cols>{columns}</cols>"
    names = [column_name(place) for place in range(len(grid.rows[0]))]
    yield "<sheetData>"
    for row, cells in enumerate(grid.rows, 1):
        style = ' s="1"' if row <= grid.heads else ""
        yield f'<row r="{row}">{_cells(names, row, cells, style)}</row>'
    yield "</sheetData></worksheet>"


def _cells(names: list[str], row: int, cells: list[Cell], style: str) -> str:
    found = []
    for name, value in zip(names, cells, strict=True):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            text = escape(value) if "&" in value or "<" in value or ">" in value else value
            found.append(
                f'<c r="{name}{row}"{style} t="inlineStr"><is>'
                f'<t xml:space="preserve">{text}</t></is></c>'
            )
        else:
            found.append(f'<c r="{name}{row}"{style}><v>{value}</v></c>')
    return "".join(found)
