"""The record as a Django app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Registered as ``record``."""

    name = "bianzhi.record"
    label = "record"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"
