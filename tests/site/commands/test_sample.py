"""``bianzhi sample``: a folder as an office hands it over, or a nation in the record."""

from __future__ import annotations

import json

import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.quantity import UNIT
from bianzhi.core.state import State
from bianzhi.record.load import load
from bianzhi.record.verify import verify
from tests.support.console import run

SMALL = ("--units", "20", "--years", "4")


def test_a_folder_and_its_truth(tmp_path):
    ran = run("sample", tmp_path / "甲区", *SMALL)
    assert (ran.code, ran.err) == (0, "")
    truth = json.loads((tmp_path / "甲区.truth.json").read_text(encoding="utf-8"))
    assert f"已写 {len(truth['files'])} 个文件" in ran.out
    assert {path for path in truth["files"] if not (tmp_path / "甲区" / path).is_file()} == set()
    assert {"机构编制职数一览表.xlsx", "实名制人员名册/2025年.xlsx"} <= set(truth["files"])


def test_the_truth_may_go_elsewhere(tmp_path):
    result = run(
        "sample", tmp_path / "甲区", *SMALL, "--truth", tmp_path / "答案.json", "--json"
    ).json
    assert result["truth"] == str(tmp_path / "答案.json")
    assert (tmp_path / "答案.json").is_file()
    assert result["planted"] > 5


def test_the_truth_never_lies_in_the_folder_that_is_imported(tmp_path):
    folder = tmp_path / "甲区"
    ran = run("sample", folder, *SMALL, "--truth", folder / "答案.json", "--json")
    assert ran.refused == ["truth-inside"]
    assert not folder.exists()


def test_a_folder_with_files_is_left_alone(tmp_path):
    (tmp_path / "重要.xlsx").write_text("不能丢")
    assert run("sample", tmp_path, *SMALL, "--json").refused == ["not-empty"]
    assert [path.name for path in tmp_path.iterdir()] == ["重要.xlsx"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--units", "3"), "bad-size"),
        (("--years", "2"), "bad-size"),
        (("--years", "90"), "bad-size"),
    ],
)
def test_sizes_that_make_no_sense(words, code, tmp_path):
    assert run("sample", tmp_path / "甲区", *words, "--json").refused == [code]


def test_nowhere_to_write():
    assert run("sample", "--json").refused == ["no-folder"]


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "文件").write_text("")
    ran = run("sample", tmp_path / "文件" / "甲区", *SMALL, "--json")
    assert ran.refused == ["cannot-write"]


@pytest.mark.usefixtures("db")
def test_a_nation_goes_into_the_record():
    result = run("sample", "--nation", "--units", "500", "--people", "1500", "--json").json
    assert (result["regions"], result["units"], result["people"]) == (2, 500, 1500)
    state = State(load("default"), parse_day("2026-01-01"))
    assert state.accounts["actual"].sum() == 1500 * UNIT
    assert verify("default").sound


@pytest.mark.usefixtures("db")
def test_a_nation_writes_no_files(tmp_path):
    assert run("sample", tmp_path, "--nation", "--json").refused == ["bad-nation"]
    assert run("sample", "--nation", "--people", "-1", "--json").refused == ["bad-nation"]


@pytest.mark.usefixtures("db")
def test_a_nation_comes_once():
    words = ("sample", "--nation", "--units", "60", "--people", "0")
    assert run(*words).code == 0
    assert run(*words, "--json").refused
