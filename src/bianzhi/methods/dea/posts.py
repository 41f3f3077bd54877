"""Targets in words for posts: what could be given back at this level of service."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.dea.errors import BadQuestion
from bianzhi.methods.dea.radial import Radial
from bianzhi.methods.dea.settled import SETTLED
from bianzhi.methods.dea.technology import Ints
from bianzhi.methods.dea.units import Floats

ROUNDING = 1e-6
"""A target this close to a whole post is that whole post."""
CAUTION = "参照值是可比单位中的先进做法，是上限不是核定数；核减要结合职责、服务半径和应急值守。"


@dataclass(frozen=True, eq=False)
class Posts:
    """Attributes:
    names: The units. column: Which input is posts.
    now, target: (n,) posts used, and what the peers would use for the same outputs.
    give_back: (n,) whole posts, rounded down: never more than the target allows.
    sentences: One a unit, for people.
    notes: What limits all of them.
    """

    names: tuple[str, ...]
    column: str
    held: Floats
    target: Floats
    give_back: Ints
    sentences: tuple[str, ...]
    notes: tuple[str, ...]

    def to_frame(self) -> pl.DataFrame:
        """A row a unit."""
        return pl.DataFrame(
            {
                "单位": self.names,
                "现有": self.held,
                "参照": self.target,
                "可退回": self.give_back,
                "说明": self.sentences,
            }
        )

    def summary(self) -> str:
        """The total first, then every unit that could give back."""
        total, some = int(self.give_back.sum()), self.give_back > 0
        lines = [f"{int(some.sum())} 个单位在同样服务水平下合计可退回 {total} 名编制。"]
        lines += [self.sentences[row] for row in np.flatnonzero(some)]
        return "\n".join([*lines, *self.notes])


def post_targets(result: Radial, column: str) -> Posts:
    """Posts each unit could give back with all its outputs kept.

    Args:
        result: An input-oriented radial (or FDH) result.
        column: The input that counts posts.

    Raises:
        BadQuestion: An output-oriented result (its targets ask for more service, not fewer posts),
            or a column that is no input.
    """
    if result.orientation != "in":
        raise BadQuestion("可退回的编制要用投入导向的结果来算；产出导向回答的是能多办多少事。")
    if column not in result.units.input_names:
        raise BadQuestion(f"“{column}”不在投入之列：{'、'.join(result.units.input_names)}。")
    place = result.units.input_names.index(column)
    now, target = result.units.inputs[:, place], result.targets[0][:, place]
    spare = np.where(result.status == SETTLED, now - target, 0.0)
    give_back = np.maximum(np.floor(spare + ROUNDING), 0.0).astype(np.int64)
    sentences = tuple(
        _sentence(result, row, now[row], target[row], int(give_back[row]))
        for row in range(len(now))
    )
    notes = (*result.reference.notes, CAUTION)
    return Posts(result.units.names, column, now, target, give_back, sentences, notes)


def _sentence(result: Radial, row: int, now: float, target: float, give_back: int) -> str:
    name = result.units.names[row]
    if result.status[row] != SETTLED:
        return f"{name}：没有可确认的得分，不给出建议。"
    peers = "、".join(list(result.peers_of(row))[:3])
    if give_back:
        return (
            f"{name}：在同样服务水平下可退回 {give_back} 名编制"
            f"（现有 {now:g}，参照 {peers} 的做法为 {target:.1f}）。"
        )
    if result.efficient[row]:
        return f"{name}：已在同类前沿，没有可退回的编制。"
    return f"{name}：与同类前沿相差不足 1 名编制，不建议退回。"
