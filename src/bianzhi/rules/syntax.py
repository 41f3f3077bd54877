"""What is wrong with a file that is no TOML, for people who never heard of TOML."""

from __future__ import annotations

import re

from bianzhi.core.errors import Problem

_PLACE = re.compile(r"\(at (?:line (\d+), column \d+|(end of document))\)")
_CHINESE = {"“": '"', "”": '"', "‘": "'", "’": "'", "＝": "=", "［": "[", "］": "]", "｛": "{",
            "｝": "}", "，": ","}  # fmt: skip
_REASONS = (
    (
        "overwrite",
        "这一项前面已经写过了",
        "同一条里一项只能写一次；另一条规则要从新的一行 [[rules]] 开始",
    ),
    ("twice", "这一节前面已经写过了", "同名的一节只能写一次，请合在一起"),
    ("]", "方括号没有配成对", "一条规则的开头写作 [[rules]]，一列值写作 [甲, 乙]"),
    ("string", "引号没有配成对", "文字前后各一个英文的双引号"),
    ("after a key", "名称后面没有等号", "写作 名称 = 值"),
    ("statement", "这一行不成样子", "写作 名称 = 值；说明文字前面加 #"),
    ("value", "等号后面的值读不通", "文字要用英文的双引号括起来，是否写 true、false，数直接写"),
)


def unreadable(text: str, said: str) -> Problem:
    """The problem in words, with the line it was met in.

    Args:
        text: The file.
        said: What the reader said: a reason and ``(at line 3, column 5)``.
    """
    lines = text.splitlines()
    found = _PLACE.search(said)
    number = int(found[1]) if found and found[1] else len(lines)
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    what, do = _reason(line, said)
    shown = f"{line[:60]} ——" if line else ""
    return Problem("bad-toml", f"{shown}{what}", do, place=f"规则包第 {number} 行")


def _reason(line: str, said: str) -> tuple[str, str]:
    bare = re.sub(r'"[^"]*"', "", line)  # inside quotes Chinese signs are as good as others
    odd = next((sign for sign in _CHINESE if sign in bare), None)
    if odd is not None:
        return f"用了中文的 {odd}", f"请改成英文的 {_CHINESE[odd]}（输入法切到英文再打）"
    return next(
        ((what, do) for sign, what, do in _REASONS if sign in said),
        ("读不通", "请核对引号、方括号和等号；可以照着自带的规则包改"),
    )
