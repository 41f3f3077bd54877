"""The units that are compared: what each uses and what each yields, checked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from bianzhi.methods.dea.errors import BadData, BadQuestion, listed

Floats = NDArray[np.float64]
Table = pl.DataFrame | ArrayLike

ENOUGH = 3
"""Units wanted for each input and output (Cooper, Seiford & Tone 2007, p. 116)."""


@dataclass(frozen=True, eq=False)
class Units:
    """Units of one peer class.

    Attributes:
        names: The n units, each once.
        input_names, output_names: The m inputs and s outputs.
        inputs: (n, m), in any units of measurement, none negative.
        outputs: (n, s), likewise.
    """

    names: tuple[str, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    inputs: Floats
    outputs: Floats

    @classmethod
    def of(
        cls,
        inputs: Table,
        outputs: Table,
        names: Sequence[str] | None = None,
    ) -> Units:
        """From two tables, a row a unit.

        Args:
            inputs: (n, m) array or frame; a frame's column names are kept.
            outputs: (n, s), in the same order of rows.
            names: The units; numbered from 1 where not given.

        Raises:
            BadData: A figure is missing, not finite or negative, a unit uses nothing, a column
                is nothing but zeros, or two units have one name.
        """
        uses, used = _table(inputs, "投入")
        yields, yielded = _table(outputs, "产出")
        if len(uses) != len(yields):
            raise BadData(f"投入有 {len(uses)} 行，产出有 {len(yields)} 行，两表的单位要一一对应。")
        called = tuple(map(str, names if names is not None else range(1, len(uses) + 1)))
        made = cls(called, used, yielded, uses, yields)
        _check(made)
        return made

    @classmethod
    def of_frame(
        cls, frame: pl.DataFrame, *, unit: str, inputs: Sequence[str], outputs: Sequence[str]
    ) -> Units:
        """From the columns of one frame; errors as in `of`."""
        absent = [each for each in (unit, *inputs, *outputs) if each not in frame.columns]
        if absent:
            raise BadData(
                f"表中没有这些列：{listed(absent)}。现有的列：{listed(frame.columns, 20)}。"
            )
        names = frame[unit].cast(pl.String).to_list()
        if None in names:
            raise BadData(f"“{unit}”一列第 {names.index(None) + 1} 行没有填，无法指明是哪个单位。")
        return cls.of(frame.select(inputs), frame.select(outputs), names)

    def __len__(self) -> int:
        return len(self.names)

    def take(self, rows: NDArray[Any]) -> Units:
        """Some of the units: row numbers or a mask."""
        names = tuple(np.array(self.names, dtype=object)[rows])
        return Units(
            names, self.input_names, self.output_names, self.inputs[rows], self.outputs[rows]
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of any score of these units must know."""
        found = []
        width = len(self.input_names) + len(self.output_names)
        if len(self) < ENOUGH * width:
            found.append(
                f"同类单位偏少：{len(self)} 个单位对 {width} 项投入产出，一般要求不少于 "
                f"{ENOUGH * width} 个；有效单位会偏多，只宜参考，不宜据以核减。"
            )
        idle = np.flatnonzero(~self.outputs.any(axis=1))
        if idle.size:
            found.append(f"没有任何产出的单位：{listed([self.names[row] for row in idle])}。")
        return tuple(found)


def same_measures(one: Units, other: Units) -> None:
    """Refuse two groups that are not measured by the same inputs and outputs."""
    if (one.input_names, one.output_names) != (other.input_names, other.output_names):
        raise BadData("两组单位的投入产出项目不同，不能相互比较。")


def _table(given: Table, what: str) -> tuple[Floats, tuple[str, ...]]:
    if isinstance(given, pl.DataFrame):
        unread = [name for name, kind in given.schema.items() if not kind.is_numeric()]
        if unread:
            raise BadData(f"{what}列不是数字：{listed(unread)}。请先把文字换成数字。")
        return _array(given.cast(pl.Float64).to_numpy(), what), tuple(given.columns)
    array = _array(given, what)
    return array, tuple(f"{what}{number + 1}" for number in range(array.shape[1]))


def _array(given: Any, what: str) -> Floats:
    array = np.array(given, dtype=np.float64, order="C")
    if array.ndim != 2 or not array.size:
        raise BadData(f"{what}要是一张表：每行一个单位，每列一项{what}，至少一行一列。")
    return array


def _check(units: Units) -> None:
    if len(units.names) != len(units.inputs):
        raise BadData(f"有 {len(units.names)} 个单位名称，却有 {len(units.inputs)} 行数据。")
    if len(set(units.names)) < len(units.names):
        seen: set[str] = set()
        twice = [name for name in units.names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
        raise BadData(f"单位重名：{listed(twice)}。请合并或改名后再评价。")
    for table, columns in ((units.inputs, units.input_names), (units.outputs, units.output_names)):
        for values, column in zip(table.T, columns, strict=True):
            _refuse(units, column, ~np.isfinite(values), "缺数或不是有限的数，请补齐，或不纳入评价")
            _refuse(units, column, values < 0, "是负数，请改用不为负的口径")
            if not values.any():
                raise BadData(f"“{column}”一列全是零，区分不了任何单位，请去掉这一项。")
    _refuse(units, "投入", ~units.inputs.any(axis=1), "全部为零，没有投入的单位无法评价")


def _refuse(units: Units, column: str, wrong: Any, why: str) -> None:
    if wrong.any():
        named = listed([units.names[row] for row in np.flatnonzero(wrong)])
        raise BadData(f"“{column}”{why}：{named}。")


def choice(value: str, allowed: Sequence[str], what: str) -> str:
    """Refuse a word that is not one of the allowed."""
    if value not in allowed:
        raise BadQuestion(f"{what}“{value}”不存在，可用：{'、'.join(allowed)}。")
    return value
