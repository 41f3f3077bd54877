"""The same figures counted straight from the published files, without the product."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

HALF = Decimal("0.5")
RESERVE = "470101"
Row = dict[str, str]


def table(path: Path) -> list[Row]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def published_reconciliation(folder: Path, year: int) -> dict[str, dict[str, Decimal]]:
    """A published reconciliation: programme -> its figures, by column."""
    rows = table(folder / f"reconciliation_{year}.csv")
    return {row.pop("programme"): {name: Decimal(row[name]) for name in row} for row in rows}


def differences(folder: Path, year: int) -> dict[str, tuple[Decimal, Decimal]]:
    """Programme -> (opening + changes − closing, rounding allowance)."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    lines: Counter[str] = Counter()
    for row in table(folder / f"positions_{year}.csv"):
        opening, closing = Decimal(row["posts_original"]), Decimal(row["posts_approved"])
        if opening or closing:
            sums[row["programme"]] += opening - closing
            lines[row["programme"]] += 1
    for row in table(folder / f"changes_{year}.csv"):
        sums[row["programme"]] += Decimal(row["posts_delta"])
        lines[row["programme"]] += 1
    return {programme: (sums[programme], HALF * lines[programme]) for programme in lines}


def disagreeing(folder: Path, year: int) -> set[str]:
    """The programmes that differ by more than rounding."""
    found = differences(folder, year).items()
    return {programme for programme, (by, allowed) in found if abs(by) > allowed}


def programmes(folder: Path, year: int) -> set[str]:
    """The programmes a year's files mention."""
    files = (folder / f"{name}_{year}.csv" for name in ("positions", "changes"))
    return {row["programme"] for path in files for row in table(path)}


def successors_2013(folder: Path) -> dict[str, set[str]]:
    """New programme of 2013 -> the programmes of 2012 that went into it, both with posts."""
    before, after = programmes(folder, 2012), programmes(folder, 2013)
    found: dict[str, set[str]] = {}
    text = (folder / "successors_2012_2013.json").read_text(encoding="utf-8")
    for (_, new), olds in json.loads(text):
        named = {code.removeprefix("00") for _, code in olds}
        if new.removeprefix("00") in after and (going := (named & before) - after):
            found[new.removeprefix("00")] = going
    return found
