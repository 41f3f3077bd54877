"""How far a round is: who answered, who did not, who is late, by department."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from bianzhi.office.desk.words import Words
from bianzhi.office.survey.rounds.choosing import candidates
from bianzhi.office.survey.rounds.models import ANSWERED, STATUSES, Round, Sheet

LATE = "late"


class Tally(NamedTuple):
    """Sheets of a group: all, by status, those not handed in after the due day."""

    total: int
    by_status: dict[str, int]
    late: int

    @property
    def answered(self) -> int:
        """Handed in or accepted."""
        return sum(self.by_status.get(each, 0) for each in ANSWERED)

    @property
    def share(self) -> float:
        """Answered, in per cent."""
        return 100 * self.answered / self.total if self.total else 0.0


class Department(NamedTuple):
    """A department with its sheets."""

    key: str
    name: str
    tally: Tally


def is_late(sheet: Sheet, round: Round, today: date) -> bool:
    """Whether a unit has not handed in though the due day is past."""
    return sheet.status not in ANSWERED and round.due < today


def tally(sheets: list[Sheet], round: Round, today: date) -> Tally:
    """The sheets counted."""
    counts = Counter(sheet.status for sheet in sheets)
    return Tally(len(sheets), dict(counts), sum(is_late(each, round, today) for each in sheets))


def departments(words: Words, round: Round, sheets: list[Sheet], today: date) -> list[Department]:
    """The departments of the day of the round's state, those that lag first."""
    frame = candidates(words)
    above = dict(zip(frame["unit"], frame["supervisor"], strict=True))
    groups: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        groups.setdefault(above.get(sheet.unit) or "", []).append(sheet)
    found = [Department(key, words.name(key) if key else "没有主管部门", tally(each, round, today))
             for key, each in groups.items()]  # fmt: skip
    return sorted(found, key=lambda each: (each.tally.share, -each.tally.total, each.key))


def wanted(
    words: Words, round: Round, sheets: list[Sheet], status: str, under: str, today: date
) -> list[Sheet]:
    """The sheets of a filter: a status or ``late``, a department; "" does not restrict."""
    frame = candidates(words)
    above = dict(zip(frame["unit"], frame["supervisor"], strict=True))
    return [
        sheet for sheet in sheets
        if (not under or above.get(sheet.unit) == under)
        and (not status or sheet.status == status
             or (status == LATE and is_late(sheet, round, today)))
    ]  # fmt: skip


def shown(words: Words, sheets: list[Sheet], round: Round, today: date) -> list[dict[str, Any]]:
    """The sheets as a page lists them."""
    frame = candidates(words)
    above = dict(zip(frame["unit"], frame["supervisor"], strict=True))
    return [
        {"sheet": sheet, "name": words.name(sheet.unit), "above": above.get(sheet.unit) or "",
         "above_name": words.name(above.get(sheet.unit) or ""), "status": STATUSES[sheet.status],
         "late": is_late(sheet, round, today), "version": _last(sheet.versions.all()),
         "reminders": len(sheet.reminders.all()), "reminder": _last(sheet.reminders.all())}
        for sheet in sheets
    ]  # fmt: skip


def _last(rows: Any) -> Any:
    found = list(rows)  # fetched beforehand, in order
    return found[-1] if found else None
