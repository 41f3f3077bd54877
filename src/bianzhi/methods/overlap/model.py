"""The weights and limits of the similarity, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Model:
    """How much each part of a statement counts.

    Attributes:
        role: Weight of a character by the role of its word.
        concept: Weight of the thesaurus beside the characters (1 = as much).
        under: Weight of what a matter is part of beside the matter, at each step up.
        common: Pieces and groups weigh min(1, 2 × rarity − common): below 1 where many say them.
        single: Weight of a single character beside a pair: what abbreviations keep of a name.
        step: What is left of two matters' nearness at each step between them in the thesaurus.
        near: A name that is no more its own: from here on the other statement has it in part.
        overlap: Scores from here on are proposed as overlaps.
        strange: The same where each names as many matters of its own as both share.
        kinds: The same where what both speak of is a kind or a side of its own in each.
        look: Neighbours are compared from this cosine on.
        part, wide, narrow: A is part of B when they score at least ``part``, at least ``wide`` of
            A's matter is in B and less than ``narrow`` of B's in A.
        factors: Word -> factor on its weight, learnt from judged pairs; 1 where none.
    """

    role: Mapping[str, float]
    concept: float
    under: float
    common: float
    single: float
    step: float
    near: float
    overlap: float
    strange: float
    kinds: float
    look: float
    part: float
    wide: float
    narrow: float
    factors: Mapping[str, float] = field(default_factory=dict)


@cache
def shipped_model() -> Model:
    """The model that comes with the product."""
    text = (files("bianzhi.methods.overlap") / "data" / "model.toml").read_text("utf-8")
    parts = tomllib.loads(text)
    return Model(
        role=parts["role"],
        concept=parts["concept"]["weight"],
        under=parts["concept"]["under"],
        common=parts["concept"]["common"],
        single=parts["piece"]["single"],
        step=parts["concept"]["step"],
        near=parts["concept"]["near"],
        **parts["threshold"],
    )
