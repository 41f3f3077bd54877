"""Whether what two statements share is one matter, or a word that each says of another thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.covering import content
from bianzhi.methods.overlap.kinds import Kinds, Shared, formula, things_of
from bianzhi.methods.overlap.lexicon import Lexicon
from bianzhi.methods.overlap.names import common, done_in_both, one_matter, other_names, whole
from bianzhi.methods.overlap.parsing import Parsed

Bools = npt.NDArray[np.bool_]


class Apart(NamedTuple):
    """What tells two statements apart.

    Attributes:
        kinds: What both speak of is a kind of its own in each (文书档案, 竣工档案).
        sides: That, or another side of a thing in each (森林资源, 森林火情).
        special: Which of the two speaks of a kind or a side only (退役军人就业, beside 就业).
    """

    kinds: bool
    sides: bool
    special: tuple[bool, bool] = (False, False)


def told_apart(
    parsed: tuple[Parsed, Parsed], hits: Sequence[Bools], lexicon: Lexicon,
    formulas: frozenset[str],
) -> Apart:  # fmt: skip
    """What tells two statements apart, if anything.

    Two that share no word but a field of the thesaurus speak of one matter when the same is done in
    it, or when they call it by two of its names.

    Args:
        parsed, hits: The statements and which of their characters matched.
        lexicon: Its thesaurus names matters and fields.
        formulas: What tells no matter here.
    """
    called = other_names(parsed, lexicon)
    heads = _heads(parsed, lexicon, formulas)
    alike = any(f"‹{word}›" not in formulas for word in done_in_both(parsed, lexicon))
    if heads or called:
        kinds = Kinds(parsed, hits, lexicon, formulas)
        named: list[Shared] = [((one,), (other,)) for one, other in called]
        written = [kinds.places(head) for head in heads]
        sides = kinds.apart(written, alike) and kinds.apart(named, alike=True)
        both = [*named, *written]
        return Apart(kinds.before(both), sides, (kinds.special(both, 0), kinds.special(both, 1)))
    ones, others = (content(each, lexicon).matters for each in parsed)
    near = (ones | lexicon.wider(ones)) & (others | lexicon.wider(others))
    telling = [name for name in near if f"〔{name}〕" not in formulas]
    apart = not any(alike or one_matter(parsed, name, lexicon) for name in telling)
    return Apart(apart, apart)


def _heads(parsed: tuple[Parsed, Parsed], lexicon: Lexicon, formulas: frozenset[str]) -> set[str]:
    """The words of things both have, but for formulas and pieces of other words."""
    things = things_of(parsed[1], lexicon)
    shared = {
        word[start:end] for word in things_of(parsed[0], lexicon).split()
        for start, end in common(word, things)
    }  # fmt: skip
    return {
        head for head in shared
        if not formula(head, formulas) and all(whole(each, head, lexicon) for each in parsed)
    }  # fmt: skip
