"""The files an office would hand over, one module a kind."""
