"""Numeric methods, each usable alone from a notebook: arrays or frames in, results out."""
