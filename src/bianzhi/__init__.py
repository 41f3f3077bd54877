"""Bianzhi 编制: the register of a public establishment, and its adviser."""

__version__ = "0.1.0"
