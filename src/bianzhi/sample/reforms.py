"""The steps of a district's history, each told backwards: note how it stood after, then undo.

A merger recovers some posts; a transfer gives what it takes; nothing else comes from nowhere but
an increase, which says where from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from bianzhi.sample import vocabulary as words
from bianzhi.sample.past import KIND_WORDS, Past, Standing, posts_text

Step = Callable[[date], None]
REFORM_YEARS = (2010, 2015, 2019)  # 党政机构改革
PARENTS = {"退役军人事务局": "民政局", "医疗保障局": "人力资源和社会保障局"}
RANKS = {"6F": "7", "6": "6F"}


def steps(past: Past, year: int) -> list[Step]:
    """What is undone in a year, the latest first."""
    chance, size = past.chance, len(past.institutions())
    last = past.district.last
    wave = year in (last - 3, last - 2)  # 事业单位改革集中的两年
    rates: list[tuple[float, Callable[[Past, date], None]]] = [
        (0.07, increase), (0.05, decrease), (0.04, transfer), (0.03, rename), (0.02, deputies),
        (0.015, found), (0.012, rank_up), (0.008, self_funded), (0.012, abolish),
        (0.10 if wave else 0.016, merge), (0.02, plate),
    ]  # fmt: skip
    found_: list[Step] = []
    for rate, step in rates:
        count = int(rate * size + chance.random())
        found_ += [partial(step, past)] * count
    if year == 2013:
        found_ += [partial(classify, past, key) for key in heads(past)]
    chance.shuffle(found_)
    if year in REFORM_YEARS:
        found_ += [partial(department, past, kind, year) for kind in words.departments()]
        chance.shuffle(found_)
    return found_


def heads(past: Past) -> list[str]:
    """The bodies that have institutions under them."""
    return sorted({view.supervisor for view in past.institutions()})


# -- posts ----------------------------------------------------------------------------------------


def increase(past: Past, day: date) -> None:
    """核增."""
    found = past.institutions(least=5)
    if not found:
        return
    view = past.chance.choice(found)
    kind = view.main
    n = past.chance.randint(1, max(1, min(6, view.posts[kind] // 4)))
    paper = past.paper(day, f"关于增加{view.name}编制的批复", "批复")
    past.note(
        paper, view, "核增",
        f"增加{KIND_WORDS[kind]}{n}名，所需编制从区级空余编制中调剂解决，"
        f"调整后{posts_text(view.posts)}",
        moved=n,
    )  # fmt: skip
    view.posts[kind] -= n


def decrease(past: Past, day: date) -> None:
    """核减."""
    found = past.institutions(least=2)
    if not found:
        return
    view = past.chance.choice(found)
    kind, n = view.main, past.chance.randint(1, 3)
    paper = past.paper(day, f"关于核减{view.name}编制的通知", "通知")
    past.note(
        paper, view, "核减",
        f"收回{KIND_WORDS[kind]}{n}名，调整后{posts_text(view.posts)}", moved=-n,
    )  # fmt: skip
    view.posts[kind] += n


def transfer(past: Past, day: date) -> None:
    """划转: one gives, one takes, in one paper."""
    takers = [view for view in past.institutions(least=6) if view.main == "SY"]
    givers = [view for view in past.institutions(least=2) if view.main == "SY"]
    if not takers or len(givers) < 2:
        return
    taker = past.chance.choice(takers)
    giver = past.chance.choice([view for view in givers if view is not taker])
    n = past.chance.randint(1, 3)
    paper = past.paper(day, f"关于划转{giver.name}部分编制的通知", "通知", "编")
    past.note(
        paper, taker, "划入", f"从{giver.name}划入事业编制{n}名，调整后{posts_text(taker.posts)}",
        moved=n, partners=[giver.org.key], partner_names=[giver.name],
    )  # fmt: skip
    past.note(
        paper, giver, "划出", f"向{taker.name}划出事业编制{n}名，调整后{posts_text(giver.posts)}",
        moved=-n, partners=[taker.org.key], partner_names=[taker.name],
    )  # fmt: skip
    taker.posts["SY"] -= n
    giver.posts["SY"] += n


def deputies(past: Past, day: date) -> None:
    """One more deputy."""
    found = [view for view in past.institutions(least=8) if view.deputies > 0]
    if not found:
        return
    view = past.chance.choice(found)
    paper = past.paper(day, f"关于调整{view.name}领导职数的批复", "批复")
    past.note(
        paper, view, "调整职数",
        f"增加副职1名，调整后核定领导职数{view.chiefs}正{view.deputies}副",
    )  # fmt: skip
    view.deputies -= 1


# -- what a body is -------------------------------------------------------------------------------


def rename(past: Past, day: date) -> None:
    """更名."""
    if not past.institutions():
        return
    found = [view for view in past.institutions() if len(view.old) == 1]
    if found:
        view = past.chance.choice(found)
        old = _full(past, view.old[0])
    else:
        view = past.chance.choice(past.institutions())
        old = _older(view.name)
    if not old or not past.fresh(old):
        return
    paper = past.paper(day, f"关于{old}更名的批复", "批复")
    past.note(paper, view, "更名", f"{old}更名为{view.name}，其他机构编制事项不变")
    past.names.add(old)
    view.name, view.old = old, ()


def _older(name: str) -> str:
    for new, old in (
        ("服务中心", "服务站"),
        ("中心", "站"),
        ("执法大队", "执法队"),
        ("站", "办公室"),
    ):
        if name.endswith(new) and not name.endswith(("校", "园", "院")):
            return name.removesuffix(new) + old
    return ""


def _full(past: Past, stem: str) -> str:
    return past.district.name + stem


def plate(past: Past, day: date) -> None:
    """加挂牌子."""
    found = [view for view in past.institutions(least=8) if not view.org.plates]
    if not found:
        return
    view = past.chance.choice(found)
    extra = _full(past, past.chance.choice(("应急服务", "志愿服务", "信息化", "培训")) + "中心")
    called = extra.replace("中心", f"（{view.org.stem[:4]}）中心")
    view.org.plates.append(called)
    paper = past.paper(day, f"关于{view.name}加挂牌子的批复", "批复")
    past.note(paper, view, "加挂牌子", f"加挂{called}牌子，不增加编制和领导职数")


def rank_up(past: Past, day: date) -> None:
    """机构规格 raised by one."""
    found = [view for view in past.institutions(least=12) if view.rank in RANKS]
    if not found:
        return
    view = past.chance.choice(found)
    paper = past.paper(day, f"关于明确{view.name}机构规格的批复", "批复", "编")
    past.note(paper, view, "规格调整", "机构规格由股级调整为副科级" if view.rank == "6F"
              else "机构规格由副科级调整为正科级")  # fmt: skip
    view.rank = RANKS[view.rank]


def self_funded(past: Past, day: date) -> None:
    """经费形式: from its own income to full funding."""
    found = [view for view in past.institutions() if view.funding == "full" and not view.civil]
    if not found:
        return
    view = past.chance.choice(found)
    paper = past.paper(day, f"关于调整{view.name}经费形式的批复", "批复")
    past.note(paper, view, "经费形式调整", "经费形式由经费自理调整为财政全额")
    view.funding = "self"


def classify(past: Past, head: str, day: date) -> None:
    """事业单位分类: one paper for a department's institutions."""
    under = [
        view for view in past.institutions() if view.supervisor == head and view.welfare != "U"
    ]
    if not under:
        return
    paper = past.paper(day, f"关于{past.head_name(head)}所属事业单位分类的通知", "通知", "编")
    named = {"1": "公益一类", "2": "公益二类", "A": "承担行政职能类"}
    for view in under:
        past.note(paper, view, "分类", f"划为{named[view.welfare]}事业单位")
        view.welfare = "U"


