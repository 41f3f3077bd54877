"""How much of one statement another covers: by its words, by other names, by neighbouring matters.

Where two statements have words in common, or two names of one matter, they say the same. Where they
name matters of one wider matter or field, they say the less the same the more steps lie between.
Each character counts by its word's role and by how rare it is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.lexicon import Lexicon
from bianzhi.methods.overlap.model import Model, shipped_model
from bianzhi.methods.overlap.names import names_in
from bianzhi.methods.overlap.parsing import Parsed
from bianzhi.methods.overlap.remembering import once_a_statement
from bianzhi.methods.overlap.tokens import matters
from bianzhi.methods.overlap.vectors import shipped_rarity

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class Content(NamedTuple):
    """What a statement says.

    Attributes:
        weights: How much each character counts.
        names: Where matters are named: from, to (not included), which.
        matters: All it names, those meant by their parts included.
    """

    weights: Floats
    names: tuple[tuple[int, int, frozenset[str]], ...]
    matters: frozenset[str]

    @property
    def named(self) -> frozenset[str]:
        """The matters it names, without those it only means."""
        return frozenset(each for _, _, told in self.names for each in told)


@once_a_statement
def content(parsed: Parsed, lexicon: Lexicon) -> Content:
    """What a statement is charged with, weighed by the shipped model and background."""
    model = shipped_model()
    weights = np.zeros(len(parsed.text))
    told: set[str] = set()
    for clause in parsed.clauses:
        if not clause.excepted:
            told |= matters(clause.text, lexicon)
            for word in clause.words:
                weights[word.start : word.end] = model.role[word.role] * shipped_rarity().of_word(
                    word.text
                )
    names = tuple(
        (start, end, lexicon.names[word])
        for word, places in names_in(parsed, lexicon).items() for start, end in places
    )  # fmt: skip
    return Content(weights, names, frozenset(told))


@once_a_statement
def telling(parsed: Parsed, lexicon: Lexicon, formulas: frozenset[str]) -> Content:
    """What a statement says without what tells no matter here: formulas weigh nothing, unless they
    stand in the name of a matter that is none."""
    said = content(parsed, lexicon)
    text, weights = parsed.text, said.weights.copy()
    for at in range(len(text) - 1):
        if text[at : at + 2] in formulas:
            weights[at : at + 2] = 0
    for word in (word for clause in parsed.clauses for word in clause.words):
        if f"‹{word.text}›" in formulas:
            weights[word.start : word.end] = 0
    names = []
    for start, end, every in said.names:
        told = frozenset(each for each in every if f"〔{each}〕" not in formulas)
        if told and any(text[at : at + 2] not in formulas for at in range(start, end - 1)):
            weights[start:end] = said.weights[start:end]
            names.append((start, end, told))
        else:
            weights[start:end] = 0
    kept = frozenset(each for each in said.matters if f"〔{each}〕" not in formulas)
    return Content(weights, tuple(names), kept)


def credit(one: Content, hit: Bools, other: Content, lexicon: Lexicon, model: Model) -> Floats:
    """How far another statement has each character of one, between 0 and 1.

    Args:
        one, other: What they say.
        hit: Which characters of the one the other has too, or has by another name.
        lexicon: Its thesaurus tells how near matters are.
        model: How much a step between them takes away.
    """
    found = hit.astype(float)
    for start, end, told in one.names:
        for near in (nearness(a, b, lexicon, model) for a in told for b in other.matters):
            found[start:end] = np.maximum(found[start:end], near)
    return found


def covered(one: Content, credits: Floats | Bools) -> float:
    """Which share of what a statement says another has, between 0 and 1."""
    total = one.weights.sum()
    return float((one.weights * credits).sum() / total) if total else 0.0


def nearness(one: str, other: str, lexicon: Lexicon, model: Model) -> float:
    """1 for one matter, less by each step up and down between two of one wider matter or field,
    0 where there is none."""
    ones, others = (one, *lexicon.above.get(one, ())), (other, *lexicon.above.get(other, ()))
    for up, each in enumerate(ones):
        if each in others:
            return float(model.step ** (up + others.index(each)))
    return 0.0
