"""The vault of this installation: its key file, checked against the database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from bianzhi.core.errors import Refusal
from bianzhi.office.identity import keyring
from bianzhi.office.identity.keyring import Keyring
from bianzhi.office.identity.models import KeyMark, PersonFile
from bianzhi.office.identity.vault import PERSON, Vault


def key_file() -> Path:
    """Where the keys are."""
    return Path(settings.SECRET_FILE)


def vault() -> Vault:
    """The vault; the key file is made when nothing depends on one yet.

    Raises:
        Refusal: The key file is missing, damaged, open to others, or that of another installation.
    """
    ring = keyring.read(key_file()) or _first()
    found = Vault(ring)
    mark = KeyMark.objects.first()
    if mark is None:
        mark, _ = KeyMark.objects.get_or_create(id=1, defaults={"fingerprint": found.fingerprint})
    if mark.fingerprint != found.fingerprint:
        raise Refusal.of(
            "wrong-key-file", f"密钥文件 {key_file()} 不是这个数据库的",
            "请放回原来的密钥文件，或用 BIANZHI_SECRET_FILE 指明它在哪里",
        )  # fmt: skip
    return found


NONE_NEEDED, FITS, MISSING, OTHERS, OUTDATED = "none", "fits", "missing", "others", "outdated"


def key_state(locked_with: Iterable[str] = ()) -> str:
    """Whether the key file at hand opens what this database holds.

    Args:
        locked_with: Ids of keys that something beside the ID numbers is locked with.

    Raises:
        Refusal: The key file is damaged, or open to others.
    """
    mark = KeyMark.objects.first()
    if mark is None:
        return NONE_NEEDED
    ring = keyring.read(key_file())
    if ring is None:
        return MISSING
    if Vault(ring).fingerprint != mark.fingerprint:
        return OTHERS
    numbers = PersonFile.objects.exclude(locked_id="")
    needed = {*locked_with, *key_ids(numbers, "locked_id")}
    return FITS if needed <= ring.locks.keys() else OUTDATED


def key_ids(rows: QuerySet[Any], field: str) -> set[str]:
    """The ids of the keys that a field of some rows is locked with."""
    name = Substr(field, 1, StrIndex(field, Value(":")) - 1)
    return set(rows.annotate(locked_with=name).values_list("locked_with", flat=True).distinct())


def _first() -> Keyring:
    """New keys, unless there is something only the old ones fit."""
    if KeyMark.objects.exists() or _keys_in_record():
        raise Refusal.of(
            "no-key-file", f"没有密钥文件 {key_file()}，认不出也打不开已有的身份证号",
            "请放回另存的密钥文件，或用 BIANZHI_SECRET_FILE 指明它在哪里",
        )  # fmt: skip
    keyring.write_new(key_file(), Keyring.new())
    ring = keyring.read(key_file())
    if ring is None:  # pragma: no cover - written a moment ago
        raise Refusal.of("no-key-file", f"密钥文件 {key_file()} 写好后又不见了")
    return ring


def _keys_in_record() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM record_subject WHERE key LIKE %s LIMIT 1", [f"{PERSON}%"])
        return cursor.fetchone() is not None


def person_key(id_number: str) -> str:
    """The permanent key of the person with a number (as ``numbers.read_id_number`` gives it)."""
    return vault().person_key(id_number)


def rotate() -> int:
    """Lock everything with a new key; how many numbers were locked again.

    The old keys stay in the file: an older copy of the database needs them.
    """
    old = vault()
    new = Vault(old.ring.rotated())
    keyring.replace(key_file(), new.ring)  # first, so that a crash leaves nothing unopenable
    with transaction.atomic():
        files = list(PersonFile.objects.exclude(locked_id="").select_for_update())
        for each in files:
            each.locked_id = new.lock(each.person, old.open(each.person, each.locked_id))
        PersonFile.objects.bulk_update(files, ["locked_id"], batch_size=500)
    return len(files)
