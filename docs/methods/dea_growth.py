"""How long dea takes as data grow: measures, keeps the figures, draws them.

    python -m docs.methods.dea_growth --measure   # writes dea_growth.csv anew, then draws
    python -m docs.methods.dea_growth             # draws from dea_growth.csv

Time is that of the cores, summed, so that other work on the machine tells less.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from bianzhi.files.drawing.chart import Chart
from bianzhi.methods.dea import Units, radial
from docs.methods.drawings import IMAGES, LINES

FIGURES = Path(__file__).parent / "dea_growth.csv"
TIME = "处理器秒（10 的几次方）"
RETURNS = {"crs": "规模报酬不变", "vrs": "规模报酬可变"}
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_100_000)
SHAPES = ((1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (4, 3), (4, 4))
SHORT = 10_000
WASTES = (0.5, 0.3, 0.1, 0.05, 0.02)


def measured() -> Iterator[tuple[str, str, float, float]]:
    """(what grows, returns to scale, how far, seconds of the cores), on the benchmark's data."""
    from benchmarks.dea import invented

    for rts in RETURNS:
        _cost(invented(300, 3, 2), rts)  # whoever comes first waits for the compiler
        for n in SIZES:
            yield "units", rts, float(n), _cost(invented(n, 3, 2), rts)[0]
        for m, s in SHAPES:
            yield "measures", rts, float(m + s), _cost(invented(2_000, m, s), rts)[0]
        for waste in WASTES:
            seconds, share = _cost(invented(10_000, 3, 2, waste=waste), rts)
            yield "efficient", rts, share, seconds


def _cost(units: Units, rts: str) -> tuple[float, float]:
    """(seconds of the cores, share on the frontier); the least of three where they are short."""
    took = []
    for _ in range(3 if len(units) <= SHORT else 1):
        start = time.process_time()
        result = radial(units, rts=rts, engine="compiled")
        took.append(time.process_time() - start)
    return min(took), float(result.on_frontier.mean())


def drawings() -> dict[str, str]:
    """Name to picture; where figures span decades, both axes count decades."""
    figures = pl.read_csv(FIGURES)
    wide = "投入与产出的项数，2,000 个单位"
    many = "单位数（10 的几次方），3 投入 2 产出"
    dense = "前沿上的单位占比（%），10,000 个单位，3 投入 2 产出"
    return {
        "dea-growth-units": _chart(
            figures, "units", Chart(TIME, many, (3, 6.2), (-3, 3), (1, 1)), decades=True
        ),
        "dea-growth-measures": _chart(
            figures, "measures", Chart(TIME, wide, (2, 8), (-3, 1), (1, 1))
        ),
        "dea-growth-efficient": _chart(
            figures, "efficient", Chart(TIME, dense, (0, 50), (-2, 1), (10, 1)), percent=True
        ),
    }


def _chart(
    figures: pl.DataFrame, what: str, chart: Chart, *, decades: bool = False, percent: bool = False
) -> str:
    for colour, (rts, name) in zip(LINES, RETURNS.items(), strict=False):
        rows = figures.filter((pl.col("what") == what) & (pl.col("rts") == rts)).sort("at")
        across = rows["at"].to_numpy() * (100 if percent else 1)
        across = np.log10(across) if decades else across
        chart.line(across, np.log10(rows["seconds"].to_numpy()), colour, name)
    return chart.text()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--measure", action="store_true", help="measure anew first")
    if parser.parse_args().measure:
        with FIGURES.open("w", encoding="utf-8") as kept:
            kept.write("what,rts,at,seconds\n")
            for what, rts, at, seconds in measured():
                kept.write(f"{what},{rts},{at:.6g},{seconds:.4g}\n")
                kept.flush()
    for name, text in drawings().items():
        (IMAGES / f"{name}.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
