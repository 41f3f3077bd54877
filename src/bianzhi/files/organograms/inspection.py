"""Inspection: what is wrong with the returns themselves, before anything is posted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path

from bianzhi.files.organograms.broken import HALF, broken_returns
from bianzhi.files.organograms.findings import Finding, row_findings
from bianzhi.files.organograms.reading import read_published, read_snapshots
from bianzhi.files.organograms.rows import COUNTS_FILE, Published, Snapshot, total_fte


@dataclass(frozen=True, slots=True)
class SnapshotCheck:
    """One return: its rows against the publisher's count (None where none was published)."""

    body: str
    on: str
    seniors: int
    juniors: int
    senior_fte: Decimal
    junior_fte: Decimal
    published: Published | None

    @property
    def agrees(self) -> bool:
        """Whether both counts equal the published ones."""
        return self.published is not None and (self.seniors, self.juniors) == (
            self.published.seniors,
            self.published.juniors,
        )


@dataclass(frozen=True, slots=True)
class Inspection:
    """All returns of a folder with their counts, and what was found in them."""

    snapshots: tuple[SnapshotCheck, ...]
    findings: tuple[Finding, ...]

    def found(self, code: str) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.findings if finding.code == code]

    def tally(self) -> dict[str, int]:
        """How many findings there are of each kind."""
        return dict(sorted(Counter(finding.code for finding in self.findings).items()))


def inspect(folder: Path, *, keep: Decimal = HALF) -> Inspection:
    """Counts against the published ones, and findings.

    Args:
        folder: Where the three files lie.
        keep: See :func:`~bianzhi.files.organograms.broken.broken_returns`.

    Raises:
        Refusal: the files cannot be read.
    """
    snapshots, published = read_snapshots(folder), read_published(folder)
    by_return = {(each.body, each.on): each for each in published}
    checks = [_check(each, by_return.get((each.body, each.on))) for each in snapshots]
    findings = chain(
        _count_findings(checks),
        _without_rows(published, snapshots),
        *map(row_findings, snapshots),
        _broken(snapshots, keep),
    )
    return Inspection(tuple(checks), tuple(findings))


def _check(snapshot: Snapshot, published: Published | None) -> SnapshotCheck:
    return SnapshotCheck(
        snapshot.body,
        snapshot.on,
        len(snapshot.seniors),
        len(snapshot.juniors),
        total_fte(snapshot.seniors),
        total_fte(snapshot.juniors),
        published,
    )


def _count_findings(checks: Iterable[SnapshotCheck]) -> Iterator[Finding]:
    for check in checks:
        if check.agrees:
            continue
        told = (
            f"公布 {check.published.seniors}/{check.published.juniors} 行"
            if check.published
            else "没有公布行数"
        )
        message = f"高级/一般职位共 {check.seniors}/{check.juniors} 行，{told}"
        yield Finding("count-differs", check.body, check.on, "行数", message)


def _without_rows(
    published: Iterable[Published], snapshots: Sequence[Snapshot]
) -> Iterator[Finding]:
    present = {(each.body, each.on) for each in snapshots}
    for each in published:
        if (each.body, each.on) not in present:
            message = f"公布 {each.seniors}/{each.juniors} 行，文件中没有这一期"
            yield Finding("count-differs", each.body, each.on, "行数", message, (COUNTS_FILE,))


def _broken(snapshots: Sequence[Snapshot], keep: Decimal) -> Iterator[Finding]:
    for each in broken_returns(snapshots, keep):
        yield Finding("broken-return", each.body, each.on, each.body, each.message)
