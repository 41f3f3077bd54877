"""State -> JSON-LD document (W3C Recommendation The Organization Ontology, 2014-01-16).

Organisations are ``org:FormalOrganization``, sections ``org:OrganizationalUnit``, pools plain
``org:Organization``; an account is the ``org:Post`` of its kind in its unit with the five figures;
mergers, splits and conversions are ``org:ChangeEvent``. People are left out: linked data is passed
on. What the ontology has no word for stands under a prefix of our own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import polars as pl

from bianzhi.core.days import day_text
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import FIGURES, State
from bianzhi.core.values import show_value

CONTEXT: dict[str, Any] = {
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "bianzhi": "urn:bianzhi:term:",
}
TYPES = {
    "org": "org:FormalOrganization",
    "section": "org:OrganizationalUnit",
    "pool": "org:Organization",
}
TREES = {"category": "org_category", "rank": "org_rank", "funding_form": "funding_form"}
BASE = "urn:bianzhi:"
LANGUAGE = "zh-Hans"
Node = dict[str, Any]


def document(state: State, base: str = BASE) -> Node:
    """The document of a state.

    Args:
        state: What to tell; a scoped state tells its units only, and links to no others.
        base: What the identifiers begin with.
    """
    writing = _Writing(state, base)
    graph = [*writing.units(), *writing.events(), *writing.concepts()]
    return {
        "@context": CONTEXT,
        "@id": f"{base}state:{day_text(state.on)}:{state.known}",
        "dct:temporal": _typed(day_text(state.on), "date"),
        "bianzhi:known": state.known,
        "@graph": graph,
    }


class _Writing:
    def __init__(self, state: State, base: str) -> None:
        self.state, self.base = state, base
        self.orgs = state.orgs
        self.here = set(self.orgs["key"])
        self.used: dict[tuple[str, str], None] = {}  # codes that need a concept
        self.links = [each for each in state.succession.iter_rows(named=True) if self._shown(each)]

    def _shown(self, link: dict[str, Any]) -> bool:
        """Whether a succession may be told: in a scoped state both its units lie inside."""
        inside = self.state.inside
        return inside is None or (link["before"] in inside and link["after"] in inside)

    def units(self) -> Iterator[Node]:
        """One node a unit, with its posts inside."""
        below = defaultdict(list)
        for key, parent in self.orgs.select("key", "parent").iter_rows():
            below[parent].append(key)
        cls = dict(self.orgs.select("key", "cls").iter_rows())
        posts = self._posts()
        for row in self.orgs.iter_rows(named=True):
            children = below[row["key"]]
            yield _filled({
                **self._head(row),
                "org:hasUnit": [self._unit(k) for k in children if cls[k] == "section"],
                "org:hasSubOrganization": [self._unit(k) for k in children if cls[k] != "section"],
                "org:hasPost": posts[row["key"]],
                "org:changedBy": self._events_of(row["key"], "before"),
                "org:resultedFrom": self._events_of(row["key"], "after"),
            })  # fmt: skip

    def _head(self, row: dict[str, Any]) -> Node:
        parent = row["parent"] if row["parent"] in self.here else None
        above = "org:unitOf" if row["cls"] == "section" else "org:subOrganizationOf"
        names = {
            f"bianzhi:{name}": self._concept(tree, row[name])
            for name, tree in TREES.items()
            if name != "category" and row[name]
        }
        return {
            "@id": self._id("unit", row["key"]),
            "@type": TYPES[row["cls"]],
            "skos:prefLabel": {"@value": row["name"] or row["key"], "@language": LANGUAGE},
            "skos:notation": row["key"],
            "org:identifier": row["uscc"] or row["key"],
            "org:classification": self._concept("org_category", row["category"]),
            above: self._unit(parent) if parent else None,
            **names,
        }

    def _posts(self) -> dict[str, list[Node]]:
        found = defaultdict(list)
        rows = self.state.figures("holder", "kind", "funding").filter(
            ~pl.col("holder").is_in(list(COUNTERS))
        )
        for row in rows.iter_rows(named=True):
            key = "|".join((row["holder"], row["kind"], row["funding"]))
            figures = {f"bianzhi:{name}": _number(row[name]) for name in FIGURES}
            found[row["holder"]].append(_filled({
                "@id": self._id("post", key),
                "@type": "org:Post",
                "org:postIn": self._unit(row["holder"]),
                "org:role": self._concept("quota_kind", row["kind"]),
                "bianzhi:funding_form": self._concept("funding_form", row["funding"]),
                **figures,
            }))  # fmt: skip
        return found

    def events(self) -> Iterator[Node]:
        """One node a succession: who went into whom, when, by which change."""
        for link in self.links:
            yield {
                "@id": self._event(link),
                "@type": "org:ChangeEvent",
                "rdfs:label": {"@value": link["verb"], "@language": LANGUAGE},
                "org:originalOrganization": self._unit(link["before"]),
                "org:resultingOrganization": self._unit(link["after"]),
                "prov:atTime": _typed(link["day"].isoformat(), "date"),
                "bianzhi:change": link["no"],
            }

    def concepts(self) -> Iterator[Node]:
        """One node a code that some other node names."""
        for tree, stored in self.used:
            code = stored.partition("@")[0]
            found = self.state.tree(tree).find(code)
            yield {
                "@id": self._id(tree, stored),
                "@type": "org:Role" if tree == "quota_kind" else "skos:Concept",
                "skos:prefLabel": {"@value": found.name if found else code, "@language": LANGUAGE},
                "skos:notation": stored,
            }

    def _events_of(self, key: str, side: str) -> list[Node]:
        return [{"@id": self._event(link)} for link in self.links if link[side] == key]

    def _event(self, link: dict[str, Any]) -> str:
        return self._id("event", f"{link['no']}|{link['before']}|{link['after']}")

    def _concept(self, tree: str, code: str | None) -> Node | None:
        if not code:
            return None
        self.used[tree, code] = None
        return {"@id": self._id(tree, code)}

    def _unit(self, key: str) -> Node:
        return {"@id": self._id("unit", key)}

    def _id(self, what: str, key: str) -> str:
        return f"{self.base}{what}:{quote(key, safe='')}"


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, [], "")}


def _typed(value: str, kind: str) -> Node:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _number(value: Decimal) -> Node:
    return _typed(show_value(value), "decimal")
