"""``bianzhi``: Django's command line with our commands."""

from __future__ import annotations

import os
import sys

# Beside the user's own database, never in it.
DEMO_DATABASE = "sqlite:///var/demo.sqlite3"
INTERRUPTED = 130  # what a shell reports for Ctrl+C


def main() -> None:
    """Run a command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bianzhi.site.settings")
    from bianzhi.site.utility import Utility

    try:
        Utility(for_demo(sys.argv)).execute()
    except BrokenPipeError:
        # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.stderr.write("已中断：没有做完的变更一笔也没有写\n")
        sys.exit(INTERRUPTED)


def for_demo(words: list[str]) -> list[str]:
    """``demo`` and ``demo COMMAND …`` run over the demo's database, whatever the user's is.

    It is chosen here because the settings read the environment once, before any command runs.
    """
    if words[1:2] != ["demo"]:
        return words
    os.environ["BIANZHI_DATABASE"] = DEMO_DATABASE
    is_command = len(words) > 2 and not words[2].startswith("-")
    return [words[0], *words[2:]] if is_command else words
