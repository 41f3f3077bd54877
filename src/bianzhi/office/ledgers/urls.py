"""Addresses of the ledgers."""

from django.urls import path

from bianzhi.office.ledgers.views import changes, compare, entries, home, unit

urlpatterns = [
    path("", home.home, name="home"),
    path("unit", unit.unit, name="unit"),
    path("entries", entries.entries, name="entries"),
    path("changes", changes.changes, name="changes"),
    path("change", changes.change, name="change"),
    path("compare", compare.compare, name="compare"),
]
