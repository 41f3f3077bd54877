"""Addresses of the site."""

from django.urls import include, path

from bianzhi.api.site import urls as api_urls

handler400 = "bianzhi.site.failures.unreadable"
handler404 = "bianzhi.site.failures.missing"
handler500 = "bianzhi.site.failures.broken"

urlpatterns = [
    path("", include("bianzhi.office.ledgers.urls")),
    path("access/", include("bianzhi.office.access.urls")),
    path("intake/", include("bianzhi.office.intake.urls")),
    path("cases/", include("bianzhi.office.cases.urls")),
    path("findings/", include("bianzhi.office.checks.urls")),
    path("survey/", include("bianzhi.office.survey.urls")),
    path("people/", include("bianzhi.office.people.urls")),
    path("api/", api_urls()),
]
