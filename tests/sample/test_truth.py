"""The truth: whole, small enough to keep, and about things that are really there."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from bianzhi.sample.make import make_world
from bianzhi.sample.truth import truth, write_truth
from bianzhi.sample.vocabulary import holdings, institutions, planted_duties

KINDS = {
    "duty_synonym", "duty_identical", "duty_near_miss", "duty_weakened", "duty_vanished",
    "duty_same_matter",
    "leaders_above_ladder", "over_leadership", "over_quota", "late_retiree",
    "wrong_identity_check", "duplicate_person", "duplicate_doc_no", "doc_no_gap",
    "wrong_credit_code", "mandate_differs",
}  # fmt: skip


def test_every_kind_of_trouble_is_planted_and_told(messy):
    assert {each["kind"] for each in messy.truth["planted"]} == KINDS


def test_every_trouble_names_a_body_that_stands(messy):
    standing = {org["key"] for org in messy.truth["districts"][0]["orgs"] if "approved" in org}
    for each in messy.truth["planted"]:
        named = [each["org"]] if "org" in each else each.get("orgs", [])
        named += [key for key, _ in each.get("duties", [])]
        assert set(named) <= standing


def test_planted_duties_stand_in_their_bodies(messy):
    district = messy.world.districts[0]
    for each in messy.truth["planted"]:
        for key, text in each.get("duties", []):
            assert text in [duty.text for duty in district.orgs[key].duties]


def test_overlaps_are_told_apart_from_look_alikes():
    kinds = Counter(each.kind for each in planted_duties())
    assert kinds == {
        "synonym": 12, "identical": 3, "near_miss": 7, "weakened": 5, "vanished": 5
    }  # fmt: skip
    assert all(each.text == each.other for each in planted_duties() if each.kind == "identical")


def duties_of(each: dict[str, Any]) -> list[list[str]]:
    found: list[list[str]] = each["duties"]
    return found


def test_every_pair_of_one_matter_is_told_once():
    """What is planted overlaps with what a body does anyway: the truth names those pairs too."""
    planted = make_world(seed=1).planted
    pairs = Counter(
        frozenset((key, text) for key, text in duties_of(each)) for each in planted
        if each["kind"] in ("duty_synonym", "duty_identical", "duty_same_matter")
    )  # fmt: skip
    assert set(pairs.values()) == {1}
    assert len(pairs) > 25
    near = [each for each in planted if each["kind"] == "duty_near_miss"]
    assert not any(
        frozenset((key, text) for key, text in duties_of(each)) in pairs for each in near
    )


def test_every_matter_names_bodies_and_topics_there_are():
    bodies = {each.name: set(each.objects) for each in institutions()}
    for each in planted_duties():
        for name in filter(None, (each.first, each.second)):
            bodies[name].add(each.topic)
    assert all(set(each.topics) <= bodies[each.body] for each in holdings())


def test_leaders_above_the_ladder_are_above_it(messy):
    orgs = {org["key"]: org for org in messy.truth["districts"][0]["orgs"]}
    for each in messy.truth["planted"]:
        if each["kind"] == "leaders_above_ladder":
            held = orgs[each["org"]]["leaders"]
            assert held["chiefs"] + held["deputies"] == each["approved"] > each["most"]


def test_successors_are_told(messy):
    orgs = {org["key"]: org for org in messy.truth["districts"][0]["orgs"]}
    gone = [org for org in orgs.values() if "ended" in org]
    assert len(gone) > 100
    assert all(set(org["successors"]) <= orgs.keys() for org in gone)


def test_written_and_read_it_is_the_same(messy, tmp_path):
    path = tmp_path / "真值" / "truth.json"
    write_truth(messy.truth, path)
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(messy.truth))
    assert path.stat().st_size < 1_000_000


def test_a_seed_makes_one_world_and_another_seed_another(messy):
    again, other = make_world(), make_world(seed=2)
    assert _told(again) == _told(make_world(mess=0))
    assert _told(again) != _told(other)


def _told(world):
    from bianzhi.sample.folder import Handed

    return {**truth(world, Handed()), "mess_level": 0}
