"""Invented numbers that pass their checks: identity numbers (MOD 11-2), credit codes (MOD 31).

Identity numbers carry province-level area codes, which no one was ever given one under.
"""

from __future__ import annotations

from datetime import date

AREAS = ("410000", "420000", "340000", "320000", "370000", "130000")
CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PERSON_CHECKS = "10X98765432"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def person_check(first: str) -> str:
    """The eighteenth character for the first seventeen (GB 11643-1999).

    >>> person_check("41000019800101001")
    'X'
    """
    total = sum(int(each) * weight for each, weight in zip(first, _PERSON_WEIGHTS, strict=True))
    return _PERSON_CHECKS[total % 11]


def person_number(area: str, born: date, order: int) -> str:
    """An identity number; odd orders are men's, even ones women's."""
    first = f"{area}{born:%Y%m%d}{order:03}"
    return first + person_check(first)


def credit_code(prefix: str, area: str, number: int) -> str:
    """A 统一社会信用代码 (GB 32100-2015): 11 机关, 12 事业单位, 13 群团."""
    body = f"{number:08}"
    rest = sum(int(each) * weight for each, weight in zip(body, _ORG_WEIGHTS, strict=True))
    check = (11 - rest % 11) % 11
    first = f"{prefix}{area}{body}{'X' if check == 10 else check}"
    total = sum(
        CREDIT.index(each) * weight for each, weight in zip(first, _CREDIT_WEIGHTS, strict=True)
    )
    return first + CREDIT[(31 - total % 31) % 31]
