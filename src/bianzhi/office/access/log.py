"""The access log: who saw, took out or changed what. Lines are chained and never edited."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest

from bianzhi.office.access.models import LogEntry, LogHead, User

ACTS = {
    "login": "登录",
    "logout": "退出",
    "failed": "登录失败",
    "locked": "登录锁定",
    "refused": "越权被拒",
    "see": "查看人员",
    "search": "按号码查人",
    "secret": "查看身份证号",
    "export": "导出",
    "post": "入账",
    "keep": "改人员档案",
    "import": "导入",
    "case": "办理事项",
    "check": "检查",
    "survey": "调研",
    "users": "管理用户",
    "backup": "备份和恢复",
    "account": "账号安全",
    "audit": "查看访问记录",
}
LOCK = 0x6C_6F_67  # "log": the advisory lock of whoever adds a line
_CHAINED = ("no", "at", "who", "act", "what", "subject", "reason", "address")


def write(
    act: str,
    what: str,
    *,
    who: str,
    subject: str = "",
    reason: str = "",
    address: str = "",
    now: datetime | None = None,
) -> LogEntry:
    """Add a line. In a transaction with the deed itself, so that neither is there alone.

    Args:
        act: One of ``ACTS``.
        what: What was done, in words.
        who: The user name.
        subject: Key of the person or unit concerned.
        reason: Why, where a reason is asked for.
        address: The network address it came from.
        now: The clock.
    """
    if act not in ACTS:
        raise ValueError(f"no such act in the access log: {act}")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        head = LogHead.objects.filter(id=1).first() or LogHead(id=1, no=0, digest="")
        entry = LogEntry(
            no=head.no + 1, at=moment(now or datetime.now(UTC)),
            who=who[:80], act=act, what=_plain(what), subject=subject[:80],
            reason=_plain(reason), address=address[:64],
        )  # fmt: skip
        entry.digest = digest(head.digest, entry)
        entry.save(force_insert=True)
        head.no, head.digest = entry.no, entry.digest
        head.save()
    return entry


def note(request: HttpRequest, act: str, what: str, *, subject: str = "", reason: str = "") -> None:
    """Add a line for what the user of a request did."""
    write(
        act, what, who=name_of(request.user), subject=subject, reason=reason,
        address=address_of(request),
    )  # fmt: skip


def moment(at: datetime) -> str:
    """A time as it stands in the log: UTC, so that the order of texts is the order of times."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def name_of(user: User | AnonymousUser) -> str:
    """The user name as it stands in the log."""
    return user.username if isinstance(user, User) else "（未登录）"


def address_of(request: HttpRequest | None) -> str:
    """Where a request came from."""
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""


def digest(before: str, entry: LogEntry) -> str:
    """The digest of a line, over its content and the digest of the line before."""
    told = [before, *(getattr(entry, name) for name in _CHAINED)]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def faults(using: str = "default") -> Iterator[tuple[int, str]]:
    """What adding lines cannot have left: the line, and what is wrong; the first one only."""
    before, last = "", 0
    for entry in LogEntry.objects.using(using).order_by("no").iterator(2000):
        if entry.no != last + 1:
            yield last + 1, f"缺少第 {last + 1} 条"
            return
        if digest(before, entry) != entry.digest:
            yield entry.no, "内容与写入时的摘要不符：被改动或调换"
            return
        before, last = entry.digest, entry.no
    head = LogHead.objects.using(using).filter(id=1).first()
    if (head.no, head.digest) != (last, before) if head else last:
        yield last + 1, "末条登记不符：末尾的记录被删去或补写"


def _plain(text: str) -> str:
    return text.replace("\0", "")
