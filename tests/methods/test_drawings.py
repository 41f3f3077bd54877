"""The pictures of the method pages say what the code says: drawn again, they are the same."""

from __future__ import annotations

import re

import pytest

from bianzhi.files.drawing.chart import Chart
from docs.methods.dea_growth import drawings
from docs.methods.drawings import DRAWINGS, IMAGES

NUMBER = re.compile(r"-?\d+\.\d+")


@pytest.mark.parametrize("name", DRAWINGS)
def test_each_picture_is_the_one_drawn_now(name):
    """Words and shapes alike; places within a fifth of a pixel (float sums differ by machine)."""
    drawn = DRAWINGS[name]()
    kept = (IMAGES / f"{name}.svg").read_text(encoding="utf-8")
    assert NUMBER.sub("", drawn) == NUMBER.sub("", kept)
    places = zip(NUMBER.findall(drawn), NUMBER.findall(kept), strict=True)
    assert max((abs(float(a) - float(b)) for a, b in places), default=0) <= 0.2


@pytest.mark.parametrize("name", DRAWINGS)
def test_each_picture_is_shown_on_its_page(name):
    page = (IMAGES.parent / f"{name}.md").read_text(encoding="utf-8")
    assert f"(images/{name}.svg)" in page


def test_the_growth_of_dea_is_drawn_from_the_figures_kept():
    page = (IMAGES.parent / "dea.md").read_text(encoding="utf-8")
    for name, text in drawings().items():
        assert (IMAGES / f"{name}.svg").read_text(encoding="utf-8") == text
        assert f"(images/{name}.svg)" in page


def test_words_are_escaped_and_points_placed():
    chart = Chart("<y>", "x", (0, 10), (0, 1), (5, 0.5))
    chart.line([0, 10], [0, 1], "#000000", "a & b")
    text = chart.text()
    assert "&lt;y&gt;" in text
    assert "a &amp; b" in text
    assert 'points="56.0,312.0 620.0,34.0"' in text
