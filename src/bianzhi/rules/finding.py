"""Findings: what a rule has against a unit. Values, not errors; collected, never raised."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from bianzhi.core.quantity import DECIMALS

EXACT = pl.Decimal(38, DECIMALS)
ERROR, WARN, INFO = "error", "warn", "info"
SEVERITIES = {ERROR: "违规", WARN: "预警", INFO: "提示"}

# What a rule's function gives; ``about`` tells two findings of one rule on one unit apart.
FOUND: dict[str, Any] = {
    "unit": pl.String, "about": pl.String, "found": EXACT, "limit": EXACT, "words": pl.String,
}  # fmt: skip


class Finding(NamedTuple):
    """One finding, as pages and messages tell it.

    Attributes:
        rule, name: The rule, and which of its parameter sets ("" where it has one).
        unit: Key of the org, section or pool; "" where the area as a whole is meant.
        about: What of the unit: a kind of posts, a person, a change; "" for the unit itself.
        found, limit: Both numbers, exact; None where the rule has none.
        words: The sentence.
        title, severity, family: What the rule is called, how heavy it weighs, whose error it is.
        source, doc_no, clause, grade: The document of the rule, and how sure it is.
        pack: Key of the pack the parameters come from.
        on, known: The day of the state, and the change it is known at.
    """

    rule: str
    name: str
    unit: str
    about: str
    found: Any
    limit: Any
    words: str
    title: str
    severity: str
    family: str
    source: str
    doc_no: str
    clause: str
    grade: str
    pack: str
    on: int
    known: int

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same finding on another day."""
        return self.rule, self.name, self.unit, self.about


def none_found() -> pl.DataFrame:
    """No findings."""
    return pl.DataFrame(schema=FOUND)


def found(
    frame: pl.DataFrame, words: str, *told: str | pl.Expr,
    about: str | pl.Expr | None = None, numbers: tuple[str, str] | None = None, unit: str = "unit",
) -> pl.DataFrame:  # fmt: skip
    """Findings out of the rows of a frame.

    Args:
        frame: A row a finding.
        words: The sentence with ``{}`` for each of ``told``; numbers are written as people do.
        told: Columns or expressions.
        about: Column or expression of ``about``; default "".
        numbers: Columns of ``found`` and ``limit``.
        unit: Column of the unit.
    """
    expressions = [pl.col(each) if isinstance(each, str) else each for each in told]
    if isinstance(about, str):
        about = pl.col(about)
    first, second = (pl.col(each) for each in numbers) if numbers else (pl.lit(None), pl.lit(None))
    schema = frame.head(0).select(each.alias(str(at)) for at, each in enumerate(expressions)).schema
    said = [
        plain(each) if kind.is_numeric() else each.cast(pl.String).fill_null("")
        for each, kind in zip(expressions, schema.values(), strict=True)
    ]
    return frame.select(
        pl.col(unit).alias("unit"),
        (pl.lit("") if about is None else about.fill_null("")).alias("about"),
        first.cast(EXACT).alias("found"),
        second.cast(EXACT).alias("limit"),
        pl.format(words, *said).alias("words") if said else pl.lit(words).alias("words"),
    ).cast(FOUND)  # type: ignore[arg-type]


def plain(number: pl.Expr) -> pl.Expr:
    """A number as people write it: no trailing zeros, a real minus."""
    text = number.cast(EXACT).cast(pl.String)
    return (
        text.str.strip_chars_end("0").str.strip_chars_end(".").str.replace("-", "−", literal=True)
    )


def plain_number(number: Decimal) -> str:
    """One number as people write it."""
    return f"{number.normalize():f}".replace("-", "−")
