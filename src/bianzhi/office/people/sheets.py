"""Tables of people as workbooks: texts stay texts, the basis stands above."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import polars as pl
import xlsxwriter
from django.http import HttpResponse

from bianzhi.office.access.downloads import XLSX, saved


def workbook(title: str, frame: pl.DataFrame, columns: dict[str, str], basis: str) -> HttpResponse:
    """A workbook of some columns of a frame, to be downloaded.

    Args:
        title: Name of file and sheet.
        frame: The rows.
        columns: Column and heading.
        basis: 口径, written above the headings.
    """
    stream = io.BytesIO()
    # texts come from people: none is taken for a formula or a link
    with xlsxwriter.Workbook(
        stream, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(title[:31])
        sheet.write(0, 0, f"{title}　口径：{basis}")
        sheet.write_row(1, 0, columns.values(), bold)
        sheet.freeze_panes(2, 1)
        sheet.set_column(0, len(columns) - 1, 14)
        for line, row in enumerate(frame.select(list(columns)).iter_rows(), 2):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif isinstance(value, Decimal):
                    sheet.write_number(line, place, float(value))
                elif value is not None:
                    sheet.write(line, place, value)
    return saved(stream.getvalue(), f"{title}.xlsx", XLSX)
