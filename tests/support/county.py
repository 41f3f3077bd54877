"""A small county with something out of order in it, for the ledgers' pages."""

from __future__ import annotations

COUNTY = """
    2020-01-01 opening
      设立 org=A name=测县教育局 rank=6 category=121 funding_form=full order_no=一
      设立 org=B name=测县卫生局 rank=6 category=121 order_no=二
      设立 org=A1 class=section name=办公室 parent=A
      设立 org=P class=pool name=编制池
      设立 org=S1 name=测县第一中学 parent=A supervisor=A rank=6F category=49 welfare_class=1
      设立 org=S2 name=测县实验小学 parent=A supervisor=A rank=7 category=49 welfare_class=1
      设立 org=H name=测县人民医院 parent=B supervisor=B rank=6F category=49 welfare_class=2
      下达 to=A kind=XZ n=10
      下达 to=B kind=XZ n=8
      下达 to=S1 kind=SY n=2 funding=full
      下达 to=S2 kind=SY n=3 funding=full
      下达 to=H kind=SY n=4 funding=partial
      下达 to=P kind=SY n=5
      下达 to=A kind=LD1@6 n=1
      上编 person=R1 name=王一 org=S1 kind=SY funding=full
      上编 person=R2 name=李二 org=S1 kind=SY funding=full
      上编 person=R3 name=赵三 org=S1 kind=SY funding=full
      上编 person=R4 name=钱四 org=H kind=SY funding=partial
      任职 person=R4 org=A kind=LD1@6 title=局长
    2020-03-01 测编发〔2020〕3号
      更名 org=B name=测县卫生健康局
      锁编 matter=m1 org=H kind=SY funding=partial n=2
    2020-04-01 测编发〔2020〕4号
      占编 ticket=t1 org=H kind=SY funding=partial matter=m1
    2020-05-01 unverified 补录一笔
      划转 from=P to=S2 kind=SY n=1
    2020-06-01 测编发〔2020〕6号
      核对 org=A kind=XZ n=12
    2021-01-01 测编发〔2021〕1号
      划转 from=A to=B kind=XZ n=1 source=第一条
"""
