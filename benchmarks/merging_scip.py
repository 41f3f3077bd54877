"""A merger program by SCIP: FILE SECONDS. Prints seconds, status, objective, bound."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main() -> None:
    from pyscipopt import Model, quicksum

    given = json.loads(Path(sys.argv[1]).read_text())
    start = time.perf_counter()
    model = Model()
    model.hideOutput()
    model.setParam("limits/time", float(sys.argv[2]))
    chosen = [model.addVar(vtype="B", obj=cost) for cost in given["costs"]]
    for columns in given["cover"]:
        model.addCons(quicksum(chosen[c] for c in columns) == 1)
    for entries, limit in given["rows"]:
        model.addCons(quicksum(v * chosen[c] for c, v in entries) <= limit)
    model.optimize()
    taken = time.perf_counter() - start
    objective = f"{model.getObjVal():.3f}" if model.getNSols() else "none"
    print(f"{taken:.2f} s, {model.getStatus()}, {objective}, bound {model.getDualbound():.3f}")


if __name__ == "__main__":
    main()
