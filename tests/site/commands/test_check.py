"""``bianzhi check``: a day, a knowledge, packs, a workbook, and what the exit code says."""

from __future__ import annotations

import openpyxl
import pytest

from bianzhi.office.checks.models import Round
from tests.support.console import run
from tests.support.county import COUNTY
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
ON = ("--on", "2022-01-01")
OWN = """
title = "测县规则"
level = "office"
place = "测县"
[sources.rule]
title = "测县规定"
grade = "V"
[[rules]]
rule = "CK-03"
source = "rule"
severity = "info"
parameters = { rate = 50 }
"""


@pytest.fixture(autouse=True)
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def words(*more: object) -> list[str]:
    return [each["words"] for each in run("check", *ON, *more, "--json").json["findings"]]


def test_a_violation_is_told_and_the_exit_code_is_3():
    made = run("check", *ON)
    assert made.code == 3
    assert "口径：2022-01-01，截至第 6 号变更；按 2022-01-01 的规则：全国通用检查" in made.out
    assert "CK-01  S1    一般事业编制实有 3，核定 2，超 1" in made.out
    assert made.err == ""


def test_without_a_violation_the_exit_code_is_0():
    assert run("check", "--on", "2019-12-31").code == 0
    assert run("check", *ON, "--rule", "CK-22").code == 0
    assert run("check", *ON, "--under", "B").code == 0


def test_one_rule_one_branch_one_knowledge():
    late = "号码 t1 自 2020-04-01 占一般事业编制，已 640 天，有效期 365 天"
    assert words("--rule", "CK-22") == [late]
    assert words("--rule", "CK-22", "--under", "A") == []
    assert words("--rule", "CK-22", "--known", "2") == []


def test_a_pack_from_a_file_and_one_by_name(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    made = run("check", *ON, "--pack", file, "--json").json
    assert made["packs"] == ["测县规则"]
    assert {each["rule"] for each in made["tally"]} == {"CK-03"}
    both = run("check", *ON, "--pack", "nation", "--pack", file, "--json").json
    assert {"CK-01", "CK-03"} <= {each["rule"] for each in both["tally"]}


def test_the_rules_of_another_day(tmp_path):
    file = tmp_path / "own.toml"
    dated = OWN.replace('severity = "info"', 'severity = "info"\nvalid_from = "2023-01-01"')
    file.write_text(dated, encoding="utf-8")
    assert words("--pack", file) == []
    assert words("--pack", file, "--rules-day", "2023-01-01") != []


def test_a_wrong_pack_is_refused_with_its_place(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(OWN.replace("rate = 50", "rate = 'x'"), encoding="utf-8")
    made = run("check", *ON, "--pack", file)
    assert made.code == 1
    assert "没有检查，原因：" in made.err
    assert "第 1 条规则 CK-03" in made.err
    assert run("check", "--pack", "henan", "--json").refused == ["unknown-pack"]
    assert run("check", "--rule", "CK-99", "--json").refused == ["unknown-rule"]


def test_a_unit_or_a_confirmation_that_is_nowhere_is_refused(tmp_path):
    file = tmp_path / "own.toml"
    lost = '\n[[confirm]]\npack = "gansu"\nrule = "CK-01"\ndocument = "原文"\n'
    file.write_text(OWN + 'scope = { units = ["S99"] }\n' + lost, encoding="utf-8")
    made = run("check", *ON, "--pack", file)
    assert made.code == 1
    assert "第 1 条规则 CK-03 适用范围　台账里没有代码为“S99”的单位" in made.err
    assert "规则包 gansu 里没有 CK-01" in made.err


def test_packs_alone_are_looked_at():
    made = run("check", "--packs", "--pack", "gansu")
    assert made.code == 0
    assert "启用 0 条" in made.out


def test_the_workbook_has_everything(tmp_path):
    file = tmp_path / "检查.xlsx"
    run("check", *ON, "--rule", "CK-01", "--excel", file)
    sheet = list(openpyxl.load_workbook(file).active.values)  # type: ignore[union-attr]
    assert sheet[3][:8] == (
        "CK-01", "超编", "违规", "实配与核定", "S1", "测县第一中学",
        "一般事业编制实有 3，核定 2，超 1", 3,
    )  # fmt: skip
    assert run("check", *ON, "--excel", tmp_path / "no" / "x.xlsx", "--json").refused == [
        "unwritable"
    ]


def test_a_look_is_kept_only_where_it_was_at_everything():
    assert run("check", *ON, "--keep").code == 3
    assert Round.objects.get().counts["CK-01"] == 1
    assert run("check", *ON, "--keep", "--under", "A", "--json").refused == ["partly"]
    assert run("check", *ON, "--keep", "--known", "2", "--json").refused == ["partly"]
    assert Round.objects.count() == 1
