"""Rows taken in from an office's workbooks: typed, with their origin, checked at the door.

``taken = take_workbook(open_workbook(path))`` gives, sheet by sheet, typed rows (``rows.py``),
findings (``findings.py``) and the understanding of the columns that a person may correct.
"""

from bianzhi.files.intake.findings import ERROR, WARN, Finding
from bianzhi.files.intake.phrases import Fact, facts_in
from bianzhi.files.intake.rows import (
    CeilingRow,
    DocumentRow,
    DutyRow,
    HistoryRow,
    LeadershipRow,
    LedgerRow,
    PersonRow,
    Row,
    SectionRow,
)
from bianzhi.files.intake.shifts import Shift
from bianzhi.files.intake.taking import Taken, check_together, take_sheet, take_workbook

__all__ = [
    "ERROR",
    "WARN",
    "CeilingRow",
    "DocumentRow",
    "DutyRow",
    "Fact",
    "Finding",
    "HistoryRow",
    "LeadershipRow",
    "LedgerRow",
    "PersonRow",
    "Row",
    "SectionRow",
    "Shift",
    "Taken",
    "check_together",
    "facts_in",
    "take_sheet",
    "take_workbook",
]
