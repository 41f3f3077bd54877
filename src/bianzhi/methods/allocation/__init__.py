"""Who gets the vacant posts: an exact optimum with its certificate, or a fair division.

>>> import polars as pl
>>> from bianzhi.methods import allocation
>>> asked = pl.DataFrame({"id": ["甲", "乙"], "kind": ["事业", "事业"], "want": [3, 3],
...                       "priority": [2.0, 1.0]})
>>> made = allocation.allocate(asked, {"事业": 4}, benefit="harmonic")
>>> made.granted.tolist(), round(made.value, 3), made.gap
([3, 1], 4.667, 0.0)
"""

from bianzhi.methods.allocation.apportion import METHODS, apportion
from bianzhi.methods.allocation.caps import Cap
from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.floor import Floored, floor_first, trade_off
from bianzhi.methods.allocation.leximin import Fair, leximin
from bianzhi.methods.allocation.loans import Loans, lend
from bianzhi.methods.allocation.naive import Comparison, compare, first_come, proportional
from bianzhi.methods.allocation.result import Allocation
from bianzhi.methods.allocation.solve import allocate

__all__ = [
    "METHODS",
    "Allocation",
    "AllocationError",
    "Cap",
    "Comparison",
    "Fair",
    "Floored",
    "Loans",
    "allocate",
    "apportion",
    "compare",
    "first_come",
    "floor_first",
    "lend",
    "leximin",
    "proportional",
    "trade_off",
]
