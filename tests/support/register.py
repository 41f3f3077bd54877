"""A small district with people: two departments, a school and an office below them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bianzhi.core.changes import Draft
from bianzhi.core.exchange import read_drafts
from bianzhi.record.post import Poster, Receipt

DAY = "2020-01-01"
# key, name, supervising department, kind of posts, how many
UNITS = (
    ("JY", "教育局", "", "XZ", 10),
    ("YZ", "第一中学", "JY", "SY", 20),
    ("NJ", "农技中心", "NY", "SY", 5),
    ("NY", "农业局", "", "XZ", 8),
)


def district(people: Mapping[str, str] | None = None, org: str = "YZ") -> list[Draft]:
    """The opening of the district, and people (key: name) enrolled in one unit of it."""
    lines: list[dict[str, object]] = [
        {"change": {"kind": "opening", "by": "测试", "note": "期初"}},
    ]
    ordered = sorted(UNITS, key=lambda unit: bool(unit[2]))
    for key, name, above, kind, number in ordered:
        unit = {"do": "设立", "org": key, "name": name, "rank": "6", "funding_form": "full"}
        lines.append({**unit, **({"supervisor": above} if above else {}), "on": DAY})
        post = {"do": "下达", "to": key, "kind": kind, "n": number, "funding": "full"}
        lines.append({**post, "on": DAY})
        lines.append({"do": "下达", "to": key, "kind": "LD1@6", "n": 1, "on": DAY})
    kind = {unit[0]: unit[3] for unit in UNITS}[org]
    for key, name in (people or {}).items():
        lines.append({
            "do": "上编", "person": key, "name": name, "org": org, "kind": kind,
            "funding": "full", "on": DAY,
        })  # fmt: skip
    return drafts(lines)


def drafts(lines: list[dict[str, object]]) -> list[Draft]:
    """Drafts of exchange lines."""
    head = {"bianzhi": "exchange", "version": 1}
    return read_drafts([json.dumps(line, ensure_ascii=False) for line in (head, *lines)], "测试")


def post(*lines: dict[str, object]) -> list[Receipt]:
    """Post exchange lines."""
    return Poster().post(drafts(list(lines)))


def post_district(people: Mapping[str, str] | None = None, org: str = "YZ") -> None:
    """Post the opening."""
    Poster().post(district(people, org))
