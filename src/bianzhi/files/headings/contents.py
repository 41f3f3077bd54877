"""One heading over several columns: what stands below tells which is the name."""

from __future__ import annotations

from collections.abc import Sequence

from bianzhi.files.headings.header import Header
from bianzhi.files.workbook import Sheet

_SAMPLE = 200
_LEVELS = ("一级序号", "二级序号", "三级序号")


def split_names(sheet: Sheet, header: Header) -> tuple[tuple[str, ...], ...]:
    """The paths, with the numbering columns under a shared heading called what they are.

    单位名称 merged over three columns holds two columns of numbering and the name itself: the
    name is the column with the longest texts.
    """
    paths = list(header.paths)
    body = sheet.rows[header.body : header.body + _SAMPLE]
    start = 0
    while start < len(paths):
        end = start + 1
        while end < len(paths) and paths[end] == paths[start]:
            end += 1
        if end - start > 1 and paths[start]:
            named = max(range(start, end), key=lambda column: (_length(body, column), -column))
            others = [column for column in range(start, end) if column != named]
            for level, column in enumerate(others[: len(_LEVELS)]):
                paths[column] = (*paths[column], _LEVELS[level])
        start = end
    return tuple(paths)


def _length(body: Sequence[Sequence[object]], column: int) -> int:
    return sum(len(said) for row in body if isinstance(said := row[column], str))
