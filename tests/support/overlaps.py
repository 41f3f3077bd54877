"""Duty statements with their topics, and how well the engine tells which are of one."""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from bianzhi.methods.overlap import Model, compare, shipped_model, vectors
from bianzhi.methods.overlap.evaluation import best_threshold


class Labelled:
    """All pairs of statements of different institutions; true: of one topic.

    Scores are the engine's: those of the pairs it compares, which come before all others; these in
    the order of their cosine.
    """

    def __init__(
        self, lines: list[dict[str, Any]], near: Collection[frozenset[str]], *,
        model: Model | None = None, cosine: bool = False,
    ) -> None:  # fmt: skip
        """``near``: pairs of topics neither right nor wrong; ``cosine``: nothing is compared."""
        model = model or shipped_model()
        rows = vectors([line["duty"] for line in lines], model=model)
        self.lines, self.near = lines, near
        self.pairs = np.array([
            pair for pair in combinations(range(len(lines)), 2)
            if lines[pair[0]]["institution"] != lines[pair[1]]["institution"]
            and frozenset(self.topic(at) for at in pair) not in near
        ])  # fmt: skip
        self.truth = np.array(
            [self.topic(one) == self.topic(two) for one, two in self.pairs.tolist()]
        )
        self.scores = np.array([rows.dot(one, two) for one, two in self.pairs.tolist()])
        self.proposed = np.zeros(len(self.pairs), bool)
        for at in () if cosine else np.flatnonzero(self.scores >= model.look):
            texts = [lines[number]["duty"] for number in self.pairs[at].tolist()]
            score = float(self.scores[at])
            said = compare(texts[0], texts[1], model=model, score=score, split=False)
            self.scores[at] = 1 + said.score
            self.proposed[at] = said.relation in ("same", "part")

    def topic(self, number: int) -> str:
        return str(self.lines[number]["topic"])

    def nearest(self) -> np.ndarray:
        """For each statement with a partner: is its nearest one, and the share of its partners
        among the nearest ten."""
        full = np.full((len(self.lines), len(self.lines)), -1.0)
        full[self.pairs[:, 0], self.pairs[:, 1]] = self.scores
        full = np.maximum(full, full.T)
        found = []
        for one, row in enumerate(full):
            partners = [
                o for o in np.flatnonzero(row >= 0).tolist() if self.topic(o) == self.topic(one)
            ]
            if partners:
                order = np.argsort(-row, kind="stable")[:10]
                share = len(set(partners) & set(order)) / min(10, len(partners))
                found.append((order[0] in partners, share))
        return np.array(found, float)

    def held_out_f1(self, folds: int = 5, others: float = 1.0) -> float:
        """F1 with the limit chosen on the topics of the other folds; a pair belongs to the fold of
        either of its topics and is tried once.

        ``others``: what a false pair counts.
        """
        topics = sorted({line["topic"] for line in self.lines})
        fold = {topic: number % folds for number, topic in enumerate(topics)}
        sides = np.array([[fold[self.topic(o)] for o in pair] for pair in self.pairs.tolist()])
        hits = wrong = 0
        for number in range(folds):
            outside = (sides != number).all(axis=1)
            limit = best_threshold(self.scores[outside], self.truth[outside], others)
            said = (sides.max(axis=1) == number) & (self.scores >= limit)
            hits += int((said & self.truth).sum())
            wrong += int((said & ~self.truth).sum())
        return 2 * hits / (hits + others * wrong + int(self.truth.sum()))

    def proposals(self) -> tuple[float, float]:
        """Precision and recall of what the engine proposes as one matter."""
        hits = int((self.proposed & self.truth).sum())
        return hits / max(int(self.proposed.sum()), 1), hits / int(self.truth.sum())


def labelled(folder: Path, name: str, **ways: Any) -> Labelled:
    """The statements of ``NAME.jsonl`` and the neighbouring topics of ``NAME-near.json``."""
    text = (folder / f"{name}.jsonl").read_text(encoding="utf-8")
    near = json.loads((folder / f"{name}-near.json").read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    return Labelled(lines, {frozenset(each) for each in near}, **ways)
