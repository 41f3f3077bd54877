"""Norms that are a ratio: pupils by stage, residents by level, beds by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bianzhi.methods.norms.errors import NormError, amount
from bianzhi.methods.norms.need import Need, Needs, made, plain
from bianzhi.methods.norms.rounding import Rounding, exact


def by_stage(
    counts: Mapping[str, float],
    ratios: Mapping[str, float],
    *,
    rounding: Rounding = Rounding.HALF_UP,
    approved: float | None = None,
    actual: float | None = None,
    name: str = "",
) -> Need:
    """need = Σ counts[stage] / ratios[stage]; rounded once, over all stages of the unit.

    Args:
        counts: Pupils by stage. ratios: Pupils to one post, by stage (高中 12.5 …).
        approved, actual: Posts, for the gap and the saturation.

    Raises:
        NormError: A stage without a ratio; negative or missing figures.

    Source: 中央编办发〔2014〕72号 gives the ratios now in use (data, see :func:`national`).
    """
    missing = [stage for stage in counts if stage not in ratios]
    if missing:
        raise NormError(f"标准里没有“{'、'.join(missing)}”：请补上比例，或改用标准里的学段名")
    parts = {
        stage: exact(amount(count, f"{stage}人数"))
        / exact(amount(ratios[stage], f"{stage}比例", above=True))
        for stage, count in counts.items()
    }
    need = sum(parts.values(), Fraction(0))
    words = " ＋ ".join(f"{stage} {plain(counts[stage])}÷{plain(ratios[stage])}" for stage in parts)
    return made(need, f"{words or '0'} ＝ {plain(need)}", rounding, approved, actual, name)


def by_population(
    people: float,
    rate: float,
    *,
    per: float = 10_000,
    least: float | None = None,
    least_below: float | None = None,
    rounding: Rounding = Rounding.HALF_UP,
    approved: float | None = None,
    actual: float | None = None,
    name: str = "",
) -> Need:
    """need = people / per × rate, not below ``least``.

    Args:
        people: Residents. rate: Posts per ``per`` residents at this level (a norm that splits a
            total by level is given the level's own part: 疾控 county 1.35 of 1.75).
        least: Floor in posts. least_below: The floor holds for fewer residents only (< this).

    Raises:
        NormError: Negative or missing figures; a zero ``per``.

    Source: 河北省 2017 年疾控机构编制标准 for such a norm (data, see :func:`national`).
    """
    head, part = amount(people, "人口"), amount(rate, "每万人编制")
    need = exact(head) / exact(amount(per, "人口单位", above=True)) * exact(part)
    words = f"{plain(head)} 人÷{plain(per)}×{plain(rate)} ＝ {plain(need)}"
    small = least is not None and (least_below is None or head < least_below)
    if small and least is not None and need < exact(amount(least, "最低编制")):
        need = exact(least)
        under = "" if least_below is None else f"不足 {plain(least_below)} 人的"
        words += f"，{under}不少于 {plain(least)}"
    return made(need, words, rounding, approved, actual, name)


def by_levels(
    people: float, rates: Mapping[str, float], *, per: float = 10_000, total: int | None = None
) -> Needs:
    """Posts of a whole area split by level (疾控: 省 0.1, 市 0.3, 县 1.35 of 1.75).

    Args:
        people: Residents of the area. rates: Posts per ``per`` residents, by level.
        total: What they must add up to; default the exact sum, half up.

    Returns:
        One need a level, rounded by largest remainder, so that they add up.

    Raises:
        NormError: No levels; as :func:`by_population` and :meth:`Needs.fix_total`.

    Source: as :func:`by_population`; Hamilton's method for the sum.
    """
    parts = tuple(by_population(people, rate, per=per, name=name) for name, rate in rates.items())
    return Needs(parts).fix_total(total)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A class of size, up to and including ``most`` (None: no end); posts a bed, low—high."""

    most: float | None
    low: float
    high: float


def by_beds(
    beds: float,
    brackets: Sequence[Bracket],
    *,
    position: float = 0.5,
    rounding: Rounding = Rounding.HALF_UP,
    approved: float | None = None,
    actual: float | None = None,
    name: str = "",
) -> Need:
    """need = beds × ratio of the class the bed count falls in.

    Args:
        brackets: Ascending by ``most``.
        position: Where in the class's range the ratio is taken, 0 low … 1 high.

    Raises:
        NormError: Classes not ascending, none that fits, a position outside 0—1.

    Source: 综合医院组织编制原则试行草案 (1978) for such a norm (data, see :func:`national`).
    """
    size = amount(beds, "床位数")
    if not 0 <= amount(position, "区间内位置") <= 1:
        raise NormError(f"区间内位置为 {position:g}：应当在 0（下限）与 1（上限）之间")
    ends = [each.most for each in brackets[:-1]]
    if None in ends or ends != sorted(set(ends), key=lambda end: end or 0):
        raise NormError("床位分档应当由小到大，只有最后一档可以不封顶")
    fits = [each for each in brackets if each.most is None or size <= each.most]
    if not fits:
        raise NormError(f"{plain(size)} 张床位超出标准的最高一档：请补上分档")
    low, high = exact(fits[0].low), exact(fits[0].high)
    ratio = low + (high - low) * exact(position)
    need = exact(size) * ratio
    words = (
        f"{plain(size)} 床×{plain(ratio)}（本档 {plain(low)}—{plain(high)}，"
        f"即 {plain(exact(size) * low)}—{plain(exact(size) * high)}）＝ {plain(need)}"
    )
    return made(need, words, rounding, approved, actual, name)
