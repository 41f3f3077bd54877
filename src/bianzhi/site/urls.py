"""Addresses of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("bianzhi.office.ledgers.urls")),
    path("access/", include("bianzhi.office.access.urls")),
    path("intake/", include("bianzhi.office.intake.urls")),
    path("people/", include("bianzhi.office.people.urls")),
]
