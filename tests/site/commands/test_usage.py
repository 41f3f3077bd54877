"""What was typed wrongly is told in Chinese, with exit code 2; help reads well."""

from __future__ import annotations

import re

import pytest

from bianzhi import __version__
from bianzhi.site.arguments import in_chinese
from bianzhi.site.console import EXIT_CODES
from tests.support.console import run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["post"], "缺少参数：文件"),
        (["state", "--on"], "参数 --on：后面要写一个值"),
        (["convert", "organograms", "a", "b", "--years"], "参数 --years：后面至少要写一个值"),
        (["state", "--known", "三"], "参数 --known：“三”应为整数"),
        (
            ["state", "--on", "2023-13-01"],
            "参数 --on：“2023-13-01”不是一个日期 → 请写成 2023-05-01",
        ),
        (["post", "a", "--force"], "没有这样的参数：--force"),
        (["diff", "2023-01-01", "2024-01-01", "--known", "1"], "参数 --known 不明确，可能是："),
        (["没有的命令"], "没有“没有的命令”这个命令，运行 bianzhi help 可看全部命令"),
        (["help", "没有的命令"], "没有“没有的命令”这个命令"),
    ],
)
def test_wrong_usage(words, said):
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert f"用法不对：{said}" in ran.err


def test_wrong_usage_shows_the_right_one():
    assert run("post").err.startswith("用法：bianzhi post [-h] [--json] [--quiet] 文件 [文件 ...]")


def test_a_message_nobody_translated_stays():
    assert in_chinese("something new") == "something new"


def test_help_of_a_command_reads_well():
    ran = run("help", "post")
    assert ran.code == 0
    assert re.findall(r"[A-Za-z]+", ran.out) == (
        [
            "bianzhi",
            "post",
            "h",
            "json",
            "quiet",
            "JSON",
            "Lines",
            "h",
            "help",
            "json",
            "JSON",
            "quiet",
        ]
    )
    assert ran.out.rstrip().endswith(EXIT_CODES)


@pytest.mark.parametrize("words", [[], ["help"]])
def test_help_lists_our_commands_first(words):
    lines = run(*words).out.splitlines()
    assert lines[0].startswith("用法：bianzhi 命令")
    names = [line.split()[0] for line in lines if line.startswith("  ")]
    assert {"post", "state", "history", "diff", "verify", "reconcile"} <= set(names)
    assert names == sorted(names)


@pytest.mark.parametrize("word", ["version", "--version"])
def test_version_is_ours(word):
    assert run(word).out.strip() == __version__
