"""Issuing is posting: the paper is made from the change, its number has no gap before it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.state import State
from bianzhi.files.word.reading import read_word
from bianzhi.office.cases import numbering
from bianzhi.office.cases.issuing import draft_paper, from_json, issue, made_again
from bianzhi.office.cases.models import Case, Letterhead, Number
from bianzhi.office.desk.held import held
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster
from tests.office.cases.conftest import MERGER, NOW, REDUCTION, TO_ISSUE, walk
from tests.support.ledger import ledger

SIGNED = date(2026, 3, 5)


def issued(case, signed_on: date = SIGNED):
    case.refresh_from_db()
    return issue(case.pk, case.version, signed_on=signed_on, by="秘书小董", now=NOW)


def state(day: str = "2026-03-05") -> State:
    return State(held().columns, parse_day(day))


def approved(unit: str, kind: str = "SY", day: str = "2026-03-05") -> int:
    rows = state(day).figures("holder", "kind").filter(holder=unit, kind=kind)
    return int(rows["approved"][0]) if rows.height else 0


def test_a_merger_is_in_the_ledger_the_moment_its_paper_is_out(opened) -> None:
    case = walk(opened(), *TO_ISSUE)
    paper = issued(case)
    new = f"{case.key}-1"
    after = state()
    names = dict(after.orgs.select("key", "name").iter_rows())
    assert names[new] == "区农业综合服务中心"
    assert (approved(new), approved(new, "LD1"), approved(new, "LD2")) == (15, 1, 2)
    assert approved("NJ") == 0
    assert {row[1] for row in after.things("duty").select("key", "holder").iter_rows()} == {new}
    case.refresh_from_db()
    assert (case.state, paper.change) == ("issued", held().columns.head)


def test_the_paper_says_what_the_ledger_says(opened) -> None:
    case = walk(opened(), *TO_ISSUE)
    paper = issued(case)
    text = "".join("".join(page.extract_text().split()) for page in
                   PdfReader(io.BytesIO(bytes(paper.pdf))).pages)  # fmt: skip
    for words in (
        "澜编发〔2026〕1号", "关于整合组建区农业综合服务中心的批复", "区农业农村局：",
        "区农业技术推广站、区种子站并入区农业综合服务中心", "一般事业编制（财政全额）15名",
        "经区委编委2026年第3次会议研究", "特此批复",
    ):  # fmt: skip
        assert words in text
    assert "一般事业编制（财政全额）15名" in read_word(bytes(paper.word), "批复").text


def test_the_change_bears_the_number_and_the_digest_of_the_paper(opened) -> None:
    paper = issued(walk(opened(), *TO_ISSUE))
    sql = "SELECT doc_no, file_digest FROM record_document WHERE change_no = %s"
    assert Engine().row(sql, [paper.change]) == ("澜编发〔2026〕1号", paper.pdf_digest)
    assert str(paper.number) == "澜编发〔2026〕1号"


def test_what_was_issued_is_made_again_to_the_byte(opened) -> None:
    paper = issued(walk(opened(), *TO_ISSUE))
    paper.refresh_from_db()
    assert made_again(paper) == (bytes(paper.pdf), bytes(paper.word))
    assert from_json(paper.paper).doc_no == str(paper.number)


def test_posts_that_were_locked_come_free_with_the_paper(opened) -> None:
    case = walk(opened("reduce", REDUCTION), *TO_ISSUE)
    issued(case)
    rows = state().figures("holder", "kind").filter(holder="NJ", kind="SY")
    assert (int(rows["approved"][0]), int(rows["reserved"][0])) == (9, 0)
    assert approved("P") == 8


def test_a_paper_dated_back_releases_the_lock_on_the_day_it_was_made(opened) -> None:
    case = walk(opened("reduce", REDUCTION), *TO_ISSUE)
    issued(case, date(2026, 2, 25))
    assert (approved("NJ", day="2026-02-25"), approved("NJ")) == (9, 9)


def test_what_cannot_be_posted_takes_no_number_and_leaves_no_paper(opened) -> None:
    case = walk(opened("reduce", {**REDUCTION, "n": "11"}), *TO_ISSUE)
    walk(other := opened("rename", {"org": "NJ", "name": "区农技站", "reason": "规范"}), *TO_ISSUE)
    case.given = {**REDUCTION, "n": "13"}  # more than there are
    case.save()
    before = held().columns.head
    with pytest.raises(Refusal):
        issued(case)
    case.refresh_from_db()
    assert (case.state, Number.objects.count(), held().columns.head) == ("approved", 0, before)
    assert str(issued(other).number) == "澜编发〔2026〕1号"


def test_nobody_issues_twice(opened) -> None:
    case = walk(opened(), *TO_ISSUE)
    version = case.version
    issued(case)
    with pytest.raises(Refusal, match="刚刚办了“印发”"):
        issue(case.pk, version, signed_on=SIGNED, by="主任老秦", now=NOW)


def test_numbers_run_without_a_gap_by_word_and_year(opened) -> None:
    for place in range(3):
        given = {"org": "NJ", "nameplate": f"牌子{place}", "do": "加挂", "reason": "规范"}
        issued(walk(opened("nameplate", given), *TO_ISSUE))
    last = {"org": "NJ", "nameplate": "牌子9", "do": "加挂", "reason": "规范"}
    issued(walk(opened("nameplate", last), *TO_ISSUE), date(2027, 1, 4))
    assert sorted(map(str, Number.objects.all())) == [
        "澜编发〔2026〕1号", "澜编发〔2026〕2号", "澜编发〔2026〕3号", "澜编发〔2027〕1号",
    ]  # fmt: skip


def test_numbers_go_on_from_those_of_an_older_ledger(opened) -> None:
    def rename(name: str) -> str:
        case = opened("rename", {"org": "NJ", "name": name, "reason": "规范"})
        return str(issued(walk(case, *TO_ISSUE)).number)

    Poster().post(
        ledger("""
        2026-01-05 澜编发〔2026〕7号
          更名 org=ZZ name=区种子管理站
        2026-01-05 澜编发[2026]06
          加挂 org=ZZ nameplate=种子检验所
    """)
    )
    assert rename("甲站") == "澜编发〔2026〕8号"
    Poster().post(ledger("2026-01-06 澜编发〔2026〕9号\n  更名 org=ZZ name=区种业站"))
    assert rename("乙站") == "澜编发〔2026〕10号"


def test_an_issued_number_is_never_void_a_spare_one_may_be(opened, district) -> None:
    paper = issued(walk(opened(), *TO_ISSUE))
    with pytest.raises(Refusal, match="不能作废"):
        numbering.void(paper.number, "写错了")
    spare = Number.objects.create(word="澜编发", year=2026, seq=2, title="", at=NOW, by="周")
    with pytest.raises(Refusal, match="原因"):
        numbering.void(spare, " ")
    numbering.void(spare, "未发出")
    assert Number.objects.get(seq=2).void == "未发出"


def test_an_office_that_has_not_said_how_it_signs_is_asked(opened) -> None:
    case = walk(opened(), *TO_ISSUE)
    Letterhead.objects.all().delete()
    with pytest.raises(Refusal, match="发文设置"):
        issued(case)


def test_the_draft_shows_the_paper_before_and_takes_no_number(opened) -> None:
    case = walk(opened(), *TO_ISSUE)
    draft = draft_paper(case, SIGNED)
    assert draft.title == "关于整合组建区农业综合服务中心的批复"
    assert not Number.objects.exists()
    assert str(MERGER["name"]) in "".join(str(each) for each in draft.body)


@pytest.mark.large
def test_two_hundred_decisions_go_out_without_a_gap(opened) -> None:
    for place in range(200):
        given = {"org": "NJ", "nameplate": f"牌子{place}", "do": "加挂", "reason": "规范"}
        walk(opened("nameplate", given), *TO_ISSUE)
    papers = [issued(each) for each in Case.objects.filter(state="approved").order_by("pk")]
    assert [each.number.seq for each in papers] == list(range(1, 201))
    assert len({each.change for each in papers}) == 200
    assert not Case.objects.filter(state="approved").exists()
