"""A state in the words of the W3C Organization Ontology, and in no others under its prefix."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.files.jsonld import document
from bianzhi.files.jsonld.document import CONTEXT
from tests.support.ledger import ledger

# Terms of the W3C Recommendation of 2014-01-16.
CLASSES = {
    "Organization", "OrganizationalCollaboration", "OrganizationalUnit", "FormalOrganization",
    "Membership", "Role", "Post", "Site", "ChangeEvent",
}  # fmt: skip
# Property: the classes of the ontology whose things bear it (its domain).
ORGANIZATIONS = {"Organization", "FormalOrganization", "OrganizationalUnit"}
PROPERTIES = {
    "subOrganizationOf": ORGANIZATIONS, "hasSubOrganization": ORGANIZATIONS,
    "hasUnit": {"FormalOrganization"}, "unitOf": {"OrganizationalUnit"},
    "classification": ORGANIZATIONS, "identifier": ORGANIZATIONS, "purpose": ORGANIZATIONS,
    "hasPost": ORGANIZATIONS, "postIn": {"Post"}, "role": {"Post", "Membership"},
    "heldBy": {"Post"}, "changedBy": ORGANIZATIONS, "resultedFrom": ORGANIZATIONS,
    "originalOrganization": {"ChangeEvent"}, "resultingOrganization": {"ChangeEvent"},
}  # fmt: skip
LEDGER = """
    2020-01-01 opening
      设立 org=A name=甲局 category=121 rank=6
      设立 org=A1 class=section name=一科 parent=A
      设立 org=B name=乙站 parent=A
      设立 org=C name=丙站 parent=A
      设立 org=P class=pool name=编制池
      下达 to=A kind=XZ n=10
      下达 to=B kind=SY n=3 funding=full
      下达 to=C kind=SY n=2.5 funding=full
      上编 person=p1 name=张三 org=A kind=XZ
    2021-03-01 甲编发〔2021〕3号
      设立 org=D name=丁中心
      合并 sources=B,C into=D
"""


def told(on: str = "2022-01-01", scope: str | None = None) -> dict[str, Any]:
    record = MemoryRecord()
    record.post(*ledger(LEDGER))
    return document(State(record.columns(), parse_day(on), scope=scope))


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


def test_only_terms_of_the_ontology_are_used_and_where_they_belong():
    graph = told()["@graph"]
    seen = set()
    for node in nodes(graph):
        kind = node.get("@type", "")
        if kind.startswith("org:"):
            assert kind.removeprefix("org:") in CLASSES
        for name in node:
            prefix, _, term = name.partition(":")
            assert name.startswith("@") or prefix in CONTEXT
            if prefix == "org":
                assert kind.removeprefix("org:") in PROPERTIES[term], (kind, name)
                seen.add(term)
    assert seen >= {"hasUnit", "unitOf", "hasPost", "postIn", "role", "classification"}
    assert seen >= {"resultedFrom", "originalOrganization", "resultingOrganization"}


def test_every_name_pointed_to_is_described():
    graph = told("2020-06-01")["@graph"]
    described = {node["@id"] for node in nodes(graph) if "@type" in node and "@id" in node}
    pointed = {node["@id"] for node in nodes(graph) if set(node) == {"@id"}}
    assert pointed - described == set()


def test_figures_are_exact_and_people_are_left_out():
    text = json.dumps(told("2020-06-01"), ensure_ascii=False)
    assert '"bianzhi:approved": {"@value": "2.5", "@type": "xsd:decimal"}' in text
    assert "张三" not in text
    assert "p1" not in text


def test_a_merger_is_a_change_event():
    events = [node for node in told()["@graph"] if node["@type"] == "org:ChangeEvent"]
    assert {event["org:originalOrganization"]["@id"] for event in events} == {
        "urn:bianzhi:unit:B", "urn:bianzhi:unit:C"}  # fmt: skip
    assert {event["prov:atTime"]["@value"] for event in events} == {"2021-03-01"}


def test_a_scoped_state_links_to_nothing_outside():
    scoped = told(scope="D")
    text = json.dumps(scoped, ensure_ascii=False)
    assert "甲局" not in text
    assert "urn:bianzhi:unit:A" not in text
    assert scoped["@id"] == f"urn:bianzhi:state:2022-01-01:{scoped['bianzhi:known']}"
