"""用编计划 and 周转: papers that are facts themselves; no figure of the ledger moves."""

from __future__ import annotations

from datetime import date

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.office.cases.issuing import from_json, made_again
from bianzhi.office.desk.held import held
from bianzhi.office.identity.models import PersonFile
from tests.office.cases.conftest import LOAN, NOW, PLAN, TO_ISSUE, walk
from tests.office.cases.test_issuing import issued


def said(paper) -> str:
    return "".join(str(each) for each in from_json(paper.paper).body)


def test_a_plan_is_issued_with_its_table_and_posts_nothing(opened) -> None:
    before = held().columns.head
    paper = issued(walk(opened("use_plan", PLAN), *TO_ISSUE))
    assert (paper.change, held().columns.head) == (None, before)
    assert "同意区农业技术推广站2026年度使用一般事业编制（财政全额）4名" in said(paper)
    (table,) = from_json(paper.paper).tables
    assert table.rows == (("区农业技术推广站", "一般事业编制", "财政全额", "4"),)
    assert str(paper.number) == "澜编发〔2026〕1号"
    paper.refresh_from_db()
    assert made_again(paper) == (bytes(paper.pdf), bytes(paper.word))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"year": "今年"}, "不是年度"), ({"posts": [["SY", "full", "1.5"]]}, "不是整数"),
     ({"posts": [["SY", "full", "0"]]}, "不是整数"), ({"posts": []}, "用编计划须写明"),
     ({"posts": [["SY", "full", "1"], ["SY", "full", "2"]]}, "写了两行"),
     ({"how": ""}, "使用方式")],
)  # fmt: skip
def test_a_plan_says_year_kinds_and_whole_numbers(opened, wrong, words) -> None:
    with pytest.raises(Refusal, match=words):
        walk(opened("use_plan", {**PLAN, **wrong}), "submit")


def test_a_loan_says_how_the_posts_come_back(opened) -> None:
    PersonFile.objects.create(person="zhang", birth_date=date(1967, 6, 1), sex="男",
                              changed_at=NOW, changed_by="周")  # fmt: skip
    paper = issued(walk(opened("loan", LOAN), *TO_ISSUE))
    assert "周转使用一般事业编制（财政全额）1名，期限3年" in said(paper)
    with pytest.raises(Refusal, match="怎样归还"):
        walk(opened("loan", {**LOAN, "repay": ""}), "submit")
    with pytest.raises(Refusal, match="最长 5 年"):
        walk(opened("loan", {**LOAN, "years": "6"}), "submit")
