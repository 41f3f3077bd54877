"""Intake: an office's own files become documents of the record."""
