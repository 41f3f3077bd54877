"""The list of jobs beside every page: what a role may do, the page at hand marked, the day kept."""

from __future__ import annotations

import pytest

from bianzhi.office.access.roles import ROLES
from bianzhi.office.desk.navigation import GROUPS, navigation
from tests.support.cast import browser, user
from tests.support.pages import get, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    with fresh(SQLITE) as made:
        made.write("2020-01-01 opening\n  设立 org=A name=甲局\n  设立 org=B name=乙局 parent=A")
        yield made


def choices(role):
    return {entry.title: entry for _, group in navigation(user(role), "home") for entry in group}


def test_every_role_sees_what_it_may_and_nothing_else():
    for role in ROLES.values():
        allowed = {entry.title for group in GROUPS.values() for entry in group
                   if entry.action in role.actions}  # fmt: skip
        assert set(choices(role.code)) <= allowed


def test_who_keeps_the_users_sees_no_ledger():
    assert "台账首页" not in choices("administrator")
    assert "台账首页" in choices("auditor")


def test_a_job_that_is_not_built_is_not_offered(monkeypatch):
    from bianzhi.office.desk import navigation as module

    entry = module.Entry("没有的", "no-such-route", "read")
    monkeypatch.setattr(module, "GROUPS", {"台账": (entry,)})
    assert list(navigation(user("auditor"), "home")) == []


def test_the_page_at_hand_is_marked_and_its_parts_belong_to_it():
    marked = [
        e.title for _, group in navigation(user("auditor"), "change") for e in group if e.here
    ]
    assert marked == ["变更文件"]


def test_the_day_picked_stays_on_the_way_to_another_job(record):
    page = get("/", on="2020-05-01", known="1")
    assert '<a href="/changes?on=2020-05-01&amp;known=1">' in page


def test_quick_days_are_year_ends_and_days_of_documents(record):
    record.write("2020-03-01 甲编发〔2020〕3号\n  更名 org=A name=甲委")
    page = get("/compare", before="2020-01-01")
    assert "2020-03-01 甲编发〔2020〕3号" in text(page)
    assert "?before=2020-01-01&amp;on=2020-03-01" in page
    assert "-12-31</a>" in page


def test_documents_of_others_are_no_choice_for_somebody_confined(record):
    record.write("2020-03-01 甲编发〔2020〕3号\n  更名 org=A name=甲委")
    page = browser("institution_clerk", "B").get("/").content.decode()
    assert "甲编发〔2020〕3号" not in page
    assert "限 乙局 及其下属" in text(page)


def test_another_day_or_less_knowledge_is_marked(record):
    assert "basis unusual" not in get("/")
    assert "basis unusual" in get("/", on="2020-01-02")
    assert "basis unusual" in get("/", known="0")
    assert "回到今天" in get("/", on="2020-01-02")


def test_known_may_be_a_day_by_whose_end_changes_were_posted(record):
    assert "截至第 0 号变更（其后入账的 1 号不计）" in text(get("/", known="2020-06-30"))
    assert "截至第 1 号变更（最新）" in text(get("/", known="2199-12-31"))
