"""Merger plans: time to a proven plan, against the whole program in HiGHS, CP-SAT and SCIP.

    python -m benchmarks.merging --units 3000 --departments 300

Instances are invented: departments with overlapping duties, sizes as in a real district. CP-SAT and
SCIP run in processes of their own (OR-Tools and highspy cannot share one).
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

from benchmarks.common import Line, arguments, peak_megabytes, show, timed, workplace
from bianzhi.methods.merging import Infeasible, Institution, Plan, Rules, Weights, plan
from bianzhi.methods.merging.model import Model
from bianzhi.methods.merging.program import Program
from bianzhi.methods.merging.whole import cover_of

TARGETS = Rules(
    count_ratio=0.4, posts_ratio=0.1, leaders_ratio=0.2, department_cap=6, least_posts=8
)
TIGHT = Rules(count_ratio=0.6, posts_ratio=0.2, leaders_ratio=0.5, department_cap=5, least_posts=8)


def area(count: int, departments: int, seed: int) -> tuple[list[Institution], dict[Any, float]]:
    """Invented institutions and the overlaps inside departments."""
    draw = random.Random(seed)
    units = [_unit(at, departments, draw) for at in range(count)]
    by_department: dict[str, list[Institution]] = {}
    for unit in units:
        by_department.setdefault(unit.department, []).append(unit)
    overlaps = {
        frozenset((one.key, other.key)): round(draw.random(), 3)
        for group in by_department.values() for at, one in enumerate(group)
        for other in group[:at] if draw.random() < 0.35
    }  # fmt: skip
    return units, overlaps


def _unit(at: int, departments: int, draw: random.Random) -> Institution:
    posts = min(200, max(2, int(draw.lognormvariate(2.2, 0.8))))
    return Institution(
        f"U{at}", f"D{at % departments}", posts, need=posts * draw.uniform(0.6, 1.05),
        people=int(posts * draw.uniform(0.6, 1.1)), leaders=2 if posts <= 10 else 3,
        rank=draw.choice([1, 1, 2]), welfare=draw.choice("12"), protected=draw.random() < 0.05,
        empty=draw.random() < 0.03, excluded=draw.random() < 0.1,
    )  # fmt: skip


def written(program: Program, path: Path) -> None:
    """The program as JSON, for the other solvers."""
    path.write_text(
        json.dumps(
            {
                "costs": program.costs,
                "cover": program.covering,
                "rows": [[list(row.entries.items()), row.limit] for row in program.rows],
            }
        )
    )


def other(module: str, path: Path, seconds: int) -> str:
    """What another solver makes of it: status, objective, bound, seconds."""
    command = [sys.executable, "-m", module, str(path), str(seconds)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=1.2 * seconds + 30
        )
    except subprocess.TimeoutExpired:
        return f"nothing within {1.2 * seconds + 30:.0f} s: stopped"
    if done.returncode:
        return f"failed: {done.stderr.strip().splitlines()[-1]}"
    return done.stdout.strip()


def told(found: Plan) -> str:
    proof = found.certificate
    return f"{proof.seconds:.2f} s, {proof.objective:.3f}, gap {100 * proof.gap:.4f} %"


def main() -> None:
    given = arguments(
        __doc__,
        ("units", 3_000, 60, "institutions"),
        ("departments", 300, 8, "departments"),
        ("seconds", 300, 20, "time each solver is given"),
        ("peers", 1, 1, "0 leaves the other solvers out"),
        ("tight", 1, 1, "0 leaves the tight targets out"),
    )
    lines: list[Line] = []
    asked = [("targets", TARGETS), ("tight targets", TIGHT)]
    for name, rules in asked if given.tight else asked[:1]:
        units, overlaps = area(given.units, given.departments, seed=1)
        found = planned(units, rules, overlaps, given.seconds, lines)
        aim = {138: "proven, ≤ 2 s", 3_000: "≤ 90 s, gap ≤ 0.1 %", 60_000: "≤ 600 s, gap ≤ 0.5 %"}
        lines.append(Line(f"{given.units:,} institutions, {name}", told(found),
                          aim=aim.get(given.units, "")))  # fmt: skip
        if given.peers:
            lines += against(found, given.seconds, given.folder)
    lines.append(Line("memory", f"{peak_megabytes():,} MB"))
    show("Merger plans", lines)


def planned(
    units: list[Institution], rules: Rules, overlaps: dict[Any, float], seconds: int,
    lines: list[Line],
) -> Plan:  # fmt: skip
    """The plan; where rules are out of reach, how soon that was told, and the plan with these
    let out to what they can come to."""
    for _ in range(3):
        taken, answer = timed(partial(tried, units, rules, overlaps, seconds))
        if isinstance(answer, Plan):
            return answer
        lines.append(Line("  out of reach, told", f"{taken:.2f} s, {len(answer)} rules"))
        rules = let_out(rules, answer)
    raise SystemExit("the rules stay out of reach")


def tried(
    units: list[Institution], rules: Rules, overlaps: dict[Any, float], seconds: int
) -> Plan | tuple[tuple[str, float, float], ...]:
    try:
        return plan(units, rules, Weights(), overlaps, seconds=seconds)
    except Infeasible as refused:
        return refused.shortfall.needed


def let_out(rules: Rules, needed: tuple[tuple[str, float, float], ...]) -> Rules:
    caps = {
        name.partition("所属机构")[0]: ceil(least)
        for name, _, least in needed
        if "所属机构" in name
    }  # fmt: skip
    count = any(name.startswith("机构数") for name, _, _ in needed)
    return replace(
        rules,
        department_caps={**rules.department_caps, **caps},
        count_ratio=rules.count_ratio - 0.05 if count and rules.count_ratio else rules.count_ratio,
    )


def against(found: Plan, seconds: int, folder: Path | None) -> list[Line]:
    """The same program whole: HiGHS here, the others in processes of their own."""
    ours = told(found)
    asked = found.program
    taken, whole = timed(lambda: Model(asked.costs, cover_of(asked), asked.rows).solve(seconds))
    answer = f"{taken:.2f} s, {whole.objective:.3f}, bound {whole.bound:.3f}"
    ratio = f"{taken / found.certificate.seconds:.1f}"
    print(f"ours: {ours}; HiGHS whole: {answer}", file=sys.stderr, flush=True)
    lines = [Line("  whole, HiGHS", ours, answer, ratio)]
    with workplace(folder) as place:
        path = place / "program.json"
        written(found.program, path)
        for name in ("cpsat", "scip"):
            answer = other(f"benchmarks.merging_{name}", path, seconds)
            print(f"{name}: {answer}", file=sys.stderr, flush=True)
            lines.append(Line(f"  whole, {name}", ours, answer))
    return lines


if __name__ == "__main__":
    main()
