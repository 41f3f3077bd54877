"""The app of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People: the real-name register (实名制)."""

    name = "bianzhi.office.people"
    label = "people"
    verbose_name = "人员"
