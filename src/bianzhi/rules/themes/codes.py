"""Names and codes: credit codes, 执法 flags, spelling of names, references, namesakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from bianzhi.core.errors import Refusal
from bianzhi.core.facts import FIELDS
from bianzhi.rules import creditcode
from bianzhi.rules.finding import found, none_found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Categories, Text, Texts, Trees, named, rows, text, texts
from bianzhi.rules.rule import RECORD, rule


@dataclass(frozen=True, kw_only=True)
class Prefix:
    """How codes of bodies begin."""

    categories: Annotated[Categories, "机构类别"]
    begins: Annotated[Texts, "信用代码开头两位"]


@dataclass(frozen=True, kw_only=True)
class Prefixes:
    """How codes begin, by body."""

    prefixes: Annotated[tuple[Prefix, ...], rows(Prefix), "开头两位"]


@rule("CK-18", "统一社会信用代码", RECORD)
def credit_code(material: Material, given: object) -> pl.DataFrame:
    """位数、字符、校验码不对，或两个单位同一个代码；没有登记的不判。"""
    known = material.orgs().filter(pl.col("uscc").is_not_null()).select("unit", "uscc", "category")
    formed = known.filter(pl.col("uscc").str.contains(creditcode.FORM))
    sound = creditcode.checked(formed["uscc"])
    whole = material.whole.orgs().filter(pl.col("uscc").is_not_null())
    shared = whole.group_by("uscc").agg(pl.col("unit").sort()).filter(pl.col("unit").list.len() > 1)
    twice = known.join(shared.select("uscc", all="unit"), on="uscc")
    others = twice.with_columns(
        pl.col("all").list.set_difference(pl.concat_list("unit")).list.sort().list.join("、")
    )
    parts = [
        found(
            known.join(formed, on="unit", how="anti"), "信用代码“{}”不是 18 位规定的字符", "uscc"
        ),
        found(formed.filter(~sound), "信用代码“{}”校验码不对，有一位录错了", "uscc"),
        found(others, "信用代码“{}”与 {} 相同", "uscc", "all", about=pl.lit("重复")),
    ]
    return pl.concat(parts)


@rule("BZ-09", "信用代码开头两位", RECORD, parameters=Prefixes)
def credit_prefix(material: Material, given: Prefixes) -> pl.DataFrame:
    """信用代码的开头两位（登记管理部门、机构类别）与台账的机构类别不合。"""
    parts = [none_found()]
    for each in given.prefixes:
        odd = material.orgs(each.categories).filter(
            pl.col("uscc").str.contains(creditcode.FORM)
            & ~pl.col("uscc").str.slice(0, 2).is_in(list(each.begins))
        )
        words = f"信用代码“{{}}”的开头应为 {'、'.join(each.begins)}"
        parts.append(found(odd, words, "uscc"))
    return pl.concat(parts)


def pattern(value: object, trees: Trees) -> str:
    """A regular expression."""
    try:
        pl.Series([""]).str.contains(text(value, trees))
    except pl.exceptions.PolarsError:
        raise Refusal.of("bad-pattern", f"“{value}”不是一个式样", "如 执法.*队") from None
    return text(value, trees)


def patterns(value: object, trees: Trees) -> tuple[str, ...]:
    """A list of regular expressions."""
    return tuple(pattern(each, trees) for each in texts(value, trees))


@dataclass(frozen=True, kw_only=True)
class Enforcement:
    """What enforcement teams are called, and which there may be."""

    names: Annotated[tuple[str, ...], patterns, "像执法队伍的名称"]
    listed: Annotated[Texts, "名单上的单位代码；不写就不比名单"] = ()


@rule("CK-33", "执法队伍标记", RECORD, parameters=Enforcement)
def enforcement(material: Material, given: Enforcement) -> pl.DataFrame:
    """标了执法队伍而不在名单上；或名称像执法队伍而没有标。"""
    orgs = material.orgs().select("unit", "name", "enforcement")
    marked = pl.col("enforcement").fill_null("false") == "true"
    like = pl.any_horizontal([pl.col("name").str.contains(each) for each in given.names] or [
        pl.lit(False)
    ])  # fmt: skip
    unlisted = orgs.filter(marked & ~pl.col("unit").is_in(list(given.listed)))
    return pl.concat([
        found(unlisted if given.listed else orgs.clear(), "标为执法队伍，不在批准的名单上",
              about=pl.lit("名单")),
        found(orgs.filter(~marked & like), "名称“{}”像执法队伍，没有标为执法队伍", "name",
              about=pl.lit("标记")),
    ])  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """What a name should not look like."""

    pattern: Annotated[str, pattern, "式样"]
    words: Annotated[Text, "怎么说"]


@named({name: field.title for name, field in FIELDS["org"].items()})
def fields(value: object, trees: Trees) -> tuple[str, ...]:
    """Fields of an org."""
    known = FIELDS["org"]
    for each in texts(value, trees):
        if each not in known:
            titles = "、".join(f"{name}（{field.title}）" for name, field in known.items())
            raise Refusal.of("unknown-field", f"机构没有“{each}”这一项", f"可选的有：{titles}")
    return texts(value, trees)


@dataclass(frozen=True, kw_only=True)
class Required:
    """What must be registered of a body."""

    fields: Annotated[tuple[str, ...], fields, "登记项"]
    categories: Annotated[Categories, "机构类别，不写为各类"] = ()


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Spelling and gaps."""

    names: Annotated[tuple[Spelling, ...], rows(Spelling), "名称的毛病"] = ()
    required: Annotated[tuple[Required, ...], rows(Required), "必须登记的"] = ()


