"""The key file: made once, kept apart, and missed in words."""

from __future__ import annotations

import json
import os
import stat
from datetime import date

import pytest
from django.db import connection

from bianzhi.core.errors import Refusal
from bianzhi.office.identity import keyring
from bianzhi.office.identity.keyring import Keyring
from bianzhi.office.identity.models import KeyMark
from bianzhi.office.identity.opening import person_key, vault
from tests.support.people import id_number
from tests.support.register import post_district

pytestmark = pytest.mark.django_db
NUMBER = id_number(date(1980, 5, 6))


@pytest.fixture
def file(tmp_path, settings):
    settings.SECRET_FILE = tmp_path / "var" / "own.keys"
    return settings.SECRET_FILE


def test_the_file_is_made_on_first_use_for_its_owner_alone(file):
    key = person_key(NUMBER)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert person_key(NUMBER) == key
    assert NUMBER not in key
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_the_database_holds_no_key(file):
    vault()
    told = json.loads(file.read_text())
    row = KeyMark.objects.get()
    assert row.fingerprint not in json.dumps(told)
    assert connection.vendor != "sqlite" or told["index"] not in row.fingerprint


def test_a_lost_file_is_missed_not_replaced(file):
    person_key(NUMBER)
    file.unlink()
    with pytest.raises(Refusal, match="没有密钥文件"):
        person_key(NUMBER)
    assert not file.exists()


def test_a_record_restored_without_its_key_file_is_noticed(file):
    post_district({person_key(NUMBER): "甲"})
    KeyMark.objects.all().delete()
    file.unlink()
    with pytest.raises(Refusal, match="没有密钥文件"):
        vault()


def test_the_file_of_another_installation_is_noticed(file):
    vault()
    file.unlink()
    keyring.write_new(file, Keyring.new())
    with pytest.raises(Refusal, match="不是这个数据库的"):
        vault()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_file_open_to_others_is_refused(file):
    vault()
    file.chmod(0o644)
    with pytest.raises(Refusal, match="chmod 600"):
        vault()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"bianzhi": "keys", "version": 2}', "钥"])
def test_a_damaged_file_is_refused_in_words(file, text):
    vault()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match="密钥文件"):
        vault()


def test_keys_are_never_shown():
    ring = Keyring.new()
    assert repr(ring) == "Keyring(['1'], current='1')"
