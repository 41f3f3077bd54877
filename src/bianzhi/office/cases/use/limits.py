"""Limits of the use of posts, as the office has set them; what is given here stands until it does.

They differ from place to place: 核销 10 working days in one city, 15 in another (domain DL-04/05).
"""

from __future__ import annotations

from typing import NamedTuple

from bianzhi.office.cases.models import Limit


class Known(NamedTuple):
    """A limit: what it is, its unit, the value to begin with, and where that comes from."""

    title: str
    unit: str
    value: int
    source: str


TICKET, SOON, WRITE_OFF, ENROLL = "ticket", "soon", "write_off", "enroll"
HOLD = "hold"
LIMITS = {
    TICKET: Known("用编号码有效期", "天", 365, "系统起始值，请按本地规定改"),
    SOON: Known("用编号码到期前提醒", "天", 30, "系统起始值"),
    WRITE_OFF: Known("退休、离职后核销", "个工作日", 15, "章丘区"),
    HOLD: Known("受理时锁编的期限", "天", 180, "系统起始值，请按本地规定改"),
    ENROLL: Known("录用、调入后上编登记", "个工作日", 30, "章丘区"),
}
MOST = 3660


def limit(code: str) -> int:
    """The value in force."""
    found = Limit.objects.filter(code=code).first()
    return found.value if found else LIMITS[code].value


def limits() -> list[tuple[str, Known, int]]:
    """All of them with the value in force."""
    own = dict(Limit.objects.values_list("code", "value"))
    return [(code, known, own.get(code, known.value)) for code, known in LIMITS.items()]
