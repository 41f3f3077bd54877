"""Trouble that is nobody's typing: a database that fails, an old one, an impatient user."""

from __future__ import annotations

import pytest
from django.db.utils import OperationalError

from bianzhi.record.post import Poster
from bianzhi.site.management.commands import state
from tests.support.console import run, run_process

NEW = "2023-01-01 甲编发〔2023〕1号\n  核增 org=A kind=XZ n=1"


def raising(error: BaseException):
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.usefixtures("posted")
def test_a_database_that_fails_is_told_in_words(monkeypatch, write):
    monkeypatch.setattr(Poster, "post", raising(OperationalError("database is locked")))
    ran = run("post", write(NEW))
    assert (ran.code, ran.out) == (1, "")
    assert "没有入账，原因：" in ran.err
    assert "数据库出错，什么也没有写：database is locked → 请稍后重试" in ran.err
    assert run("post", write(NEW), "--json").refused == ["database"]


@pytest.mark.usefixtures("posted")
def test_an_impatient_user_leaves_quietly(monkeypatch):
    monkeypatch.setattr(state, "load", raising(KeyboardInterrupt()))
    ran = run("state")
    assert (ran.code, ran.out, ran.err) == (130, "", "已中断：没有做完的变更一笔也没有写\n")


def test_a_database_of_an_older_version_is_left_alone(tmp_path):
    assert run_process(tmp_path, "migrate", "record", "0001").code == 0
    ran = run_process(tmp_path, "state")
    assert ran.code == 1
    assert "数据库的表结构是旧版本 → 请先备份，再运行 bianzhi migrate" in ran.err
