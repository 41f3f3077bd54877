"""Random histories of a small office: act lines, sensible and senseless, over few names and days.

Few of everything on purpose: things must meet to go wrong.
"""

from __future__ import annotations

from hypothesis import strategies as st

from bianzhi.core.changes import Draft
from tests.support.ledger import act, draft

DAYS = [f"2023-{month:02d}-01" for month in range(1, 9)]
ORGS, POOLS = list("ABCDE"), ["P"]
LIKELY = list("AAABBBCCDE")  # D and E are yet to be set up
KINDS = ["XZ", "SY"]
PERSONS, MATTERS, TICKETS, DUTIES = (
    [f"{letter}{number}" for number in range(1, 4)] for letter in ("R", "M", "T", "D")
)

# Where random histories begin: three offices below each other, a pool, posts to move.
START = """
    2022-01-01 opening
      设立 org=A name=甲局
      设立 org=B name=乙局 parent=A
      设立 org=C class=section name=丙科 parent=B
      设立 org=P class=pool name=编制池
      下达 to=P kind=XZ n=6
      下达 to=A kind=XZ n=5
      下达 to=B kind=XZ n=3
      下达 to=A kind=SY n=2
      下达 to=A kind=LD1@6 n=1
      上编 person=R1 org=A kind=XZ
      上编 person=R2 org=B kind=XZ
      赋职 duty=D1 org=B text=档案
      锁编 matter=M1 org=A kind=XZ n=1
"""


def _line(verb: str, *optional: str, **choices: list[str]) -> st.SearchStrategy[str]:
    """A line of the verb, a field from each list of choices; optional ones now and then."""
    required = {name: st.sampled_from(values) for name, values in choices.items()}
    sometimes = {name: required.pop(name) for name in optional}
    sometimes["on"] = st.sampled_from(DAYS)
    return st.fixed_dictionaries(required, optional=sometimes).map(
        lambda fields: " ".join([verb, *(f"{name}={value}" for name, value in fields.items())])
    )


def _legs(giver: str, taker: str, n: str) -> str:
    """One post out of an account and n into another: balanced now and then."""
    return f'调剂 kind=XZ legs=[{{"holder":"{giver}","n":-1}},{{"holder":"{taker}","n":{n}}}]'


_n = ["1", "2", "0.5", "4"]
_holders = [*LIKELY, *POOLS, *POOLS]
POSTS = {
    "下达": _line("下达", to=_holders, kind=KINDS, n=_n),
    "核增": _line("核增", "from", org=LIKELY, kind=KINDS, n=_n, **{"from": _holders}),
    "核减": _line("核减", org=LIKELY, kind=KINDS, n=_n),
    "收回": _line("收回", "to", org=LIKELY, kind=KINDS, n=_n, to=_holders),
    "划转": _line("划转", kind=KINDS, n=_n, to=_holders, **{"from": _holders}),
    "核定": _line("核定", org=LIKELY, kind=KINDS, n=["0", "2", "3"]),
    "置换": _line("置换", "to_n", org=LIKELY, kind=KINDS, n=_n, to_kind=KINDS, to_n=["1"]),
    "入池": _line("入池", org=LIKELY, pool=POOLS, kind=KINDS, n=_n),
    "调剂": st.builds(
        _legs, st.sampled_from(_holders), st.sampled_from(_holders), st.sampled_from(_n)
    ),
    "出池": _line("出池", org=LIKELY, pool=POOLS, kind=KINDS, n=_n),
}
CLAIMS = {
    "锁编": _line("锁编", matter=MATTERS, org=LIKELY, kind=KINDS, n=_n),
    "占编": _line("占编", "matter", ticket=TICKETS, org=LIKELY, kind=KINDS, matter=MATTERS),
    "释放": _line("释放", claimant=[*MATTERS, *TICKETS]),
}
PEOPLE = {
    "上编": _line(
        "上编", "ticket", "counts", "amount", person=PERSONS, org=LIKELY, kind=KINDS,
        ticket=TICKETS, counts=["false"], amount=["0.5"],
    ),
    "下编": _line("下编", person=PERSONS),
    "转隶": _line("转隶", "kind", persons=[*PERSONS, "R1,R2"], to=LIKELY, kind=KINDS),
    "任职": _line("任职", person=PERSONS, org=LIKELY, kind=["LD1@6"]),
    "免职": _line("免职", person=PERSONS),
}  # fmt: skip
UNITS = {
    "设立": _line(
        "设立",
        "parent",
        "class",
        org=["D", "E"],
        name=["丁局"],
        parent=ORGS,
        **{"class": ["section"]},
    ),
    "更名": _line("更名", org=LIKELY, name=["戊局", "己局"]),
    "改隶": _line("改隶", org=LIKELY, parent=["", *ORGS]),
    "冻结": _line("冻结", org=LIKELY),
    "解冻": _line("解冻", org=LIKELY),
    "赋职": _line("赋职", duty=DUTIES, org=LIKELY, text=["档案", "史志"]),
    "移职": _line("移职", duty=DUTIES, to=LIKELY),
    "终职": _line("终职", duty=DUTIES),
}
ENDINGS = {
    "撤销": _line("撤销", "into", org=LIKELY, into=LIKELY),
    "合并": _line(
        "合并", "carry", sources=["A,B", "B,C", "C", "D,E"], into=LIKELY, carry=["false"]
    ),
    "拆分": _line("拆分", "end", org=LIKELY, into=["B,C", "D"], end=["false"]),
}
_changes = [str(number) for number in (1, 2, 2, 3, 3, 4, 5, 6, 8, 10)]
RECORD = {
    "核对": _line("核对", org=LIKELY, kind=["XZ", "SY", "X"], n=["0", "3", "5"]),
    "核对下级": _line("核对 scope=subtree", org=LIKELY, kind=KINDS, n=["0", "3", "8"]),
    "核对全区": _line("核对 scope=area", kind=KINDS, n=["2", "14"]),
    "核对实有": _line("核对 figure=actual", org=LIKELY, kind=KINDS, n=["0", "1"]),
    "停止核对": _line("停止核对", no=_changes, line=["1", "2"]),
    "作废": _line("作废", no=_changes),
    "补依据": _line("补依据", no=_changes),
}
GROUPS = (POSTS, CLAIMS, PEOPLE, UNITS, ENDINGS, RECORD)
LINES = st.one_of([line for group in GROUPS for line in group.values()])

_kinds = st.sampled_from(["regular"] * 8 + ["opening", "unverified"])


def changes(lines: st.SearchStrategy[str] = LINES, most: int = 3) -> st.SearchStrategy[Draft]:
    """A change of a few such acts, dated anywhere."""
    return st.builds(
        lambda chosen, day, kind: draft(map(act, chosen), day=day, kind=kind),
        st.one_of(lines.map(lambda line: [line]), st.lists(lines, min_size=1, max_size=most)),
        st.sampled_from(DAYS),
        _kinds,
    )


HISTORIES = st.lists(changes(), min_size=6, max_size=16)
