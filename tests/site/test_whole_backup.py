"""The whole backup: everything of one moment in one file, and back, on either engine."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django_otp.plugins.otp_totp.models import TOTPDevice

from bianzhi.core.errors import Refusal
from bianzhi.office.access.models import LogEntry, LogHead, RecoveryCode, Token, User
from bianzhi.office.cases.models import (
    Attachment,
    Case,
    CaseStep,
    Comment,
    Holiday,
    Issued,
    Letterhead,
    Limit,
    Meeting,
    Number,
    Template,
    Ticket,
    TicketEnd,
)  # fmt: skip
from bianzhi.office.checks.models import Answer, Followed, PackVersion, Round
from bianzhi.office.identity.models import FileChange, KeyMark, PersonFile
from bianzhi.office.intake.models import (
    DeliveredFile,
    Delivery,
    Found,
    KeptFile,
    Lesson,
    Line,
    Sheet,
    Stated,
)
from bianzhi.office.papers.models import KeptText
from bianzhi.office.survey.models import (
    Attached,
    Interview,
    Judgement,
    QuestionnaireVersion,
    Reminder,
    Step,
    TakenBack,
    ThemeDecision,
    Version,
)
from bianzhi.office.survey.models import Round as SurveyRound
from bianzhi.office.survey.models import Sheet as SurveySheet
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster
from bianzhi.site.whole_backup import LEFT_OUT, backup, restore, tables
from tests.support.databases import opened
from tests.support.ledger import draft
from tests.support.records import POSTGRES, SQLITE
from tests.support.rich import contents, rich_history

AT = datetime(2026, 1, 5, 8, 30, 15, 123456, tzinfo=UTC)
ACROSS = [
    (SQLITE, SQLITE),
    pytest.param((POSTGRES, POSTGRES), marks=pytest.mark.postgres),
    pytest.param((SQLITE, POSTGRES, SQLITE), marks=pytest.mark.postgres),
    pytest.param((POSTGRES, SQLITE, POSTGRES), marks=pytest.mark.postgres),
]


def fill(using: str) -> None:
    """One row or more in every table beside the record."""
    user = User(id=7, username="zhou", name="周", role="office_clerk", last_login=AT)
    user.set_password("一个很长的密码")
    rows = [
        user, RecoveryCode(user_id=7, digest="r"),
        Token(user_id=7, title="接口", digest="t", made_at=AT),
        TOTPDevice(user_id=7, name="手机", key="00" * 20, confirmed=True),
        LogHead(id=1, no=0, digest=""), KeyMark(id=1, fingerprint="f"),
        PersonFile(person="rn-a", name="张小明", id_index="i", locked_id="1:abc",
                   birth_date=date(1966, 3, 9), changed_at=AT, changed_by="周"),
        PersonFile(person="rn-b", changed_at=AT, changed_by="周"),
        FileChange(person="rn-a", field="name", before="张小", after="张小明", at=AT, by="周"),
        KeptFile(digest="d1", size=5, locked="1:xyz"),
        KeptText(digest="d1", name="台账.xlsx", text="全文\n第二行"),
        Delivery(id=3, by="周", at=AT, state="posted", summary={"类别": [1, None, "二"]}),
        DeliveredFile(id=4, delivery_id=3, kept_id="d1", name="台账.xlsx"),
        Sheet(file_id=4, name="表", columns=[{"heading": "单位"}], corrections={"3": ""},
              used=False),
        Lesson(heading="编制数", field="approved", by="周"),
        Found(delivery_id=3, severity="error", code="CK-17", what="校验位不对"),
        Line(delivery_id=3, key="k", kind="编制", unit="A", answers={"opening": "期初调整"}),
        Stated(delivery_id=3, file_id=4, key="k", place="一", words="核定3名", phrase="3名",
               title="编制", said="3", verdict="agrees"),
        *matters_and_findings(), *survey(),
    ]  # fmt: skip
    for row in rows:
        row.save(using=using, force_insert=True)


def matters_and_findings() -> list[Model]:
    """A matter with all that was done to it, and a finding that was answered."""
    return [
        Meeting(id=1, level="board", title="第3次会议", held_on=20000),
        Case(id=2, type="rename", unit="A", title="更名", given={"name": "甲"}, opened_by="周",
             opened_at=AT, meeting_id=1, effective_on=20001),
        CaseStep(case_id=2, no=1, at=AT, by="周", step="submit", target="submitted"),
        Comment(case_id=2, at=AT, by="周", words="看过"),
        Attachment(case_id=2, name="请示.pdf", kind="pdf", size=9, digest="d", locked="1:abc",
                   by="周", at=AT),
        Letterhead(level="board", issuer="编委", word="甲编发"),
        Template(id=3, kind="批复", name="样板.docx", digest="d", content=b"PK\x00\xff", by="周",
                 at=AT),
        Number(id=4, word="甲编发", year=2026, seq=1, title="批复", case_id=2, at=AT, by="周"),
        Issued(case_id=2, number_id=4, paper={"title": "批复"}, template_id=3, pdf=b"%PDF\x00",
               word=b"PK\x00", pdf_digest="p", word_digest="w", change=1, at=AT, by="周"),
        Ticket(key="N202600001", year=2026, seq=1, case_id=2, expires_on=20100),
        TicketEnd(key="N202600001", change=1, why="give-up", by="周", at=AT),
        Limit(code="ticket", value=12),
        Holiday(day=20002, works=False, name="国庆"),
        PackVersion(key="甲", title="甲市", text="x", digest="d", used=True, by="周", at=AT),
        Answer(id=5, rule="CK-01", unit="A", kind="mend", words="整改", due=date(2026, 3, 1),
               most=Decimal("2.5"), told="超 2 名", on=date(2026, 1, 5), known=1, by="周", at=AT),
        Round(on=date(2026, 1, 5), known=1, by="周", at=AT, counts={"CK-01": 2}),
        Judgement(unit="A", kind="micro", verdict="dismiss", reason="镇上只此一家", told="小 1",
                  score=0.8, on=date(2026, 1, 5), known=1, by="周", at=AT),
        ThemeDecision(verb="add", title="古树管护", words="古树、名木", reason="条线要单列",
                      by="周", at=AT),
        Followed(rule="CK-01", unit="A", answer=5, gone_on=date(2026, 2, 1)),
    ]  # fmt: skip


def survey() -> list[Model]:
    """A round with a sheet that was filled, sent back and taken back as a workbook."""
    content = {"duties": {"kind": "duties", "rows": [{"id": "d1", "given": {}, "told": {}}]}}
    return [
        QuestionnaireVersion(key="own", title="问卷", text="t", digest="d", by="周", at=AT),
        SurveyRound(id=3, title="调研", questions="t", digest="d", chosen="全部",
                    on=date(2026, 1, 5), known=1, due=date(2026, 2, 1), opened_by="周",
                    opened_at=AT),
        SurveySheet(id=4, round_id=3, unit="A", status="returned"),
        Version(id=5, sheet_id=4, no=1, content=content, via="web", by="吴", at=AT),
        Step(sheet_id=4, step="submit", version_id=5, by="吴", at=AT),
        Step(sheet_id=4, step="return", words="请补充", by="周", at=AT),
        Reminder(sheet_id=4, words="请尽快", by="周", at=AT),
        Interview(id=6, round_id=3, held_on=date(2026, 1, 6), interviewers="周",
                  interviewed="主任", units=["A"], text="谈", by="周", at=AT),
        Interview(round_id=3, held_on=date(2026, 1, 6), interviewers="周", interviewed="主任",
                  units=["A"], text="改", replaces_id=6, by="周", at=AT),
        Attached(round_id=3, sheet_id=4, name="依据.pdf", kind="pdf", size=9, digest="d",
                 locked="1:abc", by="吴", at=AT),
        TakenBack(round_id=3, sheet_id=4, version_id=5, name="答卷.xlsx", digest="d",
                  locked="1:abc", problems=[{"what": "不是数"}], by="周", at=AT),
    ]  # fmt: skip


def held(using: str) -> dict[str, list[list[object]]]:
    """Everything beside the record, as the backup reads it."""
    return {each.name: list(each.rows(using)) for each in tables()}


def edited(path: Path, change) -> Path:
    """A copy of a backup whose members, by name, went through a function."""
    other = path.with_name("edited.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return other


@pytest.fixture
def office(bases, kind) -> Engine:
    """A record with something in each table, and something beside it in each table."""
    engine: Engine = bases(kind)
    Poster(engine.using).post(rich_history())
    fill(engine.using)
    return engine


# -- what is in it -------------------------------------------------------------------------


def test_every_table_is_in_the_backup_or_left_out_for_a_reason():
    inside = {each.name for each in tables()}
    for model in apps.get_models(include_auto_created=True):
        label, table = model._meta.app_label, model._meta.db_table
        assert (table in inside) != (label in LEFT_OUT), table
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("way", ACROSS, ids="-".join)
def test_everything_is_the_same_after_any_way_through_engines(bases, tmp_path, way):
    first = bases(way[0])
    Poster(first.using).post(rich_history())
    fill(first.using)
    before, record = held(first.using), contents(first)
    assert [name for name, rows in before.items() if not rows] == ["access_logentry"]
    engine = first
    for step, kind in enumerate(way[1:]):
        taken = backup(tmp_path / f"{step}.zip", engine.using)
        engine = bases(kind)
        assert restore(tmp_path / f"{step}.zip", engine.using) == taken
        assert taken.beside == sum(map(len, before.values()))
    assert held(engine.using) == before
    assert contents(engine) == record


def test_new_rows_are_numbered_after_those_that_came_back(office, bases, kind, tmp_path):
    backup(tmp_path / "a.zip", office.using)
    other = bases(kind)
    restore(tmp_path / "a.zip", other.using)
    last = User.objects.using(other.using).get().pk
    new = User.objects.db_manager(other.using).create(username="wu", name="吴", role="auditor")
    assert new.pk == last + 1


def test_dates_keep_their_fractions_and_json_its_shape(office, bases, kind, tmp_path):
    backup(tmp_path / "a.zip", office.using)
    other = bases(kind)
    restore(tmp_path / "a.zip", other.using)
    delivery = Delivery.objects.using(other.using).get()
    assert (delivery.at, delivery.summary) == (AT, {"类别": [1, None, "二"]})
    person = PersonFile.objects.using(other.using).get(person="rn-a")
    assert (person.birth_date, person.work_start) == (date(1966, 3, 9), None)


def test_a_password_still_lets_its_user_in(office, bases, kind, tmp_path):
    backup(tmp_path / "a.zip", office.using)
    other = bases(kind)
    restore(tmp_path / "a.zip", other.using)
    assert User.objects.using(other.using).get().check_password("一个很长的密码")


# -- one moment ----------------------------------------------------------------------------


def test_what_is_written_meanwhile_is_in_no_part_of_it(urls, kind, tmp_path):
    """While the record's first rows are written out, another connection posts and adds a user."""
    url = urls(kind)
    with opened(url) as using, opened(url) as other:
        Poster(using).post(rich_history())
        fill(using)
        before, record = held(using), contents(Engine(using))
        done: list[int] = []

        def meanwhile(rows: int) -> None:
            if not done:
                done.append(rows)
                Poster(other).post([draft("设立 org=N name=新局")])
                User.objects.db_manager(other).create(username="wu", name="吴", role="auditor")

        backup(tmp_path / "a.zip", using, meanwhile)
        assert done
        assert User.objects.using(using).count() == 2  # nobody was kept waiting
        with opened(urls(kind)) as restored:
            restore(tmp_path / "a.zip", restored)
            assert held(restored) == before
            assert contents(Engine(restored)) == record


