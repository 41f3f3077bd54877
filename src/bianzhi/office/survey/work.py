"""What a unit told of its work, as its page shows it: years side by side, each with its answer."""

from __future__ import annotations

from typing import Any

import polars as pl

from bianzhi.office.survey import told


def work(loads: pl.DataFrame) -> dict[str, Any]:
    """The years and a row an item: item, measure, amounts by year, posts, per post and per head of
    the last year told, pages of the answers."""
    years = sorted(loads["year"].unique())
    rows = []
    for (item, measure), part in loads.partition_by(
        "item", "measure", as_dict=True, maintain_order=True
    ).items():
        by_year = {each["year"]: each for each in part.iter_rows(named=True)}
        last = by_year[max(by_year)]
        rows.append({
            "item": item, "measure": measure,
            "cells": [by_year.get(year, {}).get("amount") for year in years],
            "posts": last["posts"], "per_post": last["per_post"], "per_head": last["per_head"],
            "pages": pages("、".join(part["answer"].unique().sort())),
        })  # fmt: skip
    return {"years": years, "rows": rows}


def pages(answers: str) -> list[tuple[str, str]]:
    """The answers (by “、”), each once, with the address of the page it is read on."""
    return [(each, told.address(each)) for each in sorted(set(answers.split("、")) - {""})]
