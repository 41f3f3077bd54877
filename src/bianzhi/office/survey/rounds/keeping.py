"""What is done to sheets: saved, handed in, sent back, accepted. Each leaves its trace."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bianzhi.core.errors import Problem, Refusal
from bianzhi.office.survey.rounds.checking import Fault, check
from bianzhi.office.survey.rounds.content import Table, content
from bianzhi.office.survey.rounds.form import Form
from bianzhi.office.survey.rounds.models import (
    ACCEPT,
    ACCEPTED,
    ANSWERED,
    DRAFT,
    FRESH,
    RETURN,
    RETURNED,
    SAVE,
    STATUSES,
    SUBMIT,
    SUBMITTED,
    Reminder,
    Sheet,
    Step,
    Version,
)

SHORTEST = 4  # characters of a reason


@transaction.atomic
def save(sheet: Sheet, filled: list[Table], via: str, by: str, now: datetime) -> Version:
    """Keep the answers as a draft, right or wrong; the same answers again are the same version.

    Raises:
        Refusal: The sheet may not be written: handed in, or the round is closed.
    """
    sheet = _writable(sheet)
    kept = content(filled)
    last = sheet.versions.last()
    if last is not None and last.content == kept:
        return last
    version = sheet.versions.create(
        no=last.no + 1 if last else 1, content=kept, via=via, by=by, at=now
    )
    Step.objects.create(sheet=sheet, step=SAVE, version=version, by=by, at=now)
    if sheet.status == FRESH:  # one that was sent back stays so until it is handed in again
        _stands(sheet, DRAFT)
    return version


@transaction.atomic
def submit(
    sheet: Sheet, form: Form, filled: list[Table], via: str, by: str, now: datetime
) -> list[Fault]:
    """Keep the answers and hand them in; where anything is wrong they stay a draft.

    Returns:
        What is wrong, empty where they were handed in.

    Raises:
        Refusal: The sheet may not be written.
    """
    version = save(sheet, filled, via, by, now)
    faults = check(form, filled)
    if not faults:
        sheet = _writable(sheet)
        Step.objects.create(sheet=sheet, step=SUBMIT, version=version, by=by, at=now)
        _stands(sheet, SUBMITTED)
    return faults


def _writable(sheet: Sheet) -> Sheet:
    held = Sheet.objects.select_for_update().select_related("round").get(pk=sheet.pk)
    if held.may_write:
        return held
    if not held.round.is_open:
        raise Refusal.of("round-closed", f"“{held.round.title}”已经结束，不能再填",
                         "确需补填的，请与编办联系")  # fmt: skip
    raise Refusal.of("handed-in", f"这份答卷{STATUSES[held.status]}，不能再改",
                     "要改的，请编办退回后再填")  # fmt: skip


def _stands(sheet: Sheet, status: str) -> None:
    sheet.status = status
    sheet.save(update_fields=["status"])


@transaction.atomic
def send_back(sheet: Sheet, reason: str, by: str, now: datetime) -> Sheet:
    """Send a sheet back for correction.

    Raises:
        Refusal: It was not handed in, the round is closed, or there is no reason to speak of.
    """
    held = Sheet.objects.select_for_update().select_related("round").get(pk=sheet.pk)
    _need(held, ANSWERED, "退回")
    if not held.round.is_open:
        raise Refusal.of("round-closed", "调研已经结束，退回了单位也不能改", "请在结束以前退回")
    if len(reason.strip()) < SHORTEST:
        raise Refusal(Problem("no-reason", "没有写清退回的原因",
                              f"请至少写 {SHORTEST} 个字，单位照着它改", "reason"))  # fmt: skip
    Step.objects.create(sheet=held, step=RETURN, words=reason.strip(), by=by, at=now)
    _stands(held, RETURNED)
    return held


@transaction.atomic
def accept(sheet: Sheet, by: str, now: datetime) -> Sheet:
    """Accept a sheet that was handed in.

    Raises:
        Refusal: It was not handed in, or is accepted already.
    """
    held = Sheet.objects.select_for_update().get(pk=sheet.pk)
    _need(held, (SUBMITTED,), "接受")
    Step.objects.create(sheet=held, step=ACCEPT, by=by, at=now)
    _stands(held, ACCEPTED)
    return held


def _need(sheet: Sheet, statuses: tuple[str, ...], what: str) -> None:
    if sheet.status not in statuses:
        known = "或".join(STATUSES[each] for each in statuses)
        raise Refusal.of("wrong-status", f"这份答卷{STATUSES[sheet.status]}，不能{what}",
                         f"只有{known}的可以{what}；页面可能已经旧了，请刷新")  # fmt: skip


def remind(sheets: list[Sheet], words: str, by: str, now: datetime) -> int:
    """Remind the units that have not handed in; how many were."""
    late = [sheet for sheet in sheets if sheet.may_write]
    words = words.strip()[:500] or "请尽快填报调研问卷。"
    Reminder.objects.bulk_create(
        Reminder(sheet=sheet, words=words, by=by, at=now) for sheet in late
    )
    return len(late)
