"""Drawings: every name and number is on them, inside the frame, the same each time."""

from __future__ import annotations

import re

from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.files.drawing.bars import Bar, bars
from bianzhi.files.drawing.chart import Chart
from bianzhi.files.drawing.network import network

SVG = "{http://www.w3.org/2000/svg}"
names = st.text(st.characters(categories=["Lo"], max_codepoint=0x9FFF), min_size=1,
                max_size=30)  # fmt: skip


def words(drawing: str) -> list[str]:
    return [each.text or "" for each in parse_xml(drawing).iter(f"{SVG}text")]


def test_a_bar_is_as_long_as_its_share_of_the_longest():
    drawing = parse_xml(bars([Bar("甲", 10, "10家"), Bar("乙", 5, "5家")]))
    _, first, second = (float(each.get("width")) for each in drawing.iter(f"{SVG}rect"))
    assert second == first / 2
    assert words(bars([Bar("甲", 10, "10家")])) == ["甲", "10家"]


def test_no_bars_and_bars_of_nothing_can_be_drawn():
    assert words(bars([])) == []
    assert words(bars([Bar("甲", 0, "0")])) == ["甲", "0"]


@given(st.lists(st.tuples(names, st.integers(0, 10**6)), max_size=12))
def test_bars_stay_inside_the_frame(rows):
    drawing = parse_xml(bars([Bar(name, n, str(n)) for name, n in rows]))
    wide = float(drawing.get("width"))
    for rect in list(drawing.iter(f"{SVG}rect"))[1:]:
        assert float(rect.get("x")) + float(rect.get("width")) <= wide


@given(st.lists(names, min_size=1, max_size=20, unique=True), st.data())
def test_a_network_stays_inside_and_shows_every_name(given_names, data):
    place = st.integers(0, len(given_names) - 1)
    pairs = data.draw(st.dictionaries(st.tuples(place, place), st.integers(1, 9), max_size=12))
    drawing = network(given_names, pairs, {pair: str(n) for pair, n in pairs.items()})
    root = parse_xml(drawing)
    assert len(words(drawing)) == len(given_names) + len(pairs)
    for node in root.iter(f"{SVG}circle"):
        assert 0 <= float(node.get("cx")) <= float(root.get("width"))
        assert 0 <= float(node.get("cy")) <= float(root.get("height"))


def test_more_ties_make_a_thicker_line():
    drawing = network(["甲", "乙", "丙"], {(0, 1): 1, (1, 2): 9}, {})
    one, other = re.findall(r'stroke-width="([\d.]+)"', drawing)
    assert float(one) < float(other)


def test_lines_are_told_apart_by_dashes():
    chart = Chart("占", "占", (0, 1), (0, 1), (0.5, 0.5))
    chart.line([0, 1], [0, 1], "#333333", "平均", "6 4")
    chart.line([0, 1], [0, 1], "#333333", "实际")
    assert chart.text().count('stroke-dasharray="6 4"') == 1


def test_drawings_are_the_same_each_time():
    given_ties = {(0, 1): 2, (1, 1): 1}
    assert network(["甲", "乙"], given_ties, {}) == network(["甲", "乙"], given_ties, {})
