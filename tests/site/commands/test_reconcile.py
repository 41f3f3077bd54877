"""``bianzhi reconcile``: opening + changes against a published closing."""

from __future__ import annotations

import pytest

from tests.support.console import run

pytestmark = pytest.mark.django_db

YEAR = """
    2023-01-01 opening
      设立 org=A name=甲局
      设立 org=B name=乙局
      下达 to=A kind=XZ n=5.5
      下达 to=B kind=XZ n=4
    2023-06-01 甲编发〔2023〕2号
      划转 from=A to=B kind=XZ n=2
    2023-07-01 unverified
      核增 org=B kind=XZ n=0.5
"""
CLOSING = """
    2023-12-31 甲编发〔2023〕9号
      核对 org=A kind=XZ n=4 tolerance=0.5
      核对 org=B kind=XZ n={}
"""


@pytest.fixture
def agreeing(write):
    assert run("post", write(YEAR + CLOSING.format(6))).code == 0


@pytest.fixture
def disagreeing(write):
    assert run("post", write(YEAR + CLOSING.format(7))).code == 0


@pytest.mark.usefixtures("agreeing")
def test_a_year_that_agrees():
    ran = run("reconcile", 2023)
    assert ran.code == 0
    assert "XZ　2023-01-01 期初 ＋ 有依据的变动，与 2023-12-31 公布数比较" in ran.out
    assert "2 / 2 个单位在允差内相符，其中 1 个完全相等" in ran.out
    assert "单个单位相差最多 0.5" in ran.out
    assert "另有待核实（没有文件）的调整 0.5，不计入变动" in ran.out


@pytest.mark.usefixtures("disagreeing")
def test_a_year_that_does_not_agree_names_who():
    ran = run("reconcile", 2023)
    assert ran.code == 3
    assert "不予认可：1 个单位不符" in ran.out
    assert ran.out.splitlines()[-1].split() == ["B", "4", "1", "2", "0.5", "6", "7", "-1", "0"]


@pytest.mark.usefixtures("disagreeing")
def test_json():
    result = run("reconcile", 2023, "--json").json
    assert (result["units"], result["agree"], result["exactly"]) == (2, 1, 0)
    assert [row["holder"] for row in result["disagree"]] == ["B"]
    assert result["totals"]["computed"] == "9.5"
    assert result["all"] is None


@pytest.mark.usefixtures("agreeing")
@pytest.mark.parametrize(
    "words",
    [
        ["2023"],
        ["--from", "2023-01-01", "--to", "2023-12-31"],
        ["2023", "--kind", "XZ", "--document", "甲编发〔2023〕9号"],
        ["2023", "--known", "4"],
    ],
)
def test_all_units_on_request(words):
    result = run("reconcile", *words, "--all", "--json").json
    assert [row["holder"] for row in result["all"]] == ["A", "B"]
    assert "\nA " in run("reconcile", *words, "--all").out


@pytest.mark.usefixtures("agreeing")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "no-period"),
        (["--from", "2023-01-01"], "no-period"),
        (["0"], "bad-year"),
        (["99999"], "bad-year"),
        (["2022"], "which-kind"),
        (["2023", "--kind", "SY"], "nothing-published"),
        (["2023", "--document", "别的文件"], "nothing-published"),
        (["2023", "--known", "9"], "unknown-change"),
    ],
)
def test_what_cannot_be_reconciled_is_refused(words, code):
    assert run("reconcile", *words, "--json").refused == [code]


def test_several_kinds_must_be_told_apart(write):
    second = CLOSING.format(6) + "      核对 org=A kind=SY n=0\n"
    run("post", write(YEAR + second))
    ran = run("reconcile", 2023)
    assert ran.code == 1
    assert "公布了 2 种编制的数：SY、XZ → 请用 --kind 指明一种" in ran.err
    assert run("reconcile", 2023, "--kind", "SY").code == 0
