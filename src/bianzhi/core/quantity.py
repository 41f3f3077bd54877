"""Quantities of posts: exact decimals, held as whole ten-thousandths.

Real ledgers abroad hold half posts, returns full-time equivalents in hundredths;
binary floating point would make balances that do not balance.
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation

from bianzhi.core.errors import Refusal

DECIMALS = 4
UNIT = 10**DECIMALS
LARGEST = 10**9 * UNIT  # a billion posts: beyond any nation, far below what 64 bits hold

_STEP = Decimal(1).scaleb(-DECIMALS)
_EXACT = Context(prec=60, traps=[InvalidOperation, Inexact])  # a digit lost is an error


def parse_quantity(value: object) -> int:
    """Ten-thousandths of a post from a number or its text.

    Raises:
        Refusal: ``bad-quantity`` when it is no number, has more than four decimals or is absurd.

    >>> parse_quantity("375.5")
    3755000
    """
    # type(), not isinstance(): True is no quantity
    units = value * UNIT if type(value) is int else _from_text(value)
    if not -LARGEST <= units <= LARGEST:
        raise _refusal(value, "数字过大")
    return units


def _from_text(value: object) -> int:
    if not isinstance(value, str | float | Decimal):
        raise _refusal(value, "不是数字")
    try:
        # str() first: a JSON 0.1 means the decimal 0.1, not its binary neighbour
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise _refusal(value, "不是数字") from None
    if not number.is_finite():
        raise _refusal(value, "不是数字")
    try:
        return int(_EXACT.quantize(number, _STEP).scaleb(DECIMALS, _EXACT))
    except Inexact:
        raise _refusal(value, f"小数超过 {DECIMALS} 位") from None
    except InvalidOperation:
        raise _refusal(value, "数字过大") from None


def _refusal(value: object, why: str) -> Refusal:
    return Refusal.of("bad-quantity", f"“{value}”不能作为数量：{why}", "请填写整数或至多四位小数")


def quantity(units: int) -> Decimal:
    """The exact decimal of a number of ten-thousandths."""
    return Decimal(units).scaleb(-DECIMALS)


def quantity_text(units: int) -> str:
    """As people write it: ``12``, ``375.5``, ``-0.25``."""
    whole, rest = divmod(abs(units), UNIT)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole}" + (f".{rest:04d}".rstrip("0") if rest else "")