@rule("CK-40", "数据质量", RECORD, parameters=Quality)
def quality(material: Material, given: Quality) -> pl.DataFrame:
    """名称、姓名里有空格、全角数字等；该登记的没有登记。"""
    parts = [none_found()]
    units = material.units.select("unit", "name")
    people = material.people.select("person", "name", unit="at")
    for each in given.names:
        odd = pl.col("name").str.contains(each.pattern)
        parts += [
            found(units.filter(odd), f"名称“{{}}”{each.words}", "name", about=pl.lit("name")),
            found(people.filter(odd), f"姓名“{{}}”{each.words}", "name", about="person"),
        ]
    for must in given.required:
        orgs = material.orgs(must.categories)
        for name in must.fields:
            missing = orgs.filter(pl.col(name).is_null())
            words = f"没有登记{FIELDS['org'][name].title}"
            parts.append(found(missing, words, about=pl.lit(name)))
    return pl.concat(parts).unique(["unit", "about"], keep="first", maintain_order=True)


POINTING = {"parent": "上级机构", "supervisor": "主管部门", "sponsor": "举办单位"}


@rule("BZ-07", "指向不在册的机构", RECORD)
def dangling(material: Material, given: object) -> pl.DataFrame:
    """上级机构、主管部门、举办单位当日不在册，或写的是自己。"""
    alive = material.whole.units.select(other="unit")
    parts = []
    for name, title in POINTING.items():
        pointing = material.units.filter(pl.col(name).is_not_null()).select("unit", other=name)
        lost = pointing.join(alive, on="other", how="anti")
        own = pointing.filter(pl.col("other") == pl.col("unit"))
        parts += [
            found(lost, f"{title} {{}} 当日不在册", "other", about=pl.lit(name)),
            found(own, f"{title}写的是自己", about=pl.lit(name)),
        ]
    return pl.concat(parts)


@rule("BZ-08", "同名机构", RECORD, ("同名的有", "应为"))
def namesakes(material: Material, given: object) -> pl.DataFrame:
    """两个在册的机构全称相同：多半是一个单位登记了两次。"""
    whole = material.whole.orgs().select("unit", "name")
    names = whole.group_by("name").agg(pl.len().alias("times")).filter(pl.col("times") > 1)
    twice = material.orgs().select("unit", "name").join(names, on="name").with_columns(one=1)
    return found(twice, "“{}”在册的有 {} 个", "name", "times", numbers=("times", "one"))
