"""Vectors of unit length, and the nearest of each exactly: plain and compiled ways agree."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods.overlap import neighbours, shipped, shipped_model, vectors
from bianzhi.methods.overlap.lexicon import background_texts
from bianzhi.methods.overlap.repeated_compiled import groups, repeated_neighbours
from bianzhi.methods.overlap.search import scanned
from bianzhi.methods.overlap.search_compiled import compiled_neighbours
from bianzhi.methods.overlap.tokens import plain_tokens
from bianzhi.methods.overlap.tokens_compiled import compiled_tokens
from bianzhi.methods.overlap.vectors import _pieces, rarity

WORDS = ["河道", "渣土", "建筑垃圾", "残疾人就业", "检测", "许可", "全区", "负责", "不承担",
         "除外", "除", "外", "、", "，", "的", "和", "x", "１２", "（", "）", "量子"]  # fmt: skip


def invented(count: int, seed: int) -> list[str]:
    """Statements of random words of the lexicon."""
    draw = random.Random(seed)
    matters, doings = sorted(shipped().names), sorted(shipped().actions)
    return [
        f"负责{'、'.join(draw.sample(matters, draw.randint(1, 3)))}的{draw.choice(doings)}"
        for _ in range(count)
    ]


def dense(rows) -> np.ndarray:
    full = np.zeros((len(rows), rows.width), np.float64)
    for number in range(len(rows)):
        part = slice(rows.starts[number], rows.starts[number + 1])
        full[number, rows.columns[part]] = rows.values[part]
    return full


def pieces_of(tokens):
    matters = set(zip(tokens.matter_documents.tolist(), tokens.matters.tolist(), strict=True))
    return [each.tolist() for each in _pieces(tokens)], matters


def test_rows_have_unit_length_unless_they_say_nothing():
    rows = dense(vectors(["负责河道保洁", "负责有关工作", "", "承担渣土运输"]))
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 0, 0, 1], atol=1e-6)


def test_the_same_statement_is_found_whatever_its_frame():
    rows = vectors(["负责全区河道保洁工作", "承担河道保洁的事务"])
    assert rows.dot(0, 1) > 0.9


def test_what_is_common_in_the_background_counts_less():
    """“量子” is said nowhere in the background, “技术” everywhere: sharing it says more."""
    rows = vectors(
        ["量子技术甲", "量子设备乙", "采矿技术丙"], background=rarity(background_texts())
    )
    assert rows.dot(0, 1) > rows.dot(0, 2)


def test_an_abbreviation_is_nearer_by_its_single_characters():
    """“甲丙” keeps two characters of “甲乙丙丁”, and no pair."""
    even = replace(shipped_model(), single=1.0)
    texts = ["承担甲乙丙丁", "承担甲丙", *background_texts()]
    assert vectors(texts).dot(0, 1) > vectors(texts, model=even).dot(0, 1) > 0


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), max_size=8))
@settings(max_examples=60)
def test_compiled_tokens_equal_plain_ones(texts):
    both = (make(texts, shipped(), shipped_model()) for make in (plain_tokens, compiled_tokens))
    plain, compiled = (pieces_of(each) for each in both)
    assert plain == compiled


def test_compiled_tokens_equal_plain_ones_on_the_background():
    texts = background_texts()
    model = shipped_model()
    plain, compiled = (
        pieces_of(make(texts, shipped(), model)) for make in (plain_tokens, compiled_tokens)
    )
    assert plain == compiled


@pytest.mark.parametrize("k", [1, 3, 10])
@pytest.mark.parametrize("least", [0.0, 0.4])
def test_neighbours_are_those_of_comparing_every_pair(k, least):
    """Plain and compiled search against the full matrix, institutions left out among themselves."""
    texts = invented(400, seed=k)
    owners = np.arange(len(texts)) // 3
    rows = vectors(texts)
    full = dense(rows) @ dense(rows).T
    full[owners[:, None] == owners[None, :]] = -1
    wanted = -np.sort(-full, axis=1)[:, :k]
    wanted = np.where((wanted > 0) & (wanted >= least), wanted, 0)
    for search in (neighbours, compiled_neighbours):
        found = search(rows, k, owners, least)
        assert np.allclose(found.scores, wanted, atol=1e-5)
        for one, (others, scores) in enumerate(zip(found.others, found.scores, strict=True)):
            assert all(owners[o] != owners[one] for o in others if o >= 0)
            assert np.allclose(
                scores[others >= 0], [full[one, o] for o in others if o >= 0], atol=1e-5
            )


@pytest.mark.parametrize("k", [1, 4, 12])
@pytest.mark.parametrize("held", [1, 5, 40])
def test_repeated_wordings_are_looked_up_once_and_nothing_is_missed(k, held):
    """Each wording four times over; an institution holds up to forty statements, so that leaving
    its own out empties whole groups."""
    texts = invented(60, seed=held) * 4 + ["负责", "承担"]
    owners = np.random.default_rng(k).integers(0, len(texts) // held + 2, len(texts))
    rows = vectors(texts)
    assert len(groups(rows).starts) - 1 <= 61, "statements that say nothing are one group"
    wanted = scanned(rows, k, owners, 0.1, np.arange(len(texts)))
    found = repeated_neighbours(rows, k, owners, 0.1)
    assert np.allclose(found.scores, wanted.scores, atol=1e-5)
    assert (found.others[-2:] == -1).all()
    assert all(
        owners[o] != owners[one] for one, row in enumerate(found.others) for o in row if o >= 0
    )


def test_what_is_said_twice_counts_twice():
    """Taken apart once, but as common as it is: the same as if a frame told the copies apart."""
    things = ["殡葬服务", "河道保洁", "公证", "档案整理"]
    copied = vectors([*(f"负责{thing}" for thing in things), "负责河道保洁", "负责河道保洁"])
    framed = vectors([*(f"负责{thing}" for thing in things), "承担河道保洁", "从事河道保洁"])
    assert np.allclose(dense(copied), dense(framed), atol=1e-6)
    once = vectors([f"负责{thing}" for thing in [*things, "河道疏浚"]])
    often = vectors([f"负责{thing}" for thing in [*things, "河道疏浚", *["河道保洁"] * 200]])
    assert often.dot(1, 4) < once.dot(1, 4), "what many say weighs less"


def test_many_copies_of_one_statement_are_all_as_near():
    rows = vectors(["负责河道保洁"] * 30 + ["承担档案整理"])
    for search in (neighbours, compiled_neighbours):
        found = search(rows, 5, np.arange(31), 0.0)
        assert np.allclose(found.scores[:30], 1, atol=1e-6)
        assert found.others[30].max() <= 30


def test_owners_and_k_are_checked():
    rows = vectors(["甲", "乙"])
    with pytest.raises(ValueError, match="一一对应"):
        neighbours(rows, 1, np.array([0]))
    with pytest.raises(ValueError, match="不小于 1"):
        neighbours(rows, 0)


def test_nothing_to_compare():
    assert len(vectors([])) == 0
    assert neighbours(vectors(["负责"]), 3).others.tolist() == [[-1, -1, -1]]
