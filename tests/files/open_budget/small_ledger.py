"""A small invented ledger, written line by line by the test that needs it."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bianzhi.files.open_budget import convert

LAW = [
    "year",
    "section",
    "section_name",
    "domain",
    "domain_name",
    "programme",
    "programme_name",
    "line",
    "line_name",
    "posts_original",
    "temp_original",
    "posts_approved",
    "temp_approved",
]
CHANGES = [
    "year",
    "leading_section",
    "request_no",
    "request_title",
    "change_code",
    "change_name",
    "request_type_code",
    "request_type_name",
    "committee_no",
    "programme",
    "programme_name",
    "posts_delta",
    "approval_date_raw",
]


class Ledger:
    """A folder of the publisher's files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changes: dict[int, list[list[object]]] = {}

    def law(
        self, year: int, *lines: Sequence[object], closed: bool = True, suffix: str = ""
    ) -> None:
        """Lines of a law: (8-digit line, posts, temp, posts after changes)."""
        columns = LAW if closed else LAW[:-2]
        rows = []
        for code, posts, temp, approved in lines:
            section, domain, programme = str(code)[:2], str(code)[:4], str(code)[:6]
            tree = [section, f"部 {section}", domain, f"司 {domain}", programme]
            names = [f"项目 {programme}{suffix}", code, "行"]
            rows.append([year, *tree, *names, posts, temp, approved, temp][: len(columns)])
        self.write(f"positions_{year}.csv", columns, rows)
        if closed:
            self._save_changes(year)

    def request(
        self, number: str, nature: str, day: str, *moves: tuple[str, object], title: str = "申请"
    ) -> None:
        """Lines of a request ``2012/01/010``: (programme, posts)."""
        year, section, no = number.split("/")
        rows = self._changes.setdefault(int(year), [])
        for programme, posts in moves:
            head = [year, section, no, title, "9", nature, "2", "אישור ועדה", "7"]
            rows.append([*head, programme, f"项目 {programme}", posts, day])
        self._save_changes(int(year))

    def _save_changes(self, year: int) -> None:
        self.write(f"changes_{year}.csv", CHANGES, self._changes.get(year, []))

    def successors(self, year: int, **entries: Sequence[str]) -> None:
        """Successors of the year before: ``c00015101=["00010101"]``."""
        table = [
            [[year, new.removeprefix("c")], [[year - 1, old] for old in before]]
            for new, before in entries.items()
        ]
        path = self.folder / f"successors_{year - 1}_{year}.json"
        path.write_text(json.dumps(table), encoding="utf-8")

    def write(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
        """A CSV file."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([columns, *rows])
        return path

    def convert(self, *years: int) -> list[dict[str, Any]]:
        """The exchange file, read back."""
        return [json.loads(line) for line in convert(self.folder, years or None)]
