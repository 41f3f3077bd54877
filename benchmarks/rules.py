"""All rules over a city and over a nation: what each takes.

Every rule of every shipped pack runs, the disabled ones too: an office may confirm them all.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace

import polars as pl

from benchmarks.common import Line, arguments, peak_megabytes, show, timed
from benchmarks.nation import START, nation
from bianzhi.core.columns import SCHEMAS, Columns
from bianzhi.core.days import day_date
from bianzhi.core.state import State
from bianzhi.methods import norms
from bianzhi.rules import shipped
from bianzhi.rules.beside import BIRTHS, KINDS, SERVED
from bianzhi.rules.material import Material
from bianzhi.rules.pack import Entry
from bianzhi.rules.running import Outcome, run

ON = START + 3000
_YEAR = day_date(ON).year
CITY, NATION = 3_000, 1_100_000
AIMS = {"city": 1.0, "nation": 60.0}


def peopled(units: int) -> Columns:
    """A nation's units with three people a unit and credit codes of the right form."""
    bare = nation(units)
    frames = {name: bare.frame(name) for name in SCHEMAS}
    first = frames["subjects"].height
    numbers = pl.int_range(units * 3, eager=True)
    unit = numbers // 3
    people = pl.DataFrame({"n": numbers}).select(
        key=pl.format("p{}", "n"), cls=pl.lit("person"), no=pl.lit(1, pl.Int64)
    )
    frames["subjects"] = pl.concat([frames["subjects"], people])
    claims = pl.DataFrame({"n": numbers, "account": _accounts(frames, units).gather(unit)})
    chance = pl.Series([random.Random(7).randrange(0, 2900) for _ in range(997)])
    days = chance.gather(numbers % 997)
    frames["claims"] = claims.select(
        no=pl.lit(1), line=pl.col("n") + 1, act=pl.lit(1), verb=pl.lit("上编"), source=pl.lit(""),
        subject=pl.col("n") + first + 1, slot=pl.lit("post"), account="account",
        figure=pl.lit("actual"), amount=pl.lit(10_000), day=START + days,
    ).cast(pl.Schema(SCHEMAS["claims"]))  # fmt: skip
    names = pl.DataFrame({"n": numbers}).select(
        no=pl.lit(1), line=pl.col("n") + 9 * units, act=pl.lit(1), verb=pl.lit("上编"),
        source=pl.lit(""), subject=pl.col("n") + first + 1, field=pl.lit("name"),
        value=pl.format("张{}", "n"), ref=pl.lit(None), day=pl.lit(START),
    ).cast(pl.Schema(SCHEMAS["facts"]))  # fmt: skip
    frames["facts"] = pl.concat([frames["facts"], names, _codes(first, units)])
    return Columns.of(bare.head, frames)


def _codes(first: int, units: int) -> pl.DataFrame:
    numbers = pl.DataFrame({"n": pl.int_range(units, eager=True)})
    return numbers.select(
        no=pl.lit(1), line=pl.col("n") + 13 * units, act=pl.lit(1), verb=pl.lit("设立"),
        source=pl.lit(""), subject=pl.col("n") + first - units + 1, field=pl.lit("uscc"),
        value=pl.lit("12110000M") + pl.col("n").cast(pl.String).str.zfill(9), ref=pl.lit(None),
        day=pl.lit(START),
    ).cast(pl.Schema(SCHEMAS["facts"]))  # fmt: skip


def _accounts(frames: dict[str, pl.DataFrame], units: int) -> pl.Series:
    """The number of the account of each unit's posts, in the order of the units."""
    accounts = frames["accounts"].with_row_index("id", offset=1)
    own = accounts.filter(pl.col("holder").str.starts_with("U")).sort("holder")
    return own.unique("holder", keep="first", maintain_order=True)["id"].cast(pl.Int64)


def entries() -> list[Entry]:
    """Every entry of every shipped pack, switched on."""
    return [
        replace(entry, enabled=True)
        for name in shipped.names() for entry in shipped.pack(name).entries
    ]  # fmt: skip


