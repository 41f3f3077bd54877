"""Differences: one line a unit and figure where two sources disagree, with a proposal.

A line carries what each answer would post, as acts of the exchange form; the clerk chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

OPENING, UNVERIFIED, LEDGER = "opening", "unverified", "ledger"
HISTORY, CORRECT, LATER, PAPER = "history", "correct", "later", "paper"
THE_SAME, ANOTHER = "same", "another"
ANSWERS = {
    OPENING: "期初调整",
    UNVERIFIED: "待核实",
    LEDGER: "以台账为准",
    HISTORY: "以沿革为准",
    PAPER: "以文件为准",
    CORRECT: "更正表格",
    LATER: "暂不处理",
    THE_SAME: "就是它",
    ANOTHER: "不是它",
}
SPECIAL = (PAPER, THE_SAME, ANOTHER)  # answers of some lines only
# What an answer posts, if it posts anything: the kind of change.
POSTS = {OPENING: "opening", UNVERIFIED: "unverified", LEDGER: "unverified"}


@dataclass(frozen=True)
class Difference:
    """Two values that should be one.

    Attributes:
        key: The same for the same disagreement of the same unit, whenever it is worked out.
        kind: What disagrees, for grouping: 编制, 领导职数, 规格 …
        unit, unit_name: About whom.
        figure: What is compared, in words.
        left, left_origin: What the history (or the detailed table) says, and where.
        right, right_origin: What the current table says, and its cell.
        cause: What is likely behind it.
        proposal: The answer proposed, one of ``ANSWERS``.
        acts: What makes the record say what the current table says; exchange form.
        offers: The answers there are, where they are others than usual.
    """

    key: str
    kind: str
    unit: str
    unit_name: str
    figure: str
    left: str
    left_origin: str
    right: str
    right_origin: str
    cause: str
    proposal: str
    acts: tuple[Mapping[str, Any], ...] = field(default=())
    offers: tuple[str, ...] = ()

    @property
    def answers(self) -> dict[str, str]:
        """The answers there are to it."""
        if self.offers:
            return {code: ANSWERS[code] for code in self.offers}
        posting = POSTS if self.acts else {}
        return {
            code: said
            for code, said in ANSWERS.items()
            if code not in SPECIAL and (code not in POSTS or code in posting)
        }


def chosen(
    differences: Iterable[Difference], decisions: Mapping[str, str]
) -> dict[str, list[Difference]]:
    """The differences that will be posted, by the kind of change."""
    found: dict[str, list[Difference]] = {}
    for each in differences:
        kind = POSTS.get(decisions.get(each.key, ""))
        if kind and each.acts:
            found.setdefault(kind, []).append(each)
    return found


def proposals(differences: Iterable[Difference]) -> dict[str, str]:
    """Every proposal accepted."""
    return {each.key: each.proposal for each in differences}
