"""Every page and picture the guide names is there, and every picture is used."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT

PAGES = [*sorted((ROOT / "docs" / "guide").glob("*.md")), ROOT / "README.md", ROOT / "README.en.md"]
LINK = re.compile(r"\]\(([^)#]+)\)")
IMAGES = ROOT / "docs" / "guide" / "images"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = [each for each in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in each]
    assert [each for each in links if not (page.parent / each).exists()] == []


def test_every_picture_is_used_and_made_by_the_script():
    used = {
        (page.parent / link).resolve()
        for page in PAGES for link in LINK.findall(page.read_text(encoding="utf-8"))
        if link.endswith(".png")
    }  # fmt: skip
    assert {path.resolve() for path in IMAGES.glob("*.png")} == used
    script = ast.parse((IMAGES.parent / "screenshots.py").read_text(encoding="utf-8"))
    table = next(
        node.value for node in ast.walk(script)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PICTURES"
    )  # fmt: skip
    assert isinstance(table, ast.Dict)
    names = {ast.literal_eval(key) for key in table.keys if key is not None}
    assert {path.stem for path in used} == names
