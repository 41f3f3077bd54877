"""All rules there are, in the order in which people list them."""

from __future__ import annotations

from bianzhi.rules.rule import RULES as _REGISTERED
from bianzhi.rules.themes import (
    codes,
    documents,
    leadership,
    loans,
    mixing,
    norms,
    people,
    plans,
    posts,
    procedure,
    reports,
    size,
    structure,
    totals,
    vacancy,
)

THEMES = (
    posts, vacancy, mixing, leadership, size, totals, procedure, people, codes, documents, norms,
    plans, loans, structure, reports,
)  # fmt: skip
RULES = dict(sorted(_REGISTERED.items(), key=lambda item: (item[0][:2] != "CK", item[0])))
