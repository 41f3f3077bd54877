"""What rules look at: the frames of a state, with what every rule asks of them worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property

import polars as pl

from bianzhi.core.kinds import CodeTree
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import FIGURES, State
from bianzhi.rules.beside import BIRTHS as BIRTHS
from bianzhi.rules.beside import SERVED as SERVED
from bianzhi.rules.beside import Beside
from bianzhi.rules.course import Course

DEPTH = 12  # sections inside sections; deeper is a mistake in the tree


class Material:
    """A state as rules see it.

    Args:
        state: The state; a scenario's preview does as well.
        births: person, born, category (of :mod:`bianzhi.methods.retirement`); None: not known.
        served: unit, measure (高中, 床位, 常住人口 …), amount; None: not known.
        only: Keys of units: everything else is left out.
        beside: What else is known, by the names of :data:`bianzhi.rules.beside.KINDS`.

    Attributes:
        whole: What this is a part of, itself where it is all.
    """

    def __init__(
        self, state: State, births: pl.DataFrame | None = None,
        served: pl.DataFrame | None = None, only: pl.Series | None = None,
        beside: Beside | None = None,
    ) -> None:  # fmt: skip
        self.state = state
        self.births = births
        self.served = served
        self.only = only
        self.beside = {} if beside is None else beside
        self.whole: Material = self
        self._kept: dict[Hashable, pl.DataFrame] = {}

    @property
    def on(self) -> int:
        """The day."""
        return self.state.on

    @property
    def of_area(self) -> bool:
        """Whether what is of no unit belongs to this: it goes with the key ""."""
        return self.only is None or "" in self.only

    def part(self, keys: pl.Series) -> Material:
        """The same of some units only, with "" among them of the area too; what is costly is cut
        out of what is there."""
        part = Material(self.state, self.births, self.served, keys, self.beside)
        part.whole = self.whole
        return part

    def told(self, name: str) -> pl.DataFrame | None:
        """What is known beside the state under a name; None: not known."""
        if name in ("births", "served"):
            return self.births if name == "births" else self.served
        return self.beside.get(name)

    def mine(self, frame: pl.DataFrame, column: str = "unit") -> pl.DataFrame:
        """The rows of a frame that are of these units."""
        if self.only is None:
            return frame
        return frame.filter(pl.col(column).is_in(self.only.implode()))

    # -- units -------------------------------------------------------------------------------

    @cached_property
    def units(self) -> pl.DataFrame:
        """Orgs, sections and pools in being: unit, cls, the fields, ``level`` of the rank,
        ``home`` (the org a section lies in, else itself), ``home_category``, ``home_level``."""
        if self.only is not None:
            return self.mine(self.whole.units, "unit")
        levels = {
            code.code: self.state.tree("org_rank").attribute(code.code, "level")
            for code in self.state.tree("org_rank")
        }
        units = self.state.orgs.rename({"key": "unit"}).with_columns(
            level=pl.col("rank").replace_strict(levels, default=None, return_dtype=pl.Int64),
        )
        units = units.join(_homes(units), on="unit", how="left", maintain_order="left")
        above = units.select(home="unit", home_category="category", home_level="level")
        return units.join(above, on="home", how="left", maintain_order="left")

    def orgs(self, categories: tuple[str, ...] = ()) -> pl.DataFrame:
        """The orgs, of some categories and all under them where any are named."""
        orgs = self.units.filter(pl.col("cls") == "org")
        return orgs.filter(self.within("org_category", "category", categories))

    def within(self, tree: str, column: str, wide: tuple[str, ...]) -> pl.Expr:
        """Whether a column's code is one of some codes or lies under one; true where none is."""
        if not wide:
            return pl.lit(True)
        return pl.col(column).is_in(sorted(self.below(tree, wide)))

    def below(self, tree: str, wide: tuple[str, ...]) -> set[str]:
        """Codes with all that lie under them; ranked kinds (LD1@6) are listed as used."""
        codes = self.state.tree(tree)
        found = {code for each in wide for code in codes.below(each)}
        if tree == "quota_kind":
            used = self.kinds["kind"]
            found |= {kind for kind in used if any(codes.covers(each, kind) for each in wide)}
        return found

    # -- posts -------------------------------------------------------------------------------

    @cached_property
    def kinds(self) -> pl.DataFrame:
        """A row a kind in use: kind, title, top (its widest heading), leads, counts, closed,
        turnover, used_by, level (of a ranked kind)."""
        if self.whole is not self:
            return self.whole.kinds
        tree, ranks = self.state.tree("quota_kind"), self.state.tree("org_rank")
        used = sorted(self.state.accounts["kind"].unique())
        return pl.DataFrame(
            [_kind(tree, ranks, kind) for kind in used],
            schema={"kind": pl.String, "title": pl.String, "top": pl.String, "leads": pl.Boolean,
                    "counts": pl.Boolean, "closed": pl.Boolean, "turnover": pl.Boolean,
                    "used_by": pl.String, "level": pl.Int64},
            orient="row",
        )  # fmt: skip

    @cached_property
    def accounts(self) -> pl.DataFrame:
        """A row an account of a holder with anything in it: unit, kind, funding, the figures."""
        if self.only is not None:
            return self.mine(self.whole.accounts, "unit")
        nonzero = pl.any_horizontal([pl.col(name) != 0 for name in FIGURES])
        held = self.state.accounts.filter(~pl.col("holder").is_in(list(COUNTERS)) & nonzero)
        return held.rename({"holder": "unit"})

    @cached_property
    def lines(self) -> pl.DataFrame:
        """A row a unit and kind: the figures over all funding forms, and what the kind is."""
        if self.only is not None:
            return self.mine(self.whole.lines, "unit")
        sums = self.accounts.group_by("unit", "kind").agg(pl.col(name).sum() for name in FIGURES)
        return sums.sort("unit", "kind").join(self.kinds, on="kind", how="left")

    @property
    def posts(self) -> pl.DataFrame:
        """The lines of posts."""
        return self.lines.filter(~pl.col("leads"))

    @property
    def own_posts(self) -> pl.DataFrame:
        """The lines of posts of orgs and sections: a pool is vacant by its nature."""
        pools = self.units.filter(pl.col("cls") == "pool").select("unit")
        return self.posts.join(pools, on="unit", how="anti")

    @property
    def leadership(self) -> pl.DataFrame:
        """The lines of leadership posts."""
        return self.lines.filter(pl.col("leads"))

    def homes(self, kinds: tuple[str, ...] = (), figure: str = "approved") -> pl.DataFrame:
        """unit, base: the sum of :meth:`total` over an org and its sections, in a part too."""
        return self.mine(self.whole.kept(("homes", kinds, figure), _homed, kinds, figure), "unit")

    def kept(
        self, name: Hashable, make: Callable[..., pl.DataFrame], *given: object
    ) -> pl.DataFrame:
        """A frame several rules ask for, made once: ``make(material, *given)``."""
        if name not in self._kept:
            self._kept[name] = make(self, *given)
        return self._kept[name]

    @property
    def home(self) -> pl.DataFrame:
        """unit, home of the whole: the org a section lies in, else itself."""
        return self.whole.units.select("unit", "home")

    def total(self, kinds: tuple[str, ...], figure: str = "approved") -> pl.DataFrame:
        """unit, base: the sum of some kinds and all under them; with no kinds, all that count."""
        wanted = pl.col("kind").is_in(sorted(self.below("quota_kind", kinds)))
        lines = self.posts.filter(wanted if kinds else pl.col("counts"))
        return lines.group_by("unit").agg(pl.col(figure).sum().alias("base"))

    # -- people ------------------------------------------------------------------------------

    @cached_property
    def people(self) -> pl.DataFrame:
        """A row a person with a post or a leadership post: person, the facts, unit (of the post),
        kind, funding, figure, amount, leads, leads_as, leads_figure, ``at`` (unit of the post,
        else of the leadership post); null unit where there is no post."""
        if self.only is not None:
            mine = self.only.implode()
            both = pl.any_horizontal(pl.col(each).is_in(mine) for each in ("unit", "leads"))
            return self.whole.people.filter(both)
        people = self.state.people.rename({"key": "person", "holder": "unit"})
        people = people.with_columns(at=pl.coalesce("unit", "leads"))
        return people.filter(pl.col("at").is_not_null())

    @cached_property
    def course(self) -> Course:
        """How posts and their use went up to the day."""
        return self.whole.course if self.whole is not self else Course(self.state)


