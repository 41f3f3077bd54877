"""The app of this room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Identity: ID numbers under lock, person keys, and the personal file."""

    name = "bianzhi.office.identity"
    label = "identity"
    verbose_name = "人员档案"
