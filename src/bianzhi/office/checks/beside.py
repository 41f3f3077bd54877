"""What rules are told beside the state, brought by the rooms that keep it.

The checks stand below the jobs of the office and know none of them: each job offers its frames when
the site starts, and says what changes whenever they may have.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import NamedTuple

import polars as pl

from bianzhi.office.identity import births

Frames = Callable[[], Mapping[str, pl.DataFrame | None]]


class Offer(NamedTuple):
    """Frames a room makes from what it keeps, and what tells whether that has changed."""

    frames: Frames
    revision: Callable[[], Hashable]


_OFFERS: dict[str, Offer] = {
    "identity": Offer(
        lambda: {"births": births.births(), "positions": births.positions()}, births.revision
    ),
}


def offer(room: str, frames: Frames, revision: Callable[[], Hashable]) -> None:
    """Have the rules told of what a room keeps.

    Args:
        room: Its name; offering anew replaces.
        frames: Makes frames by their names in :data:`bianzhi.rules.beside.KINDS`; None where
            nothing is known.
        revision: Another value whenever the frames may be others.
    """
    _OFFERS[room] = Offer(frames, revision)


def known() -> dict[str, pl.DataFrame]:
    """Every frame there is."""
    made = {name: frame for each in _OFFERS.values() for name, frame in each.frames().items()}
    return {name: frame for name, frame in made.items() if frame is not None}


def revision() -> Hashable:
    """Changes whenever a frame may have."""
    return tuple(each.revision() for each in _OFFERS.values())
