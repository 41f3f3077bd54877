"""People: the real-name register (实名制)."""
