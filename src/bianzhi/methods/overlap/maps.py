"""The overlap map before and after a merger: who holds which matter, and what still overlaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from bianzhi.methods.overlap.groups import Matter

JOINED, FEWER, LEFT = "joined", "fewer", "left"
STATES = {JOINED: "归为一家", FEWER: "减少，仍有重叠", LEFT: "未变，仍有重叠"}


def before_after(
    matters: Sequence[Matter], owners: Sequence[str], into: Mapping[str, str]
) -> pl.DataFrame:
    """A row for each matter with several holders before, those with most holders first.

    Columns: matter; before and after (lists of holders, each once); statements (how many); state:
    ``joined`` (one holder is left), ``fewer`` or ``left`` (it still overlaps).

    Args:
        matters: Of all statements (:attr:`.Overlaps.matters`).
        owners: The institution of each statement.
        into: Institution -> who holds its duties after the merger (:attr:`.Plan.holders`); those
            not named hold their own.
    """
    rows = []
    for matter in matters:
        before = list(dict.fromkeys(owners[each] for each in matter.statements))
        after = list(dict.fromkeys(into.get(each, each) for each in before))
        if len(before) > 1:
            state = JOINED if len(after) == 1 else FEWER if len(after) < len(before) else LEFT
            rows.append({"matter": matter.name, "before": before, "after": after,
                         "statements": len(matter.statements), "state": state})  # fmt: skip
    schema = pl.Schema({
        "matter": pl.String(), "before": pl.List(pl.String()), "after": pl.List(pl.String()),
        "statements": pl.Int64(), "state": pl.String(),
    })  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def links(
    matters: Sequence[Matter], owners: Sequence[str], into: Mapping[str, str]
) -> pl.DataFrame:
    """The same as a picture's data: a row for each matter, holder and stage.

    Columns: stage (``before``, ``after``), matter, holder, statements (how many of the holder's
    are of the matter). The statements of a matter are as many after as before: no duty is lost.
    """
    rows: dict[tuple[str, int, str], int] = {}
    for number, matter in enumerate(matters):
        for each in matter.statements:
            holder = owners[each]
            for key in (("before", number, holder), ("after", number, into.get(holder, holder))):
                rows[key] = rows.get(key, 0) + 1
    shown = [
        {"stage": stage, "matter": matters[number].name, "holder": holder, "statements": count}
        for (stage, number, holder), count in sorted(rows.items(), key=lambda row: row[0][1])
    ]
    schema = {"stage": pl.String, "matter": pl.String, "holder": pl.String, "statements": pl.Int64}
    return pl.DataFrame(shown, schema=schema)
