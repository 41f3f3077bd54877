"""Addresses of the ledgers."""

from django.urls import path

from bianzhi.office.ledgers.views import (
    changes,
    chart,
    compare,
    entries,
    home,
    known,
    plan,
    succession,
    unit,
    units,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("units", units.units, name="units"),
    path("unit", unit.unit, name="unit"),
    path("entries", entries.entries, name="entries"),
    path("changes", changes.changes, name="changes"),
    path("change", changes.change, name="change"),
    path("compare", compare.compare, name="compare"),
    path("chart", chart.chart, name="chart"),
    path("chart/below", chart.below, name="below"),
    path("succession", succession.succession, name="succession"),
    path("plan", plan.plan, name="plan"),
    path("known", known.known, name="bitemporal"),
]
