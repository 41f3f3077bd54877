"""Addresses of the site."""

from django.urls import path

from bianzhi.site.views import changes, compare, entries, files, home, unit

urlpatterns = [
    path("", home.home, name="home"),
    path("unit", unit.unit, name="unit"),
    path("entries", entries.entries, name="entries"),
    path("changes", changes.changes, name="changes"),
    path("change", changes.change, name="change"),
    path("compare", compare.compare, name="compare"),
    path("site.css", files.style, name="style"),
    path("icon.svg", files.icon, name="icon"),
]
