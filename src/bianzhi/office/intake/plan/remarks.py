"""Numbers hidden in 备注 of the current table: 含周转3名, 预留领导1名, 待上编2名.

Each is told with the words of the remark. Where a person adopts it, the row is read as if the
number stood in its own column, and what the record has under the wider kind is split.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from bianzhi.core.acts import Act
from bianzhi.core.days import day_text
from bianzhi.core.quantity import UNIT, quantity, quantity_text
from bianzhi.files.intake.phrases import POSTS, Fact, facts_in
from bianzhi.office.intake.plan.bench import act
from bianzhi.office.intake.plan.history import SUMS
from bianzhi.office.intake.plan.opening import Current
from bianzhi.office.intake.plan.rows import WARNING, Finding, Row, Said, Value
from bianzhi.office.intake.plan.standing import funding_of

NOTES = ("note", "note_other")
RESERVES = {"leader": ("reserved_leader", "领导预留"), "other": ("reserved_other", "其他预留")}


@dataclass(frozen=True)
class Hidden:
    """A number in a remark.

    Attributes:
        key: The cell and the words.
        column: The field it belongs to, ``approved_SZ``; ``title`` is its name.
        whole: The field it is a part of, "" where it is none.
        n: In ten-thousandths.
        origin, remark: The cell and all it says.
    """

    key: str
    column: str
    title: str
    whole: str
    n: int
    origin: str
    remark: str


class Remarks:
    """The remarks of the current table.

    Args:
        current: Its rows, by unit; adopted numbers are written into them.
        adopted: Keys of the numbers a person adopted.
        said: Takes a finding for each that was not.
    """

    def __init__(self, current: Current, adopted: Collection[str], said: Said) -> None:
        self.current, self.adopted, self.said = current, adopted, said
        self._split: list[tuple[str, Hidden]] = []

    def read(self) -> None:
        """Tell what is hidden, and read adopted numbers as columns."""
        for unit, row in self.current.units.items():
            for hidden in self._hidden(row):
                known = self._is_split(unit, hidden)
                if known or hidden.key in self.adopted:
                    row = _written(row, hidden)
                    self.current.units[unit] = row
                    self._split.append((unit, hidden))
                if not known:
                    self._tell(row, hidden)

    def splits(self) -> Iterator[Act]:
        """置换 of what the record has under the wider kind."""
        bench, day = self.current.bench, self.current.day
        for unit, hidden in self._split:
            kind, part = (name.partition("_")[2] for name in (hidden.whole, hidden.column))
            have = bench.by_kind([unit], day)
            if not kind or have.get(part, 0) >= hidden.n or have.get(kind, 0) < hidden.n:
                continue
            form = bench.fact(unit, "funding_form", day) or "full"
            yield act(
                "置换", hidden.origin, org=unit, kind=kind, to_kind=part, n=hidden.n,
                funding=funding_of(kind, form) or None, on=day_text(day),
            )  # fmt: skip

    def _is_split(self, unit: str, hidden: Hidden) -> bool:
        """Whether the record has it already, by an earlier table."""
        kind = hidden.column.removeprefix("approved_")
        have = self.current.bench.by_kind([unit], self.current.day)
        return bool(hidden.whole) and have.get(kind, 0) == hidden.n

    def _tell(self, row: Row, hidden: Hidden) -> None:
        told = f"{row.text('name')}：备注写“{hidden.remark}”，{hidden.title}一栏没有写"
        inside = "，从所含的编制中分出" if hidden.whole else ""
        adopted = hidden.key in self.adopted
        self.said.findings.append(Finding(
            WARNING, "number-in-remark", told,
            f"已采用：按{hidden.title} {quantity_text(hidden.n)} 名登记{inside}" if adopted
            else f"核对后按“采用”，登记{hidden.title} {quantity_text(hidden.n)} 名{inside}",
            hidden.origin, hidden.key,
        ))  # fmt: skip

    def _hidden(self, row: Row) -> Iterator[Hidden]:
        for name in NOTES:
            for fact in facts_in(row.text(name)):
                if fact.what == POSTS and fact.n > 0 and (place := self._place(row, fact)):
                    column, title, whole = place
                    if not row.number(column):
                        origin = row.at(name)
                        yield Hidden(
                            f"备注|{origin}|{fact.phrase}"[:300], column, title, whole,
                            fact.n * UNIT, origin, row.text(name),
                        )  # fmt: skip

    def _place(self, row: Row, fact: Fact) -> tuple[str, str, str] | None:
        """(column, its title, the column it is a part of); None where that is not certain."""
        if fact.figure == "reserved":
            return (*RESERVES[fact.kind], "")
        if fact.figure == "pending":
            told = any(True for _ in row.starting("pending_"))
            return None if told else ("pending_total", "待上编", "")
        if fact.figure != "approved" or not fact.part or not fact.kind:
            return None
        family = {
            kind: n
            for kind, n in row.starting("approved_")
            if kind not in SUMS and kind[0] == fact.kind[0] and n >= fact.n * UNIT
        }
        if not family or fact.kind in family:
            return None
        title = self.current.bench.kinds.get(fact.kind).name
        whole = max(family, key=lambda kind: family[kind])
        return f"approved_{fact.kind}", title, f"approved_{whole}"


def _written(row: Row, hidden: Hidden) -> Row:
    """The row as if the number stood in its own column."""
    values = {**row.values, hidden.column: Value(quantity(hidden.n), hidden.origin)}
    if hidden.whole:
        left = (row.number(hidden.whole) or 0) - hidden.n
        values[hidden.whole] = Value(quantity(left), row.at(hidden.whole))
    return replace(row, values=values)
