"""Addresses of the problems."""

from django.urls import path

from bianzhi.office.survey.problems import views

urlpatterns = [
    path("problems", views.problems, name="problems"),
    path("problems/quotes", views.quotes, name="problem-quotes"),
    path("problems/decide", views.give, name="problem-decide"),
]
