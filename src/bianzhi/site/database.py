"""Which database: one address in the environment, SQLite on this machine by default."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

DEFAULT = "sqlite:///var/bianzhi.sqlite3"

# WAL lets readers go on while one writer posts; FULL makes a commit survive power loss; recursive
# triggers make the guards see the rows that INSERT OR REPLACE deletes in passing.
_SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON;"
    "PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
)


def database(address: str) -> dict[str, Any]:
    """The Django settings of ``sqlite:///path`` or ``postgresql://user:password@host:port/name``.

    Raises:
        ValueError: The address is neither.
    """
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))))
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.removeprefix("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
        }
    raise ValueError(f"数据库地址应以 sqlite:/// 或 postgresql:// 开头：{address}")


def _sqlite(path: Path) -> dict[str, Any]:
    path = path.expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path.resolve()),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": _SQLITE_START,
        },
    }


def beside(settings: dict[str, Any], suffix: str) -> Path:
    """Where a file that belongs to a database lies: beside it, or in ``var`` for a server's."""
    if settings["ENGINE"].endswith("sqlite3"):
        return Path(settings["NAME"]).with_suffix(f".{suffix}")
    return Path("var", f"{settings['NAME']}.{suffix}").resolve()
