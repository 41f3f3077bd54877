"""People: retirement, entry into 参公 units, titles."""

from __future__ import annotations

import pytest

from tests.support.rules import findings, told

OFFICE = """
    2020-01-01 opening
      设立 org=A name=一局 category=121
      设立 org=S name=中心 category=49 civil_service_managed=true
      设立 org=S1 class=section name=一科 parent=S
      下达 to=A kind=XZ n=2
      下达 to=S1 kind=SC n=2
      上编 person=a name=王一 org=A kind=XZ
      上编 person=b name=李二 org=S1 kind=SC
"""


@pytest.mark.parametrize(
    ("born", "category", "over"),
    [
        ("1961-11-15", "man", 1),  # due 2021-11, before the ages rise
        ("1961-12-15", "man", None),  # due this very month
        ("1966-10-01", "woman-55", 2),
        ("1999-01-01", "man", None),
    ],
)
def test_somebody_past_the_statutory_month(born, category, over):
    found = told(OFFICE, "CK-19", births=[("a", born, category)], day="2021-12-20")
    assert found == ([("A", "a", over, 0)] if over else [])


def test_grace_and_whose_birth_is_not_known():
    births = [("a", "1961-11-15", "man")]
    assert told(OFFICE, "CK-19", {"months": 1}, births=births, day="2021-12-20") == []
    assert told(OFFICE, "CK-19", births=[], day="2021-12-20") == []


def test_after_2025_the_raised_age_counts():
    """A man born in 1965-01 retires one month later than at 60 (2025-02)."""
    births = [("a", "1965-01-10", "man")]
    assert told(OFFICE, "CK-19", births=births, day="2025-02-28") == []
    (found,) = findings(OFFICE, "CK-19", births=births, day="2025-03-01")
    assert found.words == "王一法定退休在 2025-02，已过 1 个月仍在编，宽限 0 个月"


ENTRY = OFFICE + "      变更 subject=b field=entry_mode value={mode}\n"
MODES = {"modes": ["公务员", "转任"]}


@pytest.mark.parametrize(
    ("mode", "fires"), [("公开招聘", True), ("公务员录用", False), ("转任", False)]
)
def test_who_may_enter_a_unit_managed_like_the_civil_service(mode, fires):
    found = findings(ENTRY.format(mode=mode), "CK-31", MODES)
    assert [(each.unit, each.about) for each in found] == ([("S1", "b")] if fires else [])


def test_nobody_is_judged_whose_entry_is_not_registered_or_whose_unit_is_another():
    assert told(OFFICE, "CK-31", MODES) == []
    plain = ENTRY.replace(" civil_service_managed=true", "")
    assert told(plain.format(mode="公开招聘"), "CK-31", MODES) == []


TITLED = OFFICE + "      变更 subject={who} field=title value={title}\n"
WORDS = {"titles": [{"words": ["助理", "经理"], "categories": ["4"]}]}


@pytest.mark.parametrize(
    ("who", "title", "fires"),
    [("b", "主任助理", True), ("b", "主任", False), ("a", "局长助理", False)],
)
def test_words_a_title_of_an_institution_may_not_hold(who, title, fires):
    found = findings(TITLED.format(who=who, title=title), "CK-32", WORDS)
    assert [each.words for each in found] == (
        ["李二的职务“主任助理”含“助理”，请核对批准的职务名称"] if fires else []
    )
