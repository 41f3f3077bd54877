"""The PDF against the measures of GB/T 9704-2012, read back from the PDF itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.official import Item, Paper
from bianzhi.files.official.fonts import CHAINS, FontSet
from bianzhi.files.official.typeset import typeset

MM = 72 / 25.4
HEIGHT = 297


class Line(NamedTuple):
    """A line of a page; millimetres from the top and left edge of the sheet."""

    text: str
    top: float
    bottom: float
    left: float
    right: float


def lines(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines of a page from the top."""
    text = page.get_textpage()
    rows: dict[float, list[tuple[str, tuple[float, ...]]]] = defaultdict(list)
    for place in range(text.count_chars()):
        character = text.get_text_range(place, 1)
        if character.strip():
            box = text.get_charbox(place, loose=True)
            rows[round(box[3])].append((character, box))
    return [
        Line(
            "".join(each for each, _ in row),
            HEIGHT - max(box[3] for _, box in row) / MM,
            HEIGHT - min(box[1] for _, box in row) / MM,
            min(box[0] for _, box in row) / MM,
            max(box[2] for _, box in row) / MM,
        )
        for _, row in sorted(rows.items(), reverse=True)
    ]


def starting(page: pypdfium2.PdfPage, words: str) -> Line:
    return next(each for each in lines(page) if each.text.startswith(words))


@pytest.fixture
def pages(reply: Paper) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(typeset(reply, FontSet())))


def test_the_sheet_is_a4(pages: list[pypdfium2.PdfPage]) -> None:
    for page in pages:
        assert page.get_width() / MM == pytest.approx(210, abs=0.1)
        assert page.get_height() / MM == pytest.approx(297, abs=0.1)


def test_a_full_line_holds_28_characters_on_156_mm(reply: Paper) -> None:
    long = replace(reply, body=(Item("字" * 200),))
    page = pypdfium2.PdfDocument(typeset(long, FontSet()))[0]
    full = [each for each in lines(page) if set(each.text) == {"字"}]
    assert len(full[0].text) == 26  # two are the indent of the paragraph
    assert len(full[1].text) == 28
    assert full[1].left == pytest.approx(28, abs=0.3)
    assert full[1].right == pytest.approx(184, abs=0.3)
    assert full[0].left == pytest.approx(28 + 2 * 156 / 28, abs=0.3)


def test_a_full_page_holds_22_lines_on_225_mm(reply: Paper) -> None:
    long = replace(reply, body=(Item("字" * 28 * 60),))
    page = pypdfium2.PdfDocument(typeset(long, FontSet()))[1]
    full = [each for each in lines(page) if set(each.text) == {"字"}]
    assert len(full) == 22
    assert full[0].top == pytest.approx(37, abs=1)
    steps = [below.top - above.top for above, below in pairwise(full)]
    assert steps == pytest.approx([225 / 22] * 21, abs=0.4)


def test_the_red_head_stands_35_mm_below_the_type_area(pages: list[pypdfium2.PdfPage]) -> None:
    head = starting(pages[0], "中共澜溪区委机构编制委员会")
    assert head.top == pytest.approx(37 + 35, abs=1)
    assert (head.left + head.right) / 2 == pytest.approx(28 + 78, abs=1)


def test_a_red_rule_as_wide_as_the_type_area_4_mm_below_the_number(
    pages: list[pypdfium2.PdfPage],
) -> None:
    number = starting(pages[0], "澜编发")
    assert number.text == "澜编发〔2026〕5号"
    rule = min((each for each in pages[0].get_objects() if each.type == 2),
               key=lambda each: -each.get_bounds()[3])  # fmt: skip
    left, _, right, top = (edge / MM for edge in rule.get_bounds())
    assert right - left == pytest.approx(156, abs=1.5)
    assert HEIGHT - top - number.bottom == pytest.approx(4, abs=1)


def test_the_title_two_lines_below_the_rule_and_broken_where_the_writer_broke_it(
    pages: list[pypdfium2.PdfPage],
) -> None:
    first, second = (starting(pages[0], words) for words in ("关于整合组建", "澜溪区农业综合"))
    assert (first.left + first.right) / 2 == pytest.approx(28 + 78, abs=1)
    assert second.top > first.top
    assert first.top - starting(pages[0], "澜编发").bottom > 2 * 225 / 22


def test_addressee_flush_left_with_a_full_colon(pages: list[pypdfium2.PdfPage]) -> None:
    to = starting(pages[0], "区农业农村局")
    assert to.text == "区农业农村局："
    assert to.left == pytest.approx(28, abs=0.3)


def test_the_date_ends_four_characters_from_the_right_edge(reply: Paper) -> None:
    short = replace(reply, issuer="区委编办", body=(Item("特此批复。"),), tables=())
    pages = list(pypdfium2.PdfDocument(typeset(short, FontSet())))
    day = next(each for page in pages for each in lines(page) if each.text == "2026年3月5日")
    assert day.right == pytest.approx(184 - 4 * 156 / 28, abs=0.5)


def test_page_numbers_odd_right_even_left_7_mm_below(pages: list[pypdfium2.PdfPage]) -> None:
    odd, even = starting(pages[0], "—"), starting(pages[1], "—")
    assert (odd.text, even.text) == ("—1—", "—2—")
    assert odd.right == pytest.approx(184 - 14 / MM, abs=1)
    assert even.left == pytest.approx(28 + 14 / MM, abs=1)
    assert odd.top == pytest.approx(297 - 35 + 7, abs=2.5)


def test_the_colophon_closes_an_even_page_at_its_foot(pages: list[pypdfium2.PdfPage]) -> None:
    assert len(pages) % 2 == 0
    last = starting(pages[-1], "区委编办")
    assert last.text == "区委编办2026年3月5日印发"
    assert 297 - 35 - last.bottom < 5
    assert starting(pages[-1], "抄送").text == "抄送：区委组织部，区财政局。"


def test_the_same_paper_is_the_same_file(reply: Paper) -> None:
    assert typeset(reply, FontSet()) == typeset(reply, FontSet())


def test_what_is_typed_is_never_code(reply: Paper) -> None:
    words = '#panic("x") $x$ *y* <z> @w `v` // 注'
    page = pypdfium2.PdfDocument(typeset(replace(reply, addressee=words), FontSet()))[0]
    assert any('#panic("x")$x$*y*<z>@w`v`//注：' in each.text for each in lines(page))


def test_without_a_chinese_font_it_is_refused_in_words(reply: Paper, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="中文字体"):
        typeset(reply, FontSet(tmp_path, system=False))


def test_which_font_each_role_really_uses(tmp_path: Path) -> None:
    used = {each.role: each for each in FontSet().used()}
    assert used.keys() == CHAINS.keys()
    assert all(each.family for each in used.values())
    assert not any(each.family for each in FontSet(tmp_path, system=False).used())
