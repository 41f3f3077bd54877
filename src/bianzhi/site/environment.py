"""Values of the environment, read in words."""

from __future__ import annotations

import os


def minutes(name: str, usual: int) -> int:
    """A number of minutes; the usual one where nothing is set.

    Raises:
        ValueError: What is set is no whole number above 0.
    """
    text = os.environ.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise ValueError(f"{name} 应为分钟数（大于 0 的整数）：{text}")
    return int(text)
