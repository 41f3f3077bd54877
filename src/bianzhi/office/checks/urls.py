"""Addresses of the checks."""

from django.urls import path

from bianzhi.office.checks.views import answers, findings, packs, rounds

urlpatterns = [
    path("", findings.findings, name="findings"),
    path("finding", answers.finding, name="finding"),
    path("finding/answer", answers.give, name="finding-answer"),
    path("gone", answers.gone, name="findings-gone"),
    path("trend", rounds.trend, name="findings-trend"),
    path("keep", rounds.keep, name="findings-keep"),
    path("packs", packs.packs, name="packs"),
    path("packs/upload", packs.upload, name="packs-upload"),
    path("packs/choose", packs.choose, name="packs-choose"),
    path("packs/text", packs.text, name="packs-text"),
]
