"""Tickets that end without a person: given up, cancelled, run out. Each by a document that posts
a Release; those that ran out go together, one change a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bianzhi.core.acts.claims import Release
from bianzhi.core.changes import Draft
from bianzhi.core.days import day_number, day_text, parse_day
from bianzhi.core.documents import Document
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.office.cases.matters.use_request import USE_HEAD
from bianzhi.office.cases.models import Letterhead, TicketEnd
from bianzhi.office.cases.stepping import day_of
from bianzhi.office.cases.use.tickets import CREATED, ENDS, EXPIRED, STATES, Seen, tickets
from bianzhi.office.desk.held import held
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster

PAPER = {"doc_no": "文号", "title": "文件标题", "issuer": "来文单位", "doc_date": "文件日期"}
OFFICE = "机构编制委员会办公室"  # where the office has not said how it signs


@transaction.atomic
def end(keys: Sequence[str], why: str, paper: Mapping[str, str], *, by: str, now: datetime) -> int:
    """Give the posts of tickets back, by a document.

    Args:
        keys: The numbers.
        why: ``given_up`` or ``cancelled``.
        paper: The document, by ``PAPER``.
        by: The user name.
        now: The clock.

    Returns:
        The number of the change.

    Raises:
        Refusal: The document is not named in full, or a ticket does not wait any more.
    """
    if why not in ENDS or why == EXPIRED:
        raise Refusal.of("unknown-end", "请选择放弃或注销", field="why")
    if not keys:
        raise Refusal.of("missing", "没有选号码", "请选择要办理的号码", field="ticket")
    refuse_if(Problem("missing", f"缺少{title}", "请补填", field=name)
              for name, title in PAPER.items() if not paper.get(name, "").strip())  # fmt: skip
    clause = f"{STATES[why]}：{'、'.join(sorted(keys))}"
    day = parse_day(paper["doc_date"])
    told = Document(paper["title"], paper["doc_no"], paper["issuer"], day, None, clause)
    return _released(keys, why, told, by, now)


@transaction.atomic
def expire(*, by: str, now: datetime) -> tuple[int, tuple[str, ...]]:
    """Give back the posts of all tickets whose last day is over: one change.

    Returns:
        The number of the change and the tickets; 0 and none where none was over.
    """
    today = day_number(day_of(now))
    with Engine().writing():  # so that nobody sits down on a post that is being given back
        over = [each.key for each in tickets(held().columns) if each.overdue(today)]
        if not over:
            return 0, ()
        head = Letterhead.objects.filter(level__in=(USE_HEAD, "office")).order_by("-level").first()
        told = Document(
            f"用编号码到期失效（{day_text(today)}）", "", head.issuer if head else OFFICE, today,
            None, f"到期失效：{'、'.join(sorted(over))}",
        )  # fmt: skip
        return _released(over, EXPIRED, told, by, now), tuple(sorted(over))


def _released(keys: Iterable[str], why: str, told: Document, by: str, now: datetime) -> int:
    with Engine().writing():
        known = {each.key: each for each in tickets(held().columns)}
        refuse_if(_unready(keys, known))
        # a post taken later than the document is dated comes back on the day it was taken
        acts = [Release(claimant=key, on=max(told.doc_date or 0, known[key].last))
                for key in sorted(keys)]  # fmt: skip
        change = Poster().post([Draft(acts, told, by=by, note=STATES[why])])[0].no
    TicketEnd.objects.bulk_create(
        TicketEnd(key=key, change=change, why=why, by=by, at=now) for key in sorted(keys)
    )
    return change


def _unready(keys: Iterable[str], known: Mapping[str, Seen]) -> Iterable[Problem]:
    for key in sorted(keys):
        if key not in known:
            yield Problem("unknown-ticket", f"没有用编号码 {key}", "请核对号码", field="ticket")
        elif known[key].state != CREATED:
            now = STATES[known[key].state]
            yield Problem("ticket-ended", f"用编号码 {key} 现在是“{now}”，不能再办",
                          "可能别人刚刚办过，请刷新页面", field="ticket")  # fmt: skip
