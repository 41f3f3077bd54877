"""The app of this room."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """Survey: the diagnosis of the institutions, judged by people."""

    name = "bianzhi.office.survey"
    label = "survey"
    verbose_name = "调研诊断"

    def ready(self) -> None:
        """Have what waits of the survey said on the first page."""
        from bianzhi.office.desk.notices import tells
        from bianzhi.office.survey.rounds.waiting import waiting

        tells(waiting)
