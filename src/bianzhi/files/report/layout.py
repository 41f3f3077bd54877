"""A report with everything counted: the one form that page, Word and PDF are all made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bianzhi.files.official.paper import chinese
from bianzhi.files.report.document import (
    LEVELS,
    Blank,
    Block,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Piece,
    Quote,
    Report,
    Table,
)
from bianzhi.files.report.sources import Sources

WHOLE, SHORT = 12, 16  # rows up to which a table stays on one page, of cells of so many characters
SOURCES = "数据来源"
LEAD = ("正文、表、图后“来源”的序号在这里。在浏览器打开下面的地址，后面接上代号，"
        "就看到这个数由哪些单位、哪些账构成：")  # fmt: skip


def laid_out(report: Report) -> dict[str, Any]:
    """The report as plain values: title, under, day, base, where, blocks, annexes (number, title,
    lead, blocks).

    Headings, tables, pictures and sources are counted here, so nothing left out leaves a hole.
    """
    maker = _Maker(report)
    parts = [(each.title, "", each.body) for each in report.annexes]
    sources = maker.sources.table()
    if sources.rows:
        parts.append((SOURCES, LEAD, (sources,)))
    annexes = [
        {"number": f"附件{place}" if len(parts) > 1 else "附件", "title": title, "lead": lead,
         "blocks": maker.blocks(body)}
        for place, (title, lead, body) in enumerate(parts, 1)
    ]  # fmt: skip
    year, month, day = report.day
    return {
        "title": report.title, "under": report.under, "base": report.base,
        "where": report.base + report.where,
        "day": {"year": year, "month": month, "day": day},
        "blocks": maker.blocks(report.body), "annexes": annexes,
    }  # fmt: skip


class _Maker:
    """Counts as it goes: the body first, then the annexes in order."""

    def __init__(self, report: Report) -> None:
        self.base = report.base
        self.sources = Sources(report)
        titled = [each for each in report.blocks if isinstance(each, Table | Picture)]
        self._numbers = {
            **_counted("表", (each for each in titled if isinstance(each, Table) and each.title)),
            **_counted("图", (each for each in titled if isinstance(each, Picture))),
        }

    def blocks(self, body: Iterable[Block]) -> list[dict[str, Any]]:
        counts = [0] * (len(LEVELS) + 1)
        return [self._block(each, counts) for each in body]

    def _block(self, block: Block, counts: list[int]) -> dict[str, Any]:
        if isinstance(block, Heading):
            counts[block.level] += 1
            counts[block.level + 1 :] = [0] * (len(LEVELS) - block.level)
            number = _number(block.level, counts[block.level])
            return {"kind": "heading", "level": block.level, "number": number, "text": block.text}
        note = self.sources.note(block)
        if isinstance(block, Paragraph):
            return {"kind": "paragraph", "pieces": self._pieces(block.pieces), "note": note}
        number = self._numbers.get(id(block), "")
        if isinstance(block, Table):
            return {
                "kind": "table", "number": number, "title": block.title, "heads": block.heads,
                "rows": [[self._pieces(cell) for cell in row] for row in block.rows],
                "numeric": block.numeric, "summed": block.summed, "note": note,
                "whole": _is_short(block),
                "widths": block.widths or (1,) * len(block.heads),
            }  # fmt: skip
        return {"kind": "picture", "number": number, "title": block.title, "note": note,
                "drawing": block.drawing, "said": block.said}  # fmt: skip

    def _pieces(self, pieces: Iterable[Piece]) -> list[dict[str, str]]:
        return [self._piece(each) for each in pieces]

    def _piece(self, piece: Piece) -> dict[str, str]:
        address = piece.address if isinstance(piece, Figure | Quote) else ""
        return {
            "text": piece.text, "address": address, "href": self.base + address if address else "",
            "look": "blank" if isinstance(piece, Blank)
            else "figure" if isinstance(piece, Figure) else "",
        }  # fmt: skip


def _is_short(table: Table) -> bool:
    cells = (cell for row in table.rows for cell in row)
    return len(table.rows) <= WHOLE and all(
        sum(len(each.text) for each in cell) <= SHORT for cell in cells
    )


def _counted(word: str, blocks: Iterable[Table | Picture]) -> dict[int, str]:
    return {id(block): f"{word}{place}" for place, block in enumerate(blocks, 1)}


def _number(level: int, n: int) -> str:
    forms = {1: f"{chinese(n)}、", 2: f"（{chinese(n)}）", 3: f"{n}."}
    return forms[level]
