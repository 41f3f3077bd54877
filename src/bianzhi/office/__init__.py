"""The jobs of the office, one Django app each, all with the same floor plan."""
