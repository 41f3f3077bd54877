"""Candidates: what may become of institutions — kept, merged in groups, abolished.

Groups are connected by overlap or a common function inside a department, or by a function that one
institution holds for the whole area; they are listed in full up to the limit of size, so that the
best plan is among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

from bianzhi.methods.merging.given import Institution, MergingError, Rules, Weights

KEEP, MERGE, ABOLISH = "keep", "merge", "abolish"
MOST = 400_000  # candidates of one connected part: beyond, the limit of size must be lowered
Pairs = Mapping[frozenset[str], float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that may become of some institutions.

    Attributes:
        members: Their numbers, ascending.
        action: keep, merge or abolish.
        cost: By the weights.
        posts, full, leaders: Of what comes out; 0 when abolished.
        counted: Of these, what the ratios count: (institutions, posts, full, leaders).
        disturbed: People whose institution changes.
        joined: Overlap brought under one roof.
        plates: Names it carries beside its own; of one given back, its name at the department.
    """

    members: tuple[int, ...]
    action: str
    cost: float
    posts: int
    full: int
    leaders: int
    counted: tuple[int, int, int, int]
    disturbed: int
    joined: float
    plates: tuple[str, ...] = ()


def plates_of(units: Sequence[Institution]) -> tuple[str, ...]:
    """What hangs beside the name of an institution made of these: plates there were, and names
    that must live on. The largest gives the name itself."""
    kept = [each for each in units if each.keeps_name]
    if kept:
        main = max(units, key=lambda each: each.headcount)
        kept = [each for each in kept if each is not main]
    return (*(each.called for each in kept), *(plate for each in units for plate in each.plates))


