"""Addresses of the site."""

from django.urls import include, path

from bianzhi.api.site import urls as api_urls

urlpatterns = [
    path("", include("bianzhi.office.ledgers.urls")),
    path("access/", include("bianzhi.office.access.urls")),
    path("intake/", include("bianzhi.office.intake.urls")),
    path("findings/", include("bianzhi.office.checks.urls")),
    path("people/", include("bianzhi.office.people.urls")),
    path("api/", api_urls()),
]
