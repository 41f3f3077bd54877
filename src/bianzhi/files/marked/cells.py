"""Colouring a cell, explaining it, and putting values in that never become formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from bianzhi.files.intake import ERROR, Finding

_RED = PatternFill("solid", start_color="FFC7CE", end_color="FFC7CE")
_YELLOW = PatternFill("solid", start_color="FFEB9C", end_color="FFEB9C")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767


def put(cell: Any, value: Any) -> None:
    """Put a value in; a text stays text, whatever sign it begins with."""
    if isinstance(value, bool | int | float | date | time | timedelta):
        cell.value = value
        return
    cell.value = _CONTROL.sub("", str(value))[:_LONGEST]
    cell.data_type = "s"


def colour(cell: Any, severity: str) -> None:
    """Red for what keeps the row out, yellow for what somebody should look at."""
    cell.fill = _RED if severity == ERROR else _YELLOW


def explain(cell: Any, reasons: Sequence[Finding]) -> None:
    """The reasons in a comment, after what the user had written there."""
    lines = [f"〔{each.code}〕{each.what}\n　{each.do}" for each in reasons[:8]]
    if cell.comment is not None:
        lines.insert(0, str(cell.comment.text))
    text = _CONTROL.sub("", "\n".join(lines))[:2000]
    comment = Comment(text, "编制")
    comment.width, comment.height = 320, min(60 + 30 * len(lines), 300)
    cell.comment = comment