def _homed(material: Material, kinds: tuple[str, ...], figure: str) -> pl.DataFrame:
    lines = material.total(kinds, figure)
    lines = lines.join(material.units.select("unit", "home"), on="unit")
    return lines.group_by(unit="home").agg(pl.col("base").sum())


def _homes(units: pl.DataFrame) -> pl.DataFrame:
    """unit, home: the org above a section, through sections."""
    own = pl.when(pl.col("cls") == "section").then("parent").otherwise("unit")
    at = units.select("unit", home=own)
    next_ = units.filter(pl.col("cls") == "section").select(home="unit", above="parent")
    for _ in range(DEPTH):
        at = at.join(next_, on="home", how="left", maintain_order="left")
        if at["above"].null_count() == at.height:
            break
        at = at.select("unit", home=pl.coalesce("above", "home"))
    return at.select("unit", "home")


def _kind(tree: CodeTree, ranks: CodeTree, kind: str) -> tuple[object, ...]:
    code = tree.find(kind)
    base, _, rank = kind.partition("@")
    top, above = base, tree.find(base)
    while above is not None and above.parent:
        top, above = above.parent, tree.find(above.parent)
    leads = tree.attribute(kind, "family") == "leadership"
    return (
        kind, code.name if code else kind, top, leads,
        tree.attribute(kind, "counts") is not False and not leads,
        tree.attribute(kind, "closed") is True, tree.attribute(kind, "turnover") is True,
        tree.attribute(kind, "used_by"), ranks.attribute(rank, "level") if rank else None,
    )  # fmt: skip
