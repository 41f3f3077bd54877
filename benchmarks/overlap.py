"""Overlap of duties: the ten nearest of each of n statements, against other ways to find them.

    python -m benchmarks.overlap --statements 100000
    python -m benchmarks.overlap --statements 100000 --pattern 1

The statements are those of :mod:`benchmarks.statements`: of a large vocabulary, or of a small one
(``--pattern 1``). Exact ways are timed on all statements where they are quick enough and else on a
sample of them; recall is the share of the true ten nearest (by full comparison with our vectors,
ties counted) that a way has among its ten, on 1,000 statements. Ways are compared by the
processor's time on all cores, whatever else the machine did; ours is told by the wall clock too.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.common import Line, T, arguments, peak_megabytes, show
from benchmarks.statements import patterned, varied
from bianzhi.methods.overlap import neighbours, vectors
from bianzhi.methods.overlap.vectors import Vectors

K = 10
LOOKED = 1_000
CHUNK = 50  # of them compared with all at a time


def worked(work: Callable[[], T]) -> tuple[float, T]:
    """(seconds of the processor on all cores, result)."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


class Truth(NamedTuple):
    """The full comparison of some statements with all: the score of the tenth nearest."""

    rows: Vectors
    asked: npt.NDArray[np.int64]
    tenth: npt.NDArray[np.float32]

    def recall(self, found: npt.NDArray[np.int64]) -> float:
        """Share of ten that score at least as the tenth nearest; ``found``: (LOOKED, ≤10)."""
        near = [
            [self.rows.dot(me, other) >= tenth - 1e-5 for other in row if other >= 0]
            for me, tenth, row in zip(self.asked, self.tenth, found, strict=True)
        ]
        hits = sum(min(K, sum(map(bool, each))) for each in near)
        return float(hits / (K * len(found)))


def truth(rows: Vectors, seed: int) -> Truth:
    asked = np.random.default_rng(seed).choice(len(rows), min(LOOKED, len(rows)), replace=False)
    matrix = sparse(rows)
    turned = matrix.T.tocsr()
    tenth = [_tenth(matrix, turned, asked[at : at + CHUNK]) for at in range(0, len(asked), CHUNK)]
    return Truth(rows, asked, np.concatenate(tenth))


