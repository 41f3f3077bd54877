"""Users, what lets them in, and the log of what they did.

A user has one role and, where the role sees only its own unit, the key of that unit.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from bianzhi.office.access.roles import ROLES, Role


class Users(BaseUserManager["User"]):
    """Makes users."""

    def make(self, username: str, password: str, role: str, name: str, unit: str = "") -> User:
        """A new user with a password."""
        user = self.model(username=username, role=role, name=name, unit=unit)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who can log in."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    role = models.CharField(
        "角色", max_length=20, choices=[(role.code, role.title) for role in ROLES.values()]
    )
    unit = models.CharField("所属单位", max_length=80, blank=True, default="")
    is_active = models.BooleanField("启用", default=True)
    must_change = models.BooleanField("下次登录须改密码", default=False)
    session_round = models.IntegerField("登录轮次", default=0)  # logins of earlier rounds are over

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]
    objects = Users()

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    @property
    def has(self) -> Role:
        """The role, with what it may do."""
        return ROLES[self.role]


class RecoveryCode(models.Model):
    """Lets a user in once when the telephone with the one-time codes is lost; kept as a digest."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)


class Token(models.Model):
    """Lets a program in as a user; kept as a digest, shown once, revocable."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    title = models.CharField("用途", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("签发时间")
    revoked_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"


class LogEntry(models.Model):
    """One line of the access log. Only ever added: triggers refuse UPDATE and DELETE."""

    no = models.BigIntegerField(primary_key=True)
    at = models.CharField("时间", max_length=40)  # as digested: engines round times differently
    who = models.CharField("用户", max_length=80)
    act = models.CharField("事项", max_length=20)
    what = models.TextField("内容")
    subject = models.CharField("对象", max_length=80, blank=True, default="")
    reason = models.TextField("事由", blank=True, default="")
    address = models.CharField("来自", max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "访问记录"
        indexes = (
            models.Index(fields=["who", "no"], name="access_log_who"),
            models.Index(fields=["subject", "no"], name="access_log_subject"),
        )


class LogHead(models.Model):
    """The last line of the log, noted apart so that a missing tail is noticed."""

    id = models.SmallIntegerField(primary_key=True)
    no = models.BigIntegerField()
    digest = models.CharField(max_length=64)
