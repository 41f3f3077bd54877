"""The ledger as an old system exported it: the defect of a block one column too far left.

The headings promise nine columns of approved posts, the data has eight (储备 is left out), so
everything from the tenth number on stands one column too far left until 待上编, which is written
with five values under four headings. Within the approved block 参公 and 一般 stand in each other's
place.
"""

from __future__ import annotations

from bianzhi.sample.sheets.grid import Grid
from bianzhi.sample.sheets.ledger import COLUMNS, HEADS

PUBLIC, PLAIN = 12, 13  # 参公事业, 一般事业 in the approved block
RESERVE = 15  # 储备事业: the value the old system forgot
WAITING = 29  # first column of 待上编


def shifted(grid: Grid) -> Grid:
    """A copy of the ledger with the block moved."""
    rows = [list(row) for row in grid.rows]
    for row in rows[HEADS:]:
        row[PUBLIC], row[PLAIN] = row[PLAIN], row[PUBLIC]
        moved = row[RESERVE + 1 : WAITING]
        row[RESERVE : WAITING - 1] = moved
        row[WAITING - 1] = None
    return Grid(grid.name, rows, HEADS, [*grid.merges], dict(grid.widths), list(grid.keys))


def moved_columns() -> list[list[str]]:
    """(what a heading says, what stands under it) of each column concerned."""
    names = ["/".join(part for part in column if part) for column in COLUMNS]
    pairs = [[names[PUBLIC], names[PLAIN]], [names[PLAIN], names[PUBLIC]]]
    pairs += [[names[place], names[place + 1]] for place in range(RESERVE, WAITING - 1)]
    return [*pairs, [names[WAITING - 1], ""]]
