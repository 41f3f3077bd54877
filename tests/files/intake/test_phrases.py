"""Numbers in sentences are proposed with what they count; a person confirms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.files.intake import facts_in


def short(text):
    return [(fact.what, fact.kind, fact.n) for fact in facts_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("事业编制12名", [("posts", "SY", 12)]),
        ("核定行政编制二十名", [("posts", "XZ", 20)]),
        ("政法专项编制 30 名", [("posts", "ZF", 30)]),
        ("含周转3名", [("posts", "SZ", 3)]),
        ("12名事业编制", [("posts", "SY", 12)]),
        ("领导职数1正2副", [("leaders", "LD1", 1), ("leaders", "LD2", 2)]),
        ("科级领导职数1正2副", [("leaders", "LD1@6", 1), ("leaders", "LD2", 2)]),
        ("局长1名，副局长3名", [("leaders", "LD1", 1), ("leaders", "LD2", 3)]),
        ("内设机构领导职数5正3副", [("leaders", "LN1", 5), ("leaders", "LN2", 3)]),
        ("领导职数3名", [("leaders", "LD", 3)]),
        ("股级领导职数8名", [("leaders", "LN", 8)]),
        ("股级领导职数4正", [("leaders", "LN1@7", 4)]),
        ("设5个内设机构", [("sections", "", 5)]),
        ("没有数字的一句话", []),
        ("2023年5月1日起执行", []),
    ],
)
def test_what_a_phrase_counts(text, found):
    assert short(text) == found


def test_parts_are_told_from_the_whole():
    whole, full, partial, chief, deputy = facts_in(
        "事业编制12名（其中全额10名、差额2名）；科级领导职数1正2副"
    )
    assert (whole.part, full.part, partial.part) == (False, True, True)
    assert (full.funding, partial.funding) == ("full", "partial")
    assert (chief.n, deputy.n) == (1, 2)


@pytest.mark.parametrize(
    ("text", "figure", "kind"),
    [
        ("预留领导2名", "reserved", "leader"),
        ("预留军转干部1名", "reserved", "other"),
        ("待上编2名", "pending", ""),
        ("实有事业编制5名", "actual", "SY"),
        ("核减事业编制1名", "moved", "SY"),
        ("增加副职1名", "moved", "LD2"),
        ("从甲局划转行政编制3名", "moved", "XZ"),
        ("调整后核定事业编制16名", "approved", "SY"),
    ],
)
def test_which_figure_a_phrase_is_about(text, figure, kind):
    [fact] = facts_in(text)
    assert (fact.figure, fact.kind) == (figure, kind)
    assert fact.phrase in text


@given(st.text("事业行政编制名正副领导职数其中含（）；，0123一二三十局长内设机构个", max_size=60))
def test_any_sentence_can_be_read(text):
    for fact in facts_in(text):
        assert fact.n >= 0
