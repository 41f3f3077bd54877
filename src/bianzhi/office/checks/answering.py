"""Answering a finding: 整改 with a deadline, 说明, or an exception by document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from bianzhi.core.days import day_date, parse_day
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.core.quantity import parse_quantity, quantity
from bianzhi.office.access.rights import Visitor, may
from bianzhi.office.access.roles import POST
from bianzhi.office.checks.models import EXCEPT, KINDS, RECTIFY, Answer
from bianzhi.office.desk.today import today
from bianzhi.rules.finding import Finding
from bianzhi.rules.pack import Entry

DAYS = 90  # the deadline proposed where the pack names none; whoever answers may write another


def deadline(entry: Entry | None, now: date) -> date:
    """The deadline proposed for putting a finding right."""
    days = entry.days if entry is not None and entry.days is not None else DAYS
    return now + timedelta(days=days)


@transaction.atomic
def answer(finding: Finding, given: Mapping[str, str], user: Visitor) -> Answer:
    """Keep an answer to a finding that is there.

    Args:
        finding: The finding.
        given: kind, words, document, due, until, most, as written in the form.
        user: Who answers; only the office may except.

    Raises:
        Refusal: With everything that is missing or wrong.
    """
    kind = given.get("kind", "")
    words = given.get("words", "").strip()
    document = given.get("document", "").strip()
    due, until = (_day(given.get(name, "")) for name in ("due", "until"))
    most = given.get("most", "").strip()
    refuse_if(_wrong(kind, words, document, due, may(user, POST)))
    return Answer.objects.create(
        rule=finding.rule, name=finding.name, unit=finding.unit, about=finding.about,
        kind=kind, words=words, document=document,
        due=due if kind == RECTIFY else None, until=until if kind == EXCEPT else None,
        most=_most(most) if kind == EXCEPT else None, told=finding.words,
        on=day_date(finding.on), known=finding.known, by=user.get_username(), at=timezone.now(),
    )  # fmt: skip


def _most(text: str) -> Decimal | None:
    return quantity(parse_quantity(text)) if text else None


def _day(text: str) -> date | None:
    return day_date(parse_day(text)) if text.strip() else None


def _wrong(kind: str, words: str, document: str, due: date | None, office: bool) -> list[Problem]:
    found = []
    if kind not in KINDS:
        known = "、".join(KINDS.values())
        found.append(Problem("bad-kind", "没有选答复的种类", f"可选的有：{known}", "kind"))
    if not words:
        found.append(Problem("no-words", "没有写内容", "请写怎么改、为什么这样", "words"))
    if kind == RECTIFY and due is None:
        found.append(Problem("no-due", "整改没有写期限", "请写整改到哪一天", "due"))
    if kind == RECTIFY and due is not None and due < today():
        found.append(Problem("past-due", f"整改期限 {due} 已经过了", "请写今天以后的日期", "due"))
    if kind == EXCEPT and not document:
        found.append(Problem("no-document", "例外没有写批准的文号", "例外必须有文件", "document"))
    if kind == EXCEPT and not office:
        found.append(Problem("not-yours", "例外由编办登记", "请写“说明”，并附上批准文件", "kind"))
    return found


def found_of(findings: list[Finding], key: tuple[str, str, str, str]) -> Finding:
    """The finding of a key.

    Raises:
        Refusal: It is not there (any more).
    """
    for each in findings:
        if each.key == key:
            return each
    raise Refusal.of(
        "no-finding", "这条发现当日已经没有了", "可能刚刚改正了；请回到检查发现重新查看"
    )
