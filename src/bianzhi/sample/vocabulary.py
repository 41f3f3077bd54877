"""The words bodies are named with, read from the tables in ``words/``."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

# what is done with a thing ({0}), by its own words or by those of a body ({1}: 全区, 本辖区)
PHRASES = (
    "负责{1}{0}的日常管理和服务",
    "承担{1}{0}方面的技术指导和咨询服务",
    "组织开展{0}有关业务培训和政策宣传",
    "承担{1}{0}信息的采集、统计和报送",
    "具体承办{0}的受理、登记和资料归档",
    "协助开展{1}{0}的巡查检查和问题处置",
    "参与{1}{0}规划和标准编制的前期调研",
    "负责{0}有关设施的运行维护和安全保障",
    "为主管部门开展{0}监管提供技术支持",
    "组织实施{1}{0}年度计划并跟踪落实",
)
TOWNS = (
    "青石镇", "柳河镇", "大坪镇", "白沙镇", "安乐乡", "石桥镇", "清泉乡", "永兴镇", "双河镇",
    "太平镇", "龙泉镇", "桃园乡", "古城街道", "新华街道", "东关街道", "西苑街道",
)  # fmt: skip
DISTRICTS = (
    "澜溪区", "临江区", "云台区", "静湖区", "望山区", "清河县", "碧川县", "丰陵县", "安渡县",
    "平野县", "沙堤区", "松岭县", "梅溪县", "北原区", "南屏区", "玉泉县", "金渠县", "长乐县",
)  # fmt: skip
SCHOOLS = (
    ("第{n}小学", "小学"), ("第{n}中学", "初中"), ("{t}中心学校", "小学"), ("{t}初级中学", "初中"),
    ("第{n}幼儿园", "幼儿园"), ("{t}中心幼儿园", "幼儿园"), ("实验小学{n}校区", "小学"),
)  # fmt: skip
CLINICS = (("{t}卫生院", "卫生院"), ("{t}社区卫生服务中心", "卫生院"))
TOWN_UNITS = (
    ("党群服务中心", "组织人事和社保服务站", "党员教育服务;便民服务事项;劳动就业和社会保障"),
    ("农业综合服务中心", "农业技术推广站+畜牧兽医站+农业机械管理站",
     "农作物新品种新技术;动物强制免疫;农村集体资产"),
    ("综合行政执法队", "城镇管理监察中队", "占道经营和违法建设;环境保护巡查;安全生产巡查"),
    ("退役军人服务站", "", "优抚对象信息;走访慰问"),
    ("文化服务中心", "文化站+广播电视站", "群众文化活动;应急广播;公共体育设施"),
    ("村镇建设发展中心", "村镇建设管理所+国土资源所", "农村宅基地;人居环境整治;村庄规划"),
)  # fmt: skip
NUMERALS = "一二三四五六七八九十"


class Department(NamedTuple):
    """A kind of department, with what it was made from in a reform (``*``: from nothing)."""

    name: str
    category: str
    kind: str
    low: int
    high: int
    support: int
    year: int | None
    before: tuple[str, ...]
    sections: tuple[str, ...]
    duties: tuple[str, ...]


class Institution(NamedTuple):
    """A kind of institution: 1 small … 4 large; ``old`` the names of what it was made from."""

    name: str
    department: str
    size: int
    welfare: str
    funding: str
    old: tuple[str, ...]
    objects: tuple[str, ...]


class Planted(NamedTuple):
    """Duties put into two bodies on purpose (one, where the work has weakened or vanished)."""

    kind: str  # synonym, identical, near_miss, weakened, vanished
    topic: str
    first: str
    text: str
    second: str
    other: str
    note: str


@cache
def planted_duties() -> tuple[Planted, ...]:
    """Overlaps, look-alikes, and duties whose work has gone."""
    return tuple(Planted(**row) for row in _rows("duties.csv"))


class Holding(NamedTuple):
    """The duties of a body, by topic, that speak of one matter whatever their words."""

    matter: str
    body: str
    topics: tuple[str, ...]


@cache
def holdings() -> tuple[Holding, ...]:
    """Which bodies speak of one matter: whoever does with another is in the truth."""
    return tuple(
        Holding(row["matter"], row["body"], _split(row["topics"], ";"))
        for row in _rows("matters.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / "words" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _split(text: str, mark: str) -> tuple[str, ...]:
    return tuple(text.split(mark)) if text else ()


@cache
def departments() -> tuple[Department, ...]:
    """Every kind of department."""
    return tuple(
        Department(
            row["name"], row["category"], row["kind"], int(row["low"]), int(row["high"]),
            int(row["support"]), int(row["year"]) if row["year"] else None,
            _split(row["before"], "+"), _split(row["sections"], ";"), _split(row["duties"], ";"),
        )
        for row in _rows("departments.csv")
    )  # fmt: skip


@cache
def institutions() -> tuple[Institution, ...]:
    """Every kind of institution a district has once."""
    return tuple(
        Institution(
            row["name"], row["department"], int(row["size"]), row["welfare"], row["funding"],
            _split(row["old"], "+"), _split(row["objects"], ";"),
        )
        for row in _rows("institutions.csv")
    )  # fmt: skip


def numeral(number: int) -> str:
    """一, 二 … 十一, 二十三.

    >>> numeral(10), numeral(12), numeral(23)
    ('十', '十二', '二十三')
    """
    tens, ones = divmod(number, 10)
    if tens == 0:
        return NUMERALS[ones - 1]
    return (NUMERALS[tens - 1] if tens > 1 else "") + "十" + (NUMERALS[ones - 1] if ones else "")
