"""Backup and restore: one file, the same for every engine, that proves itself when read back.

A backup is a zip of the tables as JSON Lines and a list of what is in it. It is taken from one
consistent reading while others go on posting, and restored only into an empty record, whose chain
is verified before anything is committed. So it is also the way from SQLite to PostgreSQL.
"""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.db import DatabaseError, OperationalError

from bianzhi.core.errors import Refusal, cause
from bianzhi.record.engine import Engine
from bianzhi.record.load import head
from bianzhi.record.tables import COLUMNS
from bianzhi.record.verify import verify

FORM = ("backup", 1)
ABOUT = "about.json"
CHUNK = 20_000
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What reading a zip of JSON with flipped, missing or foreign bytes may end in.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, KeyError, ValueError,
    OverflowError, DatabaseError,
)  # fmt: skip
Progress = Callable[[int], object]


class Taken(NamedTuple):
    """What a backup holds: keep it, it is the receipt."""

    no: int
    digest: str
    rows: int
    path: Path


def backup(path: Path, using: str = "default", progress: Progress | None = None) -> Taken:
    """Write the record as it stands to a new file; posting goes on meanwhile.

    Raises:
        Refusal: The file exists already, or cannot be written.
    """
    if path.exists():
        raise Refusal.of("file-exists", f"文件已存在：{path}", "请换一个文件名")
    engine = Engine(using)
    no, digest = head(engine)
    part = path.with_name(path.name + ".part")
    try:
        counts = _write(part, engine, no, digest, progress)
        os.replace(part, path)
    except OSError as error:
        raise Refusal.of(
            "cannot-write", f"写不了 {path}：{cause(error)}", "请检查文件夹和磁盘"
        ) from error
    finally:
        with suppress(OSError):  # only a failure leaves it, and then there may be no such folder
            part.unlink()
    return Taken(no, digest, sum(counts.values()), path)


def _write(
    part: Path, engine: Engine, no: int, digest: str, progress: Progress | None
) -> dict[str, int]:
    counts: dict[str, int] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for table, columns in COLUMNS.items():
            with archive.open(f"{table}.jsonl", "w", force_zip64=True) as stream:
                counts[table] = _write_table(stream, engine, table, columns, no, progress)
        about = {"bianzhi": FORM[0], "version": FORM[1]}
        about |= {"no": no, "digest": digest, "rows": counts}
        archive.writestr(ABOUT, json.dumps(about))
    with part.open("rb") as written:
        os.fsync(written.fileno())
    return counts


def _write_table(
    stream: IO[bytes],
    engine: Engine,
    table: str,
    columns: tuple[str, ...],
    no: int,
    progress: Progress | None,
) -> int:
    # rows up to a change never change, so no lock is needed: later ones are simply not read
    names = ", ".join(f'"{column}"' for column in columns)
    limit, values = _limit(table, no)
    count = 0
    rows = engine.stream(f"SELECT {names} FROM {table} {limit}", values)
    while chunk := list(islice(rows, CHUNK)):
        lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in chunk)
        stream.write(("\n".join(lines) + "\n").encode())
        count += len(chunk)
        if progress is not None:
            progress(len(chunk))
    return count


def _limit(table: str, no: int) -> tuple[str, list[int]]:
    if table == "record_change":
        return "WHERE no <= %s ORDER BY no", [no]
    if table == "record_subject":
        # the holders of the counter-accounts are there in every record
        return "WHERE change_no BETWEEN 1 AND %s ORDER BY id", [no]
    if table == "record_account":
        return (
            "WHERE id IN (SELECT account_id FROM record_posting WHERE change_no <= %s UNION "
            "SELECT account_id FROM record_claim WHERE change_no <= %s) ORDER BY id",
            [no, no],
        )
    if table == "record_document":
        return "WHERE change_no <= %s ORDER BY change_no", [no]
    return "WHERE change_no <= %s ORDER BY change_no, line", [no]


def restore(path: Path, using: str = "default", progress: Progress | None = None) -> Taken:
    """Read a backup into an empty record, all of it or nothing.

    Raises:
        Refusal: The record is not empty, the file is none of ours or damaged, or what it holds
            does not verify.
    """
    engine = Engine(using)
    try:
        with zipfile.ZipFile(path) as archive, engine.writing():
            return _restore(archive, path, engine, progress)
    except OSError as error:
        raise Refusal.of(
            "cannot-read", f"读不了备份 {path}：{cause(error)}", "请核对文件名"
        ) from error
    except OperationalError:
        raise  # the database cannot take it: no fault of the file
    except DAMAGE as error:
        raise _damaged(path, str(error)) from error


def _restore(
    archive: zipfile.ZipFile, path: Path, engine: Engine, progress: Progress | None
) -> Taken:
    about = _about(archive, path)
    if head(engine)[0]:
        raise Refusal.of("not-empty", "台账里已有内容", "只能恢复到空台账：请另指定一个数据库")
    counts = {
        table: _read_table(archive, engine, table, columns, progress)
        for table, columns in COLUMNS.items()
    }
    if counts != about["rows"]:
        raise ValueError("行数与目录不符")
    _finish(engine, about)
    return Taken(about["no"], about["digest"], sum(counts.values()), path)


def _about(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    if any(each.compress_type not in PACKED for each in archive.infolist()):
        raise ValueError("压缩方式不对")
    about = json.loads(archive.read(ABOUT))
    if not isinstance(about, dict) or (about.get("bianzhi"), about.get("version")) != FORM:
        raise Refusal.of("wrong-file", f"{path} 不是本系统的备份，或版本不对", "请核对文件")
    if not (isinstance(about.get("no"), int) and isinstance(about.get("digest"), str)):
        raise ValueError("目录里没有末号和摘要")
    return {"rows": {}, **about}


def _read_table(
    archive: zipfile.ZipFile,
    engine: Engine,
    table: str,
    columns: tuple[str, ...],
    progress: Progress | None,
) -> int:
    count = 0
    for chunk in _chunks(archive, table):
        if not all(_whole(row, len(columns)) for row in chunk):
            raise ValueError(f"{table} 有一行的列数或内容不对")
        engine.insert(table, columns, chunk)
        count += len(chunk)
        if progress is not None:
            progress(len(chunk))
    return count


def _whole(row: object, width: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == width
        and all(value is None or isinstance(value, str | int) for value in row)
    )


def _chunks(archive: zipfile.ZipFile, table: str) -> Iterator[list[list[Any]]]:
    with archive.open(f"{table}.jsonl") as raw:
        lines = io.TextIOWrapper(raw, encoding="utf-8")
        while chunk := [json.loads(line) for line in islice(lines, CHUNK)]:
            yield chunk


def _finish(engine: Engine, about: dict[str, Any]) -> None:
    if about["no"]:
        engine.run("INSERT INTO record_head VALUES (1, %s, %s)", [about["no"], about["digest"]])
    report = verify(engine.using, receipts=((about["no"], about["digest"]),) if about["no"] else ())
    if not report.sound:
        first = report.faults[0]
        raise Refusal.of(
            "does-not-verify",
            f"备份里第 {first.no} 号变更有问题：{first.what}",
            "请换用更早的备份，并查明原因",
        )


def _damaged(path: Path, why: str) -> Refusal:
    return Refusal.of("damaged-backup", f"读不了备份 {path}：{why}", "文件可能不完整，请换一份")
