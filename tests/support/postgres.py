"""A throw-away PostgreSQL server on loopback, for the tests that need one.

    with postgres.server() as url: ...
    python -m tests.support.postgres [--no-fsync] -- COMMAND ...

The second form starts a server, names it to COMMAND in BIANZHI_TEST_POSTGRES and gives back the
exit code of COMMAND.
A server named there already is used as it is.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

VARIABLE = "BIANZHI_TEST_POSTGRES"
MISSING = (
    "没有 PostgreSQL，相关测试未运行："
    f"请安装 postgresql，或用 {VARIABLE}=postgresql://用户@主机:端口/库 指定一个测试服务器"
)
USER = "bianzhi"
PATIENCE = 30  # seconds for the server to start; it takes about one


def binaries() -> Path | None:
    """The folder of initdb and postgres: the one on PATH, else the newest of Debian's."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: float(path.parts[-3]), default=None)
    return newest.parent if newest else None


def obtainable() -> bool:
    """Whether `server` can give one, by name or by starting it."""
    return VARIABLE in os.environ or binaries() is not None


@contextmanager
def server(*, fsync: bool = True) -> Iterator[str]:
    """Give the URL of a server, started for the time of the block unless one is named.

    With `fsync` off it is faster, and a crash of the machine would lose data: not for crash tests.
    """
    if named := os.environ.get(VARIABLE):
        yield named
        return
    with own(fsync=fsync) as started:
        yield started.url


@contextmanager
def own(*, fsync: bool = True) -> Iterator[Server]:
    """Give a server started here, whatever server is named: one that may be killed."""
    programs = binaries()
    if programs is None:
        raise FileNotFoundError(MISSING)
    with tempfile.TemporaryDirectory(prefix="bianzhi-pg-") as folder:
        _give_away(folder)
        made = Server(programs, Path(folder), fsync=fsync)
        made.start()
        try:
            yield made
        finally:
            made.stop()


class Server:
    """One server and its data; it can be killed and started again on the same data."""

    def __init__(self, programs: Path, folder: Path, *, fsync: bool) -> None:
        self.folder, self.port = folder, _free_port()
        self.url = f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"
        data = str(folder / "data")
        options = ["-U", USER, "-A", "trust", "--no-sync", "--encoding=UTF8"]
        options += ["--locale=C"]  # sorts by code point, as SQLite does
        _run([str(programs / "initdb"), "-D", data, *options], folder)
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "fsync": "on" if fsync else "off",
        }
        self._command = [str(programs / "postgres"), "-D", data]
        self._command += [
            part for key, value in settings.items() for part in ("-c", f"{key}={value}")
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return when it answers."""
        log = self.folder / "log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                **_identity(),
            )
        _await(self._process, self.url, log)

    def kill(self, how: signal.Signals) -> None:
        """End it at once, without a last checkpoint: SIGQUIT takes its helpers along, SIGKILL
        leaves them to notice by themselves."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(timeout=PATIENCE)

    def stop(self) -> None:
        """End it; its data goes with it."""
        self.kill(signal.SIGQUIT)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, **_identity())
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr}")


def _await(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return when the server answers; its own words are the error when it does not."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url, connect_timeout=PATIENCE).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _identity() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: it then runs as the user its package made."""
    if not _is_root():
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _give_away(folder: str) -> None:
    if _is_root():
        shutil.chown(folder, "postgres", "postgres")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.support.postgres")
    parser.add_argument("--no-fsync", dest="fsync", action="store_false")
    parser.add_argument("command", nargs="+")
    wanted = parser.parse_args()
    # A helper that is told to stop must take its server with it.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with server(fsync=wanted.fsync) as url:
        return subprocess.run(wanted.command, env={**os.environ, VARIABLE: url}).returncode


if __name__ == "__main__":
    sys.exit(main())
