"""Problems under their themes: what decides, what is new, what is left, and always the same."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods.themes import NOTHING, UNSORTED, ThemeError, read, shipped, themes
from tests.support.problems import one_class, said

UNITS = one_class(*"甲乙丙丁戊己")
SAID = (
    ("甲", "编制不足，人员老化"), ("乙", "暂无"), ("丙", "水费收缴率只有六成，农户欠缴"),
    ("丁", "农户欠缴水费多年"), ("戊", "水费农户欠缴，收不上来"), ("己", "后山马蜂伤人"),
    ("己", "职责清晰，运转正常"),
)  # fmt: skip


def test_each_quote_says_what_decided():
    rows = themes(said(*SAID), UNITS).quotes
    row = rows.filter(title="编制不足").row(0, named=True)
    assert (row["quote"], row["basis"], row["words"]) == ("编制不足", "word", ["编制不足"])
    assert row["why"] == "有这个主题的词“编制不足”"
    assert row["text"][row["start"] : row["end"]] == row["quote"]


def test_what_several_say_and_no_theme_covers_is_a_new_theme_named_by_its_words():
    found = themes(said(*SAID), UNITS)
    (row,) = found.themes.filter(origin="found").iter_rows(named=True)
    assert row["units"] == 3
    assert "水费" in row["title"] or "欠缴" in row["title"]
    quotes = found.quotes.filter(theme=row["theme"])
    assert all(quotes["words"].list.len() > 0)


def test_nothing_is_lost():
    found = themes(said(*SAID), UNITS)
    assert found.quotes.filter(theme=UNSORTED)["quote"].to_list() == ["后山马蜂伤人"]
    assert found.quotes.filter(theme=NOTHING)["basis"].to_list() == ["empty", "well"]
    assert set(found.quotes["answer"]) == {f"a{n}" for n in range(len(SAID))}
    assert "未归类 1 条" in found.summary()
    assert found.own.filter(unit="己")["quote"].to_list() == ["后山马蜂伤人"]


def test_what_sounds_like_a_theme_without_its_words_is_put_there_and_says_so():
    own = read('[[theme]]\ncode = "a"\ntitle = "马蜂"\nwords = ["马蜂"]')
    texts = said(("甲", "后山马蜂蜇伤学生"), ("乙", "后山有蜂蜇伤人"), ("丙", "门前在修路"))
    rows = themes(texts, UNITS, catalogue=own).quotes
    row = rows.filter(unit="乙").row(0, named=True)
    assert (row["title"], row["basis"]) == ("马蜂", "near")
    assert row["why"].startswith("与“马蜂”的说法相近（0.")
    assert rows.filter(unit="丙")["theme"].to_list() == [UNSORTED]


@settings(max_examples=15, deadline=None)
@given(st.permutations(SAID))
def test_the_order_of_the_answers_does_not_matter(order):
    def told(rows):
        frame = themes(said(*rows), UNITS).quotes
        return sorted(frame.select("unit", "quote", "theme", "basis").rows())

    assert told(order) == told(SAID)


def test_no_texts_and_no_classes_are_an_answer_too():
    found = themes(said(), UNITS)
    assert (found.quotes.height, found.themes.height, found.asked) == (0, 0, 6)
    assert found.to_frame().height == 0
    alone = themes(said(("甲", "编制不足")), one_class())
    assert alone.themes["units"].to_list() == [0]


def test_missing_words_are_empty():
    texts = said(("甲", "x")).with_columns(pl.lit(None, pl.String).alias("text"))
    assert themes(texts, UNITS).quotes.height == 0


@pytest.mark.parametrize(
    ("texts", "classes", "words"),
    [(said().drop("answer"), UNITS, "问题表缺 answer 列"),
     (said(), pl.DataFrame({"unit": ["甲"]}), "分类表缺 name 列"),
     (said(), pl.DataFrame({"unit": ["甲", "甲"], "name": ["a", "b"]}), "有两个类别")],
)  # fmt: skip
def test_what_is_wrong_is_said(texts, classes, words):
    with pytest.raises(ThemeError, match=words):
        themes(texts, classes)


THEME = '[[theme]]\ncode = "a"\ntitle = "甲"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [("[[", "不是正确的 TOML"), ("", "一个主题也没有"),
     ('[[theme]]\ncode="a"\nwords=["x"]', "没有写 title"),
     (THEME, "没有一个词"), (THEME + 'words = [""]', "空白的词"),
     (2 * (THEME + 'words = ["x"]\n'), "主题代码重复：a"),
     (THEME + '[[theme.pairs]]\nsubjects = ["x"]\nsigns = ["zz"]', "没有的一组词 zz"),
     (THEME + '[[theme.pairs]]\nsubjects = ["x"]\nsigns = []', "两边都要有词")],
)  # fmt: skip
def test_a_wrong_catalogue_is_explained(text, words):
    with pytest.raises(ThemeError, match=words):
        read(text)


def test_an_own_catalogue_is_used_alone():
    own = read(THEME + 'words = ["马蜂"]')
    found = themes(said(*SAID), UNITS, catalogue=own).themes
    assert found.filter(origin="shipped")["title"].to_list() == ["甲"]


def test_every_shipped_theme_says_where_it_comes_from():
    assert [theme.code for theme in shipped().themes if not (theme.source and theme.about)] == []
    assert {theme.grade for theme in shipped().themes} <= {"S", "K"}
    assert len(shipped().themes) == 15


@pytest.mark.parametrize("theme", shipped().themes, ids=lambda theme: theme.code)
def test_every_word_of_a_theme_leads_to_it(theme):
    """Said alone, a word shows its theme, whatever longer words stand beside it."""
    texts = said(*(("甲", word) for word in sorted(theme.words)))
    found = themes(texts, UNITS).quotes.filter(basis="word")
    lost = set(theme.words) - set(found.filter(theme=theme.code)["quote"])
    assert lost == set()
