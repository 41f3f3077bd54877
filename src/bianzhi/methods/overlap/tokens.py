"""Characters of many statements as arrays, each with the weight of its word, and the matters met.

Two ways to the same arrays: word by word in Python (a district, at once, nothing to compile), and
a compiled kernel for a city or a nation. A test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.composed import meant
from bianzhi.methods.overlap.lexicon import Lexicon
from bianzhi.methods.overlap.model import Model
from bianzhi.methods.overlap.parsing import WORDS, names_among, normal, parse, segmented
from bianzhi.methods.overlap.remembering import once_a_text

COMPILE_FROM = 4_000  # statements: below, the kernel's first call would cost more than it saves
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Tokens(NamedTuple):
    """Characters and matters of statements.

    Attributes:
        codes: Code points of all statements, a 0 between any two clauses and statements.
        documents: The statement of each code.
        weights: The weight of each code; 0 for frames, separators and excepted clauses.
        matter_documents, matters: Statement and number of each matter of the thesaurus named.
        names: The matters and the fields they are part of, by number.
    """

    codes: Ints
    documents: Ints
    weights: Floats
    matter_documents: Ints
    matters: Ints
    names: tuple[str, ...]


def tokens(texts: Sequence[str], lexicon: Lexicon, model: Model) -> Tokens:
    """The characters and matters of statements."""
    if len(texts) >= COMPILE_FROM:
        from bianzhi.methods.overlap.tokens_compiled import compiled_tokens

        return compiled_tokens(texts, lexicon, model)
    return plain_tokens(texts, lexicon, model)


def node_names(lexicon: Lexicon) -> tuple[str, ...]:
    """All matters of the thesaurus and the fields they are part of, in a fixed order."""
    return tuple(sorted(lexicon.matters | lexicon.wider(lexicon.matters)))


def plain_tokens(texts: Sequence[str], lexicon: Lexicon, model: Model) -> Tokens:
    """The same, word by word."""
    names = node_names(lexicon)
    numbers = {name: number for number, name in enumerate(names)}
    codes: list[int] = []
    documents: list[int] = []
    weights: list[float] = []
    met: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        for clause in parse(text, lexicon).clauses:
            factor = 0.0 if clause.excepted else 1.0
            end = -1
            for word in clause.words:
                if end not in (-1, word.start):
                    _separate(codes, documents, weights, number)
                weight = factor * model.role[word.role] * model.factors.get(word.text, 1.0)
                codes += map(ord, word.text)
                documents += [number] * len(word.text)
                weights += [weight] * len(word.text)
                end = word.end
            if not clause.excepted:
                met += [(number, numbers[name]) for name in sorted(matters(clause.text, lexicon))]
            _separate(codes, documents, weights, number)
    return Tokens(
        np.array(codes, np.int64), np.array(documents, np.int64), np.array(weights, np.float32),
        np.array([each[0] for each in met], np.int64),
        np.array([each[1] for each in met], np.int64), names,
    )  # fmt: skip


def _separate(codes: list[int], documents: list[int], weights: list[float], number: int) -> None:
    codes.append(0)
    documents.append(number)
    weights.append(0.0)


@once_a_text
def matters(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The matters a text names: by a name that begins and ends where words do, so that “残疾人就业”
    names all three it may mean and “野生动植物保护” no 植物保护; and by the parts of a name
    (:mod:`.composed`)."""
    flat = normal(text)
    found: set[str] = set()
    for run in WORDS.finditer(flat):
        for name, _, _ in names_among(segmented(run[0], lexicon), run[0], lexicon):
            found |= lexicon.names[name]
    return frozenset(found) | meant(found, lexicon)
