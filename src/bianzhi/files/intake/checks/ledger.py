"""Checks on the 一览表: units twice, totals, 空缺, shifted numbers."""

from __future__ import annotations

import numpy as np

from bianzhi.files.intake.crossfoot import Basis, Figures, best_basis, totals_differ
from bianzhi.files.intake.findings import Finding, Note, error, warn
from bianzhi.files.intake.shifts import Shift, shifted_rows
from bianzhi.files.intake.table import Table


def check_ledger(table: Table, shift: Shift | None) -> None:
    """All checks; of a shifted sheet only that it is shifted, as all else would follow from it."""
    _check_same_unit(table)
    if shift is not None:
        table.findings.append(_shifted(table, shift))
        return
    _check_totals(table)
    figures = Figures(table)
    if figures:
        _check_vacant(table, figures)


def _shifted(table: Table, shift: Shift) -> Finding:
    """One finding for the sheet, at the heading of the block: a line a row would bury the rest."""
    what = f"{shift}；移回之前这张表的 {len(table)} 行都不导入"
    do = "请对照原件看一两行，确实错位就按“移回”；不是错位，请改正表格后重新导入"
    cell = table.sheet.cell(table.understanding.header.body - 1, shift.first)
    note = error("shifted-block", what, do)
    return Finding(note.code, note.kind, note.severity, what, do, cell, shift.fields[0])


def _check_same_unit(table: Table) -> None:
    first: dict[str, int] = {}
    for index, name in enumerate(table.values("name")):
        if name is None:
            continue
        if (before := first.setdefault(name, index)) != index:
            what = f"“{name}”已在第 {table.body.rows[before] + 1} 行出现"
            table.find(index, "name", error("same-unit", what, "一个单位只占一行，请核对或合并"))


def _check_totals(table: Table) -> None:
    for index, field, written, total in totals_differ(table):
        title = table.columns[field].title
        what = f"{title}写的是 {written:g}，各种类相加是 {total:g}"
        table.find(index, field, warn("total-differs", what, "请核对是哪个数不对"))


def _check_vacant(table: Table, figures: Figures) -> None:
    basis, wrong = best_basis(figures)
    rows = [int(at) for at in np.flatnonzero(wrong)]
    off = set(shifted_rows(table, figures, rows, basis))
    for index in rows:
        if index in off:
            what = "本行的数似乎错了一列：有人的种类没有编制，移一列就对得上空缺"
            first = figures.fields[0]
            table.find(index, first, error("shifted-row", what, "请对照原件把数字移回本栏"))
        else:
            table.find(index, "vacant", _unequal(figures, index, basis))


def _unequal(figures: Figures, index: int, basis: Basis) -> Note:
    said = float(figures.vacant[index])
    counted = said - float(figures.misfit(basis)[index])
    what = f"空缺写的是 {said:g}，按“{basis.words}”算是 {counted:g}"
    do = "空缺由系统推算，不导入；请核对编制、人数和备注里的数"
    return warn("vacant-differs", what, do)
