"""Windows: Erlang's formulas against published figures and against their definitions."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.norms import NormError, coverage, erlang_b, erlang_c, windows

HALL: dict[str, Any] = {"wait": 20 / 60, "target": 0.8, "days": 250, "time": 1760}


def by_factorials(load: float, servers: int) -> float:
    """Erlang C as it is defined."""
    top = load**servers / math.factorial(servers) * servers / (servers - load)
    return top / (sum(load**k / math.factorial(k) for k in range(servers)) + top)


@given(st.floats(0.01, 30), st.integers(1, 20))
def test_the_recursion_is_the_definition(load, more):
    servers = math.floor(load) + more
    assert erlang_c(load, servers) == pytest.approx(by_factorials(load, servers), rel=1e-9)


@pytest.mark.parametrize(
    ("load", "servers", "blocked"),
    [(10, 10, 0.2146), (2, 5, 0.0367), (1, 1, 0.5), (0, 3, 0), (3, 0, 1)],
)
def test_the_tables_of_erlang_b(load, servers, blocked):
    assert erlang_b(load, servers) == pytest.approx(blocked, abs=5e-5)


def test_the_textbook_call_centre():
    """200 calls an hour of 3 minutes, 80 % within 20 s: 14 agents, 17.4 % wait, 88.8 % in time."""
    made = windows([200], 3, **HALL)
    row = made.to_frame().row(0, named=True)
    assert row["windows"] == 14
    assert row["within"] == pytest.approx(0.888, abs=5e-4)
    assert row["wait"] * 60 == pytest.approx(7.8, abs=0.05)
    assert erlang_c(10, 14) == pytest.approx(0.174, abs=5e-4)


def test_a_thousand_windows_overflow_nothing():
    """Factorials of 10,000 are beyond floats; the recursion never sees them."""
    assert 0 < erlang_c(10_000, 10_100) < 1
    assert erlang_c(10_000, 10_000) == 1


@given(st.floats(0.1, 300), st.floats(1, 30), st.floats(0, 15), st.floats(0.5, 0.99))
def test_the_number_is_enough_and_one_fewer_is_not(arrivals, minutes, wait, target):
    made = windows([arrivals], minutes, wait=wait, target=target, days=250, time=1760)
    row = made.to_frame().row(0, named=True)
    load, count = row["load"], row["windows"]
    assert count > load
    assert row["within"] >= target
    fewer = count - 1
    if fewer > load:
        late = erlang_c(load, fewer) * math.exp(-(fewer - load) * wait / minutes)
        assert 1 - late < target


def test_a_national_hotline_is_worked_out_in_one_walk():
    """100,000 Erlang: about √a more than the mere load, found without starting over each time."""
    made = windows([2_000_000], 3, wait=0.5, target=0.95, days=365, time=1760)
    extra = int(made.to_frame()["windows"][0]) - 100_000
    assert 0 < extra < 400


def test_one_hall_needs_no_more_than_two_halves():
    made = windows([60, 90, 40], 8, wait=10, target=0.9, days=250, time=1760, availability=0.9)
    assert made.hours["windows"].sum() < made.separate
    assert made.posts == pytest.approx(int(made.hours["windows"].sum()) * 250 / (1760 * 0.9))
    assert made.most == made.hours["windows"].max()
    assert f"高峰需 {made.most} 个窗口" in made.summary()


def test_an_hour_without_people_needs_no_window():
    assert windows([0, 30], 5, **HALL).to_frame()["windows"][0] == 0
    assert windows([], 5, **HALL).most == 0


def test_a_post_manned_day_and_night():
    assert coverage(1, 1760) == pytest.approx(4.977, abs=5e-4)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"target": 1.0}, "没有窗口数能保证"),
        ({"time": 0}, "年可用工时"),
        ({"availability": 1.2}, "在窗比例"),
        ({"wait": -1}, "等候时限"),
        ({"arrivals": [-3]}, "到达人数"),
        ({"arrivals": [1e12]}, "单位"),
        ({"minutes": 0}, "办理用时"),
    ],
)
def test_what_cannot_be_is_refused(changed, said):
    words: dict[str, Any] = {"arrivals": [10], "minutes": 5, **HALL, **changed}
    with pytest.raises(NormError, match=said):
        windows(**words)


def test_servers_are_whole():
    with pytest.raises(NormError, match="非负整数"):
        erlang_b(1, 1.5)  # type: ignore[arg-type]


def test_windows_beside_the_approved_posts():
    """14 windows for one hour of 250 days are 3,500 hours, 1.99 posts of 1,760 hours."""
    need = windows([200], 3, **HALL).to_need(approved=3, actual=1, name="大厅")
    assert (need.posts, need.gap) == (2, 1)
    assert need.saturation == pytest.approx(3500 / 1760)
    assert "高峰 14 个窗口，每天 14 窗口小时，折合 1.9886，进一取 2" in need.summary()
    with pytest.raises(NormError, match="核定数"):
        windows([200], 3, **HALL).to_need(approved=-1)
