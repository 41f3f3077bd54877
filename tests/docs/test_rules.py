"""The pages about rules: examples that work, and a word on every check of the catalogue."""

from __future__ import annotations

import re
import tomllib

import pytest

from bianzhi.rules.catalogue import RULES
from bianzhi.rules.diagnosis.checking import faults
from bianzhi.rules.diagnosis.thresholds import usual_text
from bianzhi.rules.reading import read_pack
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "rules"
LINES = (FOLDER / "catalogue.md").read_text(encoding="utf-8").splitlines()
TOLD = {
    cells[0]: cells[2]
    for cells in (line.strip("| ").split(" | ") for line in LINES if line.startswith("| "))
    if len(cells) == 3
}


def test_the_example_pack_is_read():
    text = (FOLDER / "packs.md").read_text(encoding="utf-8")
    example, _ = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    pack = read_pack("own", example)
    assert [entry.key for entry in pack.entries] == [("CK-08", "own"), ("CK-03", "")]
    assert len(pack.confirmations) == len(pack.served) == 1


def test_the_example_of_thresholds_fits_into_the_usual_ones():
    text = (FOLDER / "packs.md").read_text(encoding="utf-8")
    _, example = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    mine, whole = tomllib.loads(example), tomllib.loads(usual_text())
    merged = {**whole, **mine, "signs": {**whole["signs"], **mine["signs"]}}
    assert faults(merged) == []


def test_the_example_in_code_runs():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("code", [f"CK-{number:02}" for number in range(1, 41)])
def test_every_check_is_answered_by_its_rule_or_says_why_not(code):
    assert TOLD[code].startswith("规则") is (code in RULES)
    if code not in RULES:
        assert re.match("(回答不了|不由规则)：", TOLD[code])


@pytest.mark.parametrize("number", range(1, 15))
def test_every_alarm_of_the_platform_has_its_rule(number):
    said = TOLD[str(number)]
    assert said.startswith("回答不了：") or said.partition("（")[0] in RULES


@pytest.mark.parametrize("page", sorted(FOLDER.glob("*.md")), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [each for each in links if not (page.parent / each).exists()] == []
