"""The job of deciding matters."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Matters, meetings and the papers that come of them."""

    name = "bianzhi.office.cases"
    verbose_name = "事项办理"

    def ready(self) -> None:
        """Have the rules told of what was decided here."""
        from bianzhi.office.cases import telling
        from bianzhi.office.checks import beside

        beside.offer("cases", telling.frames, telling.revision)
