"""Django's command line, speaking Chinese and showing our commands first."""

from __future__ import annotations

import sys
from typing import NoReturn

from django.conf import settings
from django.core.management import ManagementUtility, get_commands
from django.core.management.base import BaseCommand

from bianzhi import __version__
from bianzhi.core.errors import cause
from bianzhi.site.arguments import USAGE

OURS = "bianzhi.site"


class Utility(ManagementUtility):
    """Finds the command named by the words and runs it."""

    def execute(self) -> None:
        """Run the command; what is wrong with the environment or the words is told in words."""
        if self.argv[1:] in (["--version"], ["version"]):
            sys.stdout.write(f"{__version__}\n")
            return
        _read_settings()
        super().execute()

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """A command by its name."""
        if subcommand not in get_commands():
            _wrong(f"没有“{subcommand}”这个命令，运行 bianzhi help 可看全部命令")
        return super().fetch_command(subcommand)

    def main_help_text(self, commands_only: bool = False) -> str:
        """Our commands, each with what it does, then the names of Django's."""
        names = our_commands()
        others = sorted(get_commands().keys() - set(names))
        if commands_only:
            return "\n".join([*names, *others])
        wide = max(map(len, names))
        lines = [f"  {name:{wide}}  {self.fetch_command(name).help}" for name in names]
        usage = "用法：bianzhi 命令 [参数…]　　某个命令的说明：bianzhi help 命令"
        return "\n".join([usage, "", *lines, "", f"Django 自带的管理命令：{' '.join(others)}"])


def our_commands() -> list[str]:
    """The names of the commands that are the product's own."""
    return sorted(name for name, app in get_commands().items() if app == OURS)


def _read_settings() -> None:
    try:
        _ = settings.DATABASES
    except ValueError as error:
        _wrong(str(error))
    except OSError as error:
        _wrong(f"建不了 {error.filename}：{cause(error)}，请核对 BIANZHI_DATABASE")


def _wrong(what: str) -> NoReturn:
    sys.stderr.write(f"用法不对：{what}\n")
    sys.exit(USAGE)
