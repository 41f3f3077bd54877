"""Workbooks as the site hands them out."""

from __future__ import annotations

import io
from typing import Any

import openpyxl


def workbook(answer: Any) -> list[tuple[Any, ...]]:
    """The rows of the first sheet of an answer that is a workbook."""
    assert answer.status_code == 200, answer.status_code
    assert answer["Content-Disposition"].startswith("attachment;")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return list(sheet.values)
