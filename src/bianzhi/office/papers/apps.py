"""The app of this room."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Papers: the full texts of 三定, 批复 and other documents."""

    name = "bianzhi.office.papers"
    label = "papers"
    verbose_name = "文件全文"
