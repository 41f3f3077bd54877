"""Workbooks of an office, opened safely: rows, merged ranges, and where every value stands."""

from bianzhi.files.workbook.cells import Area, Cell, column_letters, column_number
from bianzhi.files.workbook.limits import Limits
from bianzhi.files.workbook.reading import Sheet, Workbook, open_workbook

__all__ = [
    "Area",
    "Cell",
    "Limits",
    "Sheet",
    "Workbook",
    "column_letters",
    "column_number",
    "open_workbook",
]
