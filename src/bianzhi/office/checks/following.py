"""Following a finding: answered, put right, or there again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl
from django.db import transaction
from django.utils import timezone

from bianzhi.core.days import day_date
from bianzhi.office.checks.models import EXPLAIN, KINDS, RECTIFY, Answer, Followed, Round
from bianzhi.rules.running import Outcome

Key = tuple[str, str, str, str]
OPEN, DOING, LATE, SAID, BACK, GONE = "open", "doing", "late", "said", "back", "gone"
STANDINGS = {
    OPEN: "待答复",
    LATE: "整改逾期",
    BACK: "消失后又出现",
    DOING: "整改中",
    SAID: "已说明",
}


def revision() -> int:
    """Grows with every look that is kept."""
    return Round.objects.order_by("-id").values_list("id", flat=True).first() or 0


def answers() -> dict[Key, Answer]:
    """The last answer to each finding."""
    return {each.key: each for each in Answer.objects.all()}


def standing(answer: Answer | None, followed: Followed | None, today: date) -> str:
    """How a finding that is there stands."""
    if answer is None:
        return OPEN
    if followed is not None and followed.answer == answer.pk and followed.back_on is not None:
        return BACK  # what was answered has gone; this one is new
    if answer.kind == EXPLAIN:
        return SAID
    if answer.kind != RECTIFY:
        return OPEN  # an exception that no longer covers it
    return LATE if answer.due is not None and answer.due < today else DOING


def standings(frame: pl.DataFrame, today: date) -> pl.DataFrame:
    """The findings with ``standing``, ``due`` and ``answer`` (number of the last one, or null)."""
    last = answers()
    followed = {each.key: each for each in Followed.objects.all()}
    rows = [
        (*key, answer.pk, answer.due, standing(answer, followed.get(key), today))
        for key, answer in last.items()
    ]
    schema = {
        **dict.fromkeys(("rule", "name", "unit", "about"), pl.String),
        "answer": pl.Int64, "due": pl.Date, "standing": pl.String,
    }  # fmt: skip
    told = pl.DataFrame(rows, schema=schema, orient="row")
    keys = ["rule", "name", "unit", "about"]
    joined = frame.join(told, on=keys, how="left", maintain_order="left")
    return joined.with_columns(pl.col("standing").fill_null(OPEN))


@transaction.atomic
def keep(outcome: Outcome, by: str, *, daily: bool = False) -> Round:
    """Keep a look at everything, and see which answered findings went away or came back.

    Args:
        outcome: The look.
        by: Who looked.
        daily: Whether it is the one of its day that is kept by itself.

    Raises:
        IntegrityError: That one has been kept already; then nothing was done.
    """
    present = set(outcome.frame.select("rule", "name", "unit", "about").iter_rows())
    on = day_date(outcome.on)
    made = Round.objects.create(
        on=on, known=outcome.known, by=by, at=timezone.now(), counts=outcome.tally(),
        daily=on if daily else None,
    )  # fmt: skip
    follow(present, on)
    return made


def follow(present: Iterable[Key], on: date) -> None:
    """Note what is gone and what is back on a day. A day before the last note says nothing new."""
    there = set(present)
    known = {each.key: each for each in Followed.objects.all()}
    for key, answer in answers().items():
        followed = known.get(key) or Followed(**_named(key), answer=answer.pk)
        if followed.answer != answer.pk:  # answered anew: followed anew
            followed.answer, followed.gone_on, followed.back_on = answer.pk, None, None
        if on < answer.on:
            continue
        if key not in there:
            if followed.gone_on is None or followed.back_on is not None:
                followed.gone_on, followed.back_on = on, None
        elif followed.gone_on is not None and followed.back_on is None and on >= followed.gone_on:
            followed.back_on = on
        followed.save()


def _named(key: Key) -> dict[str, str]:
    return dict(zip(("rule", "name", "unit", "about"), key, strict=True))


def gone(present: set[Key]) -> list[tuple[Answer, Followed | None]]:
    """Answered findings that are not there (put right, or excepted), the newest answer first."""
    followed = {each.key: each for each in Followed.objects.all()}
    found = [
        (each, followed.get(each.key)) for each in answers().values() if each.key not in present
    ]
    return sorted(found, key=lambda pair: -pair[0].pk)


def described(answer: Answer) -> str:
    """An answer in one line."""
    more = [
        f"限 {answer.due}" if answer.due else "",
        f"依据 {answer.document}" if answer.document else "",
        f"至 {answer.until}" if answer.until else "",
    ]
    return f"{KINDS[answer.kind]}：{answer.words}" + "".join(f"；{each}" for each in more if each)
