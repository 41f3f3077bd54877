"""The catalogue of themes: what units commonly complain of, and the words that show it, as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from bianzhi.methods.themes.errors import ThemeError

WORD, SUBJECT, SIGN, STOCK = "word", "subject", "sign", "stock"


@dataclass(frozen=True)
class PairOfWords:
    """A matter and what is wrong with it: both in one clause show the theme."""

    subjects: frozenset[str]
    signs: frozenset[str]


@dataclass(frozen=True)
class Theme:
    """A theme of problems.

    Attributes:
        code, title, about: Its key, its name, and what it is about in a sentence.
        words: Each shows the theme by itself.
        pairs: Matters with what may be wrong with them.
        source, grade: Where such problems are told of, and how sure that is.
    """

    code: str
    title: str
    about: str = ""
    words: frozenset[str] = frozenset()
    pairs: tuple[PairOfWords, ...] = ()
    source: str = ""
    grade: str = ""

    def told(self) -> list[str]:
        """Its words as texts of their own: what it sounds like before anybody said it."""
        return sorted(self.words | {word for pair in self.pairs for word in pair.subjects})


@dataclass(frozen=True)
class Catalogue:
    """Themes and the words around them.

    Attributes:
        themes: In the order of the file.
        denials: Patterns of clauses which say that all is well.
        polite: Words of which a text may consist that says nothing.
        frames: Words that do not count when texts are compared.
        stock: Phrases of official prose; the words in them show nothing.
        consequences: A clause that begins so tells what comes of the one before it.
        signs: All words for something being wrong, whatever it is.
    """

    themes: tuple[Theme, ...]
    denials: tuple[str, ...] = ()
    polite: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    consequences: tuple[str, ...] = ()
    stock: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()

    @cached_property
    def by_code(self) -> Mapping[str, Theme]:
        """Themes by their codes."""
        return {theme.code: theme for theme in self.themes}

    @cached_property
    def cues(self) -> Mapping[str, tuple[tuple[str, str, int], ...]]:
        """Word -> (role, theme, number of the pair): what each word may show."""
        found: dict[str, list[tuple[str, str, int]]] = {}
        for theme in self.themes:
            for word in sorted(theme.words):
                found.setdefault(word, []).append((WORD, theme.code, -1))
            for number, pair in enumerate(theme.pairs):
                for role, words in ((SUBJECT, pair.subjects), (SIGN, pair.signs)):
                    for word in sorted(words):
                        found.setdefault(word, []).append((role, theme.code, number))
        for word in sorted(self.signs - found.keys()):
            found[word] = [(SIGN, "", -1)]
        for word in sorted(self.stock):
            found[word] = [(STOCK, "", -1)]
        return {word: tuple(roles) for word, roles in found.items()}

    @cached_property
    def scanner(self) -> Mapping[str, tuple[str, ...]]:
        """First character -> words that begin with it, longest first."""
        return by_first(self.cues)

    @cached_property
    def denying(self) -> re.Pattern[str]:
        """All patterns of denial in one; it matches nothing where there is none."""
        return re.compile("|".join(self.denials) or r"(?!)")

    @cached_property
    def filler(self) -> re.Pattern[str]:
        """Polite words and everything that is not a word."""
        return _any_of(self.polite | self.stock, r"[\W_]+")

    @cached_property
    def naming(self) -> re.Pattern[str]:
        """Phrases that name no theme, and everything that is not a word."""
        return _any_of(self.stock, r"[\W_]+|[0-9.%]+")

    @cached_property
    def framing(self) -> re.Pattern[str]:
        """Words that do not count when texts are compared, and everything that is not a word."""
        return _any_of(self.frames | self.stock, r"[\W_]+|[0-9.%]+")

    def with_themes(self, themes: Iterable[Theme]) -> Catalogue:
        """The same words around other themes."""
        return replace(self, themes=tuple(themes))


def _any_of(words: Iterable[str], more: str) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join([*map(re.escape, ordered), more]))


def by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """First character -> words that begin with it, longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(each) for first, each in found.items()}


@cache
def shipped() -> Catalogue:
    """The catalogue that comes with the product."""
    return read((files("bianzhi.methods.themes") / "data" / "catalogue.toml").read_text("utf-8"))


def read(text: str) -> Catalogue:
    """A catalogue as written in a TOML file.

    Raises:
        ThemeError: It is no TOML, or a theme has no code, no title, no words, or unknown signs.
    """
    try:
        parts = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ThemeError(f"主题目录不是正确的 TOML 文件：{error}。请按原文件的样子修改") from error
    signs = {name: frozenset(words) for name, words in parts.get("signs", {}).items()}
    themes = tuple(_theme(each, signs) for each in parts.get("theme", []))
    codes = [theme.code for theme in themes]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice or not themes:
        what = f"主题代码重复：{'、'.join(twice)}" if twice else "主题目录里一个主题也没有"
        raise ThemeError(f"{what}。每个 [[theme]] 写一个自己的 code")
    return Catalogue(
        themes, tuple(parts.get("denial", {}).get("patterns", ())),
        frozenset(parts.get("polite", {}).get("words", ())),
        frozenset(parts.get("frames", {}).get("words", ())),
        tuple(parts.get("consequence", {}).get("words", ())),
        frozenset(parts.get("stock", {}).get("words", ())),
        frozenset().union(*signs.values()),
    )  # fmt: skip


def _theme(given: Mapping[str, Any], signs: Mapping[str, frozenset[str]]) -> Theme:
    name = given.get("title") or given.get("code") or "（未命名）"
    missing = [key for key in ("code", "title") if not given.get(key)]
    if missing:
        raise ThemeError(f"主题“{name}”没有写 {'、'.join(missing)}，请补上")
    pairs = tuple(_pair(name, each, signs) for each in given.get("pairs", []))
    words = frozenset(given.get("words", []))
    if not words and not pairs:
        raise ThemeError(f"主题“{name}”没有一个词，什么也归不进来；请写 words 或 pairs")
    if "" in words:
        raise ThemeError(f"主题“{name}”里有空白的词，请删去")
    return Theme(given["code"], given["title"], given.get("about", ""), words, pairs,
                 given.get("source", ""), given.get("grade", ""))  # fmt: skip


def _pair(name: str, given: Mapping[str, Any], signs: Mapping[str, frozenset[str]]) -> PairOfWords:
    unknown = [each for each in given.get("signs", []) if each not in signs]
    if unknown:
        known = "、".join(signs) or "（没有）"
        raise ThemeError(f"主题“{name}”用了没有的一组词 {'、'.join(unknown)}；有的是：{known}")
    told = frozenset(given.get("more", [])).union(*(signs[each] for each in given.get("signs", [])))
    subjects = frozenset(given.get("subjects", []))
    if not told or not subjects:
        raise ThemeError(f"主题“{name}”的一组 pairs 缺 subjects 或 signs、more，两边都要有词")
    return PairOfWords(subjects, told)
