"""The app of this room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access: who may see and do what, and the log of it."""

    name = "bianzhi.office.access"
    label = "access"
    verbose_name = "权限"

    def ready(self) -> None:
        """Listen to logins."""
        from bianzhi.office.access import signals  # noqa: F401
