"""Tables, and what is said about a bad one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget.table import read_table


def test_a_row_knows_its_cells_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    heading = ",".join(f"c{i}" for i in range(30))
    path = _file(tmp_path, f"{heading}\n{',' * 29}\n{','.join(map(str, range(30)))}\n")
    row = list(read_table(path, ["c0"]))[1]
    assert row.number == 3
    assert [row.cell(c) for c in ("c0", "c25", "c26", "c29")] == [
        "t.csv!A3",
        "t.csv!Z3",
        "t.csv!AA3",
        "t.csv!AD3",
    ]


def test_byte_order_mark_quotes_and_blank_lines(tmp_path: Path) -> None:
    path = _file(tmp_path, '\ufeffname,n\n"המרת עב""צ, לשכ""א",375.5\n\n')
    (row,) = read_table(path, ["name", "n"])
    assert row.text("name") == 'המרת עב"צ, לשכ"א'
    assert row.amount("n") == Decimal("375.5")


@pytest.mark.parametrize("text", ["", "x", "1e3", "1,5", "0.12345", "NaN", "--1", "1."])
def test_a_figure_that_is_none_names_its_cell(tmp_path: Path, text: str) -> None:
    path = _file(tmp_path, f'name,n\n甲,"{text}"\n')
    (row,) = read_table(path, ["n"])
    with pytest.raises(Refusal) as caught:
        row.amount("n")
    (problem,) = caught.value.problems
    assert (problem.code, problem.field) == ("bad-quantity", "n")
    assert "t.csv!B2" in str(problem)
    assert f"“{text}”" in str(problem)


def test_a_negative_figure_only_where_signs_are_meant(tmp_path: Path) -> None:
    (row,) = read_table(_file(tmp_path, "n\n-4\n"), ["n"])
    assert row.amount("n", signed=True) == -4
    with pytest.raises(Refusal, match="负数 -4"):
        row.amount("n")


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ("a,b\n1,2\n", "missing-column", "缺少列：n；现有列：a、b"),
        ("", "missing-column", "现有列：无"),
        ("n,m\n1\n", "ragged-row", "t.csv 第 2 行　有 1 格，表头有 2 列"),
        ("n\n1,2\n", "ragged-row", "有 2 格，表头有 1 列"),
    ],
)
def test_a_table_of_another_shape(tmp_path: Path, content: str, code: str, told: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(read_table(_file(tmp_path, content), ["n"]))
    assert caught.value.problems[0].code == code
    assert told in str(caught.value)


def test_a_file_in_another_encoding_or_none(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("n\n编制\n".encode("gb18030"))
    with pytest.raises(Refusal, match="不是 UTF-8"):
        list(read_table(path, ["n"]))
    with pytest.raises(Refusal, match=r"打不开文件 none\.csv"):
        list(read_table(tmp_path / "none.csv", ["n"]))


def _file(folder: Path, content: str) -> Path:
    path = folder / "t.csv"
    path.write_text(content, encoding="utf-8")
    return path
