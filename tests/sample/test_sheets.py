"""The clean sheets say what the world is, in the layout offices use."""

from __future__ import annotations

from collections import Counter

import openpyxl
import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc

from bianzhi.sample import words_of
from bianzhi.sample.folder import HISTORY, LEADERSHIP, LEDGER, ROSTERS, SHIFTED
from bianzhi.sample.sheets.ledger import COLUMNS, FIRST_NUMBER, HEADS, LAST_NUMBER


def rows(written, path, sheet=0):
    book = CalamineWorkbook.from_path(written.folder / path)
    return book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)


def records(written, path, sheet=0, heads=1):
    """Rows as dicts by heading."""
    found = rows(written, path, sheet)
    titles = found[heads - 1]
    return [dict(zip(titles, row, strict=True)) for row in found[heads:]]


@pytest.fixture(scope="module")
def ledger(clean):
    return rows(clean, LEDGER)


def test_the_ledger_has_56_columns_under_five_rows_of_headings(ledger):
    assert len(COLUMNS) == 56
    assert {len(row) for row in ledger} == {56}
    assert ledger[0][0] == "澜溪区机关事业单位机构编制职数情况一览表"
    assert ledger[2][:3] == ["序号", "主管单位", "单位名称"]
    assert ledger[4][10:16] == [
        "一般行政",
        "政法专项",
        "参公事业",
        "一般事业",
        "周转事业",
        "储备事业",
    ]
    assert ledger[HEADS][0] == 1


def test_headings_and_supervising_bodies_are_merged(clean, ledger):
    sheet = openpyxl.load_workbook(clean.folder / LEDGER).active
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A3:A5", "B3:B5", "C3:E5", "F3:J3", "K3:S3", "K4:L4", "M4:P4", "AD3:AG3"} <= merged
    down = [each for each in sheet.merged_cells.ranges if each.min_col == each.max_col == 2]
    assert len(down) > 30
    for each in down:
        if each.min_row > HEADS:
            below = [ledger[row - 1][1] for row in range(each.min_row + 1, each.max_row + 1)]
            assert set(below) == {""}


def test_each_line_is_a_body_with_its_figures(clean, ledger):
    orgs = {org["name"]: org for org in clean.truth["districts"][0]["orgs"] if "approved" in org}
    lines = [row for row in ledger[HEADS:] if row[4]]
    assert {row[4] for row in lines} == orgs.keys()
    for row in lines:
        org = orgs[row[4]]
        assert [n or 0 for n in row[10:19]] == words_of.by_column(org["approved"])
        assert [n or 0 for n in row[19:28]] == words_of.by_column(org["actual"])
        assert (row[28] or 0, row[33] or 0) == (org["leader_reserve"], org["other_reserve"])
        assert sum(n or 0 for n in row[29:33]) == org["pending"]
        assert row[35] == org["leaders"]["chiefs"] + org["leaders"]["deputies"]


def test_vacant_is_approved_less_actual_pending_and_reserved(ledger):
    for row in ledger[HEADS:]:
        numbers = [n or 0 for n in row]
        assert numbers[34] == sum(numbers[10:19]) - sum(numbers[19:34])


def test_subtotals_and_the_total_add_up(ledger):
    sums = Counter()
    total = Counter()
    for row in ledger[HEADS:]:
        numbers = {place: row[place] or 0 for place in range(FIRST_NUMBER, LAST_NUMBER + 1)}
        if row[1] in ("小计", "合计"):
            wanted = sums if row[1] == "小计" else total
            assert numbers == {place: wanted[place] for place in numbers}, row[:5]
            total.update(sums)
            sums = Counter()
        else:
            sums.update(numbers)
    assert ledger[-1][1] == "合计"


def test_the_leadership_sheet_has_20_columns(clean):
    found = rows(clean, LEADERSHIP)
    assert {len(row) for row in found} == {20}
    assert found[1][:4] == ["序号", "机构名称", "行政范围", "机构规格"]
    assert found[2][4:12] == ["核定", "实有", "核定", "名称", "实有", "核定", "名称", "实有"]
    assert all(row[4] == (row[6] or 0) + (row[9] or 0) for row in found[3:])


