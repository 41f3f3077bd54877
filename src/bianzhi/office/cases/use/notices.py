"""入编通知 and 核销回执: what 人社 and 财政 are told of people who came and left.

They post nothing. What they say is read from the record, and an entry is told once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import polars as pl
from django.db import transaction

from bianzhi.core.acts.claims import TICKET
from bianzhi.core.acts.people import POST, Enroll, Leave
from bianzhi.core.changes import REGULAR
from bianzhi.core.columns import Columns
from bianzhi.core.days import day_number, day_text
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.core.folding import known_by
from bianzhi.core.ledger import ACTUAL
from bianzhi.core.state import State
from bianzhi.files.official import Item, Paper, Table
from bianzhi.office.cases import issuing, numbering
from bianzhi.office.cases.matters.use_request import USE_HEAD
from bianzhi.office.cases.models import Issued, Letterhead, Ticket
from bianzhi.office.desk.held import held
from bianzhi.office.desk.words import Words
from bianzhi.office.identity.models import PersonFile

MOST = 200  # people on one paper


@dataclass(frozen=True)
class Kind:
    """A kind of notice.

    Attributes:
        title: Of the paper, as templates and the register name it.
        verb: The verb of the record it tells of.
        heads: Of its table.
        subject: The title of the paper after the names.
        body: What it says after the names.
    """

    title: str
    verb: str
    heads: tuple[str, ...]
    subject: str
    body: str


ENTRY, EXIT = "entry", "exit"
_WHO = ("姓名", "身份证号", "单位", "编制种类", "经费形式")
KINDS = {
    ENTRY: Kind(
        "入编通知", Enroll.verb, (*_WHO, "用编号码", "进入形式", "入编日期"), "入编的通知",
        "已办理上编，名单见附表。请凭此办理工资、社会保险和经费手续。",
    ),
    EXIT: Kind(
        "核销回执", Leave.verb, (*_WHO, "出编原因", "下编日期"), "编制核销的回执",
        "已办理下编，编制核销，名单见附表。请凭此办理工资、社会保险和经费手续。",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """Somebody who came or left, as the record has it.

    Attributes:
        key: What tells it apart from every other entry: verb, change, person.
        person, name, masked_id: Who; the ID number is masked.
        unit, kind, funding: The post, by key and code.
        ticket: 用编号码, "" for none.
        how: 进入形式 or 出编原因.
        day, no: The day and the change.
    """

    key: str
    person: str
    name: str
    masked_id: str
    unit: str
    kind: str
    funding: str
    ticket: str
    how: str
    day: int
    no: int


def moved(columns: Columns, what: str, since: int, until: int) -> list[Moved]:
    """Who came (``entry``) or left (``exit``) between two days, by a change with a document."""
    rows = list(_rows(columns, KINDS[what].verb, since, until).iter_rows(named=True))
    people = [row["person"] for row in rows]
    files = {file.person: file for file in PersonFile.objects.filter(person__in=people)}
    forms = dict(Ticket.objects.values_list("key", "entry_form"))
    words = Words(State(columns, until))
    found = []
    for row in rows:
        file = files.get(row["person"])
        form = (file.entry_form if file else "") or forms.get(row["ticket"] or "", "")
        found.append(Moved(
            f"{KINDS[what].verb}|{row['no']}|{row['person']}", row["person"],
            words.name(row["person"]), file.masked_id if file else "", row["holder"], row["kind"],
            row["funding"], row["ticket"] or "", form if what == ENTRY else row["reason"] or "",
            row["day"], row["no"],
        ))  # fmt: skip
    return found


def told() -> dict[str, Issued]:
    """Entries that were told already, each with its paper."""
    papers = Issued.objects.filter(case=None).select_related("number")
    return {key: paper for paper in papers for key in paper.covers}


@transaction.atomic
def issue(
    what: str, chosen: Sequence[Moved], addressee: str, *, signed_on: date, by: str, now: datetime
) -> Issued:
    """Issue a notice: number and paper, or neither.

    Raises:
        Refusal: Nobody is chosen, too many are, or one was told already.
    """
    if not chosen or len(chosen) > MOST:
        raise Refusal.of("missing", f"选了 {len(chosen)} 人", f"请选 1 到 {MOST} 人", field="moved")
    if not addressee.strip():
        raise Refusal.of("missing", "缺少主送机关", "请填写", field="addressee")
    own = Letterhead.objects.filter(level=USE_HEAD).exists()
    head = numbering.letterhead(USE_HEAD if own else "office")
    title = f"关于{_names(chosen)}{KINDS[what].subject}"
    number = numbering.take(head.word, signed_on.year, title, case=None, by=by, now=now)
    refuse_if(_told_before(chosen))  # under the lock of the number: nobody tells it meanwhile
    paper = _paper(what, chosen, addressee.strip(), head, str(number), title, signed_on)
    pdf, word, template = issuing.files_of(paper)
    return Issued.objects.create(
        number=number, paper=issuing.as_json(paper), template=template, pdf=pdf, word=word,
        pdf_digest=sha256(pdf).hexdigest(), word_digest=sha256(word).hexdigest(),
        covers=[each.key for each in chosen], at=now, by=by,
    )  # fmt: skip


def cells(words: Words, what: str, each: Moved) -> tuple[str, ...]:
    """A line of the table of a notice, as ``Kind.heads`` has it."""
    who = (each.name, each.masked_id, words.name(each.unit), words.kind(each.kind),
           words.funding(each.funding))  # fmt: skip
    ticket = (each.ticket,) if what == ENTRY else ()
    return (*who, *ticket, each.how, day_text(each.day))


def _told_before(chosen: Sequence[Moved]) -> Iterator[Problem]:
    before = told()
    for each in chosen:
        if each.key in before:
            yield Problem("told-before", f"{each.name}已由{before[each.key].number}告知",
                          "请刷新页面，去掉已告知的", field="moved")  # fmt: skip


def _paper(
    what: str, chosen: Sequence[Moved], addressee: str, head: Letterhead, doc_no: str, title: str,
    signed_on: date,
) -> Paper:  # fmt: skip
    kind = KINDS[what]
    words = Words(State(held().columns, max(day_number(signed_on), *(e.day for e in chosen))))
    rows = tuple(cells(words, what, each) for each in chosen)
    table = Table(f"{kind.title}名单", kind.heads, rows)
    return Paper(
        kind.title, head.issuer, doc_no, title, signed_on, addressee,
        (Item(f"{_names(chosen)}{kind.body}"), Item(f"特此{kind.title[-2:]}。")),
        (table.title,), (table,), head.copies, head.printed_by,
    )  # fmt: skip


def _names(chosen: Sequence[Moved]) -> str:
    several = f"等{len(chosen)}名" if len(chosen) > 1 else ""
    return f"{chosen[0].name}{several}同志"


def _rows(columns: Columns, verb: str, since: int, until: int) -> pl.DataFrame:
    claims = columns.frame("claims").filter(known_by(columns, columns.head))
    posts = claims.filter(pl.col("slot") == POST).sort("subject", "day", "no", "line")
    posts = posts.with_columns(
        at=pl.coalesce("account", pl.col("account").shift(1).over("subject"))
    )
    chosen = posts.filter(
        (pl.col("verb") == verb) & (pl.col("figure") == ACTUAL)
        & pl.col("day").is_between(since, until) & pl.col("at").is_not_null()
    )  # fmt: skip
    changes = columns.frame("changes").filter(
        (pl.col("kind") == REGULAR) & pl.col("title").is_not_null()
    )
    chosen = chosen.join(changes.select("no"), on="no", how="semi").sort("day", "no", "line")
    keys, accounts = columns.frame("subjects")["key"], columns.frame("accounts")
    chosen = chosen.select(
        "no", "act", "day", "subject", keys.gather(chosen["subject"] - 1).alias("person"),
        *(accounts[name].gather(chosen["at"] - 1) for name in ("holder", "kind", "funding")),
    )  # fmt: skip
    used = claims.filter((pl.col("slot") == TICKET) & (pl.col("verb") == verb))
    used = used.select("no", "act", ticket=keys.gather(used["subject"] - 1))
    reasons = columns.frame("facts").filter(pl.col("field") == "exit_reason")
    reasons = reasons.select("no", "subject", reason="value")
    joined = chosen.join(used, on=["no", "act"], how="left", maintain_order="left")
    return joined.join(reasons, on=["no", "subject"], how="left", maintain_order="left")
