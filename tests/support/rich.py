"""A record with something in every table: what a tamperer may lay hands on."""

from __future__ import annotations

from typing import Any

from bianzhi.core.changes import Draft
from bianzhi.record.engine import Engine
from bianzhi.record.tables import COLUMNS
from tests.support.ledger import ledger

HISTORY = """
    2019-12-31 opening
      设立 org=A name=甲局 nameplates=["甲办","甲中心"] rank=5 enforcement=true
      设立 org=B name=乙局 supervisor=A
      设立 org=D name=丁局
      设立 org=P class=pool name=编制池
      设立 org=A1 class=section name=办公室 parent=A
      下达 to=A kind=XZ n=10
      下达 to=B kind=SY n=7.5 funding=full
      上编 person=p1 org=A kind=XZ name=张三
      上编 person=p2 org=A kind=XZ name=李四
    2020-02-01 甲编发〔2020〕2号 职责
      赋职 duty=d1 org=A text=管甲事
      赋职 duty=d2 org=A text=管乙事
      核增 org=A kind=LD1 n=1 from=上级
      任职 person=p1 org=A kind=LD1 title=局长
    2020-03-01 甲编发〔2020〕3号
      入池 org=A pool=P kind=XZ n=2 source=附件!B3
      移职 duty=d2 to=B
      锁编 matter=m1 org=A kind=XZ n=2
    2020-04-01 甲编发〔2020〕4号
      占编 ticket=t1 org=A kind=XZ matter=m1
      更名 org=B name=乙委
      核定 org=B kind=SY funding=full n=8
    2020-05-01 甲编发〔2020〕5号
      核对 org=A kind=X n=8 tolerance=0.5
      核对 scope=area kind=XZ n=10
      核对 org=A kind=XZ n=2 figure=actual
    2020-06-01 unverified 补录
      核减 org=A kind=XZ n=1 on=2020-06-02
      下编 person=p2 reason=退休
    2020-07-01 甲编发〔2020〕7号
      补依据 no=6
      停止核对 no=5 line=1
    2020-08-01 甲编发〔2020〕8号
      设立 org=C name=丙局
      合并 sources=B,D into=C
      设码 tree=quota_kind code=SQ name=社区编制 parent=S
    2020-09-01 甲编发〔2020〕9号
      变更 subject=C field=note value=误
      划转 from=C to=A kind=SY funding=full n=0.5
    2020-10-01 甲编发〔2020〕10号
      作废 no=9
      加挂 org=C nameplate=丙办
"""


def rich_history() -> list[Draft]:
    """Ten changes; each table of the record gets rows."""
    return ledger(HISTORY)


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the record."""
    tables = {**COLUMNS, "record_head": ("id", "no", "digest")}
    return {
        table: engine.rows(f"SELECT {_names(columns)} FROM {table} ORDER BY 1, 2")
        for table, columns in tables.items()
    }


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
