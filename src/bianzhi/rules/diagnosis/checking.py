"""What is wrong with a pack of the diagnosis: every fault with its place, in a clerk's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Problem, Refusal
from bianzhi.core.kinds import national
from bianzhi.methods import norms
from bianzhi.rules.diagnosis.needs import DOWNWARD, NEEDS, SCOPE, WEIGHED
from bianzhi.rules.pack import GRADES
from bianzhi.rules.themes.norms import BASES

WHOLE = ("months", "peers", "years", "present")  # counts, at least 1
SHARES = ("share", "agree", "part", "other")  # between 0 and 1


def faults(given: Mapping[str, Any]) -> list[Problem]:
    """All of them, in the order of the file."""
    found = [
        Problem("missing", f"诊断门槛缺少“{name}”", "请照自带的门槛补上")
        for name in ("title", "scope", "signs") if name not in given
    ]  # fmt: skip
    scope, signs = given.get("scope", {}), given.get("signs", {})
    found += _scope(scope) if isinstance(scope, dict) else [_odd("scope", "[scope]")]
    found += _signs(signs) if isinstance(signs, dict) else [_odd("signs", "[signs]")]
    for name, look in (("peers", _peers), ("ended", _ended)):
        rows = given.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
            found.append(_odd(name, f"[[{name}]]"))
        else:
            for place, row in enumerate(rows, 1):
                found += look(row, f"[[{name}]] 第 {place} 项")
    return [*found, *_validity(given)]


def _odd(name: str, shape: str) -> Problem:
    return Problem("odd-shape", f"“{name}”写得不对", f"请照自带的门槛写成 {shape} 的样子", name)


def _text(row: Mapping[str, Any], names: tuple[str, ...], where: str) -> Iterator[Problem]:
    for name in names:
        if name not in row:
            yield Problem("missing", f"{where} 缺少“{name}”", "请补上")
        elif not isinstance(row[name], str) or not row[name].strip():
            yield Problem("bad-text", f"{where} 的“{name}”应为文字", "请用双引号括起来")


def _words(row: Mapping[str, Any], name: str, where: str) -> Iterator[Problem]:
    words = row.get(name)
    if not isinstance(words, list) or not all(isinstance(each, str) and each for each in words):
        yield Problem("bad-list", f"{where} 的“{name}”应为一列文字",
                      '请写成 ["甲", "乙"] 的样子')  # fmt: skip


def _scope(scope: Mapping[str, Any]) -> list[Problem]:
    found = [fault for name in SCOPE for fault in _words(scope, name, "[scope]")]
    if found:
        return found
    tree = national("org_category")
    for name in ("institutions", "departments", "towns"):
        for code in scope[name]:
            if tree.find(code) is None:
                found.append(Problem(
                    "unknown-code", f"[scope] 的“{name}”：没有机构类别“{code}”", "请核对代码"
                ))  # fmt: skip
    return found


def _signs(signs: Mapping[str, Any]) -> list[Problem]:
    found = [
        Problem("unknown-sign", f"不认识 [signs.{key}]", f"可选的有：{'、'.join(NEEDS)}")
        for key in signs if key not in NEEDS
    ]  # fmt: skip
    for key, numbers in NEEDS.items():
        sign, where = signs.get(key, {}), f"[signs.{key}]"
        if not isinstance(sign, dict):
            found.append(_odd(key, where))
            continue
        found += _text(sign, ("title", "formula", "source", "grade"), where)
        found += _numbers(sign, numbers, where)
        found += _band(sign, key, where)
        found += _weights(sign, key, where)
        found += _formula(sign, numbers, where)
        found += _grade(sign, where)
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _numbers(
    sign: Mapping[str, Any], numbers: tuple[str, ...], where: str
) -> Iterator[Problem]:  # fmt: skip
    for name in numbers:
        value = sign.get(name)
        if value is None:
            yield Problem("missing", f"{where} 缺少“{name}”", "请补上")
        elif not _is_number(value) or not 0 <= value < 1e9:
            yield Problem("bad-number", f"{where} 的“{name}”应为不小于 0 的数", "请核对")
        elif name in WHOLE and (value < 1 or value != int(value)):
            yield Problem("bad-whole", f"{where} 的“{name}”应为 1 以上的整数", "请核对")
        elif name in SHARES and value > 1:
            yield Problem("bad-share", f"{where} 的“{name}”应在 0 和 1 之间",
                          "两成写作 0.2")  # fmt: skip


def _band(sign: Mapping[str, Any], key: str, where: str) -> Iterator[Problem]:
    low, high = sign.get("low"), sign.get("high")
    if _is_number(low) and _is_number(high):
        if low == high:
            yield Problem("flat-band", f"{where} 的 low 和 high 相同", "请拉开")
        elif (high < low) != (key in DOWNWARD):  # type: ignore[operator]
            more = "小" if key in DOWNWARD else "大"
            yield Problem("upside-down", f"{where} 的 low 和 high 反了：数越{more}分应越高",
                          "low 处 0 分，high 处 1 分")  # fmt: skip
    for few, many in (("few", "many"), ("blunt_few", "blunt_many")):
        least, most = sign.get(few), sign.get(many)
        if _is_number(least) and _is_number(most) and not least < 1 < most:  # type: ignore[operator]
            yield Problem("bad-ratio", f"{where} 的 {few} 应小于 1，{many} 应大于 1",
                          "它们是与中位数之比的下限和上限")  # fmt: skip


def _weights(sign: Mapping[str, Any], key: str, where: str) -> Iterator[Problem]:
    if key not in WEIGHED:
        return
    weights = sign.get("weights")
    if not isinstance(weights, dict) or not all(map(_is_number, weights.values())):
        yield Problem("no-weights", f"{where} 缺少各项的权重 weights",
                      f"请写 {'、'.join(WEIGHED[key])} 各占多少")  # fmt: skip
        return
    for name in WEIGHED[key]:
        if name not in weights:
            yield Problem("missing", f"{where} 的权重缺少“{name}”", "不用的写 0")
    for name, value in weights.items():
        if name not in WEIGHED[key] or value < 0:
            yield Problem("bad-weight", f"{where} 的权重“{name} = {value}”不对",
                          f"可选的有：{'、'.join(WEIGHED[key])}，不小于 0")  # fmt: skip
    least = sign.get("least")
    if _is_number(least) and sum(weights.values()) < least:  # type: ignore[operator]
        yield Problem("never", f"{where} 的权重合计不到 {least}，永远列不出来", "请核对")


def _formula(
    sign: Mapping[str, Any], numbers: tuple[str, ...], where: str
) -> Iterator[Problem]:  # fmt: skip
    weights = sign.get("weights")
    known = {**dict.fromkeys(numbers, 1.0),
             **dict.fromkeys(weights if isinstance(weights, dict) else (), 1.0)}  # fmt: skip
    try:
        str(sign.get("formula", "")).format(**known)
    except (KeyError, ValueError, IndexError, AttributeError, TypeError):
        names = "、".join("{" + name + ":g}" for name in known)
        yield Problem("bad-formula", f"{where} 的 formula 里花括号写得不对",
                      f"可用的有：{names}")  # fmt: skip


def _grade(row: Mapping[str, Any], where: str) -> Iterator[Problem]:
    grade = row.get("grade")
    if isinstance(grade, str) and grade not in GRADES:
        yield Problem("bad-grade", f"{where} 的证据等级“{grade}”不认识",
                      f"可选的有：{'、'.join(GRADES)}")  # fmt: skip


def _peers(row: Mapping[str, Any], where: str) -> Iterator[Problem]:
    yield from _text(row, ("title",), where)
    yield from _words(row, "names", where)
    each = row.get("each", 1)
    if not _is_number(each) or each < 1 or each != int(each):
        yield Problem("bad-whole", f"{where} 的“each”应为 1 以上的整数", "每万人写作 10000")
    norm, by = row.get("norm"), row.get("by")
    if norm is not None and norm not in norms.national().norms:
        yield Problem("unknown-norm", f"{where}：没有“{norm}”这项定编标准",
                      f"可选的有：{'、'.join(norms.national().norms)}")  # fmt: skip
    if norm is not None and by not in BASES:
        yield Problem("unknown-basis", f"{where}：没有写明按什么算（by）",
                      f"可选的有：{'、'.join(BASES)}")  # fmt: skip


def _ended(row: Mapping[str, Any], where: str) -> Iterator[Problem]:
    yield from _text(row, ("title", "grade", "day"), where)
    yield from _words(row, "words", where)
    yield from _grade(row, where)
    yield from _day(row, "day", where)


def _day(row: Mapping[str, Any], name: str, where: str) -> Iterator[Problem]:
    if isinstance(row.get(name), str):
        try:
            parse_day(row[name])
        except Refusal as refusal:
            for each in refusal.problems:
                yield Problem(each.code, f"{where} 的“{name}”：{each.what}", each.do)


def _validity(given: Mapping[str, Any]) -> list[Problem]:
    names = ("valid_from", "valid_until")
    found = [fault for name in names for fault in _day(given, name, "诊断门槛")]
    for name in names:
        if name in given and not isinstance(given[name], str):
            found.append(Problem("bad-day", f"“{name}”应为日期", '请写成 "2026-01-01" 的样子'))
    if not found and all(name in given for name in names):
        first, last = (parse_day(given[name]) for name in names)
        if first > last:
            found.append(Problem("never", "失效日期早于生效日期，永远用不上", "请核对"))
    return found
