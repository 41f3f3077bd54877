"""``./run`` on a machine that lacks something: one clear line, and nothing is set up."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.conftest import ROOT

TOOLS = ["sh", "cat", "cksum", "dirname"]
STAMPED = ["requirements.lock", "package-lock.json", "build_assets.py"]
TOO_OLD = "exit 1"
NO_VENV = 'case "$2" in *ensurepip*) exit 1 ;; esac'


@pytest.fixture
def machine(tmp_path):
    """A copy of the project on a machine that has only the tools `./run` may count on."""
    project, tools = tmp_path / "project", tmp_path / "tools"
    project.mkdir()
    tools.mkdir()
    for name in ["run", "pyproject.toml", *STAMPED]:
        shutil.copy(ROOT / name, project)
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name))
    return tmp_path


def start(machine, *words):
    command = [machine / "project" / "run", *words]
    return subprocess.run(
        command, env={"PATH": str(machine / "tools")}, capture_output=True, text=True
    )


def python(machine, script):
    program = machine / "tools" / "python3"
    program.write_text(f"#!{machine}/tools/sh\n{script}\n")
    program.chmod(0o755)


def test_no_python(machine):
    done = start(machine, "demo")
    assert done.returncode == 1
    assert done.stderr.startswith("没有找到 Python 3.11")
    assert done.stderr.count("\n") == 1
    assert not (machine / "project" / ".venv").exists()


def test_python_too_old(machine):
    python(machine, TOO_OLD)
    assert start(machine, "demo").stderr.startswith("没有找到 Python 3.11")


def test_python_without_venv(machine):
    python(machine, NO_VENV)
    done = start(machine, "demo")
    assert done.returncode == 1
    assert done.stderr.startswith("找到的 Python（python3）缺少 venv 组件")
    assert done.stderr.count("\n") == 1


def test_without_a_word_it_says_what_it_can_do(machine):
    done = start(machine)
    assert done.returncode == 2
    assert done.stderr.startswith("用法：")
