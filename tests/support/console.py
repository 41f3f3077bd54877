"""The command line as people use it: words in; exit code, output and errors out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from django.db import connections

import bianzhi
from bianzhi.site.cli import main

PROGRAM = (sys.executable, "-c", "from bianzhi.site.cli import main; main()")


class Ran(NamedTuple):
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its output as JSON; nothing else may stand there."""
        return json.loads(self.out)

    @property
    def refused(self) -> list[str]:
        """The codes of the problems it was refused for, under ``--json``."""
        assert self.code == 1, self
        return [problem["code"] for problem in self.json["refused"]]


def run(*words: object) -> Ran:
    """A command in this process, on the database of the test."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (
        patch.object(sys, "argv", ["bianzhi", *map(str, words)]),
        patch.object(connections, "close_all"),  # the test's own transaction goes on
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Ran(code, out.getvalue(), err.getvalue())


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Where a real process keeps its record and its cache: in a folder of its own."""
    own = {
        "BIANZHI_DATABASE": f"sqlite:///{folder / 'record.sqlite3'}",
        "BIANZHI_CACHE": str(folder / "cache"),
        "PYTHONPATH": str(Path(bianzhi.__file__).parents[1]),
    }
    return {**os.environ, **own, **more}


def run_process(folder: Path, *words: object, **more: str) -> Ran:
    """A command in a process of its own, on the record in a folder."""
    done = subprocess.run(
        [*PROGRAM, *map(str, words)],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        cwd=folder,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
