"""A merger program by CP-SAT, one worker: FILE SECONDS. Prints seconds, objective, bound."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

SCALE = 10_000  # CP-SAT counts in whole numbers


def main() -> None:
    from ortools.sat.python import cp_model

    given = json.loads(Path(sys.argv[1]).read_text())
    start = time.perf_counter()
    model: Any = cp_model.CpModel()
    chosen = [model.NewBoolVar("") for _ in given["costs"]]
    for columns in given["cover"]:
        model.add_exactly_one(chosen[c] for c in columns)
    for entries, limit in given["rows"]:
        model.add(sum(round(v) * chosen[c] for c, v in entries) <= round(limit))
    costs = [round(cost * SCALE) for cost in given["costs"]]
    model.minimize(sum(cost * x for cost, x in zip(costs, chosen, strict=True)))
    solver: Any = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = float(sys.argv[2])
    status = solver.StatusName(solver.Solve(model))
    objective, bound = solver.ObjectiveValue() / SCALE, solver.BestObjectiveBound() / SCALE
    taken = time.perf_counter() - start
    print(f"{taken:.2f} s, {status.lower()}, {objective:.3f}, bound {bound:.3f}")


if __name__ == "__main__":
    main()
