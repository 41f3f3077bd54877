"""The findings of a state under the office's packs: made once, shown by every page."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from decimal import Decimal

import polars as pl

from bianzhi.core.days import day_number
from bianzhi.core.state import State
from bianzhi.office.checks import beside, packs
from bianzhi.office.checks.models import EXCEPT, Answer
from bianzhi.office.desk.kept import Kept
from bianzhi.office.desk.words import Words
from bianzhi.rules.beside import frame
from bianzhi.rules.material import Material
from bianzhi.rules.pack import Entry, Exemption, Pack, gathered, served_on
from bianzhi.rules.running import Outcome, run

MOST = 8  # outcomes kept beside one reading of the record


def judged(words: Words) -> Outcome:
    """The outcome of the whole area for the day and change of a page.

    What a confined user may see of it is for :func:`seen` to say.
    """
    state = words.state
    kept: Kept = words.shared.get("judged", lambda: Kept(MOST))
    name = (state.on, state.known, version())
    return kept.get(name, lambda: judge(State(state.columns, state.on, state.known)))


def version() -> Hashable:
    """Changes with every choice of packs, every answer, and what is known beside the record."""
    last = Answer.objects.order_by("-id").values_list("id", flat=True).first()
    return packs.revision(), last, beside.revision()


def judge(state: State, rules_day: int | None = None, under: list[Pack] | None = None) -> Outcome:
    """A state, or a scenario's preview, with the office's exceptions.

    Args:
        state: The state; one of a branch is judged inside the whole and told of the branch.
        rules_day: The day whose rules hold; default the day of the state.
        under: The packs; default those in use.
    """
    day = state.on if rules_day is None else rules_day
    chosen = packs.in_use(state.trees) if under is None else under
    served = served_in(chosen, state.on)
    entries = with_exceptions(gathered(chosen, day))
    whole = State(state.columns, state.on, state.known) if state.scope else state
    told = beside.known()
    looked = Material(whole, told.get("births"), served, beside=told)
    return run(looked, entries, day, state.inside)


def served_in(chosen: list[Pack], day: int) -> pl.DataFrame | None:
    """What the packs say is served, up to a day; None where they say nothing."""
    figures = [(*key, amount) for key, amount in served_on(chosen, day).items()]
    return frame("served", figures) if figures else None


def with_exceptions(entries: list[Entry]) -> list[Entry]:
    """The entries with what the office excepted by document in answer to a finding."""
    granted: dict[tuple[str, str], list[Exemption]] = {}
    last = {answer.key: answer for answer in Answer.objects.all()}
    for answer in last.values():
        if answer.kind == EXCEPT:
            granted.setdefault((answer.rule, answer.name), []).append(_exemption(answer))
    return [
        replace(entry, exemptions=(*entry.exemptions, *granted.get(entry.key, ())))
        for entry in entries
    ]


def _exemption(answer: Answer) -> Exemption:
    return Exemption(
        unit=answer.unit, about=answer.about, document=answer.document,
        most=None if answer.most is None else Decimal(answer.most),
        valid_from=None,
        valid_until=None if answer.until is None else day_number(answer.until),
    )  # fmt: skip


def seen(words: Words, outcome: Outcome | None = None) -> pl.DataFrame:
    """The findings a page may show, with all there is to say of each (``Outcome.frame``)."""
    frame = (outcome or judged(words)).frame
    inside = words.state.inside
    return frame if inside is None else frame.filter(pl.col("unit").is_in(inside.implode()))


def badges(words: Words) -> dict[str, list[tuple[str, str, str]]]:
    """Unit -> (rule, title, severity) of what is found of it, each rule once."""
    return words.recent.get(("badges", version()), lambda: _badges(words))


def _badges(words: Words) -> dict[str, list[tuple[str, str, str]]]:
    rows = seen(words).select("unit", "rule", "title", "severity").unique(maintain_order=True)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for unit, *badge in rows.iter_rows():
        found.setdefault(unit, []).append(tuple(badge))
    return found
