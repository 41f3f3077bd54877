"""Statements as sparse vectors: characters and pairs of characters, weighed by role and rarity.

Characters, not words: single characters and pairs beat longer pieces and segmented words on real
duties, where the same matter is abbreviated in many ways. The rarity of a piece is counted over a
shipped background as well as over the statements at hand, so that a district's few statements are
weighed by what is common everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.lexicon import Lexicon, background_texts, shipped
from bianzhi.methods.overlap.model import Model, shipped_model
from bianzhi.methods.overlap.tokens import Tokens, plain_tokens, tokens

_HALF = 21  # bits of a code point
_DOCUMENT = 2 * _HALF
CHUNK = 200_000  # statements cut into pieces at a time: bounds the memory of the sort
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Vectors:
    """Rows of unit length in compressed form; a row a statement, a column a piece.

    Attributes:
        starts: (n + 1,) where each row begins.
        columns, values: (nnz,) piece numbers, ascending in a row, and weights.
        width: Number of columns.
    """

    starts: Ints
    columns: npt.NDArray[np.int32]
    values: Floats
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, numbers: Ints) -> Vectors:
        """Some rows, in the order given."""
        sizes = np.diff(self.starts)[numbers]
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        at = np.arange(starts[-1]) + np.repeat(self.starts[numbers] - starts[:-1], sizes)
        return Vectors(starts, self.columns[at], self.values[at], self.width)

    def dot(self, one: int, other: int) -> float:
        """The cosine of two statements."""
        a = slice(self.starts[one], self.starts[one + 1])
        b = slice(self.starts[other], self.starts[other + 1])
        _, left, right = np.intersect1d(
            self.columns[a], self.columns[b], assume_unique=True, return_indices=True
        )
        return float(np.dot(self.values[a][left], self.values[b][right]))


@dataclass(frozen=True)
class Rarity:
    """In how many statements of the background each piece occurs."""

    pieces: Ints
    counts: Ints
    total: int

    def of(self, pieces: Ints, counts: Ints, total: int) -> Floats:
        """Weights of pieces met ``counts`` times in ``total`` statements, background included:
        1 for one met nowhere else, 0 for one met everywhere."""
        known = np.zeros(len(pieces), np.int64)
        if len(self.pieces):
            at = np.minimum(np.searchsorted(self.pieces, pieces), len(self.pieces) - 1)
            known = np.where(self.pieces[at] == pieces, self.counts[at], 0)
        return _rare(known + counts, self.total + total)

    def of_word(self, word: str) -> Floats:
        """How rare each character of a word is in the background: as the pairs it stands in are."""
        codes = np.fromiter(map(ord, word), np.int64, len(word))
        pieces = codes << _HALF if len(word) == 1 else codes[:-1] << _HALF | codes[1:]
        rare = self.of(pieces, np.zeros(len(pieces), np.int64), 0)
        ends = np.concatenate([rare[:1], rare, rare[-1:]])
        return rare if len(word) == 1 else (ends[:-1] + ends[1:]) / 2


def _rare(counts: Ints, total: int) -> Floats:
    every = 1 + total
    rare: Floats = (np.log(every / (1 + counts)) / np.log(every / 2)).astype(np.float32)
    return np.clip(rare, np.float32(0), np.float32(1))


@cache
def shipped_rarity() -> Rarity:
    """The rarity counted over the shipped background."""
    return rarity(background_texts())


def rarity(texts: Sequence[str], lexicon: Lexicon | None = None) -> Rarity:
    """Count pieces and matters over statements, whatever their words weigh."""
    lexicon = lexicon or shipped()
    even = replace(shipped_model(), role=dict.fromkeys(shipped_model().role, 1.0), factors={})
    met = plain_tokens(texts, lexicon, even)
    _, pieces, _ = _pieces(met)
    _, matters, _ = _matters(met, lexicon, even)
    found, counts = np.unique(np.concatenate([pieces, matters + _MATTER]), return_counts=True)
    return Rarity(found, counts.astype(np.int64), len(texts))


def vectors(
    texts: Sequence[str],
    lexicon: Lexicon | None = None,
    model: Model | None = None,
    background: Rarity | None = None,
) -> Vectors:
    """Statements as vectors of unit length (a statement that says nothing has an empty one).

    Args:
        texts: n statements.
        lexicon, model, background: Shipped ones where not given.
    """
    lexicon, model = lexicon or shipped(), model or shipped_model()
    number = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    of = np.fromiter((number[text] for text in texts), np.int64, len(texts))
    each = list(number)  # what is said twice is taken apart once, and counted twice
    parts = [
        _weighed(tokens(each[at : at + CHUNK], lexicon, model), at, lexicon, model)
        for at in range(0, len(each), CHUNK)
    ]
    if not parts:
        return Vectors(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), 0)
    rows, pieces, weights = (np.concatenate(each) for each in zip(*parts, strict=True))
    times = np.bincount(of)
    if background is None:  # an office's own groups are numbered anew
        own = lexicon is not shipped()
        background = rarity(background_texts(), lexicon) if own else shipped_rarity()
    found = _normalised(rows, pieces, weights, times, model, background)
    return found if len(each) == len(texts) else found.take(of)


_MATTER = np.int64(1) << (_DOCUMENT - 1)  # above every pair of code points


def _pieces(found: Tokens) -> tuple[Ints, Ints, Floats]:
    """(statement, piece, weight): single characters and pairs, each once, the heaviest."""
    codes, weights = found.codes, found.weights
    single = weights > 0
    pair = single[:-1] & single[1:]
    pieces = np.concatenate([codes[single] << _HALF, (codes[:-1] << _HALF | codes[1:])[pair]])
    rows = np.concatenate([found.documents[single], found.documents[:-1][pair]])
    heavy = np.concatenate([weights[single], np.minimum(weights[:-1], weights[1:])[pair]])
    keys = (rows << _DOCUMENT) | pieces
    order = np.argsort(keys, kind="stable")
    keys, heavy = keys[order], heavy[order]
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, int)
    most = np.maximum.reduceat(heavy, first) if len(first) else heavy
    keys = keys[first]
    return keys >> _DOCUMENT, keys & ((1 << _DOCUMENT) - 1), most.astype(np.float32)


def _weighed(
    found: Tokens, offset: int, lexicon: Lexicon, model: Model
) -> tuple[Ints, Ints, Floats]:
    """Pieces and matters of a chunk, rows counted from ``offset``; matters weigh below zero here,
    to be told apart until both blocks are normalised."""
    rows, pieces, weights = _pieces(found)
    matter_rows, matters, shares = _matters(found, lexicon, model)
    return (
        np.concatenate([rows, matter_rows]) + offset,
        np.concatenate([pieces, matters + _MATTER]),
        np.concatenate([weights, -shares]),
    )


def _matters(found: Tokens, lexicon: Lexicon, model: Model) -> tuple[Ints, Ints, Floats]:
    """(statement, node, share): matters named, and the wider ones and fields they are part of, each
    once with the largest share."""
    starts, nodes, shares = _spread(found.names, lexicon, model)
    sizes = np.diff(starts)[found.matters]
    rows = np.repeat(found.matter_documents, sizes)
    before = np.cumsum(sizes) - sizes
    at = np.arange(sizes.sum()) + np.repeat(starts[found.matters] - before, sizes)
    told, weights = nodes[at], shares[at]
    order = np.lexsort((-weights, told, rows))
    rows, told, weights = rows[order], told[order], weights[order]
    keys = rows * max(len(found.names), 1) + told
    first = np.r_[True, keys[1:] != keys[:-1]] if len(keys) else np.zeros(0, bool)
    return rows[first], told[first], weights[first]


def _spread(names: tuple[str, ...], lexicon: Lexicon, model: Model) -> tuple[Ints, Ints, Floats]:
    """Of each matter the nodes it speaks of, itself and what it is part of, with their shares:
    (starts, nodes, shares), compressed."""
    number = {name: at for at, name in enumerate(names)}
    starts, nodes, shares = [0], [], []
    for name in names:
        share = 1.0
        for each in (name, *lexicon.above.get(name, ())) if name not in lexicon.fields else ():
            nodes.append(number[each])
            shares.append(share)
            share *= model.under
        starts.append(len(nodes))
    return np.array(starts, np.int64), np.array(nodes, np.int64), np.array(shares, np.float32)


def _normalised(
    rows: Ints, pieces: Ints, weights: Floats, times: Ints, model: Model, background: Rarity
) -> Vectors:
    """Rows of unit length; ``times``: how often each row's text is said."""
    count = len(times)
    matter = weights < 0
    found, columns = np.unique(pieces, return_inverse=True)
    counts = np.bincount(columns, times[rows], len(found)).astype(np.int64)
    rare = background.of(found, counts, int(times.sum()))
    told = np.clip(2 * rare[columns] - model.common, 0, 1)  # what half of them say tells little
    single = np.where(pieces & ((1 << _HALF) - 1) == 0, model.single, 1)
    values = np.where(matter, -weights, weights * rare[columns] * told * single)
    for block, share in ((~matter, 1.0), (matter, model.concept)):
        values[block] *= share * _inverse_length(rows[block], values[block], count)[rows[block]]
    values[matter] *= told[matter]
    values *= _inverse_length(rows, values, count)[rows]
    order = np.lexsort((columns, rows))
    keep = order[values[order] > 0]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows[keep], minlength=count))])
    return Vectors(
        starts.astype(np.int64), columns[keep].astype(np.int32),
        values[keep].astype(np.float32), len(found),
    )  # fmt: skip


def _inverse_length(rows: Ints, values: Floats, count: int) -> Floats:
    squares = np.bincount(rows, weights=values.astype(np.float64) ** 2, minlength=count)
    with np.errstate(divide="ignore"):
        inverse = np.where(squares > 0, 1 / np.sqrt(squares), 0)
    return inverse.astype(np.float32)
