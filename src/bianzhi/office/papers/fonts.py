"""The fonts papers of this installation are set in."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from bianzhi.files.official.fonts import FontSet


def font_folder() -> Path:
    """Where the office drops its licensed fonts."""
    return Path(settings.FONT_DIR)


def fonts() -> FontSet:
    """The fonts of this installation: the office's folder first."""
    folder = font_folder()
    return FontSet(folder if folder.is_dir() else None)
