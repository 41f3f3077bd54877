"""What of the survey waits for a user: sheets to fill, or, for the office, to look at."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from bianzhi.office.access.rights import Visitor, may, reach
from bianzhi.office.access.roles import ANSWER, HANDLE
from bianzhi.office.desk.notices import Notice
from bianzhi.office.survey.rounds.models import ANSWERED, RETURN, RETURNED, SUBMITTED, Round, Sheet


def waiting(user: Visitor) -> Iterator[Notice]:
    """The notices of the first page."""
    own = reach(user)
    if own is not None and may(user, ANSWER):
        open_ones = Sheet.objects.filter(unit=own, round__closed_at=None)
        for sheet in open_ones.exclude(status__in=ANSWERED).select_related("round"):
            yield _to_fill(sheet)
    elif may(user, HANDLE):
        for round in Round.objects.filter(sheets__status=SUBMITTED).distinct():
            yield _to_look_at(round)


def _to_fill(sheet: Sheet) -> Notice:
    today, round = timezone.localdate(), sheet.round
    address = reverse("survey:fill", args=[sheet.pk])
    if sheet.status == RETURNED:
        back = sheet.steps.filter(step=RETURN).last()
        return Notice(
            f"“{round.title}”的答卷被编办退回：{back.words if back else ''}", address, True
        )
    reminder = sheet.reminders.last()
    late = round.due < today
    when = (
        "已逾期"
        if late
        else "到期"
        if round.due == today
        else f"还有 {(round.due - today).days} 天"
    )
    said = f"。编办催办：{reminder.words}" if reminder else ""
    words = f"请填报“{round.title}”，期限 {round.due}（{when}）{said}"
    return Notice(words, address, late or reminder is not None)


def _to_look_at(round: Round) -> Notice:
    count = round.sheets.filter(status=SUBMITTED).count()
    address = f"{reverse('survey:round', args=[round.pk])}?status={SUBMITTED}"
    return Notice(f"“{round.title}”有 {count} 份答卷已提交，待审阅", address)