# -- refused -------------------------------------------------------------------------------


def refused(path: Path, engine: Engine) -> str:
    """The code of the refusal; nothing is written, in the record or beside it."""
    before = contents(engine), held(engine.using)
    with pytest.raises(Refusal) as refusal:
        restore(path, engine.using)
    assert (contents(engine), held(engine.using)) == before
    assert all(problem.what and problem.do for problem in refusal.value.problems)
    return refusal.value.problems[0].code


def test_an_office_that_has_begun_is_left_alone(office, bases, kind, tmp_path):
    backup(tmp_path / "a.zip", office.using)
    begun = bases(kind)
    User.objects.db_manager(begun.using).create(username="wu", name="吴", role="auditor")
    assert refused(tmp_path / "a.zip", begun) == "not-empty"


def with_rows(table: str, change):
    """Rows of one table changed and the list of contents made to agree: a careful forger."""

    def edit(name: str, data: bytes) -> bytes:
        told = json.loads(data) if name == "about.json" else None
        if name == f"{table}.jsonl":
            return lines(data)
        if told is not None:
            with zipfile.ZipFile(edit.path) as archive:  # type: ignore[attr-defined]
                new = lines(archive.read(f"{table}.jsonl"))
            told["beside"][table] |= {
                "rows": new.count(b"\n"), "digest": sha256(new).hexdigest(),
            }  # fmt: skip
            return json.dumps(told).encode()
        return data

    def lines(data: bytes) -> bytes:
        rows = change([json.loads(line) for line in data.splitlines()])
        return "".join(f"{json.dumps(row)}\n" for row in rows).encode()

    return edit


