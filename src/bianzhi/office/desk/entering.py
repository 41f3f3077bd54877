"""Who may take people in: a unit that is frozen or being merged may not (CK-28)."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from bianzhi.core.acts import Act
from bianzhi.core.acts.people import Enroll, TransferPeople
from bianzhi.core.errors import Problem, refuse_if
from bianzhi.core.facts import FROZEN, MERGING, STATUSES
from bianzhi.core.state import State


def closed(state: State, key: str) -> str:
    """In words, why a unit or the unit of a section takes nothing in; "" where it does."""
    rows = state.orgs.filter(pl.col("key") == key)
    if rows.is_empty():
        return ""
    if rows["status"][0] in (FROZEN, MERGING):
        return STATUSES[str(rows["status"][0])]
    inner = rows["cls"][0] == "section" and rows["parent"][0]
    return closed(state, str(rows["parent"][0])) if inner else ""


def need_open(acts: Iterable[Act], state: State) -> None:
    """Go on only if nobody is taken into a unit that is closed.

    Raises:
        Refusal: One is, in the sentence of the rule.
    """
    refuse_if(
        Problem(
            "CK-28", f"{_name(state, key)}处于“{status}”状态，不得进人（CK-28）",
            "解冻或整合完成后再办", field="org",
        )
        for key in _entered(acts) if (status := closed(state, key))
    )  # fmt: skip


def _name(state: State, key: str) -> str:
    return str(state.orgs.filter(pl.col("key") == key)["name"][0] or key)


def _entered(acts: Iterable[Act]) -> Iterable[str]:
    for act in acts:
        if isinstance(act, Enroll):
            yield act.org
        elif isinstance(act, TransferPeople):
            yield act.to
