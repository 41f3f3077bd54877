"""The figures of a report: each made once from the rows it stands on, and kept with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

import polars as pl

from bianzhi.core.values import show_value
from bianzhi.files.report.document import Figure

SAFE = ":.@|"  # characters of names that need no escaping in an address
UNIT = "unit"  # all figures of one unit are shown on one page of this name


@dataclass(frozen=True)
class Grounds:
    """What a figure is made of.

    Attributes:
        how: How it is worked out, in words.
        rows: unit, told (in words), amount (as it is read; null where rows are only counted).
        parts: Names of the figures it is worked out from.
    """

    how: str
    rows: pl.DataFrame | None = None
    parts: tuple[str, ...] = ()


class Figures:
    """The figures made so far, by name.

    Args:
        where: The address to which the name of a figure is added to open it.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self._figures: dict[str, Figure] = {}
        self._grounds: dict[str, Grounds] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._figures

    def __getitem__(self, name: str) -> tuple[Figure, Grounds]:
        return self._figures[name], self._grounds[name]

    def of_group(self, group: str) -> Iterator[Figure]:
        """The figures of a table."""
        return (each for each in self._figures.values() if each.group == group)

    def units(
        self, name: str, title: str, rows: pl.DataFrame, basis: str, group: str = ""
    ) -> Figure:
        """How many units there are in some rows."""
        each = rows.unique("unit", keep="first", maintain_order=True)
        return self._whole(name, title, Decimal(each.height), basis, group,
                           Grounds("逐个数单位", told(each)))  # fmt: skip

    def rows(
        self, name: str, title: str, rows: pl.DataFrame, basis: str, group: str = ""
    ) -> Figure:
        """How many rows there are."""
        return self._whole(name, title, Decimal(rows.height), basis, group,
                           Grounds("逐条数", told(rows)))  # fmt: skip

    def total(
        self, name: str, title: str, rows: pl.DataFrame, amount: str, basis: str, group: str = ""
    ) -> Figure:
        """The sum of a column over units; units with nothing of it are left out of the grounds."""
        some = rows.filter(pl.col(amount) != 0)
        value = rows[amount].sum()
        return self._whole(name, title, Decimal(str(value)), basis, group,
                           Grounds("下列各单位的数相加", told(some, amount)))  # fmt: skip

    def share(self, name: str, title: str, part: Figure, whole: Figure, group: str = "") -> Figure:
        """What part of a whole something is, in % to one place."""
        value = round(100 * part.value / whole.value, 1) if whole.value else 0.0
        basis = f"{part.title} ÷ {whole.title}"
        return self._keep(
            Figure(name, value, f"{value:.1f}%", title, basis, self.at(name), group),
            Grounds(basis, parts=(part.name, whole.name)),
        )

    def ratio(self, name: str, title: str, part: Figure, whole: Figure, group: str = "") -> Figure:
        """How much of something there is a unit of something else, to one place."""
        value = round(part.value / whole.value, 1) if whole.value else 0.0
        basis = f"{part.title} ÷ {whole.title}"
        return self._keep(
            Figure(name, value, trimmed(value), title, basis, self.at(name), group),
            Grounds(basis, parts=(part.name, whole.name)),
        )

    def measured(
        self, name: str, title: str, value: float, places: int, basis: str, rows: pl.DataFrame,
        amount: str, group: str = "", unit: str = "",
    ) -> Figure:  # fmt: skip
        """A measure (a median, a Gini coefficient) of a column over units."""
        rounded = round(value, places)
        return self._keep(
            Figure(name, rounded, f"{trimmed(rounded)}{unit}", title, basis, self.at(name), group),
            Grounds("由下列各单位的数算得", told(rows, amount)),
        )

    def of_unit(self, kind: str, title: str, unit: str, value: Decimal, basis: str) -> Figure:
        """A figure of one unit; its grounds are the accounts of the unit."""
        name = f"{kind}:{unit}"
        if name in self._figures:
            return self._figures[name]
        figure = Figure(name, float(value), plain(value), title, basis, self.at(f"{UNIT}:{unit}"),
                        f"{UNIT}.{kind}")  # fmt: skip
        return self._keep(figure, Grounds("单位及其内设机构的各账户相加"))

    def at(self, name: str) -> str:
        """The address of a figure or of a group."""
        return self.where + quote(name, safe=SAFE)

    def _whole(
        self, name: str, title: str, value: Decimal, basis: str, group: str, grounds: Grounds
    ) -> Figure:
        return self._keep(
            Figure(name, float(value), plain(value), title, basis, self.at(name), group), grounds
        )

    def _keep(self, figure: Figure, grounds: Grounds) -> Figure:
        """The figure, or the one already there: one name is one number, whoever asks."""
        there = self._figures.setdefault(figure.name, figure)
        if there.text != figure.text:
            raise ValueError(f"two numbers under one name {figure.name}: {there} {figure}")
        self._grounds.setdefault(figure.name, grounds)
        return there


def plain(value: Decimal) -> str:
    """A quantity without trailing zeros, its minus a real one."""
    return show_value(value).replace("-", "−")


def trimmed(value: float) -> str:
    """A rounded number without trailing zeros and never with an exponent."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def told(rows: pl.DataFrame, amount: str = "") -> pl.DataFrame:
    """Rows as grounds: unit, told, amount."""
    words = next((each for each in ("told", "words") if each in rows.columns), None)
    return rows.select(
        "unit",
        told=pl.col(words) if words else pl.lit(""),
        amount=pl.col(amount) if amount else pl.lit(None, pl.Float64),
    )