def material(columns: Columns, units: int) -> Material:
    """A fresh state with birth months of everybody and figures served of a part."""
    state = State(columns, ON)
    numbers = pl.int_range(units * 3, eager=True)
    births = pl.DataFrame({"n": numbers}).select(
        person=pl.format("p{}", "n"),
        born=(pl.lit(-9000) + pl.col("n") * 37 % 12000).cast(pl.Int32).cast(pl.Date),
        category=pl.lit("man"),
    ).cast(pl.Schema(BIRTHS))  # fmt: skip
    schools = pl.int_range(0, units, 50, eager=True)
    served = pl.DataFrame({"n": schools}).select(
        unit=pl.col("n").cast(pl.String).str.zfill(7).str.replace("^", "U"),
        measure=pl.lit("小学"), amount=(pl.col("n") * 13 % 900).cast(pl.Float64),
    ).cast(pl.Schema(SERVED))  # fmt: skip
    return Material(state, births, served, beside=_beside(births, served))


def _beside(births: pl.DataFrame, served: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """A kind of post for everybody, a plan and a loan for the units that serve somebody."""
    posts = pl.when(pl.int_range(pl.len()) % 5 == 0).then(pl.lit("管理"))
    units = served.select("unit")
    made = {
        "positions": births.select("person", position=posts.otherwise(pl.lit("专业技术"))),
        "plans": units.with_columns(kind=pl.lit("SY"), year=pl.lit(_YEAR), n=1, day=pl.lit(START)),
        "loans": units.with_columns(loan=pl.format("SX{}", pl.int_range(pl.len())),
                                    kind=pl.lit("SY"), n=1, since=pl.lit(START), due=pl.lit(ON)),
        "tickets": pl.DataFrame({"ticket": ["t0"], "until": [ON]}),
        "papers": pl.DataFrame({"title": ["机构编制报告"], "day": [ON]}),
        "calendar": pl.DataFrame({"day": [ON], "works": [False]}),
    }  # fmt: skip
    return {name: frame.select(list(KINDS[name].schema)).cast(pl.Schema(KINDS[name].schema))
            for name, frame in made.items()}  # fmt: skip


def measured(units: int) -> tuple[float, float, float, Outcome]:
    """(seconds of all the rules from a fresh state, of it the frames beforehand, seconds of the
    processor on all cores, outcome)."""
    columns = peopled(units)
    asked = material(columns, units)
    started = time.process_time()
    before, _ = timed(lambda: (asked.units, asked.lines, asked.people))
    taken, outcome = timed(lambda: run(asked, entries(), ON))
    assert not outcome.crashes, outcome.crashes
    assert not outcome.skipped, outcome.skipped
    return before + taken, before, time.process_time() - started, outcome


def lines(outcome: Outcome) -> list[Line]:
    """What each entry took and found."""
    counts = dict(outcome.rows.group_by("entry").len().iter_rows())
    return [
        Line(f"{entry.rule.code} {entry.name} {entry.title}", f"{seconds * 1000:,.0f} ms",
             f"{counts.get(place, 0):,} found")
        for place, (entry, seconds) in enumerate(zip(outcome.entries, outcome.seconds, strict=True))
    ]  # fmt: skip


def main() -> None:
    given = arguments(
        __doc__, ("city", CITY, 300, "units of a city"),
        ("nation", NATION, 3_000, "units of a nation"),
    )  # fmt: skip
    assert norms.national().norms  # read once, as a server has
    for name, aim in AIMS.items():
        units = getattr(given, name)
        total, before, cpu, outcome = measured(units)
        if name == "city":  # what comes once in the life of a process is not the rules' own
            total, before, cpu, outcome = measured(units)
        show(f"{len(outcome.entries)} entries over {units:,} units, {units * 3:,} people", [
            Line("all rules, from a fresh state", f"{total:.2f} s", "", "", f"≤ {aim:g} s"),
            Line("time of the processor, all cores", f"{cpu:.2f} s"),
            Line("of it the frames every rule shares", f"{before:.2f} s"),
            Line("findings", f"{outcome.rows.height:,}"),
            Line("most memory", f"{peak_megabytes():,} MB"),
            *lines(outcome),
        ])  # fmt: skip


if __name__ == "__main__":
    main()