def test_sections_add_up_to_the_ledger(clean, ledger):
    sections = Counter()
    for row in records(clean, LEADERSHIP, sheet=1):
        sections[row["机构名称"]] += row["正职核定"]
    for row in ledger[HEADS:]:
        if row[4]:
            assert (row[43] or 0) == sections[row[4]]


def test_history_read_forwards_gives_the_ledger(clean, ledger):
    last = {}
    for row in records(clean, HISTORY):
        last[row["机构名称"]] = row
    for row in ledger[HEADS:]:
        if row[4]:
            kinds = [sum(n or 0 for n in row[10:18]), row[11] or 0, row[12] or 0, row[13] or 0]
            names = ["编制总数", "政法专项编制", "参公事业编制", "事业编制"]
            assert [last[row[4]][name] or 0 for name in names] == kinds


def test_the_newest_roster_is_the_ledgers_actual(clean, ledger):
    people = Counter(row["所在单位"] for row in records(clean, ROSTERS.format(year=2025)))
    for row in ledger[HEADS:]:
        if row[4]:
            assert sum(n or 0 for n in row[19:28]) == people[row[4]]


def test_credit_codes_are_right_but_for_those_planted(clean):
    shown = {row["统一社会信用代码"] for row in records(clean, "机构基本信息表.xlsx")}
    wrong = {
        each["shown"] for each in clean.truth["planted"] if each["kind"] == "wrong_credit_code"
    }
    assert {code for code in shown if not uscc.is_valid(code)} == wrong != set()


def test_ceilings_hold_what_the_bodies_have(clean):
    ceilings = {row["编制种类"]: row["控制数"] for row in records(clean, "编制控制数.xlsx")}
    for kind, n in clean.truth["districts"][0]["granted"].items():
        assert ceilings[words_of.KINDS[kind]] == n
    used = Counter()
    for org in clean.truth["districts"][0]["orgs"]:
        used.update(org.get("approved", {}))
    assert all(ceilings[words_of.KINDS[kind]] >= n for kind, n in used.items())


def test_every_document_of_the_history_is_in_the_catalogue(clean):
    listed = {row["文号"] for row in records(clean, "文件目录.xlsx")}
    assert {row["文号"] for row in records(clean, HISTORY)} == listed


def test_the_old_systems_export_slides_one_column_left(messy, clean, ledger):
    assert SHIFTED not in clean.handed.files
    old = rows(messy, SHIFTED)
    assert old[:HEADS] == ledger[:HEADS]
    for row, right in zip(old[HEADS:], ledger[HEADS:], strict=True):
        assert row[12:14] == [right[13], right[12]]
        assert row[15:28] == right[16:29]
        assert row[28] == ""
        assert row[29:] == right[29:]


def test_a_mandate_says_in_words_what_the_ledger_says_in_numbers(messy):
    wrong = {each["org"] for each in messy.truth["planted"] if each["kind"] == "mandate_differs"}
    orgs = {org["key"]: org for org in messy.truth["districts"][0]["orgs"]}
    mandates = [each for each in messy.handed.documents if "sections" in each]
    assert len(mandates) >= 30
    assert len(wrong) == 2
    for each in mandates:
        text = "\n".join(p.text for p in Document(messy.folder / each["file"]).paragraphs)
        assert each["doc_no"] in text
        assert all(f"{words_of.KINDS[kind]}{n}名" in text for kind, n in each["posts"].items())
        assert all(f"）{name}。" in text for name in each["sections"])
        assert (each["posts"] == orgs[each["org"]]["approved"]) == (each["org"] not in wrong)


def test_a_reply_grants_what_the_history_says(clean):
    history = {(row["文号"], row["机构名称"]): row for row in records(clean, HISTORY)}
    replies = [each for each in clean.handed.documents if "kind" in each]
    assert len(replies) == 30
    for each in replies:
        text = "\n".join(p.text for p in Document(clean.folder / each["file"]).paragraphs)
        assert "特此批复。" in text
        assert words_of.leaders_in_words(each["chiefs"], each["deputies"]) in text
        assert any(doc_no == each["doc_no"] for doc_no, _ in history)
