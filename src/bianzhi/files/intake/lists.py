"""Values chosen from lists: the many ways an office writes them, to the code or standard word."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from bianzhi.core.kinds import TREES, national

_NOISE = re.compile(r"[\s()（）、,，。·级]+")


@cache
def known_values(name: str) -> Mapping[str, str]:
    """Spelling -> code (of a tree) or standard word, for the list ``name``."""
    text = files("bianzhi.files.intake").joinpath("lists.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)[name]
    found: dict[str, str] = {}
    if name in TREES:
        for code in national(name):
            found[_plain(code.name)] = code.code
    for value, spellings in table.items():
        for spelling in spellings if name in TREES else (value, *spellings):
            found[_plain(spelling)] = value
    if name in TREES:  # the code itself, where it is no spelling of something else
        for code in national(name):
            found.setdefault(_plain(code.code), code.code)
    return found


@cache
def titles(name: str) -> Mapping[str, str]:
    """Code or standard word -> what people read."""
    if name in TREES:
        return {code.code: code.name for code in national(name)}
    return {value: value for value in known_values(name).values()}


def find_value(name: str, text: str) -> tuple[str | None, tuple[str, ...]]:
    """(code or word, nearest suggestions when unknown)."""
    known = known_values(name)
    value = known.get(_plain(text))
    if value is not None:
        return value, ()
    near = get_close_matches(_plain(text), known, n=3, cutoff=0.5)
    names = dict.fromkeys(titles(name)[known[each]] for each in near)
    return None, tuple(names)


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()
