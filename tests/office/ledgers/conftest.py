"""A small district for the pages of a unit: two schools become one, a station is split, a mistake
is put right, a third school is planned."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.records import SQLITE, Record, fresh

DISTRICT = """
    2010-01-01 opening
      设立 org=A name=教育局 rank=6 funding_form=full
      设立 org=B name=卫生局
      设立 org=A1 class=section name=办公室 parent=A
      设立 org=P class=pool name=编制池
      设立 org=S1 name=一小 parent=A supervisor=A rank=7
      设立 org=S2 name=二小 parent=A supervisor=A
      设立 org=H name=医院 parent=B
      下达 to=A kind=XZ n=8
      下达 to=A1 kind=LN1@7 n=1
      下达 to=A kind=LD1@6 n=1
      下达 to=S1 kind=SY n=20 funding=full
      下达 to=S2 kind=SY n=12 funding=full
      下达 to=H kind=SY n=30
      上编 person=R1 name=王一 org=S1 kind=SY funding=full
      上编 person=R2 name=李二 org=S2 kind=SY funding=full
      上编 person=R3 name=赵三 org=A kind=XZ
      任职 person=R3 org=A kind=LD1@6 title=局长
      上编 person=R4 name=钱四 org=H kind=SY
      锁编 matter=M1 name=招聘 org=S1 kind=SY funding=full n=2
      赋职 duty=D1 org=S1 text=小学教育
    2015-06-20 测编发〔2015〕4号
      核减 org=S1 kind=SY funding=full n=1 on=2015-07-01
    2018-09-01 测编发〔2018〕9号
      入池 org=S2 pool=P kind=SY funding=full n=3
      合并 sources=S2 into=S1
      更名 org=S1 name=中心小学
    2019-03-01 测编发〔2019〕1号
      核增 org=S1 kind=SY funding=full n=3 from=P
    2019-04-01 测编办〔2019〕2号
      作废 no=4
    2019-04-02 测编发〔2019〕3号
      出池 pool=P org=S1 kind=SY funding=full n=2 on=2019-03-01
    2030-01-01 测编发〔2029〕8号
      设立 org=S3 name=三小 parent=A
      划转 from=S1 to=S3 kind=SY funding=full n=6
"""


@pytest.fixture
def record(db) -> Iterator[Record]:
    """An empty record."""
    with fresh(SQLITE) as empty:
        yield empty


@pytest.fixture
def district(record: Record) -> Record:
    """The record with the small district in it."""
    record.write(DISTRICT)
    return record
