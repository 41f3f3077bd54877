"""三定规定 of departments and 批复 for institutions, from what the history says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from bianzhi.sample import words_of
from bianzhi.sample.sheets.leadership import titles
from bianzhi.sample.vocabulary import numeral
from bianzhi.sample.world import District, Event, Org, Paper

REPLIES_A_DISTRICT = 30
REPLY_KINDS = ("设立", "合并组建", "核增", "更名", "调整职数")


@dataclass
class Written:
    """A document ready to be written, and what it says in numbers."""

    path: str
    paper: Paper
    to: str
    body: list[str]
    facts: dict[str, Any] = field(default_factory=dict)


def chinese_day(day: date) -> str:
    """2024年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def mandates(district: District) -> Iterator[Written]:
    """The newest 三定 of each department that has one."""
    papers = {paper.key: paper for paper in district.papers}
    newest = {e.org: papers[e.paper] for e in district.events if papers[e.paper].kind == "三定"}
    for org in district.living:
        if org.kind == "department" and org.key in newest:
            yield _mandate(district, org, newest[org.key])


def _mandate(district: District, org: Org, paper: Paper) -> Written:
    chief, deputy = titles(org)
    number = iter(range(1, 20))
    body = [
        f"《{org.name}职能配置、内设机构和人员编制规定》已经区委、区政府批准，现予印发。",
        f"{org.name}职能配置、内设机构和人员编制规定",
        f"第{numeral(next(number))}条　根据《中国共产党机构编制工作条例》"
        f"和《{district.name}机构改革方案》，制定本规定。",
        f"第{numeral(next(number))}条　{org.name}是区级工作机关，为{words_of.RANKS[org.rank]}。",
        f"第{numeral(next(number))}条　本规定确定的主要职责、内设机构、人员编制等，"
        f"是{org.name}机构职责权限、人员配备和工作运行的基本依据。",
        f"第{numeral(next(number))}条　{org.name}的主要职责是：",
        *(f"（{numeral(n)}）{duty.text}。" for n, duty in enumerate(org.duties, 1)),
        f"第{numeral(next(number))}条　{org.name}设下列内设机构：",
        *(_section(n, section) for n, section in enumerate(org.sections, 1)),
        f"第{numeral(next(number))}条　{_posts(org)}"
        f"设{chief}{org.chiefs}名，{deputy}{org.deputies}名；{_section_leaders(org)}。",
        f"第{numeral(next(number))}条　{org.name}所属事业单位的设置、职责和编制事项另行规定。",
        f"第{numeral(next(number))}条　本规定由{district.name}委机构编制委员会办公室负责解释，"
        "其调整由区委机构编制委员会办公室按规定程序办理。",
        f"第{numeral(next(number))}条　本规定自{chinese_day(paper.day)}起施行。",
    ]  # fmt: skip
    facts = {
        "org": org.key, "doc_no": paper.number, "posts": dict(org.posts), "chiefs": org.chiefs,
        "deputies": org.deputies, "sections": [each.name for each in org.sections],
        "section_chiefs": sum(each.chiefs for each in org.sections),
        "section_deputies": sum(each.deputies for each in org.sections),
    }  # fmt: skip
    path = f"三定规定/{org.name}三定规定.docx"
    return Written(path, paper, "各镇（街道），区直各单位", body, facts)


def _section(number: int, section: Any) -> str:
    return f"（{numeral(number)}）{section.name}。" + "；".join(section.duties) + "。"


def _posts(org: Org) -> str:
    """行政编制24名，机关工勤编制2名。"""
    parts = [f"{words_of.KINDS[kind]}{n}名" for kind, n in org.posts.items() if n]
    return f"{org.name}" + "，".join(parts) + "。"


def _section_leaders(org: Org) -> str:
    chiefs = sum(section.chiefs for section in org.sections)
    deputies = sum(section.deputies for section in org.sections)
    return f"股级领导职数{words_of.leaders_in_words(chiefs, deputies)}"


def replies(chance: Random, district: District) -> Iterator[Written]:
    """Some 批复 of the last ten years."""
    papers = {paper.key: paper for paper in district.papers}
    some = [
        event
        for event in district.events
        if event.kind in REPLY_KINDS
        and papers[event.paper].kind == "批复"
        and event.day.year > district.last - 10
    ]
    chosen = chance.sample(some, min(len(some), REPLIES_A_DISTRICT))
    for event in sorted(chosen, key=lambda each: (each.day, each.paper)):
        yield _reply(district, event, papers[event.paper])


def _reply(district: District, event: Event, paper: Paper) -> Written:
    org, head = district.orgs[event.org], district.orgs[event.supervisor].name
    asked = (
        f"{head[2:-1] if len(head) < 8 else head[2:6]}〔{event.day.year}〕{event.paper % 60 + 1}号"
    )
    body = [
        f"你单位《关于{event.name}机构编制事项的请示》（{asked}）收悉。"
        f"经{district.name}委机构编制委员会研究，同意：",
        *(f"{numeral(n)}、{text}" for n, text in enumerate(_items(event, head, org), 1)),
        "特此批复。",
    ]
    facts = {"org": event.org, "doc_no": paper.number, "kind": event.kind, "posts": event.posts,
             "chiefs": event.chiefs, "deputies": event.deputies}  # fmt: skip
    safe = paper.number.replace("〔", "").replace("〕", "-")
    return Written(f"批复/{safe}{paper.title}.docx", paper, head, body, facts)


def _items(event: Event, head: str, org: Org) -> Iterator[str]:
    yield event.summary + "。"
    if event.kind in ("设立", "合并组建"):
        kind = words_of.WELFARE[event.welfare] or "公益一类"
        yield (
            f"{event.name}为{head}所属{kind}事业单位，机构规格为{words_of.RANKS[event.rank]}，"
            f"经费形式为{words_of.FUNDING[event.funding]}。"
        )
        yield "主要职责：" + "；".join(duty.text for duty in org.duties) + "。"
    total = sum(n for kind, n in event.posts.items() if kind != "KY")
    yield (
        f"调整后，{event.name}核定{words_of.posts_in_words(event.posts)}"
        + (f"，编制总数{total}名" if len(event.posts) > 1 else "")
        + f"；{_level(event)}领导职数{words_of.leaders_in_words(event.chiefs, event.deputies)}。"
    )


def _level(event: Event) -> str:
    return {"6": "科级", "6F": "副科级", "7": "股级"}.get(event.rank, "")
