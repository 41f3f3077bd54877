"""Roles: who may do what, and how far each sees. Data, so that a page and a test read the same."""

from __future__ import annotations

from dataclasses import dataclass

READ, IMPORT, POST, SECRETS, AUDIT, USERS = "read", "import", "post", "secrets", "audit", "users"
APPLY, HANDLE, DECIDE = "apply", "handle", "decide"
ANSWER, PACKS = "answer", "packs"
ACTIONS = {
    READ: "查看台账",
    IMPORT: "导入文件",
    POST: "入账",
    APPLY: "提出事项",
    HANDLE: "办理事项",
    DECIDE: "登记决定、印发文件",
    ANSWER: "答复检查发现、填报调研",
    PACKS: "管理规则包",
    SECRETS: "查看完整身份证号（逐次留痕）",
    AUDIT: "查看访问记录",
    USERS: "管理用户",
}


@dataclass(frozen=True)
class Role:
    """A role: its title, what it may do, and whether it sees only its own unit and all below."""

    code: str
    title: str
    actions: frozenset[str]
    own_unit_only: bool = False


def _role(code: str, title: str, *actions: str, own: bool = False) -> Role:
    return Role(code, title, frozenset(actions), own)


ROLES = {
    role.code: role
    for role in (
        _role(
            "office_clerk", "编办经办人", READ, IMPORT, POST, SECRETS, ANSWER, PACKS, APPLY, HANDLE
        ),
        _role(
            "office_head",
            "编办负责人",
            READ,
            IMPORT,
            POST,
            SECRETS,
            ANSWER,
            PACKS,
            APPLY,
            HANDLE,
            DECIDE,
        ),
        _role("board_secretary", "编委会秘书", READ, POST, DECIDE),
        _role("department_clerk", "部门经办人", READ, ANSWER, APPLY, own=True),
        _role("institution_clerk", "单位经办人", READ, ANSWER, APPLY, own=True),
        _role("auditor", "审计员", READ, AUDIT),
        _role("administrator", "系统管理员", USERS),
    )
}
