"""Invented districts, cities and nations, made by a seeded generator."""
