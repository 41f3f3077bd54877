"""Overlap on an invented district, whose planted overlaps and look-alikes are known.

Every institution's duties go in, as an office has them. What the method does not find, and what it
takes for an overlap and is none, is written down here by name: a change shows.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bianzhi.methods import overlap
from bianzhi.sample.make import make_world

# 退役军人就业 and 自主就业退役士兵的职业技能培训: each names kinds of its own beside 就业.
NOT_FOUND = {"退役军人就业"}
# 房屋建筑工程质量安全 and 公路工程质量安全: 工程质量安全 is one matter of the list.
TAKEN_FOR_ONE = {"质量"}
TRUE = ("synonym", "identical", "same_matter")


def _lines(planted: dict[str, Any]) -> frozenset[tuple[str, str]]:
    return frozenset((key, text) for key, text in planted["duties"])


class District:
    """The duties of a district's institutions, and what is planted among them."""

    def __init__(self, seed: int) -> None:
        world = make_world(seed=seed)
        bodies = {org.key: org for org in world.districts[0].living if org.kind == "institution"}
        lines = [(key, duty) for key, org in bodies.items() for duty in org.duties]
        self.keys = [key for key, _ in lines]
        self.texts = [duty.text for _, duty in lines]
        self.topics = [duty.topic for _, duty in lines]
        self.areas = [bodies[key].serves for key in self.keys]
        self.planted = [each for each in world.planted if str(each["kind"]).startswith("duty_")]
        self.found = overlap.find(
            self.texts, self.keys, areas=self.areas, institutions=set(self.keys)
        )
        self.said = {
            self.lines_of(pair) for pair in self.found.pairs
            if pair.comparison.relation in ("same", "part")
        }  # fmt: skip

    def lines_of(self, pair: overlap.Pair) -> frozenset[tuple[str, str]]:
        """A pair as the truth names it: institution and text of either."""
        return frozenset((self.keys[at], self.texts[at]) for at in (pair.one, pair.other))

    def topics_of(self, *kinds: str, said: bool) -> set[str]:
        """The planted pairs of some kinds that were, or were not, proposed."""
        return {
            str(each["topic"]) for each in self.planted
            if str(each["kind"]).removeprefix("duty_") in kinds
            and (_lines(each) in self.said) == said
        }  # fmt: skip


@pytest.fixture(scope="module", params=[1, 7, 23, 51])
def district(request) -> District:
    return District(request.param)


def test_planted_overlaps_are_found_and_look_alikes_are_not(district):
    found = district.topics_of("synonym", "identical", said=True)
    missed = district.topics_of("synonym", "identical", said=False)
    wrong = district.topics_of("near_miss", said=True)
    assert missed <= NOT_FOUND
    assert wrong <= TAKEN_FOR_ONE
    assert 2 * len(found) / (2 * len(found) + len(missed) + len(wrong)) >= 0.8
    assert len(district.topics_of("near_miss", said=False)) >= 6


def test_what_stands_word_for_word_in_two_places_comes_first(district):
    order = [district.topics[pair.one] for pair in district.found.pairs]
    identical = district.topics_of("identical", said=True)
    assert len(identical) == 3
    assert set(order[:3]) == identical


def test_all_pairs_of_the_district_against_the_whole_truth(district):
    """All 138 institutions, every pair that the truth names and no other: nine in ten are found,
    and more than half of what is proposed is true. What else is proposed are neighbours."""
    true = {
        _lines(each) for each in district.planted
        if str(each["kind"]).removeprefix("duty_") in TRUE
    }  # fmt: skip
    hits = len(true & district.said)
    assert hits / len(true) >= 0.85
    assert 2 * hits / (len(true) + len(district.said)) >= 0.68


def test_nine_in_ten_true_pairs_are_met_in_a_few_dozen_looks(district):
    """Of all the truth names, not only of what is proposed; 90,000 pairs could be looked at."""
    order = [
        district.lines_of(pair) for pair in district.found.pairs
        if pair.comparison.relation in ("same", "part")
    ]  # fmt: skip
    true = {
        _lines(each) for each in district.planted
        if str(each["kind"]).removeprefix("duty_") in TRUE
    }  # fmt: skip
    looks = [at for at, pair in enumerate(order, 1) if pair in true]
    assert looks[int(0.85 * len(true)) - 1] <= 48


def test_who_serves_others_does_not_overlap(district):
    """Towns that each do a thing at home, schools that each teach their own."""
    assert district.found.pairs
    assert all(district.areas[p.one] == district.areas[p.other] for p in district.found.pairs)


def test_an_order_to_do_what_else_is_asked_is_no_matter(district):
    """“完成主管部门交办的其他任务” stands on every list and overlaps with nothing."""
    asked = Counter(district.topics)["交办"]
    assert asked > 100
    assert all("交办" not in (district.topics[p.one], district.topics[p.other])
               for p in district.found.pairs)  # fmt: skip
