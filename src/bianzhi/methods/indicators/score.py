"""Scoring: figures in, two scores out, item by item."""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl

from bianzhi.methods.indicators.errors import IndicatorError
from bianzhi.methods.indicators.evaluation import ITEMS, Evaluation
from bianzhi.methods.indicators.rules import Manual
from bianzhi.methods.indicators.system import Indicator, System

Found = tuple[float | None, str]  # (figure, evidence)


def evaluate(
    system: System, figures: pl.DataFrame, classes: Mapping[str, str] | None = None
) -> Evaluation:
    """Evaluate units.

    Args:
        system: A confirmed system.
        figures: Columns unit, indicator, value, and evidence (needed for manual scores).
        classes: Unit -> peer class, of those the system names; default: all in one.

    Raises:
        IndicatorError: Unconfirmed system; unknown indicators or units without a class; repeated
            or missing figures (by the policy of the indicator); manual scores without evidence.
            All problems of the figures are told at once.

    Source: two scores kept apart, as the pilots of 机构编制评估 do (吉林 and others, 2022).
    """
    if not system.confirmed:
        raise IndicatorError(
            f"“{system.title}”等级为 {system.grade}（{system.source}），尚未核实：用 confirm() 启用"
        )
    found, units = _read(system, figures)
    if classes is not None:
        without = [unit for unit in units if unit not in classes]
        if without:
            raise IndicatorError(f"这些单位没有类别，不能比较：{'、'.join(without[:5])}")
        unknown = sorted({classes[unit] for unit in units} - set(system.classes))
        if system.classes and unknown:
            raise IndicatorError(
                f"体系里没有“{'、'.join(unknown)}”这些类别：可用的有 {'、'.join(system.classes)}"
            )
    problems: list[str] = []
    rows = [
        row
        for unit in units
        for each in system.indicators
        if (row := _item(unit, each, found.get((unit, each.code), (None, "")), problems))
    ]
    if problems:
        raise IndicatorError("\n".join(problems))
    return Evaluation(
        system, pl.DataFrame(rows, schema=ITEMS, orient="row"),
        {unit: classes[unit] if classes else "全部" for unit in units},
    )  # fmt: skip


def _read(system: System, figures: pl.DataFrame) -> tuple[dict[tuple[str, str], Found], list[str]]:
    missing = [name for name in ("unit", "indicator", "value") if name not in figures.columns]
    if missing:
        raise IndicatorError(f"评估数据缺少这些列：{'、'.join(missing)}")
    codes = {each.code for each in system.indicators}
    evidence = (
        figures["evidence"].to_list() if "evidence" in figures.columns else [None] * figures.height
    )
    found: dict[tuple[str, str], Found] = {}
    for row, (unit, code, value) in enumerate(
        figures.select("unit", "indicator", "value").iter_rows()
    ):
        if code not in codes:
            raise IndicatorError(f"第 {row + 1} 行的指标“{code}”不在“{system.title}”里")
        if (unit, code) in found:
            raise IndicatorError(f"“{unit}”的“{code}”出现了不止一次：请只留一个")
        number = None if value is None or not math.isfinite(value) else float(value)
        found[unit, code] = (number, str(evidence[row] or ""))
    return found, list(dict.fromkeys(figures["unit"].to_list()))


def _item(
    unit: str, each: Indicator, found: Found, problems: list[str]
) -> tuple[object, ...] | None:
    """One line of the explanation; None where it does not count; problems are collected."""
    value, evidence = found
    head = (unit, each.side, each.dimension, each.code, each.title, each.role)
    if value is None and each.role != "score":
        return None
    if value is None:
        if each.missing == "refuse":
            problems.append(f"“{unit}”缺少“{each.title}”：请补齐，或在体系里写明缺失如何处理")
            return None
        if each.missing == "exclude":
            return (*head, None, 0.0, 0.0, "缺失，不计此项", evidence)
        return (*head, None, each.points, 0.0, "缺失，按 0 分计", evidence)
    try:
        return (*head, value, *_points(each, value, evidence), evidence)
    except IndicatorError as error:
        problems.append(f"“{unit}”的“{each.title}”：{error}")
        return None


def _points(each: Indicator, value: float, evidence: str) -> tuple[float, float, str]:
    """(full marks, points, words)."""
    if isinstance(each.rule, Manual) and not evidence and (each.role != "veto" or value > 0):
        raise IndicatorError("人工评定没有依据：请附上材料名称或文号")
    if each.role == "veto":
        return 0.0, 0.0, f"一票否决 {value:g} 项" if value > 0 else "没有一票否决"
    if each.role == "bonus":
        kept = min(max(value, -each.points), each.points)
        return 0.0, kept, f"加减 {value:g} 分，以 ±{each.points:g} 分为限"
    return each.points, each.rule.score(value, each.points), each.rule.words(value, each.points)
