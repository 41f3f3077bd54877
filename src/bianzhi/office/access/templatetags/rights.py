"""Asking in a template what the user may do."""

from __future__ import annotations

from django import template
from django.template import Context

from bianzhi.office.access.rights import may as may_do

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: Context, action: str) -> bool:
    """``{% may 'audit' as audits %}``."""
    return may_do(context["user"], action)
