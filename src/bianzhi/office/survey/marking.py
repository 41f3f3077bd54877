"""A duty with the words that decided marked."""

from __future__ import annotations

import re


def marked(text: str, phrase: str) -> list[tuple[str, bool]]:
    """The text in parts, each with whether it is one of the words of ``phrase`` (by “、”).

    >>> marked("低保审批工作", "审批")
    [('低保', False), ('审批', True), ('工作', False)]
    """
    words = sorted((word for word in phrase.split("、") if word), key=len, reverse=True)
    if not words:
        return [(text, False)] if text else []
    parts = re.split("(" + "|".join(map(re.escape, words)) + ")", text)
    return [(part, part in words) for part in parts if part]
