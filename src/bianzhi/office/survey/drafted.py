"""The report of a day with what was said by then: drafted once for page, files and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse

from bianzhi.core.days import day_text
from bianzhi.core.state import State
from bianzhi.office.checks import packs
from bianzhi.office.checks.judging import judged, served_in, version
from bianzhi.office.desk.kept import Kept
from bianzhi.office.desk.words import Words
from bianzhi.office.identity.births import births
from bianzhi.office.survey import told as survey
from bianzhi.office.survey.diagnosed import diagnosed, standing
from bianzhi.office.survey.problems.grouped import grouped
from bianzhi.office.survey.report.drafting import Draft, draft
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.themed import themed
from bianzhi.office.survey.until import Until

MOST = 4  # drafts kept beside one reading of the record


def drafted(words: Words, until: Until, parts: Sequence[str]) -> Draft:
    """The report.

    Args:
        words: The day and change.
        until: Up to where what people said counts.
        parts: Which parts it has.
    """
    state = words.state
    kept: Kept = words.shared.get("drafted", lambda: Kept(MOST))
    name = (state.on, state.known, until, version(), tuple(parts))
    return kept.get(name, lambda: _draft(words, until, parts))


def _draft(words: Words, until: Until, parts: Sequence[str]) -> Draft:
    state = words.state
    whole = Words(State(state.columns, state.on, state.known), words.shared)
    facts = Facts(
        whole, diagnosed(words, until.told), standing(words, until.said, until.told),
        findings=judged(words).frame, births=births(), told=survey.told(until.told),
        served=served_in(packs.in_use(state.trees), state.on),
        themes=themed(grouped(words, until.told, until.themed)),
    )  # fmt: skip
    return draft(facts, where(words, until), parts=parts)


def where(words: Words, until: Until) -> str:
    """The address to which the name of a figure is added: it says day, change, and up to where what
    people said counts, so that a printed number stays what it was."""
    state = words.state
    pinned = urlencode({"on": day_text(state.on), "known": state.known, **until._asdict()})
    return f"{reverse('survey-figure')}?{pinned}&name="


def on_site(made: Draft, base: str) -> Draft:
    """The same with the address of the site, for a file that leaves it."""
    return made._replace(report=replace(made.report, base=base))
