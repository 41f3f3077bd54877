"""Addresses of people."""

from django.urls import path

from bianzhi.office.people.views import ages, moves, person, register

urlpatterns = [
    path("", register.register, name="people"),
    path("find", register.find, name="people-find"),
    path("full", register.full, name="people-full"),
    path("person", person.person, name="person"),
    path("secret", person.secret, name="people-secret"),
    path("ages", ages.ages, name="people-ages"),
    path("move", moves.move, name="people-move"),
]
