"""Opening a workbook: every sheet with its rows, merged ranges and formulas without a result."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine as calamine

from bianzhi.core.errors import Refusal, cause
from bianzhi.files.workbook.cells import Area, Cell
from bianzhi.files.workbook.compound import rebuilt, workbook_stream
from bianzhi.files.workbook.extent import Extent, NotPlain, OddPlaces, extent_of
from bianzhi.files.workbook.kinds import check_size, need_workbook, workbook_kind
from bianzhi.files.workbook.limits import Limits
from bianzhi.files.workbook.old_extent import old_extents
from bianzhi.files.workbook.parts import Parts, damaged, encrypted

Raw = Any  # str, float, int, bool, date, datetime, time, timedelta; "" for an empty cell
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_OLD_CELLS = 65_536 * 256


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        file: The workbook's name.
        name: The sheet's name.
        rows: Every row from the first of the sheet on, all of one width; "" for an empty cell.
        merges: Merged ranges.
        without_result: Cells (row, column) whose formula has no stored result.
        hidden: Whether the sheet is hidden.
    """

    file: str
    name: str
    rows: list[list[Raw]] = field(repr=False)
    merges: tuple[Area, ...] = ()
    without_result: frozenset[str] = frozenset()
    hidden: bool = False

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """The place of a value, for people."""
        return Cell(self.file, self.name, row, column)


@dataclass(frozen=True)
class Workbook:
    """A workbook read into memory: ``kind`` is xlsx or xls, ``data`` the file itself."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    data: bytes = field(repr=False)
    notes: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """A sheet by name; a refusal names those there are."""
        for each in self.sheets:
            if each.name == name:
                return each
        have = "、".join(each.name for each in self.sheets)
        raise Refusal.of("no-sheet", f"没有名为“{name}”的工作表", f"有：{have}", place=self.name)


def open_workbook(source: Path | bytes, name: str = "", limits: Limits | None = None) -> Workbook:
    """Read an .xlsx or .xls.

    Args:
        source: The file, or its bytes.
        name: What people call it; the file's own name if not given.
        limits: Bounds; the usual ones if not given.

    Raises:
        Refusal: too large, packed beyond belief, encrypted, damaged, or no workbook at all.
    """
    bounds = limits or Limits()
    data, name = _bytes(source, name, bounds)
    check_size(name, data, bounds)
    kind = workbook_kind(name, data)
    extents: dict[str, Extent] = {}
    notes: tuple[str, ...] = ()
    shown = data
    if kind == "xlsx":
        extents, notes = _extents(name, data, bounds)
    else:
        shown = _old(name, data, bounds)
    with _spoiled(name), calamine.load_workbook(io.BytesIO(shown)) as book:
        plain = calamine.SheetTypeEnum.WorkSheet
        listed = [each for each in book.sheets_metadata if each.typ == plain]
        if len(listed) > bounds.sheets:
            raise _beyond(name, f"有 {len(listed)} 张工作表，超过 {bounds.sheets} 张")
        sheets = tuple(_sheets(book, listed, name, extents, bounds))
    return Workbook(name, kind, sheets, data, notes)


def _bytes(source: Path | bytes, name: str, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name or "工作簿"
    try:
        with source.open("rb") as handle:
            return handle.read(limits.file_bytes + 1), name or source.name
    except OSError as error:
        raise Refusal.of(
            "no-file", f"文件读不出来：{cause(error)}", "请检查文件", place=name or source.name
        ) from error


@contextmanager
def _spoiled(name: str) -> Iterator[None]:
    """Whatever the reader stumbles over becomes words; it can also panic, which is no Exception."""
    try:
        yield
    except calamine.PasswordError:
        raise encrypted(name) from None
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError) as error:
        raise damaged(name) from error
    except (OSError, ValueError, OverflowError, UnicodeError) as error:
        raise damaged(name) from error
    except BaseException as error:  # a panic of the reader derives from this alone
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from None


def _old(name: str, data: bytes, limits: Limits) -> bytes:
    """An .xls as the reader may see it: its records looked through, in a container of our own."""
    stream = bytearray(workbook_stream(name, data))
    cells = 0
    for number, (rows, columns) in enumerate(old_extents(name, stream, limits), start=1):
        cells += rows * columns
        _within(name, f"第 {number} 张表", rows, columns, cells, limits)
    return rebuilt(bytes(stream))


def _beyond(name: str, what: str) -> Refusal:
    return Refusal.of(
        "too-large", f"工作簿{what}", "请拆成几个文件，或删去没有用的行列", place=name
    )


def _sheets(
    book: Any, listed: list[Any], name: str, extents: dict[str, Extent], limits: Limits
) -> Iterator[Sheet]:
    cells = 0
    for each in listed:
        extent = extents.get(each.name, Extent())
        sheet = book.get_sheet_by_name(each.name)
        height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
        cells += height * width
        _within(name, each.name, height, width, cells, limits)
        rows = sheet.to_python(skip_empty_area=False)
        merges = tuple(Area(*top, *low) for top, low in sheet.merged_cell_ranges or ())
        hidden = each.visible != calamine.SheetVisibleEnum.Visible
        yield Sheet(name, each.name, rows, merges, frozenset(extent.without_result), hidden)


def _within(name: str, sheet: str, rows: int, columns: int, cells: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise _beyond(name, f"的〔{sheet}〕有 {rows} 行，超过 {limits.rows} 行")
    if columns > limits.columns:
        raise _beyond(name, f"的〔{sheet}〕有 {columns} 列，超过 {limits.columns} 列")
    if cells > limits.cells:
        raise _beyond(name, f"共有 {cells} 格以上，超过 {limits.cells} 格")


def _extents(name: str, data: bytes, limits: Limits) -> tuple[dict[str, Extent], tuple[str, ...]]:
    """Look through the whole package once; what each sheet reaches, by the sheet's name."""
    parts = Parts(name, data, limits)
    need_workbook(parts)
    by_part = _sheet_names(parts)
    found: dict[str, Extent] = {}
    cells = 0
    for part in parts:
        if part in by_part:
            extent = _extent(parts, part, limits)
            cells += extent.rows * extent.columns
            _within(name, by_part[part], extent.rows, extent.columns, cells, limits)
            found[by_part[part]] = extent
        else:
            _look_through(parts, part)
    return found, tuple(_notes(parts))


