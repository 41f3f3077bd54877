"""What is really so in an invented world, for scoring whoever reads its files.

One JSON object; see docs/guide/sample.md for its parts. It never lies inside the folder itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bianzhi.sample.figures import Figures, figures
from bianzhi.sample.folder import Handed
from bianzhi.sample.sheets.others import granted
from bianzhi.sample.world import District, Event, Org, World

Json = dict[str, Any]


def truth(world: World, handed: Handed) -> Json:
    """All of it."""
    return {
        "format": "bianzhi-sample-truth",
        "version": 1,
        "seed": world.seed,
        "mess_level": world.mess,
        "as_of": f"{world.districts[0].last}-12-31",
        "districts": [_district(each) for each in world.districts],
        "planted": world.planted,
        "mess": handed.mess,
        "documents": handed.documents,
        "files": handed.files,
    }


def _district(district: District) -> Json:
    held = figures(district)
    papers = {paper.key: paper.number for paper in district.papers}
    return {
        "name": district.name,
        "code": district.code,
        "first_year": district.first,
        "granted": granted(district),
        "people": len(district.rosters[district.last]),
        "orgs": [_org(org, held.get(org.key, Figures())) for org in district.orgs.values()],
        "events": [_event(event, papers[event.paper]) for event in district.events],
        "documents": len(district.papers),
    }


def _org(org: Org, held: Figures) -> Json:
    gone = org.ended is not None
    found: Json = {
        "key": org.key,
        "name": org.name,
        "kind": org.kind,
        "sector": org.sector,
        "supervisor": org.supervisor,
        "rank": org.rank,
        "category": org.category,
        "welfare": org.welfare,
        "funding": org.funding,
        "civil": org.civil,
        "credit": org.credit,
        "founded": org.founded.isoformat() if org.founded else None,
    }
    if gone:
        return found | {"ended": str(org.ended), "successors": org.successors}
    return found | {
        "approved": org.posts,
        "actual": held.actual,
        "pending": org.pending,
        "leader_reserve": org.leader_reserve,
        "other_reserve": org.other_reserve,
        "turnover_inside": org.turnover_in_remarks,
        "leaders": {
            "chiefs": org.chiefs, "deputies": org.deputies,
            "chiefs_actual": held.leaders["单位正职"], "deputies_actual": held.leaders["单位副职"],
        },
        "sections": [[each.name, each.chiefs, each.deputies] for each in org.sections],
        "plates": org.plates,
        "topics": [duty.topic for duty in org.duties],
    }  # fmt: skip


def _event(event: Event, number: str) -> list[Any]:
    """[day, 文号, org, kind, name, posts after, chiefs, deputies, partners]."""
    return [
        event.day.isoformat(), number, event.org, event.kind, event.name, event.posts,
        event.chiefs, event.deputies, event.partners,
    ]  # fmt: skip


def write_truth(found: Json, path: Path) -> None:
    """Compact, one line a part, so that a change shows in a diff."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    for first in ("key", "file"):
        text = text.replace('},{"' + first, '},\n{"' + first)
    path.write_text(text + "\n", encoding="utf-8")
