"""Which side a duty belongs to: an administrative power (the department's) or service (the unit's).

Rules, not a black box: the words that speak for either side are found in the text, the strongest
decides, and it is named. Grounds for the nine kinds: 国办发〔2011〕37号 附件2 and the ledgers of
administrative functions of 2018–2019. Words that say the power is another's (协助, 受委托, 经办,
提供…支撑) turn an administrative word into support; “本单位、内部” makes it the unit's own affair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bianzhi.methods.overlap.lexicon import DECIDE, SERVE, Lexicon, shipped
from bianzhi.methods.overlap.parsing import Clause, parse
from bianzhi.methods.overlap.remembering import once_a_text

ADMINISTRATIVE, SERVICE, UNCLEAR = "administrative", "service", "unclear"
TITLES = {ADMINISTRATIVE: "行政职能", SERVICE: "公益服务、技术或辅助", UNCLEAR: "不能判断"}

# Phrases whose words stand apart: one pattern a line, the kind they mean.
_PATTERNS = tuple(
    (re.compile(pattern.replace("~", "[^，；]")), kind)
    for pattern, kind in (
        ("(?:低保|救助|待遇|补助|补贴|抚恤|津贴|资金)~{0,6}(?:审批|审核审批|批准|核定)", "给付"),
        ("(?:审核|审查|审批)~{0,4}(?:批复|许可|处罚|批准)", "许可"),
        ("(?:许可|资质|资格)~{0,4}(?:审批|审查|核发|发放|认定|许可)", "许可"),
        ("(?:生产|经营|从业|执业)~{0,4}许可", "许可"),
        ("(?:核发|颁发|发放|换发)~{0,8}(?:许可证|资质证|资格证|执照)", "许可"),
        ("(?:条件|资格|资质)审查", "许可"),
        ("(?:任免|考察)~{0,8}(?:负责人|班子|干部)", "其他"),
        ("(?:核定|核准|审批)~{0,8}(?:总量|总额|方案|预决算|预算|规划|处置|设置)", "其他"),
        ("(?:拟订|拟定|制定|制订|起草|编制)~{0,14}(?:规划|政策|标准|法规|办法|规章|规定)", "其他"),
        ("(?:监督|监管)(?:管理|检查)", "检查"),
        ("(?:的|实施|进行)监督$|监督(?:公开招聘|招聘)", "检查"),
    )
)
# What right after a power's word makes it a mere matter of service.
_SERVED = re.compile(
    "(?:事项|信息|数据|系统|平台|档案|案件)?的?[^，；、和]{0,6}(?:培训|受理|初审|经办|咨询|宣传|服务|维护|统计"
    "|分析|检测|检验|监测|研究|支撑|保障|推广|归档)"
)
_INTERNAL = re.compile(r"本单位|内部|自身|本机构|本中心|中层")
_SUPPORT = re.compile(
    r"受[^，；]{0,12}委托|为[^，；]+(?:提供|做好)[^，；]*(?:支撑|支持|保障|服务|依据)"
    r"|(?:事务性|辅助性|技术性|基础性|服务性|具体)工作"
)
_ASSIST = re.compile(r"^(?:负责|承担|做好)?(?:协助|配合|辅助|参与|经办|代办|受理|初审)")


@dataclass(frozen=True)
class Side:
    """Where a duty belongs.

    Attributes:
        side: ``administrative``, ``service`` or ``unclear``.
        kind: For an administrative power one of the nine kinds, else "".
        phrase: The words that decided, as they stand in the text.
        start: Where they stand.
        why: A sentence for people.
        sure: A word of the text decided; else there is none for either side.
    """

    side: str
    kind: str
    phrase: str
    start: int
    why: str
    sure: bool = True


def side_of(text: str, lexicon: Lexicon | None = None) -> Side:
    """The side of one statement: administrative as soon as one of its clauses is.

    >>> side_of("低保审批和医疗救助审核").kind
    '给付'
    >>> side_of("协助开展行政许可的现场勘查").side
    'service'
    """
    return _side(text, lexicon or shipped())


@once_a_text
def _side(text: str, lexicon: Lexicon) -> Side:
    parsed = parse(text, lexicon)
    found = [_of_clause(clause, parsed.text, lexicon) for clause in parsed.clauses
             if not clause.excepted]  # fmt: skip
    for side in (ADMINISTRATIVE, SERVICE):
        for each in found:
            if each.side == side:
                return each
    return Side(UNCLEAR, "", "", 0, "没有写明办什么事，不能判断", sure=False)


def _of_clause(clause: Clause, text: str, lexicon: Lexicon) -> Side:
    at = text.find(clause.text)
    softened = _softened(clause.text)
    power = _power(clause, lexicon)
    if power is not None and softened is None:
        kind, phrase, start = power
        why = f"“{phrase}”属于行政职能（{kind}），应由主管部门行使"
        return Side(ADMINISTRATIVE, kind, phrase, at + start, why)
    if softened is not None:
        phrase, start = softened
        why = f"“{phrase}”说明权力不在承担单位，属于辅助或内部事务"
        return Side(SERVICE, "", phrase, at + start, why)
    if (found := _serving(clause, lexicon)) is not None:
        why = f"“{found[0]}”是公益服务、技术或辅助性工作"
        return Side(SERVICE, "", found[0], at + found[1], why)
    why = "没有行政职能的用语，按公益服务看待，请人工确认"
    return Side(SERVICE, "", "", at, why, sure=False)


def _softened(text: str) -> tuple[str, int] | None:
    """Words that take the power away from the holder."""
    for pattern in (_ASSIST, _SUPPORT, _INTERNAL):
        if found := pattern.search(text):
            return found[0], found.start()
    return None


def _power(clause: Clause, lexicon: Lexicon) -> tuple[str, str, int] | None:
    """(kind, phrase, start in the clause) of an administrative power."""
    for pattern, kind in _PATTERNS:
        if found := pattern.search(clause.text):
            return kind, found[0], found.start()
    offset = clause.words[0].start if clause.words else 0
    last = clause.words[-1] if clause.words else None
    for word in clause.words:
        action = lexicon.actions.get(word.text)
        if action is not None and action.side == DECIDE:
            if word is not last and _is_matter(clause, word.text, lexicon):
                continue
            return action.kind, word.text, word.start - offset
    return None


def _serving(clause: Clause, lexicon: Lexicon) -> tuple[str, int] | None:
    """The longest word of service in the clause and where it stands, inside names of matters too
    (“清扫保洁”)."""
    words = [
        w for w, action in lexicon.actions.items() if action.side == SERVE and w in clause.text
    ]
    best = max(words, key=lambda word: (len(word), word), default=None)
    return None if best is None else (best, clause.text.index(best))


def _is_matter(clause: Clause, power: str, lexicon: Lexicon) -> bool:
    """Whether the power is only what a service is about: a word of service stands before it with
    no “、和” between (“维护行政执法平台”), or right after it (“执法培训”, “许可的受理”)."""
    before, _, after = clause.text.partition(power)
    served = _serving(replace(clause, text=before), lexicon)
    if served is not None and not re.search(r"[、和及与]", before[served[1] :]):
        return True
    return _SERVED.match(after) is not None
