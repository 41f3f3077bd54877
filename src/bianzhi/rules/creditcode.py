"""统一社会信用代码 (GB 32100-2015): 18 characters, the last a check by MOD 31."""

from __future__ import annotations

import numpy as np
import polars as pl

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
FORM = f"^[{LETTERS}]{{18}}$"
PUBLIC = {"11": "机关", "12": "事业单位", "13": "群团", "19": "其他机构"}

_VALUES = np.full(128, -1, dtype=np.int64)
_VALUES[[ord(letter) for letter in LETTERS]] = range(len(LETTERS))


def well_formed(text: str) -> bool:
    """Whether a text has 18 characters of the right letters."""
    return len(text) == 18 and all(letter in LETTERS for letter in text)


def check_character(text: str) -> str:
    """The last character that the first 17 ask for.

    >>> check_character("91350100M000100Y4")
    '3'
    """
    total = sum(LETTERS.index(c) * w for c, w in zip(text[:17], WEIGHTS, strict=True))
    return LETTERS[(31 - total % 31) % 31]


def checked(codes: pl.Series) -> pl.Series:
    """Whether each of many well-formed codes has the right last character."""
    if codes.is_empty():
        return pl.Series("right", [], dtype=pl.Boolean)
    letters = np.frombuffer("".join(codes.to_list()).encode("ascii"), dtype=np.uint8)
    values = _VALUES[letters.reshape(len(codes), 18)]
    wanted = (31 - values[:, :17] @ np.array(WEIGHTS) % 31) % 31
    return pl.Series("right", wanted == values[:, 17])
