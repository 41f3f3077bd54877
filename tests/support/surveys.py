"""A small survey: a record of two centres, a round over them, and a form filled in rightly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime

from bianzhi.core.days import day_number
from bianzhi.office.desk.held import held
from bianzhi.office.survey.rounds import keeping
from bianzhi.office.survey.rounds.content import Table
from bianzhi.office.survey.rounds.form import Form, form_of
from bianzhi.office.survey.rounds.models import WEB, Round, Sheet
from bianzhi.office.survey.rounds.opening import open_round

AT = datetime(2022, 1, 10, 2, tzinfo=UTC)
ON = date(2022, 1, 10)
RECORD = """
    2020-01-01 opening
      设立 org=A name=测县城管局 category=121
      设立 org=B name=测县市容中心 category=49 supervisor=A
      设立 org=C name=测县环卫中心 category=49 supervisor=A
      设立 org=N name=测县农业局 category=121
      设立 org=E name=测县农技中心 category=49 supervisor=N
      设立 org=B1 class=section name=综合股 parent=B
      设立 org=B2 class=section name=督查股 parent=B
      下达 to=B kind=SY n=4
      下达 to=B1 kind=SY n=2
      下达 to=B kind=LD1@8 n=1
      下达 to=C kind=SY n=20
      上编 person=p1 org=B kind=SY name=李工
      赋职 duty=d1 org=B text=承担渣土运输管理
      赋职 duty=d2 org=B2 text=负责市容督查
      赋职 duty=d3 org=C text=负责道路清扫保洁
"""
PROBLEM = "人员老化，业务骨干外流"


def opened(*units: str, due: date = date(2022, 2, 1), title: str = "二〇二二年调研") -> Round:
    """A round over some units (B and C where none is named), opened on 2022-01-10."""
    state = held().state(day_number(ON), held().columns.head).state
    return open_round(title, "usual", units or ("B", "C"), state, due, chosen="手工选择",
                      by="周敏", now=AT)  # fmt: skip


def sheet(round: Round, unit: str) -> Sheet:
    """The sheet of a unit."""
    return round.sheets.get(unit=unit)


def right(form: Form) -> dict[str, str]:
    """An answer to every cell that must be answered, by ``part/row/column``."""
    usual = {"duties": {"done": "full"}, "sections": {"kept": "kept"}, "figures": {"same": "yes"},
             "outside": {"people": "0"}}  # fmt: skip
    found = {
        f"{part.part.key}/{line.id}/{column}": value
        for part in form.parts
        for line in part.lines if line.required
        for column, value in usual.get(part.part.kind.code, {}).items()
    }  # fmt: skip
    year = f"y{form.years[-1]}"
    return found | {
        "workload/+1/item": "渣土车检查", "workload/+1/measure": "次", f"workload/+1/{year}": "420",
        "served/+1/measure": "常住人口", f"served/+1/{year}": "81000",
        "problems/first/text": PROBLEM,
        "others/site/answer": "一致", "others/filler/answer": "吴桐 3321100",
    }  # fmt: skip


def filled(form: Form, given: Mapping[str, str]) -> list[Table]:
    """A form filled in with cells by ``part/row/column``."""
    told: Callable[[str, str, str], str] = lambda *cell: given.get("/".join(cell), "")  # noqa: E731
    return form.filled(told)


def answer(sheet: Sheet, more: Iterable[tuple[str, str]] = (), *, now: datetime = AT) -> Sheet:
    """Hand in a sheet, right but for some cells that say something else."""
    form = form_of(sheet)
    faults = keeping.submit(sheet, form, filled(form, right(form) | dict(more)), WEB, "吴桐", now)
    assert faults == [], faults
    sheet.refresh_from_db()
    return sheet
