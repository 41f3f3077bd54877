"""Windows and hotlines: the least number open that keeps the waiting promise (Erlang C)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from bianzhi.methods.norms.errors import NormError, amount
from bianzhi.methods.norms.need import Need, made, plain
from bianzhi.methods.norms.rounding import Rounding, exact

MOST_LOAD = 1e6  # busy windows; the recursion takes as many steps


def erlang_b(load: float, servers: int) -> float:
    """Share of arrivals that find all ``servers`` busy, none waiting; ``load`` in Erlang.

    By the recursion B(c) = a·B(c−1)/(c + a·B(c−1)): no factorials, so no overflow.

    Raises:
        NormError: A load negative, missing or beyond any hall; servers not a whole number ≥ 0.

    Source: Erlang (1917); in English Post Office Electrical Engineers' Journal 10:189—197.

    >>> round(erlang_b(10, 10), 4)
    0.2146
    """
    _checked(load, servers)
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(load: float, servers: int) -> float:
    """Probability of waiting; 1 where the load is not below the servers (the queue only grows).

    Raises:
        NormError: As :func:`erlang_b`.

    Source: as :func:`erlang_b`; C = c·B/(c − a·(1 − B)).

    >>> round(erlang_c(10, 14), 3)
    0.174
    """
    _checked(load, servers)
    if load >= servers:
        return 1.0
    blocked = erlang_b(load, servers)
    return servers * blocked / (servers - load * (1 - blocked))


def _checked(load: float, servers: int) -> None:
    if amount(load, "业务强度") > MOST_LOAD:
        raise NormError(f"业务强度 {load:g} 大得不像一个大厅：请核对到达数和办理用时的单位")
    if servers < 0 or servers != int(servers):
        raise NormError(f"窗口数 {servers} 应当是非负整数")


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows hour by hour.

    Attributes:
        hours: Columns hour, arrivals, load (Erlang), windows, within (share served in time),
            wait (mean minutes).
        posts: Posts they take, not rounded.
        separate: Windows hours if every half of the arrivals had its own hall (no pooling).
    """

    hours: pl.DataFrame
    posts: float
    separate: int

    @property
    def most(self) -> int:
        """The most windows open at once."""
        return int(self.hours["windows"].to_numpy().max(initial=0))

    def to_need(
        self, *, approved: float | None = None, actual: float | None = None,
        rounding: Rounding = Rounding.UP, name: str = "",
    ) -> Need:  # fmt: skip
        """The posts in whole numbers beside approved and actual ones.

        Raises:
            NormError: Approved or actual negative or not a number.
        """
        daily = int(self.hours["windows"].sum())
        words = f"高峰 {self.most} 个窗口，每天 {daily} 窗口小时，折合 {plain(self.posts)}"
        return made(exact(self.posts), words, rounding, approved, actual, name)

    def to_frame(self) -> pl.DataFrame:
        """One row an hour."""
        return self.hours

    def summary(self) -> str:
        """One sentence."""
        open_hours = int(self.hours["windows"].sum())
        return (
            f"高峰需 {self.most} 个窗口，每天共 {open_hours} 窗口小时，折合 {self.posts:.2f} 名；"
            f"分成两处办理则需 {self.separate} 窗口小时"
        )


def windows(
    arrivals: Sequence[float],
    minutes: float,
    *,
    wait: float,
    target: float,
    days: float,
    time: float,
    availability: float = 1.0,
) -> Windows:
    """The least windows in each hour, and the posts they take.

    Args:
        arrivals: People an hour, one number for each open hour of a day.
        minutes: Mean service time.
        wait: Minutes that ``target`` (share, below 1) of the people may wait at most.
        days: Open days a year. time: Available hours a year of one post (:class:`WorkingTime`).
        availability: Share of that time spent at the window, above 0 to 1.

    Raises:
        NormError: Negative or missing figures; a target of 1 or more; no available time.

    Source: Erlang (1917); P(wait > t) = C·exp(−(c − a)·t/minutes), arrivals Poisson, times
    exponential, steady within the hour.
    """
    if not 0 <= amount(target, "服务目标") < 1:
        raise NormError(f"服务目标为 {target:g}：应当小于 1，没有窗口数能保证人人不等")
    if amount(availability, "在窗比例", above=True) > 1:
        raise NormError(f"在窗比例为 {availability:g}：不应大于 1")
    one, limit = amount(minutes, "办理用时", above=True), amount(wait, "等候时限")
    rows = [
        _hour(k, amount(each, "到达人数"), one, limit, target) for k, each in enumerate(arrivals, 1)
    ]
    halves = [2 * _least(each / 2 * one / 60, one, limit, target) for each in arrivals]
    frame = pl.DataFrame(
        rows,
        schema={"hour": pl.Int64, "arrivals": pl.Float64, "load": pl.Float64,
                "windows": pl.Int64, "within": pl.Float64, "wait": pl.Float64},
        orient="row",
    )  # fmt: skip
    total = sum(row[3] for row in rows) * amount(days, "开放天数")
    posts = total / (amount(time, "年可用工时", above=True) * availability)
    return Windows(frame, posts, sum(halves))


def _hour(
    hour: int, arrivals: float, minutes: float, limit: float, target: float
) -> tuple[int, float, float, int, float, float]:
    load = arrivals * minutes / 60
    count = _least(load, minutes, limit, target)
    mean = erlang_c(load, count) * minutes / (count - load) if count > load else 0.0
    return hour, arrivals, load, count, _within(load, count, minutes, limit), mean


def _within(load: float, count: int, minutes: float, limit: float) -> float:
    """Share of the people who wait no longer than the limit."""
    if load == 0:
        return 1.0
    return 1 - erlang_c(load, count) * math.exp(-(count - load) * limit / minutes)


def _least(load: float, minutes: float, limit: float, target: float) -> int:
    if load == 0:
        return 0
    count = math.floor(load) + 1  # fewer never catch up
    blocked = erlang_b(load, count)
    while True:  # the recursion goes on from window to window
        waiting = count * blocked / (count - load * (1 - blocked))
        if 1 - waiting * math.exp(-(count - load) * limit / minutes) >= target:
            return count
        count += 1
        blocked = load * blocked / (count + load * blocked)


def coverage(positions: float, time: float, hours: float = 8_760) -> float:
    """Posts that keep ``positions`` manned ``hours`` a year, at ``time`` hours a post and year.

    Raises:
        NormError: Negative or missing figures; no available time.

    Source: plain arithmetic; a year of 24 hours is 8,760.

    >>> round(coverage(1, 1760), 2)
    4.98
    """
    return (
        amount(positions, "岗位数")
        * amount(hours, "值守小时")
        / amount(time, "年可用工时", above=True)
    )
