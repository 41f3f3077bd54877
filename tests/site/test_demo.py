"""``bianzhi demo`` and ``bianzhi serve`` as real processes, in a folder of their own."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bianzhi.site.cli import DEMO_DATABASE, for_demo
from tests.support.console import PROGRAM, environment, run_process

PATIENCE = 60  # seconds a start may take on a slow machine


@contextmanager
def served(folder: Path, *words: str) -> Iterator[tuple[str, list[str]]]:
    """(address, lines told before it) of a server, stopped by its process id."""
    process = subprocess.Popen(
        [*PROGRAM, *words], env=environment(folder, PYTHONUNBUFFERED="1"), cwd=folder,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        told: list[str] = []
        for line in process.stdout:
            if found := re.search(r"http://\S+/", line):
                yield found[0], told
                break
            told.append(line)
        else:
            raise AssertionError(told)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def fetch(address: str) -> tuple[int, str]:
    """A page over the loopback, no proxy in between."""
    parts = urlsplit(address)
    link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    link.request("GET", f"{parts.path}?{parts.query}")
    response = link.getresponse()
    return response.status, response.read().decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder in which the demo has been prepared."""
    folder: Path = tmp_path_factory.mktemp("demo")
    assert run_process(folder, "demo", "--no-serve", "--units", "20").code == 0
    return folder


def test_demo_keeps_its_own_database_and_leaves_the_user_s_alone(folder):
    assert (folder / "var" / "demo.sqlite3").is_file()
    assert not (folder / "record.sqlite3").exists(), "BIANZHI_DATABASE is the user's"


def test_second_start_posts_nothing(folder):
    first = run_process(folder, "demo", "verify", "--json").json
    assert (first["faults"], first["changes"] > 100) == ([], True)
    again = run_process(folder, "demo", "--no-serve", "--json").json
    assert again["changes"] == first["changes"]


def test_every_command_it_proposes_works(folder):
    tries = run_process(folder, "demo", "--no-serve", "--json").json["try"]
    assert len(tries) >= 4
    for line in tries:
        program, *words = shlex.split(line)
        assert program == "bianzhi"
        done = run_process(folder, *words)
        assert (done.code, done.err) == (0, ""), line
        assert done.out.count("\n") > 2, line
    assert not (folder / "record.sqlite3").exists()


def test_demo_serves_its_district(folder):
    with served(folder, "demo", "--port", "0") as (address, told):
        assert told[0].startswith("示例：澜溪区（虚构的区、虚构的人），")
        assert fetch(address)[0] == 302, "nobody sees the ledger before logging in"
        status, page = fetch(f"{address}access/login")
        assert status == 200
        assert "登录" in page


def test_serve_shows_the_user_s_record(tmp_path):
    with served(tmp_path, "serve", "--port", "0") as (address, _):
        assert address.startswith("http://127.0.0.1:")
        assert fetch(f"{address}access/login")[0] == 200
    assert (tmp_path / "record.sqlite3").is_file()


def test_serve_tells_its_address_to_scripts(tmp_path):
    with served(tmp_path, "serve", "--port", "0", "--json") as (address, told):
        assert fetch(f"{address}access/login")[0] == 200
        assert told == ["{\n"]


def test_taken_port_is_refused_in_words(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_process(tmp_path, "serve", "--port", port)
        assert done.code == 1
        assert done.err.startswith("没有启动，原因：")
        assert f"不能在 127.0.0.1:{port} 上启动：端口已被占用 → 请换一个端口" in done.err
        refused = run_process(tmp_path, "serve", "--port", port, "--json")
        assert json.loads(refused.out)["refused"][0]["code"] == "cannot-listen"


@pytest.mark.parametrize(
    ("words", "become"),
    [
        (["bianzhi", "demo"], ["bianzhi", "demo"]),
        (["bianzhi", "demo", "--port", "0"], ["bianzhi", "demo", "--port", "0"]),
        (["bianzhi", "demo", "state", "--json"], ["bianzhi", "state", "--json"]),
    ],
)
def test_demo_before_a_command_runs_it_over_the_demo(words, become, monkeypatch):
    monkeypatch.setenv("BIANZHI_DATABASE", "postgresql://the-office/record")
    assert for_demo(words) == become
    assert os.environ["BIANZHI_DATABASE"] == DEMO_DATABASE


def test_other_commands_keep_the_user_s_database(monkeypatch):
    monkeypatch.setenv("BIANZHI_DATABASE", "postgresql://the-office/record")
    assert for_demo(["bianzhi", "state", "demo"]) == ["bianzhi", "state", "demo"]
    assert os.environ["BIANZHI_DATABASE"] == "postgresql://the-office/record"
