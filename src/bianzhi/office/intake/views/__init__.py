"""The pages of intake."""
