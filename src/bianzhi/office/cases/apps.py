"""The job of deciding matters."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Matters, meetings and the papers that come of them."""

    name = "bianzhi.office.cases"
    verbose_name = "事项办理"
