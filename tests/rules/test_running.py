"""Running: three times, scenarios, and a rule that breaks on one unit stops nothing else."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.scenario import Scenario
from bianzhi.core.state import State
from bianzhi.rules import running
from bianzhi.rules.finding import FOUND, found
from bianzhi.rules.material import Material
from bianzhi.rules.pack import Scope
from bianzhi.rules.reading import read_pack
from bianzhi.rules.rule import USED, Nothing, Rule
from bianzhi.rules.running import check, difference, run
from bianzhi.rules.scoping import inside
from tests.rules.test_reading import DATED, rule
from tests.support.county import COUNTY
from tests.support.ledger import draft, ledger
from tests.support.rules import entry, state

OVER = read_pack("own", rule('rule = "CK-01"\nsource = "rule"'))


def test_a_day_as_known_at_a_change():
    """S1 is over by one until, in a change dated back, it gets a post."""
    late = (
        COUNTY
        + "    2021-06-01\n      划转 from=P to=S1 kind=SY n=1 to_funding=full on=2020-02-01\n"
    )
    on = "2020-03-01"
    assert check(state(late, on, 6), [OVER]).tally() == {"CK-01": 1}
    assert check(state(late, on), [OVER]).tally() == {}


@pytest.mark.parametrize(("rules_day", "times"), [(None, 4), ("2021-12-31", 4), ("2020-01-01", 4)])
def test_the_rules_are_those_of_the_day_unless_another_is_named(rules_day, times):
    pack = read_pack("own", DATED)
    day = None if rules_day is None else parse_day(rules_day)
    made = check(state(COUNTY), [pack], day)
    limit = 10 if rules_day is None else 30
    assert {each.limit for each in made.findings()} == {limit}
    assert made.rules_day == (parse_day("2022-01-01") if day is None else day)


def test_a_scenario_is_judged_by_the_same_code_and_told_as_a_difference():
    record = MemoryRecord()
    record.post(*ledger(COUNTY))
    on = parse_day("2022-01-01")
    scenario = Scenario(record.head, on).draft(
        draft("下编 person=R3", day="2022-01-01"),
    )
    now = check(State(record.columns(), on), [OVER])
    then = check(scenario.preview(record, record.columns()), [OVER])
    made = difference(now, then)
    assert made.gone["unit"].to_list() == ["S1"]
    assert made.new["unit"].to_list() == []
    cut = draft("核减 org=S1 kind=SY funding=full n=1", day="2022-01-01")
    worse = Scenario(record.head, on).draft(cut)
    moved = difference(now, check(worse.preview(record, record.columns()), [OVER])).moved
    assert moved.select("unit", "limit_before", "limit").row(0) == ("S1", 2, 1)


def breaking(*units: str) -> Rule:
    """A rule that finds every unit, and breaks when it sees some."""

    def look(material: Material, given: object) -> pl.DataFrame:
        seen = material.units["unit"].to_list()
        for unit in units:
            if unit in seen:
                raise ZeroDivisionError(f"除以 {unit}")
        return found(material.units, "有 {}", "name")

    return Rule("XX-01", "会断的规则", USED, ("", ""), Nothing, look)


def test_a_rule_that_breaks_on_one_unit_is_named_and_the_rest_is_told():
    broken = replace(entry("CK-01"), rule=breaking("B", "S2"))
    made = run(Material(state(COUNTY)), [broken, entry("CK-01")], 0)
    assert [(each.rule, each.unit, each.message) for each in made.crashes] == [
        ("XX-01", "B", "除以 B"), ("XX-01", "S2", "除以 S2"),
    ]  # fmt: skip
    assert "其余不受影响" in str(made.crashes[0])
    assert sorted(made.frame.filter(pl.col("rule") == "XX-01")["unit"]) == [
        "A", "A1", "H", "P", "S1",
    ]  # fmt: skip
    assert made.tally()["CK-01"] == 1


def test_a_rule_that_breaks_everywhere_is_given_up_and_said():
    def look(material: Material, given: object) -> pl.DataFrame:
        raise KeyError("没有这一栏")

    rule_ = Rule("XX-02", "全断", USED, ("", ""), Nothing, look, area=True)
    made = run(Material(state(COUNTY)), [replace(entry("CK-01"), rule=rule_)], 0)
    assert [each.unit for each in made.crashes] == [""]
    assert made.rows.is_empty()


def test_a_damaged_record_is_said_of_every_rule_and_ends_none(monkeypatch):
    """Not even the units can be told: each rule is named with what it met."""
    looked = Material(state(COUNTY))

    def damaged(self: Material) -> pl.DataFrame:
        raise ValueError("规格代码坏了")

    monkeypatch.setattr(Material, "units", property(damaged))
    made = run(looked, [entry("CK-13", {"most": 5}), entry("CK-07"), entry("CK-05")], 0)
    assert [(each.rule, each.message) for each in made.crashes] == [
        ("CK-13", "规格代码坏了"), ("CK-05", "规格代码坏了"),
    ]  # fmt: skip


def test_a_scope_that_cannot_be_worked_out_is_said_and_the_other_rules_are_run(monkeypatch):
    scope = Scope(names=("学",))

    def lost(material: Material, given: Scope) -> pl.Series | None:
        if given == scope:
            raise KeyError("没有这一类")
        return inside(material, given)

    monkeypatch.setattr(running, "inside", lost)
    entries = [replace(entry("CK-01"), scope=scope), entry("CK-01", name="all")]
    made = run(Material(state(COUNTY)), entries, 0)
    assert [(each.rule, each.name, each.unit) for each in made.crashes] == [("CK-01", "", "")]
    assert made.frame["name"].to_list() == ["all"]


def test_a_rule_that_breaks_on_very_many_units_is_given_up_and_some_are_named():
    text = "2020-01-01 opening\n" + "".join(f"  设立 org=U{n:03} name=单位{n}\n" for n in range(60))
    many = replace(entry("CK-01"), rule=breaking(*(f"U{n:03}" for n in range(60))))
    made = run(Material(state(text)), [many, entry("BZ-08")], 0)
    assert (made.crashes[0].unit, len(made.crashes)) == ("", 21)
    assert made.rows.is_empty()


def test_a_rule_without_its_material_is_skipped_and_said():
    def look(material: Material, given: object) -> pl.DataFrame:
        return pl.DataFrame(schema=FOUND)

    rule_ = Rule("XX-03", "要出生年月", USED, ("", ""), Nothing, look, needs=("births",))
    made = run(Material(state(COUNTY)), [replace(entry("CK-01"), rule=rule_)], 0)
    assert [(each.rule.code, why) for each, why in made.skipped] == [("XX-03", "人员的出生年月")]


@pytest.mark.parametrize(
    ("scope", "units"),
    [
        (Scope(), ["A", "A1", "B", "H", "P", "S1", "S2"]),
        (Scope(categories=("1",)), ["A", "A1", "B"]),
        (Scope(ranks=("6F",)), ["H", "S1"]),
        (Scope(units=("A",)), ["A", "A1"]),
        (Scope(under="A"), ["A", "A1", "S1", "S2"]),
        (Scope(categories=("4",), names=("学", "医院"), without=("小学",)), ["H", "S1"]),
    ],
)
def test_a_scope_keeps_a_rule_to_its_units_and_sections_go_with_their_org(scope, units):
    everywhere = replace(entry("CK-01", scope=scope), rule=breaking())
    made = run(Material(state(COUNTY)), [everywhere], 0)
    assert made.rows["unit"].to_list() == units


def test_a_state_of_one_branch_tells_nothing_of_others():
    at = state(COUNTY)
    branch = State(at.columns, at.on, scope="B")
    assert check(branch, [OVER]).rows.is_empty()
    assert check(State(at.columns, at.on, scope="A"), [OVER]).tally() == {"CK-01": 1}
