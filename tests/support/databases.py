"""Databases of their own, beside the one every test gets: files, copies, other processes' views."""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from bianzhi.site.database import database

_numbers = count(1)
_kept: list[TemporaryDirectory[str]] = []  # folders that live as long as the process


@contextmanager
def opened(url: str) -> Iterator[str]:
    """Give the alias of a connection to a database, for the time of the block."""
    alias = f"own{next(_numbers)}"
    defaults = {**connections.settings["default"], "OPTIONS": {}}
    connections.settings[alias] = {**defaults, **database(url)}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def migrated(url: str) -> str:
    """Make the tables of a record; gives the URL back."""
    with opened(url) as alias:
        call_command("migrate", database=alias, verbosity=0)
    return url


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path}"


def new_sqlite(path: Path) -> str:
    """The URL of a new SQLite file that holds an empty record."""
    shutil.copyfile(_empty_file(), path)
    return sqlite_url(path)


@cache
def _empty_file() -> Path:
    _kept.append(TemporaryDirectory(prefix="bianzhi-empty-"))
    path = Path(_kept[-1].name) / "empty.sqlite3"
    migrated(sqlite_url(path))
    return path


@contextmanager
def new_postgres(server: str) -> Iterator[str]:
    """The URL of a new database on a PostgreSQL server that holds an empty record."""
    name = f"own_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as link:
        _carry_out(link, f"CREATE DATABASE {name} TEMPLATE {_template(server)}")
    try:
        yield _at(server, name)
    finally:
        with psycopg.connect(server, autocommit=True) as link:
            _carry_out(link, f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _template(server: str) -> str:
    """A database to copy: making the tables takes ten times as long."""
    name = f"empty_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as link:
        _carry_out(link, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        _carry_out(link, f"CREATE DATABASE {name}")
    migrated(_at(server, name))
    atexit.register(_forget, server, name)
    return name


def _forget(server: str, name: str) -> None:
    # a server of our own is gone by now
    with suppress(psycopg.OperationalError), psycopg.connect(server, autocommit=True) as link:
        _carry_out(link, f"DROP DATABASE {name} WITH (FORCE)")


def _at(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _carry_out(link: psycopg.Connection, statement: str) -> None:
    link.execute(sql.SQL(statement))
