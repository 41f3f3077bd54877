"""A whole messy district through the intake: clean numbers arrive, messes are told at their cells.

What is measured against is the truth the generator keeps beside the folder.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import polars as pl
import pytest
from django.conf import settings
from django.db import transaction

from bianzhi.core.days import day_text
from bianzhi.core.documents import normal_doc_no
from bianzhi.core.state import State
from bianzhi.files.layouts import layout, ledger_rows, write_layout
from bianzhi.office.checks.judging import judge
from bianzhi.office.identity.keeping import Kept, keep
from bianzhi.office.identity.models import FileChange, PersonFile
from bianzhi.office.intake import keeping, persons, work
from bianzhi.office.intake.models import POSTED, Delivery
from bianzhi.office.people.official import roster
from bianzhi.office.people.roll import roll
from bianzhi.record.engine import Engine
from bianzhi.record.load import head, load
from tests.support.intake import handed_over

pytestmark = pytest.mark.django_db
SEEDS = (1, 2, 3)
UNITS = 24
# Read as what they mean without a line of their own: a short name of one unit only, a remark
# that nobody counts, a row that is not there.
QUIET = {"short_name", "lost_value", "row_left_out", "shifted_block", "text_date",
         "unknown_value"}  # fmt: skip


def _same_rows(data: bytes) -> bytes:
    """Another file with the same rows: Excel saved it again."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module", params=SEEDS)
def district(request, tmp_path_factory, key_file, django_db_setup, django_db_blocker):
    """(truth, delivery, state at the day of the tables): imported with every proposal accepted."""
    folder = tmp_path_factory.mktemp("district") / "材料"
    truth = handed_over(folder, UNITS, request.param)
    before, settings.SECRET_FILE = settings.SECRET_FILE, key_file
    with django_db_blocker.unblock(), transaction.atomic():
        delivery = work.receive(keeping.folder([folder]), "测试").delivery
        work.prepare(delivery)
        work.decide(delivery, "proposal")
        delivery = work.post(delivery, "测试")
        yield truth, delivery, State(load(), delivery.day or 0), folder
        transaction.set_rollback(True)
    settings.SECRET_FILE = before


def living(truth):
    return [org for org in truth["districts"][0]["orgs"] if "approved" in org]


def figures(state: State, figure: str) -> dict[str, dict[str, int]]:
    """Unit name -> kind -> number, leadership posts left out."""
    orgs = state.orgs.filter(pl.col("cls") == "org")
    names = dict(zip(orgs["key"], orgs["name"], strict=True))
    found: dict[str, dict[str, int]] = {}
    for row in state.accounts.rows(named=True):
        kind = row["kind"].partition("@")[0]
        if row["holder"] in names and not kind.startswith("L") and row[figure]:
            of = found.setdefault(names[row["holder"]], Counter())
            of[kind] += int(row[figure])
    return found


def test_every_clean_number_arrives_or_stands_in_the_list(district):
    truth, delivery, state, _ = district
    have = figures(state, "approved")
    disputed = {(line.unit_name, line.kind) for line in delivery.lines.all()}
    wrong = {
        org["name"]: (have.get(org["name"]), org["approved"])
        for org in living(truth)
        if have.get(org["name"], {}) != {kind: n for kind, n in org["approved"].items() if n}
        and (org["name"], "编制") not in disputed
    }
    assert wrong == {}


def test_every_unit_of_the_truth_is_there_under_its_name(district):
    truth, _, state, _ = district
    names = set(state.orgs.filter(pl.col("cls") == "org")["name"])
    assert {org["name"] for org in living(truth)} <= names


def test_what_was_granted_from_above_is_the_ceiling(district):
    truth, _, state, _ = district
    accounts = state.accounts.filter(pl.col("holder") == "上级")
    granted: Counter[str] = Counter()
    for row in accounts.rows(named=True):
        kind = "ZF" if row["kind"].startswith("ZF") else row["kind"]
        granted[kind] -= int(row["approved"])
    for kind, n in truth["districts"][0]["granted"].items():
        assert granted["ZF" if kind.startswith("ZF") else kind] >= n, kind


def test_people_stand_where_the_truth_has_them_or_are_told(district):
    truth, delivery, state, _ = district
    have = figures(state, "actual")
    told = {line.unit_name for line in delivery.lines.filter(kind="实有")}
    off = [
        org["name"]
        for org in living(truth)
        if have.get(org["name"], {}) != {kind: n for kind, n in org["actual"].items() if n}
        and org["name"] not in told
    ]
    assert off == []


def test_messes_that_change_a_meaning_are_told_at_their_cells(district):
    truth, delivery, _, _ = district
    told = {(each.file, each.cell) for each in delivery.found.all()}
    told |= {
        (origin.partition("!")[0], origin.rpartition("!")[2])
        for line in delivery.lines.all()
        for origin in (line.left_origin, line.right_origin)
    }
    told |= {cell for line in delivery.lines.all() for cell in span(line.left_origin)}
    used = {sheet.file.name for sheet in sheets(delivery) if sheet.used}
    missed = [
        (each["file"], each["cell"], each["kind"])
        for each in truth["mess"]
        if each["file"] in used and each.get("cell") and not harmless(each)
        and (each["file"], each["cell"]) not in told
    ]  # fmt: skip
    assert missed == [], missed


