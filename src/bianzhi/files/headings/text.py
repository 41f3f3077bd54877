"""One spelling for headings: full-width folded, blanks, brackets and units gone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNIT = re.compile(r"[(\[](?:单位[::])?(?:名|人|个|人数|年月日|万元|元)[)\]]")
_NOISE = re.compile(r"[\s　:：、,，。.*＊_\-—()（）\[\]【】〔〕“”\"'/]+")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|\(?\d+[)、.．])")


@lru_cache(maxsize=20_000)
def heading_text(raw: str) -> str:
    """The heading as it is compared.

    >>> heading_text("核 定\\n编制数（名）")
    '核定编制数'
    """
    text = unicodedata.normalize("NFKC", raw[:200]).strip()
    text = _NUMBERED.sub("", _UNIT.sub("", text))
    return _NOISE.sub("", text)
