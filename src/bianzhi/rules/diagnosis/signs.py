"""Signs of trouble as a frame: what is seen of a unit, how strongly, and on what evidence."""

from __future__ import annotations

from typing import Any

import polars as pl

from bianzhi.rules.finding import plain

# A row a sign: ``score`` 0–1; ``found`` the number it rests on and ``limit`` what that is held
# against; ``text`` the duty, ``phrase`` the words in it that decided; ``other`` the unit on the
# other side with its ``other_text``; ``grounds`` the document it stands on; ``answers`` the answers
# of the survey (by “、”) it comes from.
SIGNS: dict[str, Any] = {
    "unit": pl.String, "kind": pl.String, "about": pl.String, "score": pl.Float64,
    "found": pl.Float64, "limit": pl.Float64, "words": pl.String, "text": pl.String,
    "phrase": pl.String, "other": pl.String, "other_text": pl.String, "grounds": pl.String,
    "answers": pl.String,
}  # fmt: skip


def none_seen() -> pl.DataFrame:
    """No signs."""
    return pl.DataFrame(schema=SIGNS)


def banded(value: pl.Expr, low: float, high: float) -> pl.Expr:
    """0 at ``low``, 1 at ``high`` (which may be the smaller), straight between, flat outside."""
    return ((value - low) / (high - low)).clip(0.0, 1.0)


def signs(
    frame: pl.DataFrame, kind: str, words: str, *told: str,
    score: str = "score", numbers: tuple[str, str] | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Signs of one kind out of the rows of a frame that has ``unit`` and ``score``.

    Args:
        frame: A row a sign.
        kind: Which sign.
        words: The sentence with ``{}`` for each of ``told``; numbers to two places at most.
        told: Columns.
        score: The column of the score.
        numbers: Columns of ``found`` and ``limit``.
    """
    said = [
        plain(pl.col(each).round(2)) if frame.schema[each].is_numeric()
        else pl.col(each).cast(pl.String).fill_null("")
        for each in told
    ]  # fmt: skip
    found, limit = (pl.col(each) for each in numbers) if numbers else (pl.lit(None), pl.lit(None))
    whole = {
        "unit": pl.col("unit"), "kind": pl.lit(kind), "score": pl.col(score),
        "found": found, "limit": limit,
        "words": pl.format(words, *said) if said else pl.lit(words),
    }  # fmt: skip
    rest = {
        name: pl.col(name) if name in frame.columns else pl.lit("")
        for name in SIGNS if name not in whole
    }  # fmt: skip
    made = {**whole, **rest}
    return frame.select(made[name].alias(name) for name in SIGNS).cast(SIGNS)  # type: ignore[arg-type]
