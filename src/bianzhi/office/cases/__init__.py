"""Matters (事项): asked for, studied, decided, issued; issuing the paper posts the change."""
