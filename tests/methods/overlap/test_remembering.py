"""A text is taken apart once for each lexicon, and what is kept never grows without end."""

from __future__ import annotations

from dataclasses import replace

from bianzhi.methods.overlap import remembering
from bianzhi.methods.overlap.lexicon import shipped
from bianzhi.methods.overlap.parsing import parse
from bianzhi.methods.overlap.remembering import once_a_text


def test_the_same_text_is_taken_apart_once():
    lexicon = replace(shipped())
    assert parse("承担渣土运输管理", lexicon) is parse("承担渣土运输管理", lexicon)


def test_another_lexicon_reads_it_anew():
    one = replace(shipped())
    other = replace(one, actions={}, objects=frozenset({"运输管理"}))
    text = "承担渣土运输管理"
    assert parse(text, one).actions != parse(text, other).actions


def test_at_the_limit_it_begins_anew(monkeypatch):
    monkeypatch.setattr(remembering, "MOST", 3)
    asked = []

    @once_a_text
    def length(text, lexicon):
        asked.append(text)
        return len(text)

    lexicon = replace(shipped())
    for text in ("一", "二", "三", "一", "四", "一"):
        assert length(text, lexicon) == 1
    assert asked == ["一", "二", "三", "四", "一"]
