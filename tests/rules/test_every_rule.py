"""What holds of every rule: excused by a document, the same unit by unit, silent on nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl
import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.state import State
from bianzhi.rules.catalogue import RULES
from bianzhi.rules.finding import FOUND
from bianzhi.rules.material import BIRTHS, SERVED, Material
from bianzhi.rules.pack import Exemption
from bianzhi.rules.parameters import slots
from bianzhi.rules.rule import FAMILIES, Rule
from bianzhi.rules.running import run
from tests.rules import (
    test_codes,
    test_leadership,
    test_loans,
    test_mixing,
    test_norms,
    test_people,
    test_plans,
    test_posts,
    test_procedure,
    test_reports,
    test_size,
    test_structure,
    test_totals,
    test_vacancy,
)
from tests.support.rules import besides, entry, outcome, state

OVER = test_posts.SCHOOL + test_posts.THIRD
RANKED = test_leadership.RANKED.format(rank="6")
HELD = "      锁编 matter=m1 org=S kind=SY funding=full n=1\n"
TEAM = test_codes.TEAM.format(name="综合执法大队", marked="false")


class Case(NamedTuple):
    """A ledger on which a rule fires; GONE cannot be posted and has a test of its own."""

    text: str
    parameters: dict[str, Any] = {}
    more: dict[str, Any] = {}


CASES = {
    "CK-01": Case(OVER),
    "CK-02": Case(test_posts.SCHOOL + test_posts.TICKET),
    "CK-03": Case(test_posts.SCHOOL, {"rate": 10}),
    "CK-04": Case(test_vacancy.OFFICE, {"months": 12}),
    "CK-05": Case(test_mixing.MIXED + test_mixing.USED),
    "CK-06": Case(test_mixing.AWAY.format(where="B"), {"months": 3}),
    "CK-07": Case(test_leadership.centre() + test_leadership.SECOND.format(title="主任")),
    "CK-08": Case(test_leadership.centre(9, 2), test_leadership.LADDER),
    "CK-09": Case(RANKED),
    "CK-10": Case(test_procedure.BARE, test_procedure.UNVERIFIED),
    "CK-11": Case(test_totals.AREA, {"ceilings": [{"title": "总", "kinds": ["X"], "most": 1}]}),
    "CK-12": Case(test_size.AREA, {"limits": [{"title": "总", "most": 1}]}),
    "CK-13": Case(test_size.AREA, {"most": 5}),
    "CK-14": Case(test_size.AREA, {"ladder": [{"from": 0, "most": 1}]}),
    "CK-15": Case(test_totals.CHECKED.format(n=6)),
    "CK-18": Case(test_codes.BODY.format(uscc="X")),
    "CK-19": Case(test_people.OFFICE, {}, {"births": [("a", "1950-01-01", "man")]}),
    "CK-20": Case(test_procedure.LEFT.format(paper="2021-06-30"), {"days": 15}),
    "CK-21": Case(
        test_procedure.LEFT.format(paper="2021-04-30")
        + "    2021-09-30 测编办〔2021〕2号\n      上编 person=b org=A kind=XZ on=2021-08-01\n",
        {"days": 5},
    ),
    "CK-22": Case(test_procedure.TICKET, {"days": 9}),
    "CK-24": Case(test_plans.TICKETS, {"years": 2}, {"beside": test_plans.plan(1)}),
    "CK-25": Case(test_vacancy.over("2021-05-01"), {"months": 12}),
    "CK-26": Case(test_loans.LENT, {}, {"beside": test_loans.loans()}),
    "CK-27": Case(test_loans.LENT, {}, {
        "births": [], "beside": {"loans": [("SX1", "S", "SY", 2, "2020-06-01", "2022-06-30")]},
    }),
    "CK-28": Case(test_procedure.FROZEN.format(day="2021-05-01"), test_procedure.ONLY_OUT),
    "CK-31": Case(test_people.ENTRY.format(mode="公开招聘"), test_people.MODES),
    "CK-32": Case(test_people.TITLED.format(who="b", title="主任助理"), test_people.WORDS),
    "CK-33": Case(TEAM, test_codes.LIKE),
    "CK-35": Case(test_posts.SCHOOL.replace("person=b org=S kind=SY funding=full",
                                            "person=b org=S kind=SY funding=self")),
    "CK-36": Case(test_norms.SCHOOL, test_norms.PUPILS, {"served": [("S", "小学", 100.0)]}),
    "CK-37": Case(test_structure.CENTRE, test_structure.EXPERTS,
                  {"beside": test_structure.people(1, 9)}),
    "CK-38": Case(test_reports.OFFICES, test_reports.EACH, {"beside": test_reports.papers()}),
    "CK-39": Case(test_codes.PAPERS.format(second=4), {"gaps_of": ["测编办"]}),
    "CK-40": Case(test_size.AREA, {"required": [{"fields": ["uscc"]}]}),
    "BZ-01": Case(test_posts.SCHOOL + HELD),
    "BZ-02": Case(test_leadership.centre() + "      下达 to=S kind=LD9@6 n=1\n"),
    "BZ-03": Case(test_mixing.MIXED),
    "BZ-04": Case(test_totals.AREA + test_totals.MOVED, {"day": "2012-12-31"}),
    "BZ-05": Case(
        test_totals.AREA, {"bases": [{"title": "总", "kinds": ["X"], "day": "2012-12-31"}]}
    ),
    "BZ-06": Case(test_size.AREA, {"least": 3}),
    "BZ-07": Case("""
    2020-01-01 opening
      设立 org=S name=中心
    2021-01-01
      变更 subject=S field=sponsor value=S
    """),
    "BZ-08": Case("2020-01-01 opening\n  设立 org=S name=中心\n  设立 org=T name=中心\n"),
    "BZ-09": Case(test_codes.BODY.format(uscc=test_codes.code("11" + test_codes.GOOD[2:])),
                  test_codes.PREFIXES),
}  # fmt: skip
IMPOSSIBLE = {"CK-29"}  # the record refuses what it looks for


def test_every_rule_has_its_case():
    assert set(CASES) | IMPOSSIBLE == set(RULES)


@pytest.mark.parametrize("code", CASES)
def test_it_fires_with_a_sentence_and_both_numbers_where_it_has_numbers(code):
    case = CASES[code]
    rows = outcome(case.text, code, case.parameters, **case.more).rows
    assert rows.height
    assert rows.select(pl.col("words").is_not_null().all() & (pl.col("words") != "").all()).item()
    assert rows.select(pl.struct("unit", "about").is_unique().all()).item(), "两条发现分不开"
    if all(RULES[code].numbers) and code not in ("CK-39", "CK-10"):
        assert rows["found"].null_count() == 0


@pytest.mark.parametrize("code", CASES)
def test_a_document_excuses_it(code):
    case = CASES[code]
    rows = outcome(case.text, code, case.parameters, **case.more).rows
    spare = tuple(
        Exemption(unit=unit, about=about, document="测编发〔2021〕9号")
        for unit, about in rows.select("unit", "about").iter_rows()
    )
    made = outcome(case.text, code, case.parameters, exemptions=spare, **case.more)
    assert made.rows.is_empty()
    assert made.excused.height == rows.height


@pytest.mark.parametrize("code", CASES)
def test_a_document_of_another_unit_or_one_that_ran_out_excuses_nothing(code):
    case = CASES[code]
    rows = outcome(case.text, code, case.parameters, **case.more).rows
    paper: Any = {"document": "测编发〔2021〕9号"}
    spare = [Exemption(unit="另一单位", **paper)]
    for unit, about in rows.select("unit", "about").iter_rows():
        until, since = (parse_day(day) for day in ("2000-01-01", "2099-01-01"))
        spare.append(Exemption(unit=unit, about=about, valid_until=until, **paper))
        spare.append(Exemption(unit=unit, about=about, valid_from=since, **paper))
    made = outcome(case.text, code, case.parameters, exemptions=tuple(spare), **case.more)
    assert made.rows.to_dicts() == rows.to_dicts()


@pytest.mark.parametrize("code", [code for code in CASES if all(RULES[code].numbers)])
def test_a_document_that_names_a_number_excuses_up_to_it_itself_included(code):
    """以内 includes the number."""
    case = CASES[code]
    rows = outcome(case.text, code, case.parameters, **case.more).rows
    numbered = rows.filter(pl.col("found").is_not_null())
    for less, left in ((0, rows.height - numbered.height), (Decimal("0.0001"), rows.height)):
        spare = tuple(
            Exemption(unit=unit, about=about, document="测编发〔2021〕9号", most=most - less)
            for unit, about, most in numbered.select("unit", "about", "found").iter_rows()
        )
        made = outcome(case.text, code, case.parameters, exemptions=spare, **case.more)
        assert made.rows.height == left


@pytest.mark.parametrize("code", [code for code in CASES if not RULES[code].area])
def test_where_it_breaks_on_one_unit_the_others_are_told_as_before(code):
    """Broken on each unit in turn, and on what is of no unit."""
    case = CASES[code]
    whole, given = material(case), entry(code, case.parameters)
    before = run(whole, [given], whole.on).rows
    for broken in before["unit"].unique().to_list() + whole.units["unit"].to_list()[:2]:
        made = run(whole, [replace(given, rule=breaking(given.rule, broken))], whole.on)
        assert made.rows.to_dicts() == before.filter(pl.col("unit") != broken).to_dicts()
        assert [(each.rule, each.unit) for each in made.crashes] == [(code, broken)]


def breaking(rule: Rule, unit: str) -> Rule:
    """The rule, breaking wherever it looks at a unit."""

    def look(material: Material, given: Any) -> pl.DataFrame:
        if material.only is None or unit in material.only:
            raise ZeroDivisionError("坏数据")
        return rule.check(material, given)

    return replace(rule, check=look)


@pytest.mark.parametrize("code", [code for code in CASES if not RULES[code].area])
def test_unit_by_unit_it_says_the_same(code):
    """What the hunt for a breaking unit relies on."""
    case = CASES[code]
    made = outcome(case.text, code, case.parameters, **case.more)
    whole = material(case)
    rule, given = RULES[code], entry(code, case.parameters).parameters
    held = [pl.Series("unit", [""]), whole.units["unit"], whole.accounts["unit"]]
    keys = pl.concat(held).unique().sort()
    parts = [rule.check(whole.part(keys[at : at + 1]), given) for at in range(len(keys))]
    apart = pl.concat([pl.DataFrame(schema=FOUND), *parts]).sort("unit", "about")
    assert apart.to_dicts() == made.rows.select(list(FOUND)).to_dicts()


@pytest.mark.parametrize("code", CASES)
def test_before_anything_was_known_it_says_nothing(code):
    """The record as known at its opening's eve: no unit, no finding, no breaking."""
    case = CASES[code]
    whole = material(case)
    empty = State(whole.state.columns, whole.on, 0)
    nothing = Material(empty, whole.births, whole.served, beside=whole.beside)
    made = run(nothing, [entry(code, case.parameters)], whole.on)
    assert made.rows.is_empty()
    assert made.crashes == ()


def material(case: Case) -> Material:
    at = state(case.text)
    births = case.more.get("births")
    rows = [(who, date.fromisoformat(day), what) for who, day, what in births or ()]
    return Material(
        at,
        None if births is None else pl.DataFrame(rows, schema=BIRTHS, orient="row"),
        pl.DataFrame(case.more["served"], schema=SERVED, orient="row")
        if "served" in case.more else None,
        beside=besides(case.more.get("beside", {})),
    )  # fmt: skip


@pytest.mark.parametrize("code", RULES)
def test_it_says_what_it_is_and_names_its_parameters_in_chinese(code):
    rule = RULES[code]
    assert rule.family in FAMILIES
    assert rule.meaning.endswith(("。", "；"))
    assert [slot.name for slot in slots(rule.parameters).values() if slot.title.isascii()] == []


def test_the_day_decides():
    """A day on which nothing was wrong yet."""
    made = outcome(OVER, "CK-01", day="2019-12-31")
    assert made.rows.is_empty()
    assert made.on == parse_day("2019-12-31")
