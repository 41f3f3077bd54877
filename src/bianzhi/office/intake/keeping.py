"""Keeping files: unpacked, bounded, known by their digest, locked at rest."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath

from bianzhi.core.errors import Refusal, cause
from bianzhi.office.desk.unpacking import (
    ALL,
    LARGEST,
    MEGABYTE,
    MOST,
    Named,
    is_scratch,
    members,
    too_much,
)
from bianzhi.office.identity.locking import lock_file
from bianzhi.office.intake.models import KeptFile

TABLES, TEXTS = (".xlsx", ".xls"), (".docx",)
ENDINGS = (*TABLES, *TEXTS)


def digest(data: bytes) -> str:
    """What a file is known by."""
    return sha256(data).hexdigest()


def unpacked(given: Iterable[Named]) -> list[Named]:
    """The files, those inside a zip taken out; in order of names.

    Raises:
        Refusal: Too many, too large, of a kind that is not read, or a zip that cannot be opened.
    """
    found: list[Named] = []
    for name, data in given:
        found += members(name, data, ENDINGS) if name.lower().endswith(".zip") else [(name, data)]
        _bounded(found)
    for name, data in found:
        _need_kind(name, data)
    if not found:
        raise Refusal.of(
            "no-files", "没有选文件", f"可以导入：{'、'.join(ENDINGS)}，或它们的 zip 压缩包"
        )
    return sorted(found)


def _bounded(found: list[Named]) -> None:
    if len(found) > MOST or sum(len(data) for _, data in found) > ALL:
        raise too_much()


def _need_kind(name: str, data: bytes) -> None:
    if PurePosixPath(name).suffix.lower() not in ENDINGS:
        raise Refusal.of(
            "wrong-type", f"{name} 不是可以导入的文件",
            f"可以导入：{'、'.join(ENDINGS)}，或它们的 zip 压缩包", place=name,
        )  # fmt: skip
    if not data:
        raise Refusal.of("empty-file", f"{name} 是空文件", "请检查文件是否拷贝完整", place=name)
    if len(data) > LARGEST:
        raise Refusal.of(
            "too-large", f"{name} 超过 {LARGEST // MEGABYTE} 兆字节", "请拆成几个文件", place=name
        )


def folder(paths: Iterable[Path]) -> list[Named]:
    """The files of folders and files on disk, named from the folder down."""
    found: list[Named] = []
    for path in paths:
        try:
            inside = sorted(path.rglob("*")) if path.is_dir() else [path]
            for each in inside:
                wanted = each.suffix.lower() in ENDINGS or not path.is_dir()
                if each.is_file() and wanted and not is_scratch(each.name):
                    name = each.relative_to(path).as_posix() if path.is_dir() else each.name
                    found.append((name, each.read_bytes()))
        except OSError as error:
            raise Refusal.of(
                "cannot-read", f"读不了 {path}：{cause(error)}", "请核对路径"
            ) from None
        if not path.exists():
            raise Refusal.of("cannot-read", f"没有 {path}", "请核对路径")
    return found


def keep(data: bytes) -> KeptFile:
    """Keep a file; the same one again is the same row."""
    name = digest(data)
    found = KeptFile.objects.filter(digest=name).first()
    if found is not None:
        return found
    return KeptFile.objects.create(digest=name, size=len(data), locked=lock_file(name, data))