def _tenth(matrix: Any, turned: Any, asked: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    scores = np.asarray((matrix[asked] @ turned).todense(), np.float32)
    scores[np.arange(len(asked)), asked] = -1
    return np.partition(scores, -K, axis=1)[:, -K]


def sparse(rows: Vectors) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((rows.values, rows.columns, rows.starts), shape=(len(rows), rows.width))


def by_sparse_dot_topn(texts: list[str], rows: Vectors, right: Truth, most: int) -> Any:
    from sparse_dot_topn import sp_matmul_topn

    matrix = sparse(rows)
    part = np.arange(min(most, len(texts)))
    seconds, _ = worked(lambda: sp_matmul_topn(matrix[part], matrix.T.tocsr(), K + 1, n_threads=2))
    found = sp_matmul_topn(matrix[right.asked], matrix.T.tocsr(), K + 1, n_threads=2)
    return seconds * len(texts) / len(part), _rows(found, right)


def _rows(found: Any, right: Truth) -> npt.NDArray[np.int64]:
    out = np.full((len(right.asked), K), -1, np.int64)
    for at, me in enumerate(right.asked):
        part = slice(found.indptr[at], found.indptr[at + 1])
        order = np.argsort(-found.data[part])
        others = [o for o in found.indices[part][order] if o != me][:K]
        out[at, : len(others)] = others
    return out


def by_bm25s(texts: list[str], rows: Vectors, right: Truth, most: int) -> Any:
    import bm25s

    pieces = [[t[i : i + 2] for i in range(len(t) - 1)] for t in texts]
    made = bm25s.BM25()
    first, _ = worked(lambda: made.index(pieces, show_progress=False))
    part = pieces[: min(most, len(texts), 2_000)]
    seconds, _ = worked(lambda: made.retrieve(part, k=K + 1, show_progress=False, n_threads=2))
    found, _ = made.retrieve([pieces[a] for a in right.asked], k=K + 1, show_progress=False)
    return first + seconds * len(texts) / len(part), _others(found, right)


def _others(found: Any, right: Truth) -> npt.NDArray[np.int64]:
    return np.array(
        [[o for o in row if o != me][:K] for row, me in zip(found, right.asked, strict=True)]
    )


def by_datasketch(texts: list[str], rows: Vectors, right: Truth, most: int) -> Any:
    from datasketch import MinHash, MinHashLSH

    def sketch(text: str) -> Any:
        made = MinHash(num_perm=64)
        made.update_batch([text[i : i + 2].encode() for i in range(len(text) - 1)])
        return made

    index = MinHashLSH(threshold=0.3, num_perm=64)

    def fill() -> list[Any]:
        sketches = [sketch(text) for text in texts]
        for at, each in enumerate(sketches):
            index.insert(at, each)
        return sketches

    def nearest(me: int) -> list[int]:
        near = [o for o in index.query(sketches[me]) if o != me]
        return sorted(near, key=lambda o: -sketches[o].jaccard(sketches[me]))[:K]

    first, sketches = worked(fill)
    seconds, found = worked(lambda: [nearest(me) for me in right.asked])
    out = np.full((len(found), K), -1, np.int64)
    for at, near in enumerate(found):
        out[at, : len(near)] = near
    return first + seconds * len(texts) / len(found), out


def by_rapidfuzz(texts: list[str], rows: Vectors, right: Truth, most: int) -> Any:
    from rapidfuzz import fuzz, process

    asked = [texts[a] for a in right.asked]
    seconds, scores = worked(
        lambda: process.cdist(asked, texts, scorer=fuzz.ratio, workers=2, dtype=np.uint8)
    )
    scores[np.arange(len(asked)), right.asked] = 0
    found = np.argsort(-scores.astype(np.int16), axis=1, kind="stable")[:, :K]
    return seconds * len(texts) / len(asked), found


PEERS: dict[str, Callable[..., Any]] = {
    "sparse_dot_topn, our vectors": by_sparse_dot_topn,
    "bm25s, pairs of characters": by_bm25s,
    "datasketch MinHash LSH": by_datasketch,
    "rapidfuzz ratio": by_rapidfuzz,
}


def main() -> None:
    given = arguments(
        __doc__,
        ("statements", 100_000, 5_000, "how many statements"),
        ("wordings", 0, 0, "different wordings they repeat; 0: no two alike"),
        ("pattern", 0, 0, "1: fill a pattern with the words of the thesaurus"),
        ("most", 3_000, 500, "statements a slow peer is timed on"),
        ("peers", 1, 1, "0 leaves the other ways out"),
    )
    make = patterned if given.pattern else varied
    texts = make(given.wordings or given.statements, seed=1)
    if given.wordings:
        texts = random.Random(2).choices(texts, k=given.statements)
    neighbours(vectors(texts[:4_000]), K)  # compiled before the clock starts; kept on the disk
    wall = time.perf_counter()
    making, rows = worked(lambda: vectors(texts))
    searching, found = worked(lambda: neighbours(rows, K))
    wall = time.perf_counter() - wall
    ours = making + searching
    memory = peak_megabytes()
    right = truth(rows, seed=2)
    recall = right.recall(found.others[right.asked])
    aims = {10_000: "≤ 1 s", 100_000: "≤ 60 s", 1_000_000: "≤ 30 min, recall ≥ .99"}
    pieces = f"{rows.starts[-1] / len(rows):.0f} of {rows.width:,} pieces each"
    lines = [
        Line(
            f"{given.statements:,} statements ({len(set(texts)):,} wordings, {pieces}), ten "
            "nearest, exact",
            f"{wall:.2f} s, recall {recall:.3f}",
            aim=aims.get(given.statements, ""),
        ),
        Line("the processor's time", f"{ours:.2f} s ({making:.2f} vectors)"),
        Line("memory", f"{memory:,} MB", aim="≤ 8 GiB"),
    ]
    print(*lines, sep="\n", flush=True)  # what is known, before the slow peers
    for name, peer in PEERS.items() if given.peers else ():
        seconds, answer = peer(texts, rows, right, given.most)
        lines.append(
            Line(
                f"against {name}, the processor's time", f"{ours:.2f} s",
                f"{seconds:.1f} s, recall {right.recall(answer):.3f}", f"{seconds / ours:.1f}",
            )
        )  # fmt: skip
    show("Overlap of duties", lines)


if __name__ == "__main__":
    main()
