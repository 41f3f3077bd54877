"""Every command once as a real process: output, errors and exit codes as scripts see them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bianzhi.core.exchange import write_drafts
from bianzhi.site.utility import our_commands
from tests.site.commands.conftest import LEDGER
from tests.support.console import PROGRAM, environment, run_process
from tests.support.ledger import ledger

LEDGERS = {
    "old.jsonl": LEDGER,
    "closing.jsonl": """
        2022-12-31 甲编发〔2022〕9号
          核对 org=A kind=XZ n=7.5
          核对 org=B kind=XZ n=9
    """,
    "new.jsonl": "2023-01-01 甲编发〔2023〕1号\n  核增 org=A kind=XZ n=1",
    "plan.jsonl": "2024-01-01 甲编发〔2024〕1号\n  核增 org=A kind=XZ n=2",
}
RETURNS = {
    "senior_posts.csv": "snapshot_date,body,Post Unique Reference,holder,Grade (or equivalent),"
    "Job Title,Job/Team Function,Parent Department,Organisation,Unit,Reports to Senior Post,"
    "Salary Cost of Reports (£),FTE,Professional/Occupational Group,Notes\n"
    "2011-03-31,canals,A1,named,SCS1,Head,,Water,Canals,Locks,XX,0,1,,\n",
    "junior_posts.csv": "snapshot_date,body,Parent Department,Organisation,Unit,"
    "Reporting Senior Post,Grade,Generic Job Title,Number of Posts in FTE,"
    "Professional/Occupational Group\n",
    "published_counts.csv": "body,snapshot_date,senior_posts,junior_rows\ncanals,2011-03-31,1,0\n",
}
SERVING = {"demo", "serve"}
COMMANDS = {
    "post": (["new.jsonl"], 0),
    "preview": (["plan.jsonl"], 0),
    "state": (["--on", "2021-03-01"], 0),
    "history": (["B"], 0),
    "diff": (["2021-01-01", "2023-01-01"], 0),
    "verify": (["--totals"], 0),
    "check": (["--on", "2021-03-01"], 0),
    "tickets": (["list"], 0),
    "reconcile": (["--from", "2021-12-31", "--to", "2022-12-31"], 3),
    "backup": (["new.zip"], 0),
    "restore": (["old.zip"], 1),
    "rebuild": ([], 0),
    "rotate": ([], 0),
    "users": (["list"], 0),
    "sample": (["district", "--units", "20", "--years", "4", "--mess", "0"], 0),
    "import": (["returns"], 1),
    "convert": (["organograms", "returns", "new-returns.jsonl"], 0),
    "inspect": (["organograms", "returns"], 0),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A record with the small ledger, made by real commands, and files for the commands."""
    folder: Path = tmp_path_factory.mktemp("office")
    (folder / "returns").mkdir()
    for name, text in RETURNS.items():
        (folder / "returns" / name).write_text(text, encoding="utf-8")
    for name, text in LEDGERS.items():
        lines = "\n".join(write_drafts(ledger(text)))
        (folder / name).write_text(lines, encoding="utf-8")
    assert run_process(folder, "post", "old.jsonl", "closing.jsonl").code == 0
    assert run_process(folder, "backup", "old.zip").code == 0
    return folder


def test_every_command_that_ends_by_itself_is_tried_here():
    assert set(COMMANDS) == set(our_commands()) - SERVING


@pytest.mark.parametrize("name", COMMANDS)
def test_json_is_json_and_nothing_else(folder, name):
    words, code = COMMANDS[name]
    ran = run_process(folder, name, *words, "--json")
    assert (ran.code, ran.err) == (code, "")
    if code == 1:
        assert ran.refused == {"restore": ["not-empty"], "import": ["no-files"]}[name]
    assert json.loads(ran.out) is not None


def test_a_backup_comes_back_where_there_is_nothing_yet(folder, tmp_path):
    ran = run_process(tmp_path, "restore", folder / "old.zip")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("已恢复 4 号变更、")


@pytest.mark.parametrize(
    ("words", "code"), [(["state", "--unit", "X"], 1), (["state", "--on", "X"], 2)]
)
def test_refused_and_wrong_usage(folder, words, code):
    ran = run_process(folder, *words)
    assert (ran.code, ran.out) == (code, "")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("value", ["半小时", "0", "-5"])
def test_minutes_that_are_none(folder, value):
    ran = run_process(folder, "state", BIANZHI_IDLE_MINUTES=value)
    assert (ran.code, ran.out) == (2, "")
    assert f"BIANZHI_IDLE_MINUTES 应为分钟数（大于 0 的整数）：{value}" in ran.err
    assert "Traceback" not in ran.err


def test_the_key_file_may_lie_elsewhere(tmp_path):
    """``BIANZHI_SECRET_FILE`` names it; nothing is made beside the database."""
    keys = tmp_path / "保密柜" / "own.keys"
    ran = run_process(tmp_path, "rotate", "--json", BIANZHI_SECRET_FILE=str(keys))
    assert (ran.code, ran.json["key_file"]) == (0, str(keys))
    assert keys.exists()
    assert not list(tmp_path.glob("*.keys"))


def test_a_reader_that_has_seen_enough_is_no_error(folder):
    """``bianzhi … | head -1``."""
    words = [*PROGRAM, "diff", "2019-01-01", "2023-01-01"]
    with subprocess.Popen(
        words,
        env=environment(folder, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("mysql://x", 2, "数据库地址应以 sqlite:/// 或 postgresql:// 开头：mysql://x"),
        ("sqlite:////dev/null/x/y.sqlite3", 2, "请核对 BIANZHI_DATABASE"),
        ("sqlite:///old.jsonl", 1, "打不开数据库"),
    ],
)
def test_a_database_that_is_none(folder, address, code, said):
    ran = run_process(folder, "state", BIANZHI_DATABASE=address)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
