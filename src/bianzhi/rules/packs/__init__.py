"""Parameters of rules as data."""
