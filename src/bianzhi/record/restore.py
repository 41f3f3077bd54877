"""Restore: a backup into an empty database, all of it or nothing, verified before it counts.

As the file is the same for every engine, this is also the way from SQLite to PostgreSQL and back.
"""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.db import DatabaseError, OperationalError, connections

from bianzhi.core.errors import Refusal, cause
from bianzhi.record.backup import ABOUT, CHUNK, FORM, Beside, Progress, Taken
from bianzhi.record.engine import Engine
from bianzhi.record.load import head
from bianzhi.record.tables import COLUMNS
from bianzhi.record.verify import verify

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LARGE = 8 * 1024 * 1024  # bytes of lines held at a time
# What reading a zip of JSON with flipped, missing or foreign bytes may end in.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, KeyError, ValueError,
    OverflowError, DatabaseError,
)  # fmt: skip


def restore(
    path: Path,
    using: str = "default",
    progress: Progress | None = None,
    beside: Sequence[Beside] = (),
    faults: Callable[[str], Iterable[str]] | None = None,
) -> Taken:
    """Read a backup into an empty record and empty tables beside it, all of it or nothing.

    Args:
        path: The file.
        using: The database.
        progress: Called with the number of rows read since the last call.
        beside: The tables beside the record that may be in it.
        faults: What is wrong with them once they are in, in words; nothing counts if anything is.

    Raises:
        Refusal: Something is there already, the file is none of ours or damaged, or what it holds
            does not verify.
    """
    engine = Engine(using)
    try:
        with zipfile.ZipFile(path) as archive, engine.writing():
            taken = _Restoring(archive, path, engine, progress, beside).all()
            for what in faults(using) if faults is not None else ():
                raise _does_not_verify(what)
            return taken
    except OSError as error:
        raise Refusal.of(
            "cannot-read", f"读不了备份 {path}：{cause(error)}", "请核对文件名"
        ) from error
    except OperationalError:
        raise  # the database cannot take it: no fault of the file
    except DAMAGE as error:
        raise Refusal.of(
            "damaged-backup", f"读不了备份 {path}：{error}", "文件可能不完整，请换一份"
        ) from error


class _Restoring:
    def __init__(
        self,
        archive: zipfile.ZipFile,
        path: Path,
        engine: Engine,
        progress: Progress | None,
        beside: Sequence[Beside],
    ) -> None:
        self.archive, self.path, self.engine, self.progress = archive, path, engine, progress
        self.beside = {each.name: each for each in beside}

    def all(self) -> Taken:
        about = _about(self.archive, self.path)
        self._need_empty()
        self._need_known(about["beside"])
        counts = {table: self._table(table, columns) for table, columns in COLUMNS.items()}
        if counts != about["rows"]:
            raise ValueError("行数与目录不符")
        others = [self._other(name, told) for name, told in about["beside"].items()]
        _finish(self.engine, about)
        connections[self.engine.using].check_constraints()
        return Taken(about["no"], about["digest"], sum(counts.values()), sum(others), self.path)

    def _need_empty(self) -> None:
        if head(self.engine)[0]:
            raise Refusal.of("not-empty", "台账里已有内容", "只能恢复到空台账：请另指定一个数据库")
        full = [name for name, each in self.beside.items() if not each.is_empty(self.engine.using)]
        if full:
            raise Refusal.of(
                "not-empty", f"数据库里已有内容（{'、'.join(full)}）",
                "只能恢复到新的数据库，先不要新建用户、不要导入：请另指定一个数据库",
            )  # fmt: skip

    def _need_known(self, others: dict[str, Any]) -> None:
        strange = [
            name for name, told in others.items()
            if name not in self.beside or set(told["columns"]) - set(self.beside[name].columns)
        ]  # fmt: skip
        if strange:
            raise Refusal.of(
                "later-backup", f"备份里有这个版本不认识的内容：{'、'.join(strange)}",
                "备份是更新的版本做的：请先升级程序，再恢复",
            )  # fmt: skip

    def _table(self, table: str, columns: tuple[str, ...]) -> int:
        count = 0
        for chunk, _ in self._chunks(table):
            if not all(_whole(row, len(columns)) for row in chunk):
                raise ValueError(f"{table} 有一行的列数或内容不对")
            self.engine.insert(table, columns, chunk)
            count += self._advance(len(chunk))
        return count

    def _other(self, name: str, told: dict[str, Any]) -> int:
        table, columns = self.beside[name], told["columns"]
        count, seal = 0, sha256()
        for chunk, raw in self._chunks(name):
            if any(not isinstance(row, list) or len(row) != len(columns) for row in chunk):
                raise ValueError(f"{name} 有一行的列数不对")
            table.insert(self.engine.using, columns, chunk)
            seal.update(raw)
            count += self._advance(len(chunk))
        if (count, seal.hexdigest()) != (told["rows"], told["digest"]):
            raise ValueError(f"{name} 的内容与目录不符")
        table.finish(self.engine.using)
        return count

    def _advance(self, rows: int) -> int:
        if self.progress is not None:
            self.progress(rows)
        return rows

    def _chunks(self, table: str) -> Iterator[tuple[list[Any], bytes]]:
        """Rows, and the lines they stood in: bounded in number and in bytes."""
        with self.archive.open(f"{table}.jsonl") as lines:
            while chunk := _some(lines):
                yield [json.loads(line) for line in chunk], b"".join(chunk)


def _some(lines: IO[bytes]) -> list[bytes]:
    found: list[bytes] = []
    size = 0
    while len(found) < CHUNK and size < LARGE and (line := lines.readline()):
        found.append(line)
        size += len(line)
    return found


def _about(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    if any(each.compress_type not in PACKED for each in archive.infolist()):
        raise ValueError("压缩方式不对")
    about = json.loads(archive.read(ABOUT))
    if not isinstance(about, dict) or (about.get("bianzhi"), about.get("version")) != FORM:
        raise Refusal.of("wrong-file", f"{path} 不是本系统的备份，或版本不对", "请核对文件")
    if not (isinstance(about.get("no"), int) and isinstance(about.get("digest"), str)):
        raise ValueError("目录里没有末号和摘要")
    others = about.get("beside")
    if not isinstance(others, dict) or not all(map(_is_told, others.values())):
        raise ValueError("目录里没有写明台账以外的内容")
    return {"rows": {}, **about}


def _is_told(other: object) -> bool:
    """Whether the list of contents tells of a table beside the record what it has to tell."""
    if not isinstance(other, dict) or not {"columns", "rows", "digest"} <= other.keys():
        return False
    columns = other["columns"]
    return isinstance(columns, list) and all(isinstance(each, str) for each in columns)


def _whole(row: object, width: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == width
        and all(value is None or isinstance(value, str | int) for value in row)
    )


def _finish(engine: Engine, about: dict[str, Any]) -> None:
    if about["no"]:
        engine.run("INSERT INTO record_head VALUES (1, %s, %s)", [about["no"], about["digest"]])
    report = verify(engine.using, receipts=((about["no"], about["digest"]),) if about["no"] else ())
    if not report.sound:
        first = report.faults[0]
        raise _does_not_verify(f"第 {first.no} 号变更有问题：{first.what}")


def _does_not_verify(what: str) -> Refusal:
    return Refusal.of("does-not-verify", f"备份里{what}", "请换用更早的备份，并查明原因")
