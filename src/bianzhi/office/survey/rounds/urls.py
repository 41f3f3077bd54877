"""Addresses of the rounds of the survey."""

from django.urls import path

from bianzhi.office.survey.rounds.views import (
    filling,
    interviews,
    questionnaires,
    rounds,
    sheet,
    workbooks,
)

app_name = "survey"
urlpatterns = [
    path("rounds", rounds.rounds, name="rounds"),
    path("rounds/new", rounds.new, name="round-new"),
    path("rounds/<int:number>", rounds.round, name="round"),
    path("rounds/<int:number>/remind", rounds.remind, name="round-remind"),
    path("rounds/<int:number>/change", rounds.change, name="round-change"),
    path("rounds/<int:number>/workbooks", workbooks.workbooks, name="workbooks"),
    path("rounds/<int:number>/take", workbooks.take, name="take"),
    path("rounds/<int:number>/answers", workbooks.answers, name="answers"),
    path("rounds/<int:number>/attach", workbooks.attach_file, name="round-attach"),
    path("rounds/<int:number>/files/<int:file>", workbooks.file, name="round-file"),
    path("rounds/<int:number>/interviews", interviews.interviews, name="interviews"),
    path("mine", filling.mine, name="mine"),
    path("sheets/<int:number>", sheet.sheet, name="sheet"),
    path("sheets/<int:number>/decide", sheet.decide, name="sheet-decide"),
    path("sheets/<int:number>/fill", filling.fill, name="fill"),
    path("sheets/<int:number>/attach", filling.attach_file, name="sheet-attach"),
    path("sheets/<int:number>/files/<int:file>", filling.file, name="sheet-file"),
    path("sheets/<int:number>/workbook", workbooks.workbook, name="workbook"),
    path("sheets/<int:number>/take", workbooks.take_own, name="take-own"),
    path("taken/<int:number>", workbooks.taken, name="taken"),
    path("answers/<path:answer>", sheet.answer, name="answer"),
    path("questionnaires", questionnaires.questionnaires, name="questionnaires"),
    path("questionnaires/text", questionnaires.text, name="questionnaire-text"),
]
