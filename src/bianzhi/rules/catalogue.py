"""All rules there are, in the order in which people list them."""

from __future__ import annotations

from bianzhi.rules.rule import RULES as _REGISTERED
from bianzhi.rules.themes import posts

THEMES = (posts,)
RULES = dict(sorted(_REGISTERED.items(), key=lambda item: (item[0][:2] != "CK", item[0])))
