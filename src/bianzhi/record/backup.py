"""Backup: one file, the same for every engine, that proves itself when read back.

A backup is a zip of tables as JSON Lines and a list of what is in it. It is taken from one
consistent reading while others go on posting. What lies beside the record in the same database
(``Beside``) goes into the same file, as of the same moment.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from bianzhi.core.errors import Refusal, cause
from bianzhi.record.engine import Engine
from bianzhi.record.load import head
from bianzhi.record.tables import COLUMNS

FORM = ("backup", 2)
ABOUT = "about.json"
CHUNK = 20_000
Progress = Callable[[int], object]


class Taken(NamedTuple):
    """What a backup holds: keep it, it is the receipt.

    ``rows`` counts the rows of the record, ``beside`` those of the tables beside it.
    """

    no: int
    digest: str
    rows: int
    beside: int
    path: Path


class Beside(Protocol):
    """A table beside the record that belongs into the same backup."""

    @property
    def name(self) -> str:
        """The name of the table."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, in the order of ``rows``."""

    def rows(self, using: str) -> Iterator[Sequence[Any]]:
        """Its rows in order of the key, as JSON can hold them."""

    def insert(self, using: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows as ``rows`` gave them; columns it has and the rows lack get their default."""

    def is_empty(self, using: str) -> bool:
        """Whether it holds nothing yet."""

    def finish(self, using: str) -> None:
        """Called when all its rows are in."""


def backup(
    path: Path,
    using: str = "default",
    progress: Progress | None = None,
    beside: Sequence[Beside] = (),
) -> Taken:
    """Write everything as it stands at one moment to a new file; others go on writing.

    Raises:
        Refusal: The file exists already, or cannot be written.
    """
    if path.exists():
        raise Refusal.of("file-exists", f"文件已存在：{path}", "请换一个文件名")
    engine = Engine(using)
    part = path.with_name(path.name + ".part")
    try:
        with engine.reading():
            taken = _write(part, path, engine, progress, beside)
        os.replace(part, path)
    except OSError as error:
        raise Refusal.of(
            "cannot-write", f"写不了 {path}：{cause(error)}", "请检查文件夹和磁盘"
        ) from error
    finally:
        with suppress(OSError):  # only a failure leaves it, and then there may be no such folder
            part.unlink()
    return taken


def _write(
    part: Path, path: Path, engine: Engine, progress: Progress | None, beside: Sequence[Beside]
) -> Taken:
    no, digest = head(engine)
    counts: dict[str, int] = {}
    others: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for table, columns in COLUMNS.items():
            rows = engine.stream(_select(table, columns))
            counts[table], _ = _write_table(archive, table, rows, progress)
        for each in beside:
            count, seal = _write_table(archive, each.name, each.rows(engine.using), progress, 1)
            others[each.name] = {"columns": each.columns, "rows": count, "digest": seal}
        about = {"bianzhi": FORM[0], "version": FORM[1]}
        about |= {"no": no, "digest": digest, "rows": counts, "beside": others}
        archive.writestr(ABOUT, json.dumps(about))
    with part.open("rb") as written:
        os.fsync(written.fileno())
    rows_beside = sum(each["rows"] for each in others.values())
    return Taken(no, digest, sum(counts.values()), rows_beside, path)


def _write_table(
    archive: zipfile.ZipFile,
    table: str,
    rows: Iterable[Sequence[Any]],
    progress: Progress | None,
    size: int = CHUNK,
) -> tuple[int, str]:
    """Rows and the digest of what was written; ``size`` rows are held at a time."""
    count, seal, left = 0, sha256(), iter(rows)
    with archive.open(f"{table}.jsonl", "w", force_zip64=True) as stream:
        while chunk := list(islice(left, size)):
            lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in chunk)
            written = ("\n".join(lines) + "\n").encode()
            stream.write(written)
            seal.update(written)
            count += len(chunk)
            if progress is not None:
                progress(len(chunk))
    return count, seal.hexdigest()


def _select(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    # the holders of the counter-accounts are there in every record
    where = "WHERE change_no > 0" if table == "record_subject" else ""
    order = {
        "record_change": "no", "record_subject": "id", "record_account": "id",
        "record_document": "change_no",
    }.get(table, "change_no, line")  # fmt: skip
    return f"SELECT {names} FROM {table} {where} ORDER BY {order}"
