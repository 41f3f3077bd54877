"""Addresses of the rounds of the survey."""

from django.urls import path

from bianzhi.office.survey.rounds.views import sheet

app_name = "survey"
urlpatterns = [
    path("sheets/<int:number>", sheet.sheet, name="sheet"),
    path("sheets/<int:number>/decide", sheet.decide, name="sheet-decide"),
    path("answers/<path:answer>", sheet.answer, name="answer"),
]
