"""Reading one raw value by the type of its field: (value, notes). None is "nothing there"."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from bianzhi.core.documents import normal_doc_no, parse_doc_no
from bianzhi.files.intake.days import read_day
from bianzhi.files.intake.findings import Note, error, warn
from bianzhi.files.intake.identity import read_id, read_uscc
from bianzhi.files.intake.lists import find_value
from bianzhi.files.intake.numerals import chinese_number

Read = tuple[Any, tuple[Note, ...]]
Reader = Callable[[Any], Read]
LONGEST = 32_767
NOTHING = frozenset({"", "-", "—", "——", "/", "\\", "无", "空"})

# Letters, digits and the blank only: full-width brackets and colons belong to Chinese text.
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
_FOLD = {
    **{c: c - 0xFEE0 for c in range(0xFF10, 0xFF1A)},
    **{c: c - 0xFEE0 for c in range(0xFF21, 0xFF3B)},
    **{c: c - 0xFEE0 for c in range(0xFF41, 0xFF5B)},
}
_BLANKS = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")
_EDGE = " \t\r\n\u3000\xa0\u200b\ufeff"
_HAN_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\xa0\t]+(?=[\u4e00-\u9fff])")
_COUNT = re.compile(r"([+-]?\d+(?:\.\d+)?)(?:名|人|个|编)?", re.ASCII)
_HIDDEN = re.compile(r"(\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)(?:名|人|个)?[(（](.+)[)）]")
_WORDED = re.compile(
    r"(?:共|核定|现有|实有)?[\u4e00-\u9fff]{0,10}(?:编制|职数|人员|正职|副职|控制数|员额)"
    r"(\d{1,6}|[零〇一二两三四五六七八九十百]{1,6})(?:名|人|个)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)
_WIDE_MARKS = str.maketrans("０１２３４５６７８９．－＋（），", "0123456789.-+(),")


def read_text(raw: Any) -> Read:
    """Free text: trimmed; numbers written back without their ``.0``."""
    if type(raw) is not str:
        return plain_text(raw) or None, ()
    text = raw.strip(_EDGE)
    if len(text) >= LONGEST:
        return text[:LONGEST], (warn("long-text", "文字太长，只取前面一段", "请核对"),)
    return text or None, ()


def plain_text(raw: Any) -> str:
    """What a raw value reads like in the sheet."""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw).strip(_EDGE)


def read_org(raw: Any) -> Read:
    """The name of a unit: blanks inside taken out, full-width letters and digits folded."""
    text = plain_text(raw)
    if text in NOTHING:
        return None, ()
    if _WIDE.search(text) is None and _BLANKS.search(text) is None and len(text) <= 100:
        return text, ()
    if len(text) > 100:
        return None, (error("long-name", "名称超过 100 个字", "请核对是否填错了栏"),)
    clean = _BLANKS.sub("", text.translate(_FOLD))
    return clean, (warn("blank-in-name", f"名称“{text}”有空格或全角字符", f"已改为“{clean}”"),)


def read_person(raw: Any) -> Read:
    """A person's name: blanks between Han characters go, those of another script stay."""
    if type(raw) is not str:
        if raw is None or raw == "":
            return None, ()
        return None, (error("bad-person-name", f"“{raw}”不是姓名", "请核对是否填错了栏"),)
    if raw.isalpha() and len(raw) <= 20:
        return raw, ()
    text = raw.strip(_EDGE).translate(_FOLD)
    clean = _HAN_GAP.sub("", text)
    if not clean:
        return None, ()
    if len(clean) > 50 or any(c.isdigit() for c in clean):
        return None, (error("bad-person-name", f"“{raw[:30]}”不是姓名", "请核对是否填错了栏"),)
    if clean != raw:
        return clean, (warn("blank-in-name", f"姓名“{raw}”有空格", f"已改为“{clean}”"),)
    return clean, ()


def read_quantity(raw: Any) -> Read:
    """A number of posts or people: int, or Decimal where it is not whole; never below zero."""
    if type(raw) is float and raw.is_integer() and 0 <= raw < 1e9:
        return int(raw), ()
    value, notes = read_balance(raw)
    if value is not None and value < 0:
        what = f"“{plain_text(raw)}”小于零"
        return None, (error("negative", what, "编制、人数不能是负数，请核对"),)
    return value, notes


