"""Budget codes: section 2 digits, domain 4, programme 6, budget line 8.

The same programme is printed with 6 digits from 2012 on and with 8 before, ``00`` put in front.
The successor files always put ``00`` in front, and were typed by hand: an entry may name a whole
section or domain, run two codes together, or have lost a digit.
"""

from __future__ import annotations

PREFIX = "00"
SECTION, DOMAIN, PROGRAMME, LINE = 2, 4, 6, 8
LEVELS = (SECTION, DOMAIN, PROGRAMME, LINE)


def read_programme(text: str) -> str:
    """The six digits of a programme printed with six or, ``00`` in front, with eight.

    Raises:
        ValueError: The text is neither.

    >>> read_programme("00470101"), read_programme("470101")
    ('470101', '470101')
    """
    digits = text.removeprefix(PREFIX) if len(text) == PROGRAMME + len(PREFIX) else text
    if len(digits) != PROGRAMME or not _is_number(digits):
        raise ValueError(text)
    return digits


def read_successor(text: str) -> tuple[str, ...]:
    """The codes of one entry of a successor file, without ``00``; empty where it is damaged.

    A code that lost a digit fits several real ones, so it is not repaired.

    >>> read_successor("0008201100082012"), read_successor("0056"), read_successor("0033206")
    (('082011', '082012'), ('56',), ())
    """
    double = 2 * (PROGRAMME + len(PREFIX))
    parts = (text[: double // 2], text[double // 2 :]) if len(text) == double else (text,)
    codes = tuple(part.removeprefix(PREFIX) for part in parts if part.startswith(PREFIX))
    sound = all(len(code) in LEVELS and _is_number(code) for code in codes)
    return codes if sound and len(codes) == len(parts) else ()


def parent(code: str) -> str:
    """The code one level up; "" above a section."""
    return code[:-2]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
