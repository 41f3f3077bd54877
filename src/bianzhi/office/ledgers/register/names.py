"""Finding units by what they are or were called: Chinese, code, pinyin."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import polars as pl
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from bianzhi.core.facts import HOLDERS
from bianzhi.core.folding import known_by
from bianzhi.core.values import decode_texts
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.register.table import table

NAMES = ("name", "short_name", "habitual_names", "nameplates")
_LISTS = ("habitual_names", "nameplates")
_HAN = range(0x4E00, 0xA000)


def names(words: Words) -> pl.DataFrame:
    """Every name any unit ever had: subject (from 1), key, field, value, no, day, full, initials.

    ``full`` and ``initials`` are its pinyin. The same for every day, so made once.
    """
    return words.shared.get("names", lambda: _names(words))


def _names(words: Words) -> pl.DataFrame:
    columns = words.state.columns
    facts = columns.frame("facts").filter(
        pl.col("field").is_in(NAMES) & pl.col("value").is_not_null()
    )
    facts = facts.select("subject", "field", "value", "no", "day")
    things = words.things.frame.select(pl.col("number") + 1, "key", "cls")
    found = facts.join(things, left_on="subject", right_on="number")
    found = found.filter(pl.col("cls").is_in(HOLDERS)).drop("cls")
    texts = pl.col("value").map_elements(_joined, return_dtype=pl.String)
    lists = found.filter(pl.col("field").is_in(_LISTS)).with_columns(texts)
    found = pl.concat([found.filter(~pl.col("field").is_in(_LISTS)), lists])
    return found.with_columns(spelled("full"), spelled("initials"))


def _joined(stored: str) -> str:
    return "\n".join(decode_texts(stored))  # nobody seeks across two names


def spelled(form: str) -> pl.Expr:
    """The pinyin of ``value``: ``full`` or ``initials``."""
    chinese, pinyin = _readings()
    written = pinyin if form == "full" else [_initials(each) for each in pinyin]
    plain = [each.replace(" ", "") for each in written]
    return (
        pl.col("value")
        .str.replace_many(chinese, plain, leftmost=True)
        .str.to_lowercase()
        .alias(form)
    )


def _initials(pinyin: str) -> str:
    return "".join(syllable[0] for syllable in pinyin.split())


@cache
def _readings() -> tuple[list[str], list[str]]:
    """Words that read otherwise than their characters, longest first, then all characters."""
    text = files("bianzhi.office.ledgers.register").joinpath("readings.toml").read_text("utf-8")
    corrected = sorted(tomllib.loads(text)["readings"].items(), key=lambda item: -len(item[0]))
    single = {
        chr(code): to_normal(readings.partition(",")[0]).replace("ü", "v")
        for code, readings in PINYIN_DICT.items()
        if code in _HAN
    }
    pairs = [*corrected, *single.items()]
    return [chinese for chinese, _ in pairs], [pinyin for _, pinyin in pairs]


def _marked(words: Words, numbers: pl.Series) -> pl.Series:
    """True for these among all things: quicker than to look a million keys up."""
    return pl.repeat(False, len(words.things), eager=True).scatter(numbers, True)


def absent(words: Words, sought: str) -> pl.DataFrame:
    """The same of those who are not in being on the day."""
    here = words.kept.get("in-being", lambda: _marked(words, table(words)["number"]))
    found = matching(words, sought)
    return found.filter(~here.gather(found["subject"] - 1))


def matching(words: Words, sought: str) -> pl.DataFrame:
    """subject, key, value, field, no, day of the names known that contain what is sought, or spell
    it."""
    return words.recent.get(("names", sought), lambda: _matching(words, sought))


def _matching(words: Words, sought: str) -> pl.DataFrame:
    lower = sought.lower()
    ways = [pl.col("value").str.contains(sought, literal=True)]
    if lower.isascii() and lower.isalnum():
        ways += [pl.col(name).str.contains(lower, literal=True) for name in ("full", "initials")]
    found = names(words).filter(pl.any_horizontal(ways))
    return found.filter(known_by(words.state.columns, words.state.known))


def bearing(words: Words, sought: str) -> pl.Expr:
    """Units of a table whose code contains what is sought, or who bear or bore such a name."""
    hits = _marked(words, matching(words, sought)["subject"] - 1)
    found = pl.lit(hits).gather(pl.col("number"))
    if not sought.isascii():  # nothing to fold, and a million codes take their time
        return found | (pl.col("key").str.contains(sought, literal=True))
    codes = pl.col("key").str.to_lowercase().str.contains(sought.lower(), literal=True)
    credit = pl.col("uscc").str.contains(sought.upper(), literal=True).fill_null(False)
    return found | codes | credit
