"""The code on the pages about methods runs, block after block, in one namespace a page."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

PAGES = sorted((ROOT / "docs" / "methods").glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_runs(page):
    """A line number in a failure is the line of the page."""
    text = page.read_text(encoding="utf-8")
    names: dict[str, object] = {"__name__": f"docs.methods.{page.stem}"}
    blocks = list(BLOCK.finditer(text))
    assert blocks, "a page about a method shows how it is used"
    for block in blocks:
        above = text.count("\n", 0, block.start(1))
        exec(compile("\n" * above + block[1], str(page), "exec"), names)  # noqa: S102


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_picture_exists(page):
    pictures = PICTURE.findall(page.read_text(encoding="utf-8"))
    assert pictures, "a page about a method has a picture"
    assert [each for each in pictures if not (page.parent / each).is_file()] == []
