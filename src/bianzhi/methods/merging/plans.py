"""The plan: what becomes of each institution, the figures before and after, and its certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from time import monotonic

import polars as pl

from bianzhi.methods.merging.candidates import ABOLISH, KEEP, MERGE, Candidate, Making
from bianzhi.methods.merging.given import Creation, Institution, MergingError, Rules, Weights
from bianzhi.methods.merging.infeasible import Shortfall, alone, shortfall
from bianzhi.methods.merging.model import Solved
from bianzhi.methods.merging.program import TARGETS, Program, base_of, home_of, program
from bianzhi.methods.merging.whole import solve

PROVEN = 1e-6  # gaps below are those of floating-point sums
WHOLE = 15_000  # candidates: up to here the program is solved as one
ACTIONS = {KEEP: "保留", MERGE: "合并", ABOLISH: "撤销"}


class Infeasible(MergingError):
    """No plan meets the rules; ``shortfall`` says what would have to give."""

    def __init__(self, why: Shortfall) -> None:
        super().__init__(why.summary())
        self.shortfall = why


@dataclass(frozen=True)
class Certificate:
    """What is proven of a plan.

    Attributes:
        objective: Its cost by the weights.
        bound: No plan under the rules costs less.
        gap: (objective − bound) / |objective|; 0 means optimal.
        seconds: Time taken.
        candidates: How many possible outcomes were weighed.
        decomposed: Whether it was solved in parts.
    """

    objective: float
    bound: float
    gap: float
    seconds: float
    candidates: int
    decomposed: bool


@dataclass(frozen=True)
class Outcome:
    """One institution of the plan, or one that ends.

    Attributes:
        members: Keys of the old ones.
        action: keep, merge, abolish.
        department: Whose it is.
        posts, leaders: What it gets.
        saved: Posts that go to the pool.
        over: People above the posts.
        years: Years until expected leavers absorb them: 0 at once, None not within the forecast.
        disturbed: People whose institution changes.
        plates: Names it carries beside its own (加挂牌子); of one that ends, its name, which hangs
            at the department.
    """

    members: tuple[str, ...]
    action: str
    department: str
    posts: int
    leaders: int
    saved: int
    over: int
    years: int | None
    disturbed: int
    plates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A merger plan.

    Attributes:
        outcomes: In order of departments; ``created``: keys of new ones granted.
        prices: Rule -> what one unit more of its limit would save in cost, at the relaxation that
            proves the bound; ``paid`` tells them in words.
        certificate: What is proven.
    """

    given: tuple[Institution, ...]
    outcomes: tuple[Outcome, ...]
    created: tuple[str, ...]
    prices: Mapping[str, float]
    certificate: Certificate
    program: Program
    chosen: tuple[int, ...]

    @cached_property
    def totals(self) -> dict[str, tuple[int, int]]:
        """Before and after of what the four ratios count."""
        program = self.program
        after = [0, 0, 0, 0]
        first = len(program.candidates)
        for column in self.chosen:
            if column < first:
                counted = program.candidates[column].counted
            else:
                new = program.creations[column - first]
                counted = (1, new.posts, new.posts if new.full is None else new.full, new.leaders)
            after = [a + c for a, c in zip(after, counted, strict=True)]
        return {name: (program.base[name], each) for name, each in zip(TARGETS, after, strict=True)}

    @property
    def saved(self) -> int:
        """Posts that go to the pool."""
        return sum(each.saved for each in self.outcomes)

    @property
    def disturbed(self) -> int:
        """People whose institution changes."""
        return sum(each.disturbed for each in self.outcomes)

    @cached_property
    def joined(self) -> float:
        """Overlap brought under one roof."""
        first = len(self.program.candidates)
        return sum(self.program.candidates[c].joined for c in self.chosen if c < first)

    def to_frame(self) -> pl.DataFrame:
        """A row an outcome."""
        rows = [
            {
                "members": "、".join(each.members), "action": ACTIONS[each.action],
                "department": each.department, "posts": each.posts, "leaders": each.leaders,
                "saved": each.saved, "over": each.over, "years": each.years,
                "disturbed": each.disturbed, "plates": "、".join(each.plates),
            }
            for each in self.outcomes
        ]  # fmt: skip
        schema = {
            "members": pl.String, "action": pl.String, "department": pl.String, "posts": pl.Int64,
            "leaders": pl.Int64, "saved": pl.Int64, "over": pl.Int64, "years": pl.Int64,
            "disturbed": pl.Int64, "plates": pl.String,
        }  # fmt: skip
        return pl.DataFrame(rows, schema=schema)

    def before_after(self) -> pl.DataFrame:
        """A row a ratio: name, before, after, cut (share)."""
        rows = [
            {"name": name, "before": before, "after": after,
             "cut": 1 - after / before if before else 0.0}
            for name, (before, after) in self.totals.items()
        ]  # fmt: skip
        return pl.DataFrame(rows)

    def flows(self) -> pl.DataFrame:
        """Posts from old to new, for a Sankey picture: source, target, posts.

        What is saved flows to ``pool``. The flows out of each old one are its posts.
        """
        posts = {each.key: each.posts for each in self.given}
        rows: list[dict[str, object]] = []
        for each in self.outcomes:
            target = "＋".join(each.members)
            parts = _shared_out(each.posts, [posts[key] for key in each.members])
            for key, part in zip(each.members, parts, strict=True):
                for to, amount in ((target, part), ("pool", posts[key] - part)):
                    if amount:
                        rows.append({"source": key, "target": to, "posts": amount})
        schema = {"source": pl.String, "target": pl.String, "posts": pl.Int64}
        return pl.DataFrame(rows, schema=schema)

    def paid(self) -> pl.DataFrame:
        """What each rule costs, the dearest first.

        Returns:
            A row a rule: rule, limit, used (what the plan takes of it), price (cost one unit more
            of the limit would save), words.
        """
        rows = []
        for row in self.program.rows:
            used = sum(row.entries.get(column, 0.0) for column in self.chosen)
            rows.append((row.name, row.limit, used, self.prices[row.name]))
        schema = {"rule": pl.String, "limit": pl.Float64, "used": pl.Float64, "price": pl.Float64}
        frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
            words=pl.when(pl.col("price") > PROVEN)
            .then(pl.format("“{}”：再放宽 1，代价约减 {}", "rule", pl.col("price").round(2)))
            .when(pl.col("used") < pl.col("limit"))
            .then(pl.format("“{}”：没有用满，不起作用", "rule"))
            .otherwise(pl.format("“{}”：刚好用满，放宽也不省", "rule"))
        )
        return frame.sort("price", "rule", descending=[True, False])

    @cached_property
    def holders(self) -> dict[str, str]:
        """Old institution -> who holds its duties after: the new one, named by its members, or the
        department where it ends."""
        return {
            key: each.department if each.action == ABOLISH else "＋".join(each.members)
            for each in self.outcomes for key in each.members
        }  # fmt: skip

    def _plates(self) -> str:
        count = sum(len(each.plates) for each in self.outcomes)
        return f"，加挂牌子 {count} 块（牌子不是机构，不计入机构数）" if count else ""

    def summary(self) -> str:
        """The plan in a few sentences."""
        told = "，".join(
            f"{name} {before}→{after}（减 {100 * (1 - after / before) if before else 0:.1f}%）"
            for name, (before, after) in self.totals.items()
        )
        proof = self.certificate
        sure = (
            "已证明最优" if proof.gap <= PROVEN
            else f"与最优相差不超过 {100 * proof.gap:.3f}%"
        )  # fmt: skip
        return (
            f"{told}。编制入库 {self.saved} 名，{self.disturbed} 人变动单位，"
            f"新设 {len(self.created)} 家{self._plates()}。{sure}（目标值 {proof.objective:.2f}，"
            f"下界 {proof.bound:.2f}，备选 {proof.candidates} 种，{proof.seconds:.1f} 秒）。"
        )


