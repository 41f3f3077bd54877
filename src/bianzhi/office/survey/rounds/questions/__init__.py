"""Questionnaires: the kinds of parts there are, reading one from its text, those at hand."""
