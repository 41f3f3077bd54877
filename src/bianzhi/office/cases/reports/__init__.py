"""The year's reports: what the establishment is and what became of it, from states alone."""
