"""What a clerk has to know of the key file when a backup is made or restored."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from bianzhi.office.identity import opening

_LOST = "没有它，身份证号、导入的原件和各处的附件打不开，再次导入也认不出是同一个人"
_PLACE = "请把另存的密钥文件放到这里（只许本人可读），或用 BIANZHI_SECRET_FILE 指明它在哪里"


def state() -> str:
    """Whether the key file at hand opens what this database holds (``opening.key_state``)."""
    found: set[str] = set()
    for model in apps.get_models():  # whatever keeps files: a new table is not to be forgotten here
        if any(field.name == "locked" for field in model._meta.get_fields()):
            found |= opening.key_ids(model._default_manager.all(), "locked")
    return opening.key_state(found)


def after_backup(found: str) -> Iterator[str]:
    """What to do beside keeping the backup."""
    if found == opening.NONE_NEEDED:
        return
    yield f"密钥文件 {opening.key_file()} 不在备份里：请另存一份，与备份分开放。{_LOST}"
    if found != opening.FITS:
        yield _trouble(found)


def after_restore(found: str) -> Iterator[str]:
    """What is still to be done so that everything opens."""
    if found == opening.FITS:
        yield f"密钥文件 {opening.key_file()} 与备份相符"
    elif found != opening.NONE_NEEDED:
        yield _trouble(found)


def _trouble(found: str) -> str:
    path = opening.key_file()
    told = {
        opening.MISSING: f"注意：没有密钥文件 {path}。{_LOST}",
        opening.OTHERS: f"注意：密钥文件 {path} 不是这个数据库的。{_LOST}",
        opening.OUTDATED: f"注意：密钥文件 {path} 是更换密钥以前另存的，缺后来的密钥",
    }[found]
    return f"{told} → {_PLACE}"
