"""The app of this room."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """Checks: findings of the rules, answered and followed."""

    name = "bianzhi.office.checks"
    label = "checks"
    verbose_name = "检查"
