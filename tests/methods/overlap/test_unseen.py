"""Overlap on statements nobody had seen when its lists were made: what to expect of new wording.

Floors below what was reached. The statements are not to be learnt from (see their README).
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from bianzhi.methods.overlap import shipped_model, vectors
from bianzhi.methods.overlap.evaluation import auc, curve

FOLDER = Path(__file__).parent / "unseen"


@pytest.fixture(scope="module")
def lines():
    text = (FOLDER / "duties.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def scored(lines):
    """(scores, truth) of all pairs of different institutions, neighbouring topics left out."""
    near = {frozenset(each) for each in json.loads((FOLDER / "siblings.json").read_text("utf-8"))}
    rows = vectors([line["duty"] for line in lines], model=shipped_model())
    kept = [
        (rows.dot(a, b), one["topic"] == other["topic"])
        for (a, one), (b, other) in combinations(enumerate(lines), 2)
        if one["institution"] != other["institution"]
        and frozenset((one["topic"], other["topic"])) not in near
    ]  # fmt: skip
    scores, truth = zip(*kept, strict=True)
    return np.array(scores), np.array(truth)


def test_the_statements_are_what_their_readme_says(lines):
    assert len(lines) == len({line["duty"] for line in lines}) == 119
    topics = [line["topic"] for line in lines]
    assert sum(topics.count(topic) > 1 for topic in set(topics)) == 40
    assert sum(topics.count(topic) == 1 for topic in set(topics)) == 14


def test_true_pairs_rank_before_others(scored):
    assert auc(*scored) >= 0.945


def test_most_true_pairs_come_early_in_the_review(scored):
    """Of 6,827 pairs, 91 true: seven in ten within the first 300 looks."""
    scores, truth = scored
    assert truth.sum() == 91
    assert curve(scores, truth).looks(0.7) <= 300
