"""Published tables, and references made with R's Benchmarking package, within their tolerances."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bianzhi.methods import dea

FILES = (
    "dea-coelli-deap-eg2",
    "dea-cst-hospitals12",
    "dea-dealib-banks1",
    "dea-dealib-simple",
    "dea-tone2001",
)
OURS = {"crs": "crs", "vrs": "vrs", "drs": "nirs", "irs": "ndrs"}


@pytest.fixture(scope="module", params=FILES)
def table(request, data):
    return json.loads((data / "dea" / f"{request.param}.json").read_text(encoding="utf-8"))


def scored(units, check, engine):
    rts, orientation = OURS[check["rts"]], check["orientation"]
    if check["model"] == "radial":
        return dea.radial(units, rts=rts, orientation=orientation, engine=engine).scores
    if check["model"] == "super":
        return dea.super_efficiency(units, rts=rts, orientation=orientation, engine=engine).scores
    assert check["model"] == "sbm"
    return dea.sbm(units, rts=rts, orientation=orientation).scores


@pytest.mark.parametrize("engine", ["exact", "compiled"])
def test_every_published_score_is_met(table, engine):
    """Where the reference gives no score (no feasible comparison), neither do we."""
    units = dea.Units.of(table["inputs"], table["outputs"])
    for check in table["checks"]:
        expected = np.array(check["scores"], dtype=float)  # None becomes NaN
        found = scored(units, check, engine)
        assert (np.isnan(found) == np.isnan(expected)).all(), check["rts"]
        assert np.nanmax(np.abs(found - expected)) <= check["tol"], check["rts"]


def test_published_scale_efficiency_and_returns_to_scale(data):
    table = json.loads((data / "dea" / f"{FILES[0]}.json").read_text(encoding="utf-8"))
    result = dea.scale(dea.Units.of(table["inputs"], table["outputs"]))
    assert result.scale_efficiency == pytest.approx(table["scale_efficiency"], abs=6e-4)
    words = {"-": "crs", "irs": "irs", "drs": "drs"}
    assert result.returns == tuple(words[each] for each in table["returns"])
