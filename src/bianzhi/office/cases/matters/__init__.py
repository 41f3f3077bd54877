"""Types of matters: whatever stands in this folder is offered, nothing else has to know."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bianzhi.office.cases.matters.base import Matter

# the order of the list people choose from: bodies, posts, people; further ones follow
ORDER = ("establish", "merge", "abolish", "split", "rename", "nameplate", "reassign", "reclassify",
         "sections", "mandate", "increase", "reduce", "transfer", "convert", "leadership",
         "use_plan", "use_request", "loan")  # fmt: skip


@cache
def matters() -> dict[str, Matter]:
    """All types by code."""
    found: dict[str, Matter] = {}
    for module in iter_modules(__path__):
        declared = getattr(import_module(f"{__name__}.{module.name}"), "MATTERS", ())
        found |= {each.code: each for each in declared}
    place = {code: number for number, code in enumerate(ORDER)}
    return dict(sorted(found.items(), key=lambda each: (place.get(each[0], len(ORDER)), each[0])))