class Making:
    """Makes the candidates of institutions under rules and weights."""

    def __init__(
        self, given: Sequence[Institution], overlaps: Pairs, distances: Pairs, rules: Rules,
        weights: Weights,
    ) -> None:  # fmt: skip
        self.given, self.rules, self.weights = given, rules, weights
        self.overlaps, self.distances = overlaps, distances
        self._pairs: dict[tuple[int, ...], tuple[float, float]] = {}
        self.number = {each.key: at for at, each in enumerate(given)}
        if len(self.number) < len(given):
            raise MergingError("有两家机构的代码相同：请核对")
        self._check()
        self.atoms = self._joined()
        self.home = {m: at for at, atom in enumerate(self.atoms) for m in atom}
        self.forbidden = {
            frozenset(self.home[self.number[key]] for key in pair) for pair in rules.must_not_join
        }
        self._contradictions()

    def _check(self) -> None:
        named = [key for keys in (*self.rules.must_join, *self.rules.must_not_join) for key in keys]
        unknown = [key for key in named if key not in self.number]
        if unknown:
            raise MergingError(f"规则里的机构“{unknown[0]}”不在名单里：请核对代码")
        for each in self.given:
            if each.posts < 0 or each.headcount < 0 or each.needed < 0:
                raise MergingError(f"{each.name or each.key} 的编制、人数或需要数为负：请核对")

    def _joined(self) -> list[tuple[int, ...]]:
        """Institutions that must end in one, together; all others alone."""
        parent = list(range(len(self.given)))

        def root(at: int) -> int:
            while parent[at] != at:
                parent[at] = parent[parent[at]]
                at = parent[at]
            return at

        for keys in self.rules.must_join:
            first, *others = sorted(self.number[key] for key in keys)
            for other in others:
                parent[root(other)] = root(first)
        atoms: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self.given)):
            atoms[root(at)].append(at)
        return [tuple(members) for members in atoms.values()]

    def _contradictions(self) -> None:
        for pair in self.forbidden:
            if len(pair) == 1:
                names = self._names(self.atoms[min(pair)])
                raise MergingError(f"{names} 既须合并又不得合并：请改其中一条规则")
        for atom in self.atoms:
            if len(atom) > 1 and any(self.given[m].protected for m in atom):
                raise MergingError(f"{self._names(atom)} 须合并，其中有受保护的机构：请改规则")
            if len(atom) > self.rules.group_limit:
                raise MergingError(
                    f"{self._names(atom)} 须合并，超过每组最多 {self.rules.group_limit} 家"
                )
            if len(atom) > 1 and not self._hangs(atom):
                raise MergingError(
                    f"{self._names(atom)} 须合并，要保留的名称超过每家最多加挂"
                    f" {self.rules.plate_limit} 块牌子：请放宽或少保留一个名称"
                )

    def _names(self, members: Sequence[int]) -> str:
        return "、".join(self.given[m].name or self.given[m].key for m in members)

    # -- who may go with whom ----------------------------------------------------------------

    def neighbours(self) -> list[set[int]]:
        """For each atom the atoms it may be joined with directly."""
        links: list[set[int]] = [set() for _ in self.atoms]
        for pair, value in self.overlaps.items():
            if value > 0 and all(key in self.number for key in pair) and len(pair) == 2:
                self._link(links, *(self.number[key] for key in pair))
        by_function: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, each in enumerate(self.given):
            for function in each.functions:
                joint = function in self.rules.joint_functions
                by_function[function, "" if joint else each.department].append(at)
        for holders in by_function.values():
            for one, other in combinations(holders, 2):
                self._link(links, one, other)
        return links

    def _link(self, links: list[set[int]], one: int, other: int) -> None:
        a, b = self.given[one], self.given[other]
        joint = a.functions & b.functions & self.rules.joint_functions
        at, to = self.home[one], self.home[other]
        if at == to or not (a.department == b.department or joint):
            return
        if a.excluded != b.excluded:  # one inside the ratios and one outside make no fair count
            return
        if self._fixed(self.atoms[at]) or self._fixed(self.atoms[to]):
            return
        if frozenset((at, to)) not in self.forbidden:
            links[at].add(to)
            links[to].add(at)

    def _fixed(self, atom: tuple[int, ...]) -> bool:
        return any(self.given[m].protected or self._returns(m) for m in atom)

    def _returns(self, member: int) -> bool:
        return self.rules.return_powers and self.given[member].administrative

    # -- candidates --------------------------------------------------------------------------

    def candidates(self) -> list[Candidate]:
        """All of them, each atom's own first."""
        links = self.neighbours()
        found: list[Candidate] = []
        for at, atom in enumerate(self.atoms):
            found += self._own(atom)
            before = len(found)
            for group in self._groups(at, links):
                members = tuple(sorted(m for each in group for m in self.atoms[each]))
                if len(members) <= self.rules.group_limit and self._hangs(members):
                    found.append(self._made(members, MERGE))
                if len(found) - before > MOST:
                    raise MergingError("可能的合并组合太多：请调低每组最多家数，或按部门分开测算")
        return found

    def _own(self, atom: tuple[int, ...]) -> list[Candidate]:
        if len(atom) > 1:
            return [self._made(atom, MERGE)]
        each = self.given[atom[0]]
        if self._returns(atom[0]):
            return [self._made(atom, ABOLISH)]
        kept = [self._made(atom, KEEP)]
        if each.empty and not (each.protected or each.keeps_name):
            kept.append(self._made(atom, ABOLISH))
        return kept

    def _groups(self, least: int, links: list[set[int]]) -> Iterator[tuple[int, ...]]:
        """Every connected set of atoms of two and more whose smallest is ``least``, each once
        (enumeration by exclusive neighbourhoods, Wernicke 2006)."""
        limit = self.rules.group_limit

        def grow(group: list[int], size: int, open_: list[int], seen: set[int]
                 ) -> Iterator[tuple[int, ...]]:  # fmt: skip
            while open_:
                nxt = open_.pop()
                total = size + len(self.atoms[nxt])
                if self.forbidden and any(
                    frozenset((nxt, each)) in self.forbidden for each in group
                ):
                    continue
                if total > limit:
                    continue
                fresh = [n for n in links[nxt] if n > least and n not in seen]
                yield (*group, nxt)
                yield from grow([*group, nxt], total, [*open_, *fresh], seen | set(fresh))

        first = [n for n in links[least] if n > least]
        yield from grow([least], len(self.atoms[least]), first, {least, *first})

    def _made(self, members: tuple[int, ...], action: str) -> Candidate:
        units = [self.given[m] for m in members]
        people = [each.headcount for each in units]
        if action == ABOLISH:
            moved = sum(people)
            cost = self.weights.absorb * moved + self.weights.disturb * moved
            kept = tuple(each.called for each in units if each.keeps_name)
            cost += self.weights.plate * len(kept)
            return Candidate(members, action, cost, 0, 0, 0, (0, 0, 0, 0), moved, 0.0, kept)
        approved = sum([each.posts for each in units])
        posts = self._posts(units, approved)
        full = (
            round(posts * sum([each.fully_funded for each in units]) / approved) if approved else 0
        )
        leaders = units[0].leaders
        if action == MERGE:
            leaders = min(self.rules.leaders_for(posts), sum([each.leaders for each in units]))
        disturbed = sum(people) - max(people)
        outside = all(each.excluded for each in units)
        counted = (0, 0, 0, 0) if outside else (1, posts, full, leaders)
        joined, friction = self._between(members)
        cost = self._cost(posts, joined, disturbed) + friction
        if len(units) > 1:
            cost += self.weights.absorb * max(0, sum(people) - posts)
        plates = plates_of(units)
        cost += self.weights.plate * (len(plates) - sum([len(each.plates) for each in units]))
        return Candidate(
            members, action, cost, posts, full, leaders, counted, disturbed, joined, plates
        )

    def _hangs(self, members: Sequence[int]) -> bool:
        """Whether an institution of these has no more plates than it may."""
        limit = self.rules.plate_limit
        return limit is None or len(plates_of([self.given[m] for m in members])) <= limit

    def _posts(self, units: Sequence[Institution], approved: int) -> int:
        """Posts of what comes out: the need less what joining saves, not above what was approved,
        not below the least where there were as many."""
        if any(each.excluded or each.protected for each in units):
            return approved
        saved = (1 - self.rules.economy) ** (len(units) - 1)
        need = ceil(sum([each.needed for each in units]) * saved - 1e-9)
        return min(approved, max(need, self.rules.least_posts))

    def _cost(self, posts: int, joined: float, disturbed: int) -> float:
        weights, least = self.weights, self.rules.least_posts
        cost = weights.institution - weights.overlap * joined + weights.disturb * disturbed
        if posts < least:
            cost += weights.small * (least - posts) / least
        return cost

    def _between(self, members: tuple[int, ...]) -> tuple[float, float]:
        """(overlap joined, cost of what sets them apart) over all pairs."""
        joined = friction = 0.0
        for pair in combinations(members, 2):
            found = self._pairs.get(pair)
            if found is None:  # the same pair is in hundreds of groups
                found = self._pairs[pair] = self._pair(*pair)
            joined += found[0]
            friction += found[1]
        return joined, friction

    def _pair(self, at: int, to: int) -> tuple[float, float]:
        one, other, weights = self.given[at], self.given[to], self.weights
        both = frozenset((one.key, other.key))
        apart = self.distances.get(both, weights.distance)
        apart += weights.rank * abs(one.rank - other.rank)
        apart += weights.welfare * (one.welfare != other.welfare)
        return self.overlaps.get(both, 0.0), weights.friction * apart
