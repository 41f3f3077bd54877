"""The app of this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What every page shares: viewpoint, words, the look of a page."""

    name = "bianzhi.office.desk"
    label = "desk"
    verbose_name = "桌面"