def read_balance(raw: Any) -> Read:
    """A number that may be below zero: 空缺 of a unit with more people than posts."""
    if type(raw) is float and raw.is_integer() and -1e9 < raw < 1e9:
        return int(raw), ()
    if isinstance(raw, bool) or raw is None:
        return None, (error("bad-quantity", f"“{raw}”不是数字", "请填写数字"),)
    if isinstance(raw, int | float):
        return _number(str(raw), raw, ())
    if not isinstance(raw, str):
        return None, (error("bad-quantity", f"“{raw}”是日期，不是数字", "请核对单元格的格式"),)
    text = _BLANKS.sub("", raw).translate(_WIDE_MARKS)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if text in NOTHING:
        return None, ()
    if match := _COUNT.fullmatch(text):
        note = warn("number-as-text", f"数字“{raw}”是文本", "已按数字读入")
        return _number(match[1], raw, (note,))
    return _odd_number(text, raw)


def _odd_number(text: str, raw: str) -> Read:
    if (match := _HIDDEN.fullmatch(text)) and (n := _whole(match[1])) is not None:
        what = f"数字后面带着说明：“{raw[:40]}”"
        return n, (warn("number-with-remark", what, f"已按 {n} 读入，说明请移到备注"),)
    if (match := _WORDED.fullmatch(text)) and (n := _whole(match[1])) is not None:
        note = warn("number-in-words", f"数字写成了“{raw}”", f"已按 {n} 读入")
        return n, (note,)
    if (found := chinese_number(text.rstrip("名人个"))) is not None:
        note = warn("chinese-numeral", f"数字写成了“{raw}”", f"已按 {found} 读入")
        return found, (note,)
    return None, (error("bad-quantity", f"“{raw[:40]}”不是数字", "请填写数字"),)


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else chinese_number(text)


def _number(text: str, raw: Any, notes: tuple[Note, ...]) -> Read:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None, (error("bad-quantity", f"“{raw}”不是数字", "请填写数字"),)
    if not number.is_finite() or abs(number) >= 10**9:
        return None, (error("bad-quantity", f"“{raw}”太大", "请核对"),)
    if number != number.to_integral_value():
        if number.as_tuple().exponent < -4:  # type: ignore[operator]
            return None, (error("bad-quantity", f"“{raw}”小数超过四位", "请核对"),)
        return number, (*notes, warn("not-whole", f"“{raw}”不是整数", "请核对"))
    return int(number), notes


def read_number(raw: Any) -> Read:
    """A serial number or count of pages: kept as it reads, never wrong."""
    return plain_text(raw) or None, ()


def read_list(name: str, raw: Any) -> Read:
    """A value of a list; unknown ones are kept out with the nearest suggestions."""
    text = plain_text(raw)
    if text in NOTHING and name not in ("org_rank",):
        return None, ()
    if not text or text in ("-", "—", "/"):
        return None, ()
    value, near = find_value(name, text)
    if value is not None:
        return value, ()
    do = f"是否为：{'、'.join(near)}" if near else "请从值表中选择，或先登记这个值"
    return None, (warn("unknown-value", f"“{text[:30]}”不在值表中", do),)


def read_doc_no(raw: Any) -> Read:
    """A 文号 in its one spelling (CK-39); a damaged one is kept and marked."""
    text = plain_text(raw)
    if text in NOTHING:
        return None, ()
    parsed = parse_doc_no(text)
    if parsed is None:
        return normal_doc_no(text), (
            warn("bad-doc-no", f"“{text[:40]}”不像文号", "应如 甲编发〔2023〕5号，请核对", "CK-39"),
        )
    if parsed.needs_review:
        return normal_doc_no(text), (
            warn("damaged-doc-no", f"文号“{text}”缺括号，年份是猜的", f"是否为 {parsed}", "CK-39"),
        )
    return str(parsed), ()


_LISTS = (
    "org_rank", "org_category", "welfare_class", "funding_form", "quota_kind", "sex", "flag",
    "nature", "post_class", "person_status", "entry_mode", "exit_reason", "nation",
)  # fmt: skip
READERS: dict[str, Reader] = {
    "text": read_text,
    "org": read_org,
    "person_name": read_person,
    "quantity": read_quantity,
    "balance": read_balance,
    "number": read_number,
    "date": read_day,
    "id_number": read_id,
    "uscc": read_uscc,
    "doc_no": read_doc_no,
    **{name: partial(read_list, name) for name in _LISTS},
}
