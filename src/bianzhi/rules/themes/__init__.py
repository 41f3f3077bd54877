"""The rules, a file a theme."""
