"""Checks: what the rules find, how each finding is answered, and whether it went away."""