def plan(
    given: Sequence[Institution],
    rules: Rules | None = None,
    weights: Weights | None = None,
    overlaps: Mapping[frozenset[str], float] | None = None,
    distances: Mapping[frozenset[str], float] | None = None,
    creations: Sequence[Creation] = (),
    seconds: float = 60.0,
    gap: float = 0.0,
) -> Plan:
    """The best plan under the rules, with its bound.

    Args:
        given: Institutions, every one in scope.
        rules, weights: Hard rules, and what counts how much.
        overlaps: Pair of keys -> how much their duties overlap (from ``methods.overlap``).
        distances: Pair of keys -> how far their functions lie apart; ``Weights.distance`` else.
        creations: New institutions asked for.
        seconds, gap: When to stop; what is not proven by then is told by the certificate.

    Raises:
        MergingError: The data or rules contradict themselves, or time ran out with neither a plan
            nor a proof that there is none.
        Infeasible: No plan meets the rules; says the least change that would do.
    """
    start = monotonic()
    rules, weights = rules or Rules(), weights or Weights()
    making = Making(given, overlaps or {}, distances or {}, rules, weights)
    made = program(given, making.candidates(), creations, rules)
    solved, decomposed = _solve(made, seconds, gap)
    if not solved.decided:
        raise MergingError(
            f"{seconds:g} 秒内没有找到方案，也没有证明做不到："
            "请给更长的时间，或按部门、按片分开测算"
        )
    if not solved.feasible:
        raise Infeasible(shortfall(made, seconds))
    proof = Certificate(
        solved.objective, solved.bound, solved.gap, monotonic() - start,
        len(made.candidates), decomposed,
    )  # fmt: skip
    paid = {row.name: price for row, price in zip(made.rows, solved.prices, strict=True)}
    return _plan(given, made, solved, proof, paid)