def _extent(parts: Parts, part: str, limits: Limits) -> Extent:
    try:
        extent = extent_of(_checked(parts, part))
    except NotPlain:
        extent = _by_tags(parts, part)
    area = extent.rows * extent.columns
    if extent.rows > limits.rows or extent.columns > limits.columns or area > limits.cells:
        return _by_tags(parts, part, exact=True)
    return extent


def _by_tags(parts: Parts, part: str, *, exact: bool = False) -> Extent:
    try:
        return extent_of(_checked(parts, part), by_tags=True, exact=exact)
    except OddPlaces:
        raise damaged(parts.name) from None


def _checked(parts: Parts, part: str) -> Iterator[bytes]:
    for number, piece in enumerate(parts.chunks(part)):
        if number == 0:
            parts.check_xml(piece)
        parts.check_counts(piece)
        yield piece


def _look_through(parts: Parts, part: str) -> None:
    for number, piece in enumerate(parts.chunks(part)):
        if part.endswith((".xml", ".rels")):
            if number == 0:
                parts.check_xml(piece)
            parts.check_counts(piece)


def _sheet_names(parts: Parts) -> dict[str, str]:
    """Part of the package -> name of the sheet. The reader finds parts whatever their case."""
    written = {part.lower(): part for part in parts}
    targets: dict[str, list[str]] = {}
    if "xl/_rels/workbook.xml.rels" in parts:
        for tag in _tags(parts, "xl/_rels/workbook.xml.rels", "Relationship"):
            target = html.unescape(tag.get("Target", "")).lower()
            targets.setdefault(tag.get("Id", ""), []).extend((f"xl/{target}", target.lstrip("/")))
    names = {}
    for tag in _tags(parts, "xl/workbook.xml", "sheet"):
        ident = next((value for key, value in tag.items() if key.endswith(":id")), "")
        for target in targets.get(ident, ()):
            if target in written:
                names[written[target]] = html.unescape(tag.get("name", ""))
    for lower, part in written.items():  # a sheet that nothing points to is still looked through
        if lower.startswith("xl/worksheets/") and lower.endswith(".xml"):
            names.setdefault(part, part)
    return names


def _tags(parts: Parts, part: str, tag: str) -> Iterator[dict[str, str]]:
    text = parts.read(part).decode("utf-8", "replace")
    for found in re.finditer(rf"<(?:\w+:)?{tag}\s([^>]*)>", text):
        yield dict(_ATTRIBUTE.findall(found[1]))


def _notes(parts: Parts) -> Iterator[str]:
    if any(part.startswith("xl/externalLinks/") for part in parts):
        yield "工作簿里有指向其他文件的链接：不去打开，只取表里保存的数"
    if any(part.endswith("vbaProject.bin") for part in parts):
        yield "工作簿里有宏：不运行，只取表里保存的数"