# -- coming and going -----------------------------------------------------------------------------


def found(past: Past, day: date) -> None:
    """设立, undone: the body does not exist before."""
    found_ = [v for v in past.institutions() if not v.old and v.org.sector in ("综合", "乡镇事业")]
    if len(found_) < 4:
        return
    view = past.chance.choice(found_)
    paper = past.paper(day, f"关于设立{view.name}的批复", "批复", "编")
    view.org.founded = day
    past.note(
        paper, view, "设立",
        f"设立{view.name}，为{past.head_name(view.supervisor)}所属事业单位，"
        f"{posts_text(view.posts)}，领导职数{view.chiefs}正{view.deputies}副",
    )  # fmt: skip
    del past.views[view.org.key]


def merge(past: Past, day: date) -> None:
    """合并: two or more bodies made one; some posts are recovered."""
    found_ = [v for v in past.institutions(least=3) if len(v.old) >= 2 and len(v.posts) == 1]
    if found_:
        view = past.chance.choice(found_)
        names = [_full(past, each) for each in view.old]
    else:
        plain = [
            view
            for view in past.institutions(least=6)
            if view.name.endswith("服务中心") and len(view.posts) == 1 and view.org.sector == "综合"
        ]
        if not plain:
            return
        view = past.chance.choice(plain)
        base = view.name.removesuffix("中心").removesuffix("服务")
        names = [f"{base}管理站", f"{base}服务所"]
    names = [name for name in names if past.fresh(name)]
    if len(names) < 2:
        return
    _undo_merge(past, view, names, day)


