"""Making, changing and closing users: for the pages and the command line alike, always logged."""

from __future__ import annotations

from django.db import transaction

from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.models import User
from bianzhi.office.access.roles import ROLES
from bianzhi.office.access.seals import word
from bianzhi.office.access.sessions import end_all
from bianzhi.record.engine import Engine


@transaction.atomic
def enroll(
    username: str, name: str, role: str, unit: str = "", *, by: str, address: str = ""
) -> tuple[User, str]:
    """A new user and the first password, which must be changed at the first login.

    Raises:
        Refusal: The name is taken or empty, there is no such role, or a unit is missing or extra.
    """
    username, name, unit = username.strip(), name.strip(), unit.strip()
    _check(username, name, role, unit)
    password = word()
    user = User.objects.make(username, password, role, name, unit)
    user.must_change = True
    user.save(update_fields=["must_change"])
    told = f"新建用户 {username}（{name}，{ROLES[role].title}{_at(unit)}）"
    log.write("users", told, who=by, subject=username, address=address)
    return user, password


@transaction.atomic
def change(user: User, *, role: str, unit: str, by: str, address: str = "") -> None:
    """Another role or unit; whoever is logged in must log in again."""
    unit = unit.strip()
    _need_place(role, unit)
    before = f"{user.has.title}{_at(user.unit)}"
    user.role, user.unit = role, unit
    user.save(update_fields=["role", "unit"])
    end_all(user)
    told = f"{user.username}：{before} 改为 {user.has.title}{_at(unit)}"
    log.write("users", told, who=by, subject=user.username, address=address)


@transaction.atomic
def set_active(user: User, active: bool, *, by: str, address: str = "") -> None:
    """Close a user, or open it again. A user is never deleted: the log names it."""
    if not active and _is_last_administrator(user):
        raise Refusal.of(
            "last-administrator", "这是最后一个启用的系统管理员，不能停用", "请先另设一个系统管理员"
        )
    user.is_active = active
    user.save(update_fields=["is_active"])
    end_all(user)
    told = f"{'启用' if active else '停用'} {user.username}"
    log.write("users", told, who=by, subject=user.username, address=address)


@transaction.atomic
def reset(user: User, *, by: str, address: str = "") -> str:
    """A new first password; one-time codes are taken off, logins ended, the lock-out lifted."""
    from axes.utils import reset as unlock

    password = word()
    user.set_password(password)
    user.must_change = True
    user.save(update_fields=["password", "must_change"])
    drop_codes(user)
    end_all(user)
    unlock(username=user.username)
    log.write("users", f"重置 {user.username} 的密码和动态码", who=by, subject=user.username,
              address=address)  # fmt: skip
    return password


def drop_codes(user: User) -> None:
    """Take one-time codes off."""
    user.totpdevice_set.all().delete()  # type: ignore[attr-defined]
    user.recovery_codes.all().delete()


def _check(username: str, name: str, role: str, unit: str) -> None:
    if not username or not name:
        raise Refusal.of("no-name", "用户名和姓名都要填", field="username")
    if len(username) > 40 or len(name) > 40 or "\0" in username + name:
        raise Refusal.of("bad-name", "用户名和姓名各不超过 40 个字", field="username")
    if User.objects.filter(username=username).exists():
        raise Refusal.of("name-taken", f"已有用户 {username}", "请换一个用户名", field="username")
    _need_place(role, unit)


def _need_place(role: str, unit: str) -> None:
    if role not in ROLES:
        known = "、".join(f"{each.code}（{each.title}）" for each in ROLES.values())
        raise Refusal.of("unknown-role", f"没有“{role}”这个角色", f"可选：{known}", field="role")
    if ROLES[role].own_unit_only and not unit:
        raise Refusal.of(
            "no-unit", f"{ROLES[role].title}要写明所属单位的代码", "他只看得到这个单位和下属",
            field="unit",
        )  # fmt: skip
    if unit and not ROLES[role].own_unit_only:
        raise Refusal.of(
            "unit-not-used", f"{ROLES[role].title}看全区，不写所属单位", "请清空", field="unit"
        )
    if unit:
        _need_org(unit)


def _need_org(unit: str) -> None:
    """A mistyped code would give its user a page with nothing on it, and no word why."""
    found = None if "\0" in unit else Engine().row(
        "SELECT cls FROM record_subject WHERE key = %s", [unit]
    )  # fmt: skip
    if found is None:
        raise Refusal.of(
            "unknown-unit", f"台账里没有代码为“{unit}”的单位",
            "请核对代码（机构名册和单位页上有）；台账还没有建立的，请先导入", field="unit",
        )  # fmt: skip
    if found[0] != "org":
        raise Refusal.of(
            "no-org", f"“{unit}”不是机构（是内设机构、资源库或其他）", "请写机构的代码",
            field="unit",
        )  # fmt: skip


def _is_last_administrator(user: User) -> bool:
    others = User.objects.filter(role="administrator", is_active=True).exclude(pk=user.pk)
    return user.role == "administrator" and not others.exists()


def _at(unit: str) -> str:
    return f"·{unit}" if unit else ""
