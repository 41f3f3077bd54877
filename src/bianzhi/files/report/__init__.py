"""A report whose every number leads to its grounds: one text, made into Word and PDF."""
