"""数据来源: the numbers under which the figures of a report are listed, so paper leads on too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bianzhi.files.report.document import (
    Block,
    Cell,
    Figure,
    Quote,
    Report,
    Table,
    Text,
    figures_of,
)

HEADS = ("序号", "数", "是什么", "口径", "代号")


@dataclass
class Source:
    """An entry of the list: one figure, or all the figures of a table."""

    number: int
    name: str
    told: str
    title: str
    address: str
    bases: list[str] = field(default_factory=list)


class Sources:
    """The entries of a report, in the order its figures first appear."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._kept: dict[str, Source] = {}
        for block in report.blocks:
            for figure in figures_of(block):
                self._take(figure, block)

    def _take(self, figure: Figure, block: Block) -> None:
        name = figure.group or figure.name
        found = self._kept.get(name)
        if found is None:
            title = getattr(block, "title", "") if figure.group else figure.title
            told = "见表" if figure.group else figure.text
            address = f"{self.report.where}{name}" if figure.group else figure.address
            found = Source(len(self._kept) + 1, name, told, title, address)
            self._kept[name] = found
        if figure.basis not in found.bases:
            found.bases.append(figure.basis)

    def note(self, block: Block) -> str:
        """The numbers of the entries of a block, 1、3—5; "" where it has no figure."""
        names = {each.group or each.name for each in figures_of(block)}
        return ranges(self._kept[name].number for name in names)

    def table(self) -> Table:
        """The list itself."""
        return Table("", HEADS, tuple(_row(each) for each in self._kept.values()),
                     widths=(2, 3, 9, 14, 9))  # fmt: skip


def _row(source: Source) -> tuple[Cell, ...]:
    told: Text | Quote = Quote(source.told, source.address)
    return (
        (Quote(str(source.number)),), (told,), (Quote(source.title),),
        (Quote("；".join(source.bases)),), (Quote(source.name, source.address),),
    )  # fmt: skip


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, runs of three or more shortened.

    >>> ranges([4, 1, 5, 2, 6])
    '1、2、4—6'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(part for run in runs for part in _run(run))


def _run(run: list[int]) -> list[str]:
    return [f"{run[0]}—{run[-1]}"] if len(run) > 2 else [str(each) for each in run]
