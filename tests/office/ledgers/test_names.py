"""How names are spelled: places and words whose characters read in several ways."""

from __future__ import annotations

import polars as pl
import pytest

from bianzhi.office.ledgers.register.names import spelled


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("教育局", "jiaoyuju", "jyj"),
        ("重庆市长安区", "chongqingshichanganqu", "cqscaq"),
        ("行政审批局", "xingzhengshenpiju", "xzspj"),
        ("乐清市音乐家协会", "yueqingshiyinyuejiaxiehui", "yqsyyjxh"),
        ("统计调查中心", "tongjidiaochazhongxin", "tjdczx"),
        ("人民调解中心", "renmintiaojiezhongxin", "rmtjzx"),
        ("会计核算中心", "kuaijihesuanzhongxin", "kjhszx"),
        ("重点项目办", "zhongdianxiangmuban", "zdxmb"),
        ("率先 A1", "shuaixian a1", "sx a1"),
        ("绿化", "lvhua", "lh"),
    ],
)
def test_spelling(name, full, initials):
    found = pl.DataFrame({"value": [name]}).select(spelled("full"), spelled("initials"))
    assert found.row(0) == (full, initials)
