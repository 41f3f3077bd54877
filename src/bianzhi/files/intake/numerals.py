"""Numbers as offices write them: 十二名, １２, "12 人"."""

from __future__ import annotations

import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "○": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}  # fmt: skip
_STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
NUMERAL = r"[0-9０-９]{1,7}|[零〇○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]{1,9}"
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def chinese_number(text: str) -> int | None:
    """The whole number a numeral says, or None.

    >>> chinese_number("十二"), chinese_number("一百零五"), chinese_number("２０")
    (12, 105, 20)
    """
    text = text.strip().translate(_WIDE)
    if re.fullmatch(r"[0-9]{1,7}", text):
        return int(text)
    if not text or any(c not in _DIGITS and c not in _STEPS for c in text):
        return None
    if not any(c in _STEPS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _STEPS:
            total += (digit or 1) * _STEPS[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit
