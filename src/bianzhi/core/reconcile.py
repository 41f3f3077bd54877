"""Published totals against the record: assertions evaluated over whole columns, and the
reconciliation of a period (opening + changes against a published closing)."""

from __future__ import annotations

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.folding import known_by, latest
from bianzhi.core.ledger import COUNTERS, GRANTED
from bianzhi.core.state import State, exact

STOP, GROUNDS = "停止核对", "补依据"


def assertions(columns: Columns, known: int | None = None) -> pl.DataFrame:
    """Every assertion still compared, and how it stands.

    Returns:
        One row an assertion: no, line, scope, holder, kind, funding, figure, day, expected, found,
        difference (found − expected), tolerance, agrees, and its document.
    """
    known = columns.head if known is None else known
    live = _live(columns, known)
    if live.is_empty():
        return _shown(columns, live.with_columns(found=pl.lit(0, pl.Int64)))
    parts = [
        _approved(columns, known, live.filter(pl.col("figure") == "approved")),
        _actual(columns, known, live.filter(pl.col("figure") == "actual")),
    ]
    return _shown(columns, pl.concat([part for part in parts if part.height]))


def _live(columns: Columns, known: int) -> pl.DataFrame:
    counts = (pl.col("no") <= known) & known_by(columns, known)
    stopped = columns.frame("amendments").filter(counts & (pl.col("verb") == STOP))
    stopped = stopped.select(no="target", line="target_line")
    live = columns.frame("assertions").filter(counts).join(stopped, on=["no", "line"], how="anti")
    return live.with_row_index("assertion")


def _accounts_of(columns: Columns, known: int, live: pl.DataFrame) -> pl.DataFrame:
    """assertion, account, sign: which accounts an assertion adds up."""
    state = State(columns, 0, known)
    accounts = columns.frame("accounts").with_row_index("account", offset=1)
    kinds = pl.DataFrame(
        [(wide, narrow) for wide in live["kind"].unique() for narrow in state.kinds_under(wide)],
        schema={"kind": pl.String, "narrow": pl.String},
        orient="row",
    )
    subjects = columns.frame("subjects")["key"]
    pairs = [(row[0], row[1]) for row in _holders(columns, known, live)]
    holders = pl.DataFrame(
        pairs, schema={"assertion": pl.UInt32, "holder_id": pl.Int64}, orient="row"
    )
    found = live.select("assertion", "scope", "kind", "funding").join(holders, on="assertion")
    found = found.join(kinds, on="kind")
    found = found.join(
        accounts, left_on=["holder_id", "narrow"], right_on=["holder_id", "kind"], how="inner"
    )
    found = found.filter(
        pl.col("funding").is_null() | (pl.col("funding") == pl.col("funding_right"))
    )
    granted = (subjects.gather(found["holder_id"] - 1) == GRANTED).alias("granted")
    return found.with_columns(granted).select(
        "assertion",
        pl.col("account").cast(pl.Int64),
        sign=pl.when((pl.col("scope") == "area") | pl.col("granted")).then(-1).otherwise(1),
    )


def _holders(columns: Columns, known: int, live: pl.DataFrame) -> list[tuple[int, int]]:
    keys = columns.frame("subjects")["key"]
    found: list[tuple[int, int]] = []
    for number, scope, holder, day in live.select(
        "assertion", "scope", "holder", "day"
    ).iter_rows():
        if scope == "unit":
            found.append((number, holder))
        elif scope == "area":
            # minus the counter-accounts is the sum over everybody else
            found += [(number, each) for each in range(1, len(COUNTERS) + 1)]
        else:
            inside = State(columns, day, known, scope=keys[holder - 1]).inside
            where = keys.is_in(inside.implode()) if inside is not None else keys.is_not_null()
            found += [(number, position + 1) for position in where.arg_true()]
    return found


def _approved(columns: Columns, known: int, live: pl.DataFrame) -> pl.DataFrame:
    if live.is_empty():
        return live.with_columns(found=pl.lit(0, pl.Int64))
    which = _accounts_of(columns, known, live)
    last = live.select("assertion", "at_change", last_day="day", own="no")
    # `by own change` counts what stood on the day when the assertion was made
    in_time = (pl.col("day") < pl.col("last_day")) | (
        (pl.col("day") == pl.col("last_day"))
        & (~pl.col("at_change") | (pl.col("no") <= pl.col("own")))
    )
    postings = (
        columns.frame("postings")
        .lazy()
        .filter((pl.col("no") <= known) & known_by(columns, known))
        .select("account", "day", "no", "delta")
        .join(which.lazy(), on="account")
        .join(last.lazy(), on="assertion")
        .filter(in_time)
        .group_by("assertion")
        .agg(found=(pl.col("delta") * pl.col("sign")).sum())
        .collect()
    )
    return live.join(postings, on="assertion", how="left").with_columns(
        pl.col("found").fill_null(0).cast(pl.Int64)
    )


def _actual(columns: Columns, known: int, live: pl.DataFrame) -> pl.DataFrame:
    if live.is_empty():
        return live.with_columns(found=pl.lit(0, pl.Int64))
    which = _accounts_of(columns, known, live)
    parts = []
    for day in live["day"].unique().sort():
        today = live.filter(pl.col("day") == day)
        claims = latest(columns, "claims", day, known).filter(pl.col("figure") == "actual")
        sums = claims.join(which, on="account").group_by("assertion").agg(
            found=pl.col("amount").sum()
        )  # fmt: skip
        parts.append(today.join(sums, on="assertion", how="left"))
    return pl.concat(parts).with_columns(pl.col("found").fill_null(0).cast(pl.Int64))


def _shown(columns: Columns, live: pl.DataFrame) -> pl.DataFrame:
    keys = columns.frame("subjects")["key"]
    changes = columns.frame("changes").select("no", "doc_no", "title", "issuer")
    live = live.with_columns(
        holder=keys.gather(live["holder"] - 1) if live.height else pl.lit(None, pl.String),
        day=pl.col("day").cast(pl.Date),
        difference=pl.col("found") - pl.col("expected"),
    )
    live = live.with_columns(agrees=pl.col("difference").abs() <= pl.col("tolerance"))
    return live.join(changes, on="no", how="left").select(
        "no", "line", "scope", "holder", "kind", "funding", "figure", "day", exact("expected"),
        exact("found"), exact("difference"), exact("tolerance"), "agrees", "source", "doc_no",
        "title", "issuer",
    ).sort("no", "line")  # fmt: skip


def reconcile(
    columns: Columns, opening: int, closing: int, kind: str, document: str, known: int | None = None
) -> pl.DataFrame:
    """Opening + changes against a published closing, holder by holder.

    Args:
        columns: The record.
        opening: Day of the opening: postings up to and on this day are the opening.
        closing: Day of the closing; the assertions of that day are what was published.
        kind: Kind of post.
        document: 文号 or title of the published closing; "" for any.
        known: Change number.

    Returns:
        One row a holder: holder, opening; lines and changes, the number and sum of the period's
        postings that have grounds; adjustments, the sum of those that have none (待核实), which
        are no published change and so stay outside; computed = opening + changes; published;
        difference = computed − published; allowance; agrees; exactly. Totals published for one
        funding form alone are not in it: ``assertions`` compares those.
    """
    known = columns.head if known is None else known
    published = assertions(columns, known).filter(
        (pl.col("day") == pl.lit(closing).cast(pl.Date))
        & (pl.col("kind") == kind)
        & (pl.col("scope") == "unit")
        & pl.col("funding").is_null()
        & (pl.lit(document == "") | (pl.col("doc_no") == document) | (pl.col("title") == document))
    )
    sums = _moved(columns, opening, closing, kind, known)
    moved = ("opening", "changes", "adjustments")
    found = published.join(sums, on="holder", how="left").with_columns(
        pl.col("lines").fill_null(0), *(exact(name).fill_null(0) for name in moved)
    )
    found = found.with_columns(computed=pl.col("opening") + pl.col("changes"))
    found = found.with_columns(difference=pl.col("computed") - pl.col("expected"))
    return found.select(
        "holder", "opening", "lines", "changes", "adjustments", "computed", published="expected",
        difference="difference", allowance="tolerance",
        agrees=pl.col("difference").abs() <= pl.col("tolerance"),
        exactly=pl.col("difference") == 0, doc_no="doc_no", title="title",
    ).sort("holder")  # fmt: skip


def _moved(columns: Columns, opening: int, closing: int, kind: str, known: int) -> pl.DataFrame:
    """By holder: opening, and the period's lines, changes and adjustments, in ten-thousandths."""
    kinds = State(columns, 0, known).kinds_under(kind)
    accounts = columns.frame("accounts").with_row_index("account", offset=1)
    accounts = accounts.filter(pl.col("kind").is_in(kinds)).select("account", "holder")
    counts = (pl.col("no") <= known) & known_by(columns, known)
    postings = columns.frame("postings").filter(counts & (pl.col("day") <= closing))
    given = columns.frame("amendments").filter(counts & (pl.col("verb") == GROUNDS))["target"]
    papers = columns.frame("changes").filter(pl.col("title").is_not_null())["no"]
    before = pl.col("day") <= opening
    changed = ~before & pl.col("no").is_in([*papers, *given])
    joined = postings.join(accounts.cast({"account": pl.Int64}), on="account")
    return joined.group_by("holder").agg(
        opening=pl.col("delta").filter(before).sum(),
        lines=changed.sum().cast(pl.Int64),
        changes=pl.col("delta").filter(changed).sum(),
        adjustments=pl.col("delta").filter(~before & ~changed).sum(),
    )
