"""The app of this room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake: an office's own files become documents of the record."""

    name = "bianzhi.office.intake"
    label = "intake"
    verbose_name = "导入"
