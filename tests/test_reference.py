"""The reference says what the code does: tables up to date, every example a ledger that posts."""

from __future__ import annotations

import re

import pytest

from bianzhi.core.acts import VERBS
from bianzhi.core.acts.base import slots
from bianzhi.core.errors import Refusal
from bianzhi.core.exchange import read_change, read_document, read_drafts
from bianzhi.core.facts import FIELDS
from bianzhi.core.memory import MemoryRecord
from bianzhi.site.utility import our_commands
from docs.reference import meanings
from docs.reference.generate import FOLDER, PAGES, refreshed
from tests.conftest import ROOT


def page(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def examples(text: str) -> list[list[str]]:
    """The examples of a page: the lines of its ``jsonl`` blocks."""
    return [block.splitlines() for block in re.findall(r"```jsonl\n(.*?)```", text, re.DOTALL)]


@pytest.mark.parametrize("name", PAGES)
def test_generated_parts_are_up_to_date(name):
    assert page(name) == refreshed(page(name)), "请运行 python -m docs.reference.generate"


# -- the exchange form ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drafts():
    lines = [line for block in examples(page("exchange.md")) for line in block]
    return read_drafts(lines, "exchange.md")


def test_examples_in_order_are_a_whole_ledger(drafts):
    record = MemoryRecord()
    for draft in drafts:
        (made,) = record.post(draft)
        assert made.disagreements == ()


def test_examples_show_every_verb(drafts):
    shown = {act.verb for draft in drafts for act in draft.acts}
    assert VERBS.keys() - shown == set()


def test_examples_show_every_kind_of_change(drafts):
    assert {draft.kind for draft in drafts} == {"regular", "opening", "unverified"}


def test_numbers_in_the_examples_are_those_of_the_changes(drafts):
    """An example that lays something down names the change it means."""
    numbers = {
        act.verb: (draft_no, act.no)
        for draft_no, draft in enumerate(drafts, start=1)
        for act in draft.acts
        if act.verb in ("作废", "补依据", "停止核对")
    }
    assert numbers["作废"][0] == numbers["作废"][1] + 1
    assert numbers["补依据"][0] == numbers["补依据"][1] + 1
    assert numbers["停止核对"][0] == numbers["停止核对"][1] + 1


def accepted(read) -> set[str]:
    """The fields a part of the form takes, from its own words."""
    with pytest.raises(Refusal) as refused:
        read({"没有的一项": 1})
    advice = refused.value.problems[0].do
    return set(advice.removeprefix("可用的有：").split("、"))


def test_fields_of_a_change_and_of_a_document_are_all_told():
    assert accepted(lambda entry: read_change(entry, [], "")) == set(meanings.CHANGE)
    assert accepted(read_document) == set(meanings.DOCUMENT)


def test_every_meaning_belongs_to_a_field():
    told = {(verb, field) for verb, cls in VERBS.items() for field in slots(cls)}
    assert set(meanings.OF_VERB) - told == set()
    assert set(meanings.FIELDS) - {field for _, field in told} == set()


def test_fields_of_units_are_the_same_for_all_holders():
    """So one table tells them."""
    assert FIELDS["org"] == FIELDS["section"] == FIELDS["pool"]


# -- commands -------------------------------------------------------------------------------------


def test_every_command_is_told():
    told = re.findall(r"^### (\S+)$", page("commands.md"), re.MULTILINE)
    assert told == our_commands()


def test_every_argument_is_explained():
    assert re.findall(r"^\| `.*\| +\|$", page("commands.md"), re.MULTILINE) == []


def test_every_environment_variable_is_told():
    settings = (ROOT / "src/bianzhi/site/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"(BIANZHI_[A-Z_]+)"', settings)) - {"BIANZHI_TEST_POSTGRES"}
    assert [name for name in sorted(read) if f"`{name}`" not in page("commands.md")] == []
