"""Overlap of duties in Chinese: parse, compare, rank, explain; the engine proposes, people decide.

>>> from bianzhi.methods import overlap
>>> found = overlap.find(
...     ["承担渣土运输管理", "负责建筑废弃物运输的管理", "负责档案的整理"],
...     ["城管中心", "环卫所", "档案馆"],
... )
>>> [(pair.one, pair.other, pair.comparison.relation) for pair in found.pairs]
[(0, 1, 'same')]
"""

from bianzhi.methods.overlap.compare import CLASSES, Comparison, compare
from bianzhi.methods.overlap.groups import Matter, Stray, coverage, gaps, strays
from bianzhi.methods.overlap.learning import Judgement, Learnt, Lesson, learn
from bianzhi.methods.overlap.lexicon import Lexicon, shipped
from bianzhi.methods.overlap.maps import STATES, before_after, links
from bianzhi.methods.overlap.model import Model, shipped_model
from bianzhi.methods.overlap.overlaps import OverlapError, Overlaps, Pair, find
from bianzhi.methods.overlap.parsing import parse, statements
from bianzhi.methods.overlap.search import Neighbours, neighbours
from bianzhi.methods.overlap.sides import Side, side_of
from bianzhi.methods.overlap.vectors import Vectors, vectors

__all__ = [
    "CLASSES", "STATES", "Comparison", "Judgement", "Learnt", "Lesson", "Lexicon", "Matter",
    "Model", "Neighbours", "OverlapError", "Overlaps", "Pair", "Side", "Stray", "Vectors",
    "before_after", "compare", "coverage", "find", "gaps", "learn", "links", "neighbours", "parse",
    "shipped", "shipped_model", "side_of", "statements", "strays", "vectors",
]  # fmt: skip
