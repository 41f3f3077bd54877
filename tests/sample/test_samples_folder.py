"""The district kept in ``samples/`` is what the generator makes today, cell by cell."""

from __future__ import annotations

import json

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from bianzhi.sample.truth import write_truth
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
AGAIN = "请重新生成：bianzhi sample samples/澜溪区 --truth samples/truth.json（先删去旧的）"
MOST = 4 * 2**20


def contents(path):
    """What a reader sees in a file."""
    if path.suffix == ".docx":
        return [paragraph.text for paragraph in Document(path).paragraphs]
    book = CalamineWorkbook.from_path(path)
    return {
        name: (
            book.get_sheet_by_name(name).to_python(skip_empty_area=False),
            book.get_sheet_by_name(name).merged_cell_ranges,
        )
        for name in book.sheet_names
    }


def test_the_kept_files_are_those_made_today(messy):
    kept = {
        path.relative_to(SAMPLES / "澜溪区").as_posix() for path in SAMPLES.glob("澜溪区/**/*.*")
    }
    assert kept == set(messy.handed.files), AGAIN


@pytest.mark.parametrize(
    "part", ["*.xlsx", "实名制人员名册/*.xlsx", "三定规定/*.docx", "批复/*.docx"]
)
def test_their_contents_are_the_same(part, messy):
    found = sorted((SAMPLES / "澜溪区").glob(part))
    assert found
    for path in found:
        made = messy.folder / path.relative_to(SAMPLES / "澜溪区")
        assert contents(path) == contents(made), f"{path.name}：{AGAIN}"


def test_the_kept_truth_is_todays(messy, tmp_path):
    write_truth(messy.truth, tmp_path / "truth.json")
    made = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8")) == made, AGAIN


def test_it_stays_small_enough_to_carry():
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) <= MOST
