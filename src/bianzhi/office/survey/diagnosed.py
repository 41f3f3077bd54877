"""The diagnosis of a day with what people said to it: made once, shown by every page."""

from __future__ import annotations

import polars as pl

from bianzhi.core.state import State
from bianzhi.office.checks import packs
from bianzhi.office.checks.judging import served_in
from bianzhi.office.checks.thresholds import thresholds_on
from bianzhi.office.desk.kept import Kept
from bianzhi.office.desk.words import Words
from bianzhi.office.survey import told
from bianzhi.office.survey.models import CONFIRM, DISMISS, VERDICTS, Judgement
from bianzhi.rules.diagnosis import Diagnosis, diagnose
from bianzhi.rules.material import Material

MOST = 4  # diagnoses kept beside one reading of the record
OPEN = "open"
STANDINGS = {OPEN: "待判断", CONFIRM: VERDICTS[CONFIRM], DISMISS: VERDICTS[DISMISS]}


def diagnosed(words: Words, until: int | None = None) -> Diagnosis:
    """The diagnosis of the whole area for the day and change of a page, with what units told up to
    a step of their sheets (default: now)."""
    state = words.state
    kept: Kept = words.shared.get("diagnosed", lambda: Kept(MOST))
    last = told.revision() if until is None else until
    name = (state.on, state.known, packs.revision(), last)
    return kept.get(name, lambda: _diagnose(State(state.columns, state.on, state.known), last))


def _diagnose(whole: State, last: int) -> Diagnosis:
    served = served_in(packs.in_use(whole.trees), whole.on)
    return diagnose(Material(whole, None, served), thresholds_on(whole.on), told.told(last))


def key_of(unit: str, kind: str, about: str) -> tuple[str, str, str]:
    """What a judgement is kept under: an overlap is the same seen from either unit."""
    return ("", kind, "|".join(sorted(about.split("|")))) if kind == "overlap" else (
        unit, kind, about
    )  # fmt: skip


def last_said(until: int | None = None) -> dict[tuple[str, str, str], Judgement]:
    """The last judgement of every sign that has one, as it was at a judgement (default: now)."""
    judgements = Judgement.objects.all()
    if until is not None:
        judgements = judgements.filter(id__lte=until)
    return {each.key: each for each in judgements}


def standing(words: Words, judged: int | None = None, until: int | None = None) -> pl.DataFrame:
    """Every sign with ``standing`` (open, confirm, dismiss), ``title`` and ``unit_name``.

    Args:
        words: The day and change.
        judged, until: The last judgement, and the last step of a sheet, that count; default now.
    """
    found = diagnosed(words, until)
    said = last_said(judged)
    stands = [
        each.verdict if (each := said.get(key_of(*key))) and each.verdict in STANDINGS else OPEN
        for key in found.signs.select("unit", "kind", "about").iter_rows()
    ]
    titles = {key: sign.title for key, sign in found.given.signs.items()}
    return found.signs.with_columns(
        pl.Series("standing", stands, dtype=pl.String),
        pl.col("kind").replace_strict(titles, return_dtype=pl.String).alias("title"),
        words.names_of(found.signs["unit"]).alias("unit_name"),
    )