def _undo_merge(past: Past, view: Standing, names: list[str], day: date) -> None:
    kind, after = view.main, view.total
    recovered = past.chance.randint(0, max(1, after // 5))
    shares = _shares(past, after + recovered, len(names))
    paper = past.paper(day, f"关于整合组建{view.name}的批复", "批复", "编")
    old = [past.ancestor(view, name, {kind: share}, day, [view.org.key], part)
           for part, (name, share) in enumerate(zip(names, shares, strict=True))]  # fmt: skip
    listed = "、".join(names)
    past.note(
        paper, view, "合并组建",
        f"将{listed}整合，组建{view.name}，{posts_text(view.posts)}，"
        f"收回{KIND_WORDS[kind]}{recovered}名",
        partners=[each.org.key for each in old], partner_names=names, moved=-recovered,
    )  # fmt: skip
    view.org.founded = day
    del past.views[view.org.key]
    for each in old:
        _ending(past, paper.key, day, each, f"撤销，职责、编制、人员划入{view.name}", [view])


def _ending(
    past: Past, paper: int, day: date, view: Standing, summary: str, into: list[Standing]
) -> None:
    made = next(each for each in reversed(past.district.papers) if each.key == paper)
    kept, view.posts = view.posts, {}
    leaders, view.chiefs, view.deputies = (view.chiefs, view.deputies), 0, 0
    past.note(
        made, view, "撤销", summary, partners=[each.org.key for each in into],
        partner_names=[each.name for each in into], moved=-sum(kept.values()),
    )  # fmt: skip
    view.posts, (view.chiefs, view.deputies) = kept, leaders


def _shares(past: Past, total: int, count: int) -> list[int]:
    """``total`` in ``count`` parts of at least one."""
    cuts = sorted(past.chance.sample(range(1, max(total, count + 1)), count - 1))
    ends = [*cuts, max(total, count)]
    return [end - start for start, end in zip([0, *cuts], ends, strict=True)]


def abolish(past: Past, day: date) -> None:
    """撤销 of a body whose work has gone; its posts are recovered."""
    chance = past.chance
    while past.gone:
        stem, head = past.gone.pop(chance.randrange(len(past.gone)))
        like = [v for v in past.institutions() if v.supervisor == past.heads.get(head)]
        name = _full(past, stem)
        if like and past.fresh(name):
            break
    else:
        return
    n = chance.randint(2, 14)
    view = past.ancestor(like[0], name, {"SY": n}, day, [], part=-1)
    view.old, view.rank, view.civil = (), "7", False
    paper = past.paper(day, f"关于撤销{name}的通知", "通知", "编")
    head_name = past.head_name(view.supervisor)
    said = f"撤销{name}，收回事业编制{n}名，人员由{head_name}统筹安置"
    _ending(past, paper.key, day, view, said, [])


# -- departments ----------------------------------------------------------------------------------


def department(past: Past, kind: words.Department, year: int, day: date) -> None:
    """One department in a reform: newly made of others, or a new 三定."""
    view = past.views.get(past.heads.get(kind.name, ""))
    if view is None:
        return
    title = f"关于印发《{view.name}职能配置、内设机构和人员编制规定》的通知"
    paper = past.paper(day, title, "三定", "编")
    if kind.year != year or not kind.before:
        n = past.chance.choice((-2, -1, -1, 0, 1))
        past.note(paper, view, "三定", f"印发三定规定，{posts_text(view.posts)}", moved=n)
        if view.posts[view.main] - n > 2:
            view.posts[view.main] -= n
        return
    old = [_full(past, name) for name in kind.before if name not in ("*", kind.name)]
    old = [name for name in old if past.fresh(name)]
    undo = _undo_absorbing if kind.name in kind.before else _undo_department
    undo(past, view, old, paper.key, day, kind)


def _undo_absorbing(
    past: Past, view: Standing, names: list[str], paper: int, day: date, kind: words.Department
) -> None:
    """A department that stayed itself and took others in."""
    made = next(each for each in reversed(past.district.papers) if each.key == paper)
    main = view.main
    given = [max(2, view.posts[main] // (3 + len(names))) for _ in names]
    recovered = past.chance.randint(0, 2)
    old = [past.ancestor(view, name, {main: n}, day, [view.org.key], part)
           for part, (name, n) in enumerate(zip(names, given, strict=True))]  # fmt: skip
    past.note(
        made, view, "吸收合并",
        f"将{'、'.join(names)}的职责划入{view.name}，{posts_text(view.posts)}",
        partners=[each.org.key for each in old], partner_names=names, moved=sum(given) - recovered,
    )  # fmt: skip
    view.posts[main] -= sum(given) - recovered
    _move_institutions(past, view, [view, *old], day, kind)
    for each in old:
        _ending(past, paper, day, each, f"不再保留，职责、编制、人员划入{view.name}", [view])


def _undo_department(
    past: Past, view: Standing, names: list[str], paper: int, day: date, kind: words.Department
) -> None:
    made = next(each for each in reversed(past.district.papers) if each.key == paper)
    total = sum(view.posts.values())
    shares = _shares(past, total + past.chance.randint(0, 3), len(names)) if names else []
    old = [past.ancestor(view, name, {view.main: share}, day, [view.org.key], part)
           for part, (name, share) in enumerate(zip(names, shares, strict=True))]  # fmt: skip
    text = f"整合{'、'.join(names)}的职责，组建{view.name}" if names else f"组建{view.name}"
    past.note(
        made, view, "合并组建" if names else "设立", f"{text}，{posts_text(view.posts)}",
        partners=[each.org.key for each in old], partner_names=names,
    )  # fmt: skip
    view.org.founded = day
    _move_institutions(past, view, old, day, kind)
    del past.views[view.org.key]
    for each in old:
        _ending(past, paper, day, each, f"不再保留，职责、编制、人员划入{view.name}", [view])


def _move_institutions(
    past: Past, view: Standing, old: list[Standing], day: date, kind: words.Department
) -> None:
    under = [each for each in past.institutions() if each.supervisor == view.org.key]
    parent = past.views.get(past.heads.get(PARENTS.get(kind.name, ""), ""))
    homes = old or ([parent] if parent else [])
    if not under:
        return
    if not homes:
        homes = [past.views[past.heads["政府办公室"]]]
    moves = [(each, past.chance.choice(homes)) for each in under]
    moves = [(each, home) for each, home in moves if home is not view]
    if not moves:
        return
    paper = past.paper(day, f"关于调整{view.name}所属事业单位隶属关系的通知", "通知", "编")
    for each, home in moves:
        past.note(paper, each, "改变隶属", f"由{home.name}所属调整为{view.name}所属")
        each.supervisor = home.org.key
