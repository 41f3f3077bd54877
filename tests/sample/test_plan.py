"""A district as planned: as many bodies as asked, names apart, organs as they should be."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from bianzhi.core.kinds import national
from bianzhi.sample import words_of
from bianzhi.sample.plan import Planner
from bianzhi.sample.vocabulary import departments, institutions
from bianzhi.sample.world import District

NAMES = ("quota_kind", "org_rank", "org_category", "funding_form")


def planned(units, seed=1):
    district = District("澜溪区", "01", "澜", 2004, 2025, {})
    Planner(Random(seed), district, units).fill()
    return district


@pytest.mark.parametrize("units", [20, 57, 138, 300, 700])
def test_any_number_of_institutions(units):
    district = planned(units)
    kinds = Counter(org.kind for org in district.orgs.values())
    assert kinds["institution"] == units
    assert kinds["department"] == len(departments())
    assert kinds["zone"] == 1
    assert kinds["town"] >= 3
    names = [org.name for org in district.orgs.values()]
    assert len(set(names)) == len(names)


def test_sizes_of_a_district():
    plain = [
        org.total
        for org in planned(138).orgs.values()
        if org.sector in ("综合", "乡镇事业", "开发区") and org.kind == "institution"
    ]
    assert sum(size <= 10 for size in plain) / len(plain) == pytest.approx(0.615, abs=0.02)
    assert sum(plain) / len(plain) == pytest.approx(16, abs=1)


def test_schools_and_hospitals_are_larger():
    orgs = planned(138).orgs.values()
    large = [org.total for org in orgs if org.sector in ("小学", "初中", "医院")]
    assert min(large) >= 28


def test_codes_are_those_of_the_record():
    trees = {name: national(name) for name in NAMES}
    for org in planned(138).orgs.values():
        trees["org_rank"].get(org.rank)
        trees["org_category"].get(org.category)
        trees["funding_form"].get(org.funding)
        for kind in org.posts:
            trees["quota_kind"].get(kind, bookable=True)
    ledger = {kind for kinds in words_of.COLUMNS.values() for kind in kinds}
    assert set(words_of.KINDS) <= ledger


def test_a_body_belongs_to_its_department():
    district = planned(138)
    heads = {each.name: each.department for each in institutions()}
    for org in district.orgs.values():
        if org.stem in heads:
            assert district.orgs[org.supervisor].stem == heads[org.stem]


def test_organs_use_no_institution_posts_and_the_reverse():
    for org in planned(138).orgs.values():
        if org.kind in ("department", "town"):
            assert set(org.posts) <= {"XZ", "XXZ", "ZFSX", "GJ"}
        elif org.kind == "institution":
            assert set(org.posts) <= {"SY", "SC", "SZ", "KY"}


def test_sections_never_hold_more_than_their_body():
    for org in planned(138).orgs.values():
        assert sum(section.posts or 0 for section in org.sections) <= org.total
        assert len({section.name for section in org.sections}) == len(org.sections)