def _solve(made: Program, seconds: float, gap: float) -> tuple[Solved, bool]:
    if len(made.candidates) > WHOLE:
        from bianzhi.methods.merging.decomposed import Decomposed, out_of_reach, parts

        found = parts(made)
        if found is not None:
            if refused := out_of_reach(made, found):
                raise Infeasible(alone(refused))
            return Decomposed(made, found).solve(seconds, gap), True
    return solve(made, seconds, gap), False


def _plan(
    given: Sequence[Institution], made: Program, solved: Solved, proof: Certificate,
    paid: Mapping[str, float],
) -> Plan:  # fmt: skip
    first = len(made.candidates)
    outcomes = [_outcome(made.candidates[c], given) for c in solved.chosen if c < first]
    outcomes.sort(key=lambda each: (each.department, each.members))
    created = tuple(made.creations[c - first].key for c in solved.chosen if c >= first)
    return Plan(tuple(given), tuple(outcomes), created, paid, proof, made, solved.chosen)


def _outcome(candidate: Candidate, given: Sequence[Institution]) -> Outcome:
    units = [given[m] for m in candidate.members]
    over = max(0, sum(each.headcount for each in units) - candidate.posts)
    return Outcome(
        members=tuple(each.key for each in units),
        action=candidate.action,
        department=home_of(candidate, given),
        posts=candidate.posts,
        leaders=candidate.leaders,
        saved=sum(each.posts for each in units) - candidate.posts,
        over=over,
        years=_years(over, units),
        disturbed=candidate.disturbed,
        plates=candidate.plates,
    )


def _shared_out(total: int, posts: Sequence[int]) -> list[int]:
    """How many of a new institution's posts come from each old one: by largest remainder, none
    giving more than it had."""
    whole = max(1, sum(posts))
    parts = [total * each // whole for each in posts]
    order = sorted(range(len(posts)), key=lambda at: (-(total * posts[at] % whole), at))
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    return parts


def _years(over: int, units: Sequence[Institution]) -> int | None:
    """Years until expected leavers make up for people above the posts."""
    left, year = float(over), 0
    horizon = max((len(each.leavers) for each in units), default=0)
    while left > 1e-9 and year < horizon:
        left -= sum(each.leavers[year] for each in units if year < len(each.leavers))
        year += 1
    return year if left <= 1e-9 else None


def alternatives(
    given: Sequence[Institution], rules: Rules, weights: Weights, **more: object
) -> list[tuple[str, Plan]]:
    """Three to five plans none of which is better than another in everything: fewest people
    disturbed, most posts saved, least overlap left, and between; each named by what it favours."""
    tilts = {
        "均衡": weights,
        "人员变动最少": replace(
            weights, disturb=weights.disturb * 10, friction=weights.friction * 2
        ),
        "节约编制最多": replace(weights, institution=weights.institution * 3, absorb=0.0),
        "交叉重叠最少": replace(weights, overlap=weights.overlap * 5),
    }
    found = [(name, plan(given, rules, tilt, **more)) for name, tilt in tilts.items()]  # type: ignore[arg-type]
    kept: list[tuple[str, Plan]] = []
    for name, each in found:
        if not any(_worse(each, other) for _, other in found if other is not each) and not any(
            _marks(each) == _marks(other) for _, other in kept
        ):
            kept.append((name, each))
    return kept


def _marks(each: Plan) -> tuple[float, float, float]:
    """What the alternatives are judged by; more is better."""
    return -each.disturbed, each.saved, round(each.joined, 9)


def _worse(one: Plan, other: Plan) -> bool:
    mine, yours = _marks(one), _marks(other)
    return mine != yours and all(a <= b for a, b in zip(mine, yours, strict=True))


def sensitivity(
    given: Sequence[Institution], rules: Rules, weights: Weights, step: float = 0.25,
    **more: object,
) -> pl.DataFrame:  # fmt: skip
    """How the plan moves when each weight is a ``step`` higher or lower.

    Returns:
        A row a weight and direction: weight, factor, same (share of institutions whose outcome is
        as in the plan), institutions, saved.
    """
    base = {each.members for each in plan(given, rules, weights, **more).outcomes}  # type: ignore[arg-type]
    rows = []
    for name in weights.__dataclass_fields__:
        for factor in (1 - step, 1 + step):
            tilted = replace(weights, **{name: getattr(weights, name) * factor})
            found = plan(given, rules, tilted, **more)  # type: ignore[arg-type]
            same = sum(len(each.members) for each in found.outcomes if each.members in base)
            rows.append(
                {"weight": name, "factor": factor, "same": same / len(given),
                 "institutions": found.totals["机构数"][1], "saved": found.saved}
            )  # fmt: skip
    return pl.DataFrame(rows)


__all__ = ["ACTIONS", "Certificate", "Infeasible", "Outcome", "Plan", "alternatives", "base_of",
           "plan", "sensitivity"]  # fmt: skip
