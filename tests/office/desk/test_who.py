"""Who did something is told by name; what no user did, as it was written down."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from bianzhi.office.access.models import User

PAGE = Template("{% load pages %}{% for each in said %}{% who each %} {% endfor %}")
pytestmark = pytest.mark.django_db


def shown(*said: str) -> str:
    return PAGE.render(Context({"request": RequestFactory().get("/"), "said": said})).strip()


def test_a_user_is_told_by_name_with_the_user_name_under_the_pointer():
    User.objects.make("zhang3", "x", "clerk", "张三")
    assert shown("zhang3") == '<span title="zhang3">张三</span>'


def test_what_no_user_did_stays_as_written_and_is_no_markup():
    assert shown("命令行", "<b>") == "命令行 &lt;b&gt;"


def test_names_are_asked_for_once_a_page(django_assert_num_queries):
    User.objects.make("zhang3", "x", "clerk", "张三")
    with django_assert_num_queries(1):
        shown("zhang3", "zhang3", "命令行")
