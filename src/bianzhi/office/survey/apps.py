"""The app of this room."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """Survey: the diagnosis of the institutions, judged by people."""

    name = "bianzhi.office.survey"
    label = "survey"
    verbose_name = "调研诊断"
