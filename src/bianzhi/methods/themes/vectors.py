"""Complaints as vectors of characters and pairs of characters, weighed by how rare they are.

The rows are those of ``methods.overlap``, and so is the rarity counted over its background; the
words around a problem (我单位、目前、存在) count nothing instead of those around a duty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.vectors import Rarity, Vectors, shipped_rarity
from bianzhi.methods.themes.catalogue import Catalogue

_HALF = 21  # bits of a code point, as the background counts its pieces
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def vectors(
    texts: Sequence[str], catalogue: Catalogue, background: Rarity | None = None
) -> Vectors:
    """Rows of unit length; a text of nothing but frames has an empty one.

    Args:
        texts: n different texts.
        catalogue: Whose frames do not count.
        background: Rarity of the pieces elsewhere; that of overlap where not given.
    """
    if not texts:
        return Vectors(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), 0)
    rows, pieces = _pieces([catalogue.framing.sub("\0", text) for text in texts])
    found, columns, counts = np.unique(pieces, return_inverse=True, return_counts=True)
    rare = (background or shipped_rarity()).of(found, counts.astype(np.int64), len(texts))
    values = rare[columns].astype(np.float64) ** 2
    lengths = np.sqrt(np.bincount(rows, values**2, len(texts)))
    values /= np.where(lengths > 0, lengths, 1)[rows]
    kept = values > 0
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows[kept], minlength=len(texts)))])
    return Vectors(
        starts.astype(np.int64), columns[kept].astype(np.int32),
        values[kept].astype(np.float32), len(found),
    )  # fmt: skip


def _pieces(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """(text, piece), each once a text, ascending: single characters and pairs."""
    whole = "\0".join(texts) + "\0"
    codes = np.frombuffer(whole.encode("utf-32-le"), np.uint32).astype(np.int64)
    sizes = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    rows = np.repeat(np.arange(len(texts)), sizes)
    single = codes > 0
    pair = single[:-1] & single[1:]
    pieces = np.concatenate([codes[single] << _HALF, (codes[:-1] << _HALF | codes[1:])[pair]])
    owners = np.concatenate([rows[single], rows[:-1][pair]])
    order = np.lexsort((pieces, owners))
    owners, pieces = owners[order], pieces[order]
    if not len(pieces):
        return owners, pieces
    first = np.r_[True, (owners[1:] != owners[:-1]) | (pieces[1:] != pieces[:-1])]
    return owners[first], pieces[first]


def centres(rows: Vectors, groups: Sequence[Ints]) -> Floats:
    """(width, k) the mean direction of each group of rows, of unit length; 0 where empty."""
    made = np.zeros((rows.width, max(len(groups), 1)))
    for number, members in enumerate(groups):
        taken = rows.take(np.asarray(members, np.int64))
        np.add.at(made[:, number], taken.columns, taken.values)
    lengths = np.linalg.norm(made, axis=0)
    centred: Floats = made / np.where(lengths > 0, lengths, 1)
    return centred


def cosines(rows: Vectors, to: Floats) -> Floats:
    """(n, k) cosines of rows with centres."""
    found = np.zeros((len(rows), to.shape[1]))
    filled = np.flatnonzero(np.diff(rows.starts))
    if len(filled):
        for column in range(to.shape[1]):
            parts = rows.values * to[rows.columns, column]
            found[filled, column] = np.add.reduceat(parts, rows.starts[filled])
    return found


def common_words(one: str, other: str, apart: re.Pattern[str], most: int = 3) -> list[str]:
    """The longest runs of characters two texts share, none across ``apart``; for showing why."""
    parts = [part for part in apart.split(one) if part]
    found: set[str] = set()
    for part in parts:
        at = 0
        while at < len(part):
            end = at
            while end < len(part) and part[at : end + 1] in other:
                end += 1
            if end > at:
                found.add(part[at:end])
            at = max(end, at + 1)
    return sorted(found, key=lambda run: (-len(run), run))[:most]
