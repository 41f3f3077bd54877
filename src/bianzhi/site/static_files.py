"""Static files whose addresses carry a digest of their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class StaticFiles(StaticFilesStorage):
    """Adds ``?v=…`` to each address: a new version is fetched at once, an old one never again."""

    def url(self, name: str | None) -> str:
        """The address of a file."""
        return f"{super().url(name)}?v={digest(name or '')}"


@cache
def digest(name: str) -> str:
    """A short digest of a file's content; files change only with a new start.

    Raises:
        FileNotFoundError: There is no such file: a page must not point to nothing.
    """
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"没有静态文件 {name}：请重新运行 ./run 安装")
    return hashlib.blake2b(Path(found).read_bytes(), digest_size=6).hexdigest()
