"""The access log: chained, append-only, and for the auditor alone."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bianzhi.office.access import log
from bianzhi.office.access.append_only import dropping
from bianzhi.office.access.models import LogEntry, LogHead
from tests.support.cast import browser
from tests.support.pages import text

pytestmark = pytest.mark.django_db


def lines(count=4):
    for number in range(count):
        log.write("see", f"看了第 {number} 人", who="bianban", subject=f"r-{number}")


def tamper(sql, values=()):
    with connection.cursor() as cursor:
        for statement in dropping("access_logentry", connection.vendor):
            cursor.execute(statement)
        cursor.execute(sql, values)


def test_what_was_written_is_sound():
    lines()
    assert list(log.faults()) == []
    assert [entry.no for entry in LogEntry.objects.order_by("no")] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "sql", ["UPDATE access_logentry SET who = 'x'", "DELETE FROM access_logentry"]
)
def test_the_database_refuses_edits(sql):
    lines(1)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize(
    ("sql", "no"),
    [
        ("UPDATE access_logentry SET who = 'other' WHERE no = 2", 2),
        ("UPDATE access_logentry SET at = '2001' WHERE no = 3", 3),
        ("DELETE FROM access_logentry WHERE no = 1", 1),
        ("DELETE FROM access_logentry WHERE no = 4", 4),
        ("DELETE FROM access_logentry", 1),
        ("UPDATE access_loghead SET digest = 'x'", 5),
        ("DELETE FROM access_loghead", 5),
    ],
)
def test_every_tampering_is_found_at_its_line(sql, no):
    lines()
    tamper(sql)
    assert [found[0] for found in log.faults()] == [no]


class AnyText(TestCase):
    """Whatever people write stays readable and sound."""

    @given(st.text(max_size=200), st.text(max_size=100))
    def test_any_text(self, what, who):
        what = what.encode("utf-8", "replace").decode()
        who = who.encode("utf-8", "replace").decode().replace("\0", "")
        log.write("see", what, who=who)
        assert list(log.faults()) == []
        assert LogEntry.objects.order_by("-no")[0].what == what.replace("\0", "")


def test_an_act_is_one_of_the_list():
    with pytest.raises(ValueError, match="no such act"):
        log.write("peek", "x", who="y")


@pytest.mark.parametrize(
    "role", ["office_clerk", "office_head", "board_secretary", "administrator"]
)
def test_only_the_auditor_reads_it(role):
    assert browser(role).get("/access/log").status_code == 403


def test_the_auditor_filters_and_is_seen_looking():
    lines()
    log.write("failed", "用户名或密码不对", who="someone")
    auditor = browser("auditor")
    page = text(auditor.get("/access/log", {"act": "failed"}).content.decode())
    assert "someone" in page
    assert "看了第" not in page
    assert "看了第 2 人" in text(auditor.get("/access/log", {"q": "r-2"}).content.decode())
    assert LogEntry.objects.filter(act="audit", who="auditor").exists()


def test_days_of_the_filter_are_days_in_china():
    late = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # 00:30 of the second in China
    log.write("see", "夜里", who="x", now=late)
    auditor = browser("auditor")
    for day, there in (("2026-03-01", False), ("2026-03-02", True)):
        page = auditor.get("/access/log", {"since": day, "until": day}).content.decode()
        assert ("夜里" in page) == there
    assert auditor.get("/access/log", {"since": "2026-13-01"}).status_code == 400


def test_the_workbook_holds_texts_and_no_formulas():
    log.write("see", "=1+1", who="x", now=datetime.now(UTC) - timedelta(days=1))
    answer = browser("auditor").get("/access/log", {"xlsx": "1", "who": "x"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet["E2"].value == "=1+1"
    assert sheet["E2"].data_type == "s"
    assert LogEntry.objects.get(act="export").what == "访问记录，1 条"


def test_the_head_is_noted_apart():
    lines(2)
    head = LogHead.objects.get()
    assert (head.no, head.digest) == (2, LogEntry.objects.get(no=2).digest)
