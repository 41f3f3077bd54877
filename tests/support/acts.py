"""Any act at all, for properties that must hold whatever is written."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from bianzhi.core.acts import VERBS, Act
from bianzhi.core.acts.base import (
    Slot,
    read_any,
    read_flag,
    read_key,
    read_keys,
    read_number,
    read_text,
    slots,
)
from bianzhi.core.changes import KINDS, Draft
from bianzhi.core.days import day_number
from bianzhi.core.documents import Document
from bianzhi.core.quantity import LARGEST, parse_quantity

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(day_number)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)
KEYS = st.from_regex(r"[A-C甲乙丙0-9._-]{1,6}", fullmatch=True)
PLAIN = st.none() | st.booleans() | st.integers() | TEXTS
JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
)
VALUES: dict[object, st.SearchStrategy[Any]] = {
    read_text: TEXTS,
    read_key: KEYS,
    read_keys: st.lists(KEYS, min_size=1, max_size=3, unique=True).map(tuple),
    read_flag: st.booleans(),
    read_number: st.integers(0, 10**6),
    read_any: JSON,
    parse_quantity: st.integers(-LARGEST, LARGEST),
}
# A mapping whose names are not those of the act's own fields.
MAPPINGS = st.dictionaries(TEXTS.map(lambda text: f"本地{text}"), PLAIN, max_size=3)


def _value(name: str, slot: Slot) -> st.SearchStrategy[Any]:
    if name in ("fields", "attributes"):
        return MAPPINGS
    found = DAYS if name == "on" else VALUES[slot.read]
    # null is a value in 变更 only; elsewhere it means "not given"
    return found if name == "value" else found.filter(lambda value: value is not None)


def acts_of(cls: type[Act]) -> st.SearchStrategy[Act]:
    """Any act of a verb; fields that may be left out sometimes are."""
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, slot in slots(cls).items():
        (required if slot.required else optional)[slot.attribute] = _value(name, slot)
    return st.fixed_dictionaries(required, optional=optional).map(lambda given: cls(**given))


ACTS = st.sampled_from(sorted(VERBS)).flatmap(lambda verb: acts_of(VERBS[verb]))
DOCUMENTS = st.builds(
    Document,
    title=TEXTS,
    doc_no=TEXTS,
    issuer=TEXTS,
    doc_date=st.none() | DAYS,
    effective_on=DAYS,  # left out, it is read as doc_date
    clause=TEXTS,
    file_digest=TEXTS,
)
DRAFTS = st.builds(
    Draft,
    acts=st.lists(ACTS, max_size=4),
    document=st.none() | DOCUMENTS,
    kind=st.sampled_from(sorted(KINDS)),
    by=TEXTS,
    note=TEXTS,
)
