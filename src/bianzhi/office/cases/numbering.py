"""The register of 文号: one series a 代字 and year, counted without gaps."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from bianzhi.core.documents import DocNo, parse_doc_no
from bianzhi.core.errors import Refusal
from bianzhi.office.cases.flow import LEVELS, UPPER
from bianzhi.office.cases.models import Case, Letterhead, Number
from bianzhi.record.engine import Engine

HEADS = {**{level: title for level, title in LEVELS.items() if level != UPPER},
         "use": "使用编制（通知单、入编通知、核销回执）"}  # fmt: skip
LOCK = 0x77_68  # "文号": the advisory lock of whoever takes a number
_WORD = re.compile(r"[一-鿿A-Z]{2,20}")


def take(word: str, year: int, title: str, *, case: Case | None, by: str, now: datetime) -> Number:
    """The next number of a series. In the transaction of what it is for: given back with it, so
    that no gap is left.

    Raises:
        RuntimeError: Not in a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of the paper that bears it")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return Number.objects.create(
        word=word, year=year, seq=following(word, year), title=title[:250], case=case, at=now, by=by
    )


def following(word: str, year: int) -> int:
    """The number that is next in a series.

    Papers of the same series that came into the record otherwise, with an older ledger, have their
    numbers too: the first one taken here follows the last of those, later ones pass them over.
    """
    last = Number.objects.filter(word=word, year=year).aggregate(last=Max("seq"))["last"]
    elsewhere = _elsewhere(word, year)
    following = (last or max(elsewhere, default=0)) + 1
    while following in elsewhere:
        following += 1
    return following


def _elsewhere(word: str, year: int) -> set[int]:
    """Numbers of a series that documents of the record bear."""
    rows = Engine().rows(
        "SELECT DISTINCT key FROM record_document WHERE key LIKE %s", [f"{word}〔{year}〕%"]
    )
    read = (parse_doc_no(key.partition("|")[0]) for (key,) in rows)
    return {each.seq for each in read if each is not None}


@transaction.atomic
def void(number: Number, reason: str) -> None:
    """A number that bears no paper any more; it stays in the register.

    Raises:
        Refusal: No reason, or a paper was issued under it.
    """
    if not reason.strip():
        raise Refusal.of("missing", "缺少作废的原因", "请写明", field="reason")
    if hasattr(number, "issued"):
        raise Refusal.of(
            "issued", f"{number}已印发入账，不能作废", "要撤回须另行文，并作废原来的变更"
        )
    number.void = reason.strip()[:250]
    number.save(update_fields=["void"])


def need_word(word: str) -> None:
    """Refuse a 代字 from which no proper 文号 can be made."""
    made = DocNo("", word, 2026, 1)
    read = parse_doc_no(str(made))
    if not _WORD.fullmatch(word) or read is None or str(read) != str(made):
        raise Refusal.of(
            "bad-word", f"代字“{word}”写不成规范的文号",
            "写作“澜编发”“澜编办发”这样：地区简称加机关代字", field="word",
        )  # fmt: skip


def letterhead(level: str) -> Letterhead:
    """How papers of a level are signed.

    Raises:
        Refusal: The office has not said.
    """
    found = Letterhead.objects.filter(level=level).first()
    if found is None:
        raise Refusal.of(
            "no-letterhead", "还没有设置发文机关和代字", "请先在“发文设置”里填写，再印发"
        )
    return found
