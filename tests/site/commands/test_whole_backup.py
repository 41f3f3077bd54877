"""An office's whole installation goes into a backup and comes back: people, users, log, files."""

from __future__ import annotations

import base64
import re
import zipfile

import pytest
from django.db import transaction

from bianzhi.office.access.models import LogEntry, User
from bianzhi.office.identity import keyring
from bianzhi.office.identity.keyring import Keyring
from bianzhi.office.identity.locking import open_file
from bianzhi.office.identity.models import PersonFile
from bianzhi.office.identity.opening import vault
from bianzhi.office.intake import keeping
from bianzhi.office.intake.models import KeptFile
from bianzhi.office.people.files import personal_files
from tests.support import pages
from tests.support.cast import browser, user
from tests.support.console import run, run_process
from tests.support.intake import handed_over

UNITS = 3
PAGES = ("/", "/units", "/people/", "/people/ages", "/intake/", "/changes")


@pytest.fixture
def own_keys(tmp_path, settings):
    """A key file that a test may move away."""
    settings.SECRET_FILE = tmp_path / "own.keys"
    return settings.SECRET_FILE


@pytest.fixture
def folder(tmp_path):
    """What an office hands over."""
    handed_over(tmp_path / "材料", UNITS, seed=4)
    return tmp_path / "材料"


def shown(address: str) -> str:
    """What a page says, the marks that differ with each answer aside."""
    return re.sub(r"csrfmiddlewaretoken\S+", "", pages.text(pages.get(address)))


def secrets() -> dict[str, object]:
    """What only the key file opens: numbers and files."""
    numbers = PersonFile.objects.exclude(locked_id="")
    opened = {each.person: vault().open(each.person, each.locked_id) for each in numbers}
    return opened | {each.digest: open_file(each) for each in KeptFile.objects.all()}


@pytest.mark.django_db
def test_pages_and_verification_say_the_same_after_a_restore(tmp_path, own_keys, folder):
    with transaction.atomic():
        run("import", folder, "--yes", "--quiet")
        run("users", "add", "lao", "--name", "老秦", "--role", "office_head")
        user("office_head")
        before = {address: shown(address) for address in PAGES}
        assert personal_files().height > 10
        opened, verified = secrets(), run("verify", "--json").json
        taken = run("backup", tmp_path / "备份.zip", "--json").json
        transaction.set_rollback(True)
    assert (PersonFile.objects.count(), User.objects.count()) == (0, 0)
    result = run("restore", tmp_path / "备份.zip", "--json").json
    assert (result["beside"], result["keys"]) == (taken["beside"], "fits")
    assert {address: shown(address) for address in PAGES} == before
    assert (secrets(), run("verify", "--json").json) == (opened, verified)
    assert User.objects.get(username="lao").must_change


@pytest.mark.django_db
def test_the_log_tells_of_backups_and_restores(tmp_path):
    with transaction.atomic():
        user("auditor")
        run("backup", tmp_path / "备份.zip")
        assert LogEntry.objects.get().what == "备份 0 号变更和其他 1 行到 备份.zip"
        transaction.set_rollback(True)
    run("restore", tmp_path / "备份.zip")
    told = LogEntry.objects.get()
    assert (told.act, told.what) == ("backup", "从 备份.zip 恢复 0 号变更和其他 1 行")
    assert told.who.startswith("命令行:")
    page = browser("auditor").get("/access/log").content.decode()
    assert "备份和恢复" in page


@pytest.fixture
def locked(db, own_keys, tmp_path):
    """A backup of an office that has locked something, and its rows taken back."""
    with transaction.atomic():
        keeping.keep(b"roster")
        ran = run("backup", tmp_path / "备份.zip")
        transaction.set_rollback(True)
    return ran


def test_a_backup_says_that_the_key_file_is_to_be_kept_apart(locked, own_keys):
    assert f"密钥文件 {own_keys} 不在备份里：请另存一份，与备份分开放" in locked.out


def test_no_key_is_in_the_backup(locked, own_keys, tmp_path):
    ring = keyring.read(own_keys)
    assert ring is not None
    with zipfile.ZipFile(tmp_path / "备份.zip") as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    for key in (ring.index, *ring.locks.values()):
        assert key not in held
        assert base64.b64encode(key) not in held


def test_a_restore_with_the_key_file_at_hand_says_so(locked, own_keys, tmp_path):
    assert f"密钥文件 {own_keys} 与备份相符" in run("restore", tmp_path / "备份.zip").out
    assert secrets()


def test_a_restore_without_the_key_file_says_what_to_do(locked, own_keys, tmp_path):
    own_keys.unlink()
    ran = run("restore", tmp_path / "备份.zip")
    assert ran.code == 0
    assert f"没有密钥文件 {own_keys}" in ran.out
    assert "请把另存的密钥文件放到这里" in ran.out
    assert not own_keys.exists()


def test_a_restore_beside_the_key_file_of_another_office_says_so(locked, own_keys, tmp_path):
    own_keys.unlink()
    keyring.write_new(own_keys, Keyring.new())
    assert "不是这个数据库的" in run("restore", tmp_path / "备份.zip").out


def test_a_key_file_kept_before_the_keys_were_changed_is_noticed(db, own_keys, tmp_path):
    with transaction.atomic():
        keeping.keep(b"roster")
        early = own_keys.read_bytes()
        run("rotate")
        keeping.keep(b"a later roster")
        run("backup", tmp_path / "备份.zip")
        transaction.set_rollback(True)
    own_keys.write_bytes(early)
    assert "更换密钥以前另存的" in run("restore", tmp_path / "备份.zip").out


@pytest.mark.large
def test_an_office_moves_to_another_machine(tmp_path):
    """Real processes: back up here, restore there."""
    here, there = tmp_path / "这里", tmp_path / "那里"
    here.mkdir()
    there.mkdir()
    assert run_process(here, "users", "first").code == 0
    assert run_process(here, "backup", there / "备份.zip").code == 0
    ran = run_process(there, "restore", "备份.zip")
    assert (ran.code, ran.err) == (0, "")
    assert run_process(there, "users", "list").out == run_process(here, "users", "list").out
