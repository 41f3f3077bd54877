"""The cache of columns: Arrow files made from the record, looked over before they are believed.

Never truth: delete them at any time. They are held to the digest of the change they end at, so
they belong to this record, and to the checksums noted when they were made, so they are whole.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Literal

import polars as pl
from django.conf import settings
from django.db import connections

from bianzhi.core.columns import ORDER, SCHEMAS, Columns, empty
from bianzhi.record.engine import Engine

FORMAT = 3  # of the files; another number than the code's makes a cache stale
ABOUT = "about.json"
# An office disk is slower than unpacking: a tenth of the bytes, read in a third of the time.
PACKED: Literal["zstd"] = "zstd"


class Cache:
    """The files of one database, in a folder of their own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        wanted = connections[engine.using].settings_dict
        name = "|".join(str(wanted.get(key, "")) for key in ("ENGINE", "HOST", "PORT", "NAME"))
        self.folder = Path(settings.CACHE_DIR) / hashlib.sha256(name.encode()).hexdigest()[:16]

    def read(self) -> Columns | None:
        """The cached columns, or None where there are none that are whole and of this record."""
        try:
            about = json.loads((self.folder / ABOUT).read_text(encoding="utf-8"))
            match about:
                case {
                    "format": fmt, "head": int(head), "digest": str(digest),
                    "folder": str(folder), "sums": dict(sums),
                } if fmt == FORMAT and self._digest(head) == digest:  # fmt: skip
                    return _read(self.folder / folder, head, sums)
        except (OSError, ValueError, OverflowError, pl.exceptions.PolarsError):
            return None  # missing or damaged: it is only a cache, and is made anew
        return None

    def _digest(self, no: int) -> str | None:
        row = self.engine.row("SELECT digest FROM record_change WHERE no = %s", [no])
        return str(row[0]) if row else None

    def write(self, columns: Columns) -> None:
        """Write the files beside the old ones, then switch over in one step.

        Raises:
            OSError, PolarsError: They could not be written; the old ones are as they were.
        """
        digest = self._digest(columns.head)
        if digest is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f"{columns.head}-", dir=self.folder))
        for name, frame in columns.base.items():
            frame.write_ipc(fresh / f"{name}.arrow", compression=PACKED)
        for name, frame in columns.ends.items():
            frame.write_ipc(fresh / f"{name}.ends.arrow", compression=PACKED)
        about = {"format": FORMAT, "head": columns.head, "digest": digest, "folder": fresh.name}
        draft = self.folder / f"{fresh.name}.json"
        draft.write_text(json.dumps({**about, "sums": _sums(fresh)}), encoding="utf-8")
        draft.replace(self.folder / ABOUT)
        self._tidy(fresh)

    def _tidy(self, kept: Path) -> None:
        for old in self.folder.iterdir():
            if old.is_dir() and old != kept:
                # a reader may still have it open (Windows): then it goes with the next one
                shutil.rmtree(old, ignore_errors=True)


def _files() -> Iterable[str]:
    return (*(f"{name}.arrow" for name in SCHEMAS), *(f"{name}.ends.arrow" for name in ORDER))


def _sums(folder: Path) -> dict[str, int]:
    """The checksum of each file; several at a time, as they may be large."""
    with ThreadPoolExecutor() as pool:
        sums = pool.map(_sum, (folder / name for name in _files()))
        return dict(zip(_files(), sums, strict=True))


def _sum(path: Path) -> int:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        return zlib.crc32(data)


def _read(folder: Path, head: int, sums: Mapping[str, int]) -> Columns | None:
    if _sums(folder) != sums:
        return None
    base = {name: pl.read_ipc(folder / f"{name}.arrow") for name in SCHEMAS}
    ends = {name: pl.read_ipc(folder / f"{name}.ends.arrow") for name in ORDER}
    return Columns(head, base, ends, {name: empty(name) for name in SCHEMAS})
