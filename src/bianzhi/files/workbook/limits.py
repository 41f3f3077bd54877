"""How large a file may be: above what any office has, below what a small machine can bear."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file; a file beyond one is refused before it is read.

    Attributes:
        file_bytes: Size of the file itself.
        old_file_bytes: Size of an .xls, which has no packing and is read whole.
        unpacked_bytes: All parts of a packed file (.xlsx, .docx) together, unpacked.
        entries: Parts in a packed file.
        ratio: Unpacked to packed; counted only from ``ratio_from`` bytes on, as small sheets of
            equal cells pack very well.
        sheets: Sheets in a workbook.
        rows: Rows of one sheet.
        columns: Columns of one sheet.
        cells: Cells of all sheets together, empty ones inside the used area included.
        text: Characters in one cell (Excel's own bound is 32,767).
    """

    file_bytes: int = 100 * MEGABYTE
    old_file_bytes: int = 40 * MEGABYTE
    unpacked_bytes: int = 1024 * MEGABYTE
    entries: int = 2000
    ratio: int = 250
    ratio_from: int = 20 * MEGABYTE
    sheets: int = 200
    rows: int = 300_000
    columns: int = 1000
    cells: int = 12_000_000
    text: int = 32_767
