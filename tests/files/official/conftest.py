"""A reply (批复) with every element a paper can have."""

from __future__ import annotations

from datetime import date

import pytest

from bianzhi.files.official import Item, Paper, Table


@pytest.fixture
def reply() -> Paper:
    return Paper(
        kind="批复",
        issuer="中共澜溪区委机构编制委员会",
        doc_no="澜编发〔2026〕5号",
        title="关于整合组建\n澜溪区农业综合服务中心的批复",
        signed_on=date(2026, 3, 5),
        addressee="区农业农村局",
        body=(
            Item("你局《关于整合组建区农业综合服务中心的请示》收悉。经区委编委会议研究，同意将区农业"
                 "技术推广站、区种子站整合，组建区农业综合服务中心。现就有关事项批复如下，请认真执行。"),
            Item("机构设置。", 1, "为区农业农村局所属公益一类事业单位。"),
            Item("编制和职数", 1),
            Item("核定事业编制", 2, "18名。"),
            Item("其中划转12名。", 3),
            Item("领导职数", 2, "1正2副。"),
            Table("", ("单位", "编制"), (("区农业技术推广站", "12"), ("区种子站", "6")), (1,)),
            Item("特此批复。"),
        ),
        attachments=("机构编制表",),
        tables=(Table("机构编制表", ("单位", "编制"), (("区农业综合服务中心", "18"),), (1,)),),
        copies="区委组织部，区财政局",
        printed_by="区委编办",
        urgency="加急",
    )  # fmt: skip
