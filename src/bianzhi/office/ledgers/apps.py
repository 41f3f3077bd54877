"""The app of this room."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Ledgers (台账): what the record holds, seen on any day."""

    name = "bianzhi.office.ledgers"
    label = "ledgers"
    verbose_name = "台账"
