"""The packs that come with the product: sound, sourced, and off where nobody saw the text."""

from __future__ import annotations

import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.methods import norms
from bianzhi.rules import shipped
from bianzhi.rules.catalogue import RULES
from bianzhi.rules.pack import RELIABLE, gathered
from bianzhi.rules.reading import read_pack

EVERY = [(key, entry) for key in shipped.names() for entry in shipped.pack(key).entries]


def named(value: object) -> str:
    return value if isinstance(value, str) else "-".join(value.key)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("key", "entry"), EVERY, ids=named)
def test_an_entry_has_its_document_and_is_off_where_that_is_not_sure(key, entry):
    assert entry.origin.title
    assert entry.pack == key
    assert not entry.confirmed, "核实是各办自己的事"
    if entry.origin.grade not in RELIABLE:
        assert not entry.enabled


def test_every_rule_has_parameters_in_some_pack():
    assert {entry.rule.code for _, entry in EVERY} == set(RULES)


def test_the_national_pack_comes_first_and_holds_no_threshold_of_a_place():
    assert shipped.names()[0] == "nation"
    local = {"CK-03", "CK-08", "CK-11", "CK-12", "CK-13", "CK-14", "CK-20", "CK-21", "BZ-06"}
    assert not {entry.rule.code for entry in shipped.pack("nation").entries} & local


@pytest.mark.parametrize(
    ("posts", "most"),
    [(10, 2), (11, 3), (50, 3), (51, 4), (100, 4), (200, 5), (400, 6), (600, 7), (601, 8)],
)
def test_the_one_complete_ladder_is_as_the_text_has_it(posts, most):
    entry = next(each for _, each in EVERY if each.key == ("CK-08", "unit"))
    assert entry.parameters.ladder.at(posts).most == most
    assert not entry.enabled


def test_a_norm_s_grade_is_that_of_the_method_s_standard():
    """One set of numbers: the pack names the standard, the method holds it."""
    for _, entry in EVERY:
        if entry.rule.code == "CK-36":
            assert entry.origin.grade == norms.national().norms[entry.parameters.norm].grade


def test_an_office_confirms_the_ladder_in_a_few_lines():
    own = read_pack(
        "own",
        'title = "本办"\nlevel = "office"\nplace = "测县"\n[[confirm]]\npack = "gansu"\n'
        'rule = "CK-08"\nname = "unit"\ndocument = "省办法第三十九条，已核原文"',
    )
    day = parse_day("2022-01-01")
    found = gathered([shipped.pack("gansu"), own], day)
    assert [each.key for each in found] == [("CK-08", "unit")]


def test_a_pack_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(Refusal, match=r"没有名为“henan”的自带规则包.*nation"):
        shipped.text("henan")
