"""Users. A user has one role and, where the role sees only its own unit, the key of that unit."""

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

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]
    objects = Users()

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    @property
    def has(self) -> Role:
        """The role, with what it may do."""
        return ROLES[self.role]
