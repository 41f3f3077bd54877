"""``bianzhi backup``, ``restore``, ``rebuild``: a record goes into a file and comes back."""

from __future__ import annotations

import os
import zipfile

import pytest
from django.db import transaction

from bianzhi.record.verify import verify
from tests.site.commands.conftest import LEDGER
from tests.support.console import run

NEW = "2023-01-01 甲编发〔2023〕1号\n  核增 org=A kind=XZ n=1"


@pytest.mark.usefixtures("posted")
def test_a_backup_gives_the_receipt(tmp_path):
    digest = run("verify", "--json").json["digest"]
    ran = run("backup", tmp_path / "备份.zip")
    assert ran.code == 0
    assert f"回执 3:{digest}" in ran.out
    result = run("backup", tmp_path / "又一份.zip", "--json").json
    assert (result["no"], result["digest"]) == (3, digest)
    assert result["path"] == str(tmp_path / "又一份.zip")


@pytest.mark.usefixtures("posted")
def test_a_backup_never_takes_the_place_of_a_file(tmp_path):
    file = tmp_path / "重要.zip"
    file.write_text("不能丢")
    ran = run("backup", file)
    assert ran.code == 1
    assert "文件已存在" in ran.err
    assert file.read_text() == "不能丢"


@pytest.mark.usefixtures("posted")
def test_a_backup_into_nowhere(tmp_path):
    ran = run("backup", tmp_path / "没有" / "备份.zip")
    assert ran.code == 1
    assert "没有这个文件或文件夹 → 请检查文件夹和磁盘" in ran.err


@pytest.mark.usefixtures("posted")
def test_only_an_empty_record_takes_a_backup_in(tmp_path):
    run("backup", tmp_path / "备份.zip")
    assert run("restore", tmp_path / "备份.zip", "--json").refused == ["not-empty"]


@pytest.mark.django_db
def test_a_record_comes_back_in_an_empty_database(tmp_path, write):
    with transaction.atomic():
        run("post", write(LEDGER))
        taken = run("backup", tmp_path / "备份.zip", "--json").json
        transaction.set_rollback(True)
    assert verify().changes == 0
    ran = run("restore", tmp_path / "备份.zip")
    receipt = f"3:{taken['digest']}"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"已恢复 3 号变更、{taken['rows']} 行，逐一核验无误；"
        "人员档案、用户、访问记录和导入的资料 0 行\n"
        f"回执 {receipt}\n"
    )
    assert run("verify", "--receipt", receipt).code == 0
    assert run("post", write(NEW)).code == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "damaged-backup"), (b"PK\x05\x06" + bytes(18), "damaged-backup"), (None, "cannot-read")],
)
def test_a_file_that_is_no_backup(tmp_path, content, code):
    file = tmp_path / "备份.zip"
    if content is not None:
        file.write_bytes(content)
    assert run("restore", file, "--json").refused == [code]


@pytest.mark.django_db
def test_another_form_is_no_backup(tmp_path):
    with zipfile.ZipFile(tmp_path / "备份.zip", "w") as archive:
        archive.writestr("about.json", '{"bianzhi": "backup", "version": 99}')
    ran = run("restore", tmp_path / "备份.zip")
    assert ran.code == 1
    assert "不是本系统的备份，或版本不对 → 请核对文件" in ran.err


@pytest.mark.usefixtures("posted")
def test_the_cache_is_made_anew(cache):
    assert not cache.exists()
    ran = run("rebuild")
    assert (ran.code, ran.out) == (0, "缓存已重建：到第 3 号变更，8 笔分录\n")
    assert list(cache.rglob("about.json"))
    assert run("rebuild", "--json").json == {"head": 3, "postings": 8}


@pytest.mark.usefixtures("posted")
def test_the_cache_is_never_truth(cache, write):
    run("rebuild")
    run("post", write(NEW))
    for file in cache.rglob("*.arrow"):
        os.truncate(file, 10)
    state = run("state", "--on", "2023-01-01", "--json").json
    assert {row["holder"]: row["approved"] for row in state["figures"]}["A"] == "8.5"
