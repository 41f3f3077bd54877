"""Arguments in Chinese: the help, the usage, and what is wrong with what was typed."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.management.base import CommandError, CommandParser

USAGE = 2
# What Django's own machinery looks for in the options of any command.
DJANGO = {
    "settings": None,
    "pythonpath": None,
    "traceback": False,
    "no_color": False,
    "force_color": False,
    "verbosity": 1,
}
_SAID = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"没有这样的参数：\1"),
    (r"argument (.+?): expected one argument", r"参数 \1：后面要写一个值"),
    (r"argument (.+?): expected at least one argument", r"参数 \1：后面至少要写一个值"),
    (r"argument (.+?): invalid int value: '(.*)'", r"参数 \1：“\2”应为整数"),
    (
        r"argument (.+?): invalid choice: '(.*?)' \(choose from (.+)\)",
        r"参数 \1：没有“\2”这个选择，可选：\3",
    ),
    (r"ambiguous option: (.+?) could match (.+)", r"参数 \1 不明确，可能是：\2"),
    (r"argument (.+?): (.+)", r"参数 \1：\2"),
)


def in_chinese(message: str) -> str:
    """What argparse says, in Chinese; a message it does not know stays as it is."""
    for said, chinese in _SAID:
        if re.fullmatch(said, message, re.DOTALL):
            return re.sub(said, chinese, message, count=1, flags=re.DOTALL)
    return message


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(CommandParser):
    """The parser of a command of ours: its own options and nothing else."""

    def __init__(self, prog: str, **more: Any) -> None:
        super().__init__(prog=prog, add_help=False, formatter_class=_Formatter, **more)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")
        self.set_defaults(**DJANGO)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to go on."""
        said = in_chinese(message)
        if not self.called_from_command_line:
            raise CommandError(said)
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"用法不对：{said}\n加 -h 可看这个命令的说明\n")
