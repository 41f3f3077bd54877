"""How evenly something is spread: posts per head of population over districts, say.

>>> from bianzhi.methods import inequality
>>> round(inequality.measure([1, 2, 3, 4, 5]).gini, 4)
0.2667
"""

from bianzhi.methods.inequality.errors import InequalityError
from bianzhi.methods.inequality.lorenz import Lorenz, lorenz
from bianzhi.methods.inequality.measures import Inequality, measure
from bianzhi.methods.inequality.within import Decomposition, decompose

__all__ = [
    "Decomposition",
    "Inequality",
    "InequalityError",
    "Lorenz",
    "decompose",
    "lorenz",
    "measure",
]
