"""Questionnaires that come with the product."""
