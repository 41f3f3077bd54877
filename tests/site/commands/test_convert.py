"""``bianzhi convert`` and ``inspect``: a foreign ledger on its way in."""

from __future__ import annotations

import pytest

from bianzhi.core.exchange import read_drafts
from tests.files.organograms.world import FIRST, SECOND, junior, senior
from tests.files.organograms.world import write as write_returns
from tests.support.console import run

COUNTS = [("canal_office", FIRST, 1, 1), ("canal_office", SECOND, 2, 0)]


@pytest.fixture
def returns(tmp_path):
    """Two returns of the Canal Office, one with a post twice."""
    rows = [senior(FIRST, "A1"), senior(SECOND, "A1"), senior(SECOND, "A1")]
    return write_returns(tmp_path, rows, [junior(FIRST, "A1")], COUNTS)


@pytest.mark.django_db
def test_a_converted_folder_can_be_posted(returns, tmp_path):
    file = tmp_path / "英.jsonl"
    ran = run("convert", "organograms", returns, file)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert (ran.code, ran.out) == (0, f"已转换为 {file}：2 件变更，{len(lines)} 行\n")
    assert len(read_drafts(lines, file.name)) == 2
    assert run("post", file).code == 0


def test_json(returns, tmp_path):
    file = tmp_path / "英.jsonl"
    result = run("convert", "organograms", returns, file, "--json").json
    assert (result["changes"], result["file"]) == (2, str(file))


def test_a_folder_that_cannot_be_converted_leaves_no_file(tmp_path):
    ran = run("convert", "organograms", tmp_path, tmp_path / "英.jsonl", "--json")
    assert ran.refused == ["no-file"]
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_when_converting_fails(returns, tmp_path):
    file = tmp_path / "英.jsonl"
    file.write_text("旧")
    (returns / "junior_posts.csv").write_text("坏")
    assert run("convert", "organograms", returns, file).code == 1
    assert file.read_text() == "旧"


def test_a_place_that_cannot_be_written(returns, tmp_path):
    ran = run("convert", "organograms", returns, tmp_path / "没有" / "英.jsonl")
    assert ran.code == 1
    assert "没有这个文件或文件夹 → 请检查文件夹和磁盘" in ran.err


def test_an_unknown_form(tmp_path):
    ran = run("convert", "法国", tmp_path, tmp_path / "x")
    assert ran.code == 2
    assert "参数 格式：没有“法国”这个选择，可选：" in ran.err


def test_inspect_lists_what_is_odd(returns):
    ran = run("inspect", "organograms", returns)
    assert ran.code == 0
    assert ran.out.startswith("快照 2 份，岗位数与公布数相符 2 份；发现 1 处可疑\n")
    assert "职位编号“A1”出现 2 次" in ran.out


def test_inspect_says_when_counts_do_not_agree(returns):
    write_returns(returns, [senior(FIRST, "A1")], [], COUNTS)
    ran = run("inspect", "organograms", returns, "--json")
    assert ran.code == 3
    assert {row["code"] for row in ran.json["rows"]} == {"count-differs"}


@pytest.mark.parametrize("form", ["organograms", "open-budget"])
def test_an_empty_folder_is_refused(tmp_path, form):
    assert run("inspect", form, tmp_path, "--json").refused == ["no-file"]
