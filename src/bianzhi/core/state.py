"""A state: the establishment on a day, as known at a change. Everything reads states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.days import day_text
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import ENDED, FIELDS, HOLDERS
from bianzhi.core.folding import balances, known_by, latest
from bianzhi.core.kinds import TREES, CodeTree, national, stored_code
from bianzhi.core.ledger import ACTUAL, COUNTERS, PENDING, RESERVED, UNCOUNTED
from bianzhi.core.quantity import DECIMALS

EXACT = pl.Decimal(38, DECIMALS)
FIGURES = ("approved", ACTUAL, PENDING, RESERVED, UNCOUNTED, "vacant", "gross_vacant")


def exact(column: str) -> pl.Expr:
    """Ten-thousandths as the decimal they are, without copying a digit."""
    return pl.col(column).cast(pl.Int128).reinterpret(dtype=EXACT)


class State:
    """The establishment on day ``on`` as known at change ``known``.

    Every frame is made when first asked for. Quantities are exact decimals. 口径: ``approved`` is
    核定, ``actual`` 实有, ``pending`` 待上编, ``reserved`` 预留;
    ``vacant`` = 核定 − 实有 − 待上编 − 预留; ``gross_vacant`` = 核定 − 实有; ``uncounted`` is
    不占编.

    Args:
        columns: The record's columns, or a scenario's.
        on: Day number.
        known: Change number; the head of the columns if not given.
        scope: A unit: only it and all below it by 上级机构 on that day.
    """

    def __init__(
        self, columns: Columns, on: int, known: int | None = None, scope: str | None = None
    ) -> None:
        self.columns = columns
        self.on = on
        self.known = columns.head if known is None else known
        if not 0 <= self.known <= columns.head:
            raise Refusal.of(
                "unknown-change",
                f"没有第 {self.known} 号变更，最后一号是 {columns.head}",
                "请核对 known",
            )
        if scope is not None and self._keys.index_of(scope) is None:
            raise Refusal.of(
                "unknown-unit", f"没有代码为“{scope}”的机构", "请核对代码", field="under"
            )
        self.scope = scope

    # -- things ------------------------------------------------------------------------------

    @cached_property
    def _keys(self) -> pl.Series:
        return self.columns.frame("subjects")["key"]

    @cached_property
    def _classes(self) -> pl.DataFrame:
        subjects = self.columns.frame("subjects")
        return subjects.select("key", "cls", pl.int_range(1, pl.len() + 1).alias("subject"))

    def things(self, *classes: str) -> pl.DataFrame:
        """One row a thing of these classes that has facts on the day; a column a field."""
        names = sorted({name for cls in classes for name in FIELDS[cls]})
        found = self._classes.filter(pl.col("cls").is_in(list(classes)))
        facts = self._facts.filter(pl.col("field").is_in(names)) if names else self._facts
        by_field = facts.partition_by("field", as_dict=True, include_key=False)
        for name in names:
            values = by_field.get((name,))
            column = pl.lit(None, pl.String).alias(name)
            if values is None:
                found = found.with_columns(column)
            else:
                found = found.join(values.rename({"shown": name}), on="subject", how="left")
        return found.filter(pl.any_horizontal([pl.col(name).is_not_null() for name in names]))

    @cached_property
    def _facts(self) -> pl.DataFrame:
        """subject, field, shown: every fact in force, references shown by key."""
        facts = latest(self.columns, "facts", self.on, self.known)
        refs = self._keys.gather(facts["ref"] - 1)
        shown = pl.coalesce(refs.alias("ref"), "value").alias("shown")
        return facts.select("subject", "field", shown).filter(pl.col("shown").is_not_null())

    @cached_property
    def orgs(self) -> pl.DataFrame:
        """Orgs, sections and pools in being: key, cls, and a column for each field."""
        found = self.things(*HOLDERS).filter(
            pl.col("status").is_not_null() & ~pl.col("status").is_in(list(ENDED))
        )
        inside = self.inside
        return found if inside is None else found.filter(pl.col("key").is_in(inside.implode()))

    @cached_property
    def inside(self) -> pl.Series | None:
        """The keys in scope; None for everything."""
        if self.scope is None:
            return None
        parents = self._facts.filter(pl.col("field") == "parent")
        child_of = parents.with_columns(key=self._keys.gather(parents["subject"] - 1))
        reached, frontier = {self.scope}, {self.scope}
        while frontier:
            below = child_of.filter(pl.col("shown").is_in(list(frontier)))["key"].to_list()
            frontier = set(below) - reached
            reached |= frontier
        return pl.Series("key", sorted(reached))

    # -- posts -------------------------------------------------------------------------------

    @cached_property
    def accounts(self) -> pl.DataFrame:
        """holder, kind, funding, the five figures: every account used by then, counters too."""
        columns = self.columns
        frame = columns.frame("accounts").select("holder", "kind", "funding")
        frame = frame.with_columns(balances(columns, self.on, self.known))
        frame = self._with_uses(frame).head(columns.accounts_by(self.known))
        used = pl.col(ACTUAL) + pl.col(PENDING) + pl.col(RESERVED)
        frame = frame.with_columns(
            vacant=pl.col("approved") - used, gross_vacant=pl.col("approved") - pl.col(ACTUAL)
        )
        if self.inside is not None:
            frame = frame.filter(pl.col("holder").is_in(self.inside.implode()))
        return frame.with_columns(exact(name) for name in FIGURES)

    def _with_uses(self, frame: pl.DataFrame) -> pl.DataFrame:
        figures = (ACTUAL, PENDING, RESERVED, UNCOUNTED)
        uses = self._claims.group_by("account", "figure").agg(pl.col("amount").sum())
        for figure in figures:
            part = uses.filter(pl.col("figure") == figure)
            zeros = pl.zeros(frame.height, dtype=pl.Int64, eager=True)
            if part.height:
                zeros = zeros.scatter(part["account"] - 1, part["amount"])
            frame = frame.with_columns(zeros.alias(figure))
        return frame

    @cached_property
    def _claims(self) -> pl.DataFrame:
        claims = latest(self.columns, "claims", self.on, self.known)
        return claims.filter(pl.col("account").is_not_null())

    def figures(self, *by: str) -> pl.DataFrame:
        """The five figures summed over holders' accounts by some of holder, kind, funding.

        Counter-accounts are left out; accounts with nothing in any figure too.
        """
        nonzero = pl.any_horizontal([pl.col(name) != 0 for name in FIGURES])
        holders = self.accounts.filter(~pl.col("holder").is_in(list(COUNTERS)) & nonzero)
        return holders.group_by(by).agg(pl.col(name).sum() for name in FIGURES).sort(by)

    @cached_property
    def totals(self) -> pl.DataFrame:
        """A row a kind: granted (下达总量), held by units and pools, abolished (核销)."""
        accounts = self.accounts
        return (
            accounts.group_by("kind")
            .agg(
                (-pl.col("approved").filter(pl.col("holder") == "上级").sum()).alias("granted"),
                pl.col("approved").filter(~pl.col("holder").is_in(list(COUNTERS))).sum().alias("held"),
                pl.col("approved").filter(pl.col("holder") == "核销").sum().alias("abolished"),
                pl.col("approved").filter(pl.col("holder") == "置换").sum().alias("converted"),
            )
            .sort("kind")
        )  # fmt: skip

    @cached_property
    def leadership(self) -> pl.DataFrame:
        """The accounts of leadership posts (领导职数)."""
        kinds = self.accounts["kind"].unique().to_list()
        tree = self.tree("quota_kind")
        wanted = [kind for kind in kinds if tree.attribute(kind, "family") == "leadership"]
        return self.accounts.filter(pl.col("kind").is_in(wanted))

    # -- people, duties, succession ----------------------------------------------------------

    @cached_property
    def people(self) -> pl.DataFrame:
        """A row a person: key and facts, the post filled (holder, kind, funding, figure, amount),
        and the leadership post (leads, leads_as, leads_figure)."""
        accounts = self.columns.frame("accounts")
        held = self._claims.with_columns(
            accounts[column].gather(self._claims["account"] - 1).alias(column)
            for column in ("holder", "kind", "funding")
        )
        posts = held.filter(pl.col("slot") == "post").select(
            "subject", "holder", "kind", "funding", "figure", exact("amount")
        )
        leads = held.filter(pl.col("slot") == "leadership").select(
            "subject", leads="holder", leads_as="kind", leads_figure="figure"
        )
        people = self.things("person").join(posts, on="subject", how="left")
        people = people.join(leads, on="subject", how="left")
        if self.inside is not None:
            return people.filter(pl.col("holder").is_in(self.inside.implode()))
        return people

    @cached_property
    def duties(self) -> pl.DataFrame:
        """A row a duty somebody holds: key, text, holder."""
        duties = self.things("duty").filter(pl.col("holder").is_not_null())
        inside = self.inside
        return duties if inside is None else duties.filter(pl.col("holder").is_in(inside.implode()))

    @cached_property
    def succession(self) -> pl.DataFrame:
        """before, after, verb, day, no: who went into whom up to the day."""
        counts = (pl.col("day") <= self.on) & known_by(self.columns, self.known)
        links = self.columns.frame("links").filter(counts)
        return links.select(
            self._keys.gather(links["before"] - 1).alias("before"),
            self._keys.gather(links["after"] - 1).alias("after"),
            "verb", pl.col("day").cast(pl.Date), "no",
        )  # fmt: skip

    # -- codes -------------------------------------------------------------------------------

    @cached_property
    def trees(self) -> Mapping[str, CodeTree]:
        """The code trees with the local codes known."""
        local: dict[str, list[object]] = {name: [] for name in TREES}
        facts = self.columns.frame("facts").filter(known_by(self.columns, self.known))
        codes = self._classes.filter(pl.col("cls") == "code").select("subject", "key")
        rows = facts.join(codes, on="subject").select("key", "field", "value").iter_rows()
        found: dict[str, dict[str, str]] = {}
        for key, field, value in rows:
            found.setdefault(key, {})[field] = value or ""
        for key, values in found.items():
            tree, _, code = key.partition(":")
            local[tree].append(
                stored_code(code, values["name"], values["parent_code"], values["attributes"])
            )
        return {name: national(name).with_local(local[name]) for name in TREES}  # type: ignore[arg-type]

    def tree(self, name: str) -> CodeTree:
        """A code tree."""
        return self.trees[name]

    def kinds_under(self, kind: str) -> list[str]:
        """The kinds in use that are ``kind`` or lie under it."""
        tree = self.tree("quota_kind")
        used: Iterable[str] = self.columns.frame("accounts")["kind"].unique().sort()
        return [each for each in used if tree.covers(kind, each)]

    @property
    def basis(self) -> str:
        """口径 in words: the day, the change known, the scope."""
        scope = f"，范围 {self.scope}" if self.scope else ""
        return f"{day_text(self.on)}，截至第 {self.known} 号变更{scope}"
