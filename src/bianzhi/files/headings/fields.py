"""What columns a kind of table may have, from the data beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bianzhi.core.errors import Refusal
from bianzhi.core.kinds import national
from bianzhi.files.headings.text import heading_text

KINDS = (
    "ledger", "leadership", "sections", "history", "people", "documents", "ceilings", "duties",
)  # fmt: skip


@dataclass(frozen=True)
class FieldDef:
    """One column a table may have.

    Attributes:
        name: What rows call it: ``approved_SY``.
        title: What people call it.
        type: How its values are read, see ``files.intake.values``.
        words: What the lowest heading may say, normal spelling.
        under: One of these must stand above it or in it; empty for no condition.
        avoid: None of these may stand anywhere in its path.
        group: The figure it is part of (approved, actual, pending), "" if none.
    """

    name: str
    title: str
    type: str
    words: tuple[str, ...]
    under: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class TableKind:
    """A kind of table.

    Attributes:
        must: Fields without which a row is about nothing.
        needs: Fields without which a sheet is not recognised as this kind.
        marks: Fields that give the kind away.
        hints: Words of titles and sheet names that give it away.
    """

    name: str
    title: str
    fields: Mapping[str, FieldDef]
    must: tuple[str, ...]
    needs: tuple[str, ...]
    marks: tuple[str, ...]
    hints: tuple[str, ...]

    def field(self, name: str) -> FieldDef:
        """A field by name."""
        if name not in self.fields:
            raise Refusal.of("unknown-field", f"{self.title}没有“{name}”这一栏", field=name)
        return self.fields[name]


@cache
def table_kind(name: str) -> TableKind:
    """A kind of table by name."""
    if name not in KINDS:
        raise Refusal.of("unknown-table-kind", f"没有“{name}”这种表", f"有：{'、'.join(KINDS)}")
    text = files("bianzhi.files.headings.kinds").joinpath(f"{name}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    fields = {each.name: each for each in _fields(table)}
    must = tuple(table["must"])
    needs = tuple(table.get("needs", must))
    return TableKind(
        name, table["title"], fields, must, needs, tuple(table["marks"]), tuple(table["hints"])
    )


def table_kinds() -> tuple[TableKind, ...]:
    """Every kind of table."""
    return tuple(map(table_kind, KINDS))


def _fields(table: Mapping[str, Any]) -> Iterator[FieldDef]:
    for name, entry in table["fields"].items():
        yield FieldDef(name, entry["title"], entry["type"], *map(_normal(entry), _LISTS))
    for group, entry in table.get("groups", {}).items():
        under, avoid = _normal(entry)("under"), _normal(entry)("not")
        total = _normal(entry)("total")
        title = entry["title"]
        yield FieldDef(f"{group}_total", f"{title}合计", "quantity", total, (), avoid, group)
        if under:
            yield FieldDef(f"{group}_sum", f"{title}小计", "quantity", _SUM, under, avoid, group)
        for code, words in entry["kinds"].items():
            said = tuple(map(heading_text, words))
            name = national("quota_kind").get(code).name
            yield FieldDef(
                f"{group}_{code}", f"{title}：{name}", "quantity", said, under, avoid, group
            )


_LISTS = ("words", "under", "not")
_SUM = ("合计", "小计", "总计", "总数", "总编制", "计")


def _normal(entry: Mapping[str, Any]) -> Any:
    return lambda key: tuple(map(heading_text, entry.get(key, ())))