def with_value(table: str, column: str, value: object):
    """Another value in the first row of a table."""
    at = next(each.columns.index(column) for each in tables() if each.name == table)
    return table, lambda rows: [[*rows[0][:at], value, *rows[0][at + 1 :]], *rows[1:]]


FORGED = {
    "a row of another width": ("access_user", lambda rows: [rows[0][:-1]]),
    "no row": ("access_user", lambda rows: [5]),
    "a date that is none": with_value("identity_filechange", "at", "昨天"),
    "a list for a text": with_value("intake_lesson", "heading", ["x"]),
    "no value where one must be": with_value("intake_lesson", "heading", None),
    "a character no engine takes": with_value("intake_lesson", "heading", "a\0"),
    "a row doubled": ("access_user", lambda rows: rows * 2),
    "a user gone whose token is there": ("access_user", lambda rows: []),
    "a log without its lines": ("access_loghead", lambda rows: [[1, 3, "x"]]),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_backup_is_refused_whole(office, bases, kind, tmp_path, forged):
    path = backup(tmp_path / "a.zip", office.using).path
    edit = with_rows(*FORGED[forged])
    edit.path = path
    assert refused(edited(path, edit), bases(kind)) in ("damaged-backup", "does-not-verify")


def test_an_edited_row_is_noticed_by_the_list_of_contents(office, bases, kind, tmp_path):
    path = backup(tmp_path / "a.zip", office.using).path
    other = edited(path, lambda name, data: data.replace("周".encode(), "吴".encode())
                   if name == "access_user.jsonl" else data)  # fmt: skip
    assert refused(other, bases(kind)) == "damaged-backup"


def test_an_edited_line_of_the_access_log_is_named(office, bases, kind, tmp_path):
    LogEntry(no=1, at="2026-01-05T08:00:00+00:00", who="周", act="login", what="登录",
             digest="0" * 64).save(using=office.using)  # fmt: skip
    path = backup(tmp_path / "a.zip", office.using).path
    with pytest.raises(Refusal, match="访问记录第 1 条有问题"):
        restore(path, bases(kind).using)


@pytest.mark.parametrize("change", [
    lambda told: told["beside"].update(office_new={"columns": [], "rows": 0, "digest": ""}),
    lambda told: told["beside"]["access_user"]["columns"].append("telephone"),
], ids=["a table", "a column"])  # fmt: skip
def test_a_backup_of_a_later_version_says_so(office, bases, kind, tmp_path, change):
    path = backup(tmp_path / "a.zip", office.using).path

    def edit(name: str, data: bytes) -> bytes:
        if name != "about.json":
            return data
        told = json.loads(data)
        change(told)
        return json.dumps(told).encode()

    assert refused(edited(path, edit), bases(kind)) == "later-backup"


def test_a_backup_of_an_earlier_version_gets_the_defaults_of_later_columns(
    office, bases, kind, tmp_path
):
    path = backup(tmp_path / "a.zip", office.using).path
    users = next(each for each in tables() if each.name == "access_user")
    at = users.columns.index("session_round")
    shorter = with_rows("access_user", lambda rows: [[*rows[0][:at], *rows[0][at + 1 :]]])
    shorter.path = path

    def edit(name: str, data: bytes) -> bytes:
        data = shorter(name, data)
        if name != "about.json":
            return data
        told = json.loads(data)
        told["beside"]["access_user"]["columns"].remove("session_round")
        return json.dumps(told).encode()

    engine = bases(kind)
    restore(edited(path, edit), engine.using)
    assert User.objects.using(engine.using).get().session_round == 0