def span(origin: str) -> set[tuple[str, str]]:
    """The cells of an origin such as 表.xlsx!一!F3—F5."""
    found = re.fullmatch(r"(.+?)!.+!([A-Z]+)(\d+)—[A-Z]+(\d+)", origin)
    if found is None:
        return set()
    return {(found[1], f"{found[2]}{n}") for n in range(int(found[3]), int(found[4]) + 1)}


def harmless(mess) -> bool:
    """Read as what it means; a 文号 with other brackets or zeros is the same 文号."""
    if mess["kind"] == "damaged_doc_no":
        return normal_doc_no(mess["shown"]) == normal_doc_no(mess["true"])
    return mess["kind"] in QUIET


def sheets(delivery: Delivery):
    return [sheet for file in delivery.files.all() for sheet in file.sheets.all()]


def test_every_number_has_its_cell(district):
    _, _, state, _ = district
    postings = state.columns.frame("postings")
    assert postings.filter(pl.col("source").str.contains("!")).height == postings.height


def test_no_id_number_is_readable_in_the_record(district):
    _, _, state, _ = district
    people = state.columns.frame("subjects").filter(pl.col("cls") == "person")["key"]
    assert people.len() > 0
    assert people.str.starts_with("rn-").all()
    assert PersonFile.objects.count() == people.len()
    assert not people.str.contains(r"\d{17}").any()


def test_the_office_s_own_sheet_goes_out_and_comes_back_without_a_change(district, tmp_path):
    """The 56-column sheet, read in again: nothing differs, nothing would be posted."""
    _, delivery, state, _ = district
    sheet = tmp_path / "一览表" / "机构编制职数一览表.xlsx"
    sheet.parent.mkdir()
    sheet.write_bytes(
        write_layout(layout("ledger"), ledger_rows(state), basis=f"截至 {day_text(delivery.day)}")
    )
    again = work.receive(keeping.folder([sheet.parent]), "测试").delivery
    made = work.prepare(again)
    told = [(line.unit_name, line.figure, line.left, line.right) for line in again.lines.all()]
    assert told == []
    assert [(d.note, d.acts[:3]) for d in made.drafts] == []
    work.void(again)


def test_the_office_s_own_roster_goes_out_and_comes_back_without_a_change(
    district, tmp_path, settings
):
    """实名制人员名册, read in again: nothing would be posted, no personal file would change."""
    _, delivery, state, _ = district
    people = roll(state)
    title, content = roster(state, people, f"截至 {day_text(delivery.day)}")
    sheet = tmp_path / "名册" / f"{title} {day_text(delivery.day)}.xlsx"
    sheet.parent.mkdir()
    sheet.write_bytes(content)
    again = work.receive(keeping.folder([sheet.parent]), "测试").delivery
    made = work.prepare(again)
    assert [(d.note, d.acts[:3]) for d in made.drafts] == []
    told = list(persons.details(made.roster))
    assert len(told) == people.filter(pl.col("holder").is_not_null()).height
    kept = keep(told, by="测试", now=datetime(2026, 1, 5, tzinfo=UTC))
    assert kept == Kept(0, 0, len(told)), list(
        FileChange.objects.order_by("-id").values_list("field", "before", "after")[:5]
    )
    work.void(again)


def test_the_same_files_again_change_nothing(district):
    _, delivery, _, folder = district
    before = head(Engine())
    again = work.receive(keeping.folder([folder]), "测试")
    assert (again.delivery.pk, again.delivery.state) == (delivery.pk, POSTED)
    assert len(again.known) == delivery.files.count()
    assert head(Engine()) == before


def test_the_same_rows_in_another_file_post_nothing_twice(district):
    _, _, state, folder = district
    before = state.accounts.select(pl.col("approved").abs().sum()).item()
    ledger = folder / "机构编制职数一览表.xlsx"
    name, data = ledger.name, ledger.read_bytes()
    copy = work.receive([(f"另存 {name}", _same_rows(data))], "测试").delivery
    work.prepare(copy)
    assert copy.summary.get("acts", 0) == 0, copy.summary
    assert isinstance(before, Decimal)


def test_the_rules_find_the_over_staffing_and_over_leading_that_were_planted(district):
    """Precision and recall on the truth: every unit over its posts or its leaders, and no other."""
    truth, _, state, _ = district
    names = {org["key"]: org["name"] for org in living(truth)}
    called = dict(state.orgs.select("key", "name").iter_rows())
    found = judge(state).frame
    planted = {
        (names[each["org"]], each["quota_kind"]) for each in truth["planted"]
        if each["kind"] == "over_quota"
    }  # fmt: skip
    over = found.filter(pl.col("rule") == "CK-01")
    assert {(called[unit], kind) for unit, kind in over.select("unit", "about").iter_rows()} == (
        planted
    )
    leading = {names[each["org"]] for each in truth["planted"] if each["kind"] == "over_leadership"}
    leaders = found.filter((pl.col("rule") == "CK-07") & pl.col("about").str.starts_with("LD2"))
    assert leading <= {called[unit] for unit in leaders["unit"]}
