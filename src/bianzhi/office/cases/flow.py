"""The life of a matter: which step may follow which, who may take it, what it needs.

动议 → 论证 → 审议决定 → 组织实施 (条例 chapters 3–6). Pure data and functions: the pages, the
work and the property tests read the same table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bianzhi.core.errors import Refusal
from bianzhi.office.access.roles import APPLY, DECIDE, HANDLE

DRAFT, SUBMITTED, RETURNED, ACCEPTED, STUDIED = (
    "draft", "submitted", "returned", "accepted", "studied"
)  # fmt: skip
OFFICE, BOARD, PARTY, UPPER = "office", "board", "party", "upper"
APPROVED, ISSUED, ARCHIVED = "approved", "issued", "archived"
REJECTED, SUSPENDED, WITHDRAWN = "rejected", "suspended", "withdrawn"

LEVELS = {
    OFFICE: "编办室务会", BOARD: "编委会", PARTY: "党委常委会", UPPER: "上级编委"
}  # fmt: skip
STATES = {
    DRAFT: "起草", SUBMITTED: "待受理", RETURNED: "退回补正", ACCEPTED: "已受理",
    STUDIED: "已论证", **{level: f"待{title}审议" for level, title in LEVELS.items()},
    APPROVED: "已同意，待印发", ISSUED: "已印发入账", ARCHIVED: "已归档",
    REJECTED: "不同意", SUSPENDED: "中止", WITHDRAWN: "撤回",
}  # fmt: skip
BY_RULE = ("lapse",)  # taken when a limit has run out, never by a button of the matter
ENDED = (ISSUED, ARCHIVED, REJECTED, WITHDRAWN)
STUDYING = (ACCEPTED, STUDIED)
HOLDING = (*STUDYING, *LEVELS, APPROVED, SUSPENDED)  # posts may be held (锁编) in these


@dataclass(frozen=True)
class Step:
    """One thing that can be done to a matter.

    Attributes:
        code: What the record of steps and the forms say.
        title: What the button says.
        sources: States it is taken from.
        target: The state it leads to; "" where it depends on the matter (see ``target_of``).
        right: What the user must be allowed to do.
        reason: What must be written with it, "" where nothing.
        own: Whether only the side that asked may take it.
    """

    code: str
    title: str
    sources: tuple[str, ...]
    target: str
    right: str
    reason: str = ""
    own: bool = False


STEPS = {
    step.code: step
    for step in (
        Step("submit", "报送", (DRAFT, RETURNED), SUBMITTED, APPLY, own=True),
        Step("withdraw", "撤回", (DRAFT, SUBMITTED, RETURNED, *STUDYING, *LEVELS), WITHDRAWN,
             APPLY, "撤回的原因", own=True),
        Step("accept", "受理", (SUBMITTED,), ACCEPTED, HANDLE),
        Step("return", "退回补正", (SUBMITTED, *STUDYING), RETURNED, HANDLE, "要补正什么"),
        Step("study", "论证完毕", (ACCEPTED,), STUDIED, HANDLE, "论证意见"),
        Step("refer", "提交审议", (STUDIED,), "", HANDLE),
        Step("agree", "同意", tuple(LEVELS), "", DECIDE, "决定（会议名称、日期）"),
        Step("refuse", "不同意", tuple(LEVELS), REJECTED, DECIDE, "不同意的理由"),
        Step("defer", "缓议", tuple(LEVELS), STUDIED, DECIDE, "缓议的理由"),
        Step("issue", "印发", (APPROVED,), ISSUED, DECIDE),
        Step("suspend", "中止", (*STUDYING, *LEVELS, APPROVED), SUSPENDED, HANDLE, "中止的原因"),
        Step("resume", "恢复", (SUSPENDED,), "", HANDLE),
        Step("drop", "终止", (APPROVED, SUSPENDED), REJECTED, DECIDE, "终止的理由"),
        Step("lapse", "锁编到期", HOLDING, RETURNED, HANDLE, "到期的说明"),
        Step("archive", "归档", (ISSUED,), ARCHIVED, HANDLE),
    )
}  # fmt: skip


def steps_from(state: str) -> Iterator[Step]:
    """What may be done in a state."""
    return (step for step in STEPS.values() if state in step.sources)


def target_of(step: Step, state: str, levels: tuple[str, ...], before: str = "") -> str:
    """The state a step leads to.

    Args:
        step: What is done.
        state: The state it is done in.
        levels: Who decides the matter, in order; at least one.
        before: The state it was in before it was suspended.

    Raises:
        Refusal: The step cannot be taken in this state.
    """
    if state not in step.sources:
        raise Refusal.of(
            "wrong-state",
            f"事项现在是“{STATES[state]}”，不能“{step.title}”",
            "可能别人刚刚办过，请刷新页面看最新的情况",
        )
    if step.code == "refer":
        return levels[0]
    if step.code == "agree":
        later = levels[levels.index(state) + 1 :] if state in levels else ()
        return later[0] if later else APPROVED
    if step.code == "resume":
        return before or ACCEPTED
    return step.target
