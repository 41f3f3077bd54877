"""Addresses of the survey."""

from django.urls import include, path

from bianzhi.office.survey.views import diagnosis, report

urlpatterns = [
    path("", include("bianzhi.office.survey.rounds.urls")),
    path("", include("bianzhi.office.survey.problems.urls")),
    path("diagnosis", diagnosis.diagnosis, name="diagnosis"),
    path("diagnosis/unit", diagnosis.unit, name="diagnosis-unit"),
    path("diagnosis/judge", diagnosis.give, name="diagnosis-judge"),
    path("picture", diagnosis.district, name="district-picture"),
    path("report", report.preview, name="survey-report"),
    path("report.<str:form>", report.made, name="survey-report-file"),
    path("report/figure", report.figure, name="survey-figure"),
]
