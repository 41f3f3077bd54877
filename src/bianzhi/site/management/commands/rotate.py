"""``bianzhi rotate``: ID numbers under a new key."""

from __future__ import annotations

from typing import Any

from bianzhi.office.identity.opening import key_file, rotate
from bianzhi.site import console
from bianzhi.site.console import OK


class Command(console.Command):
    """Lock everything again."""

    help = "更换加密身份证号的密钥；旧密钥留在密钥文件里，供打开旧的备份"
    undone = "没有更换"

    def work(self, **options: Any) -> tuple[int, Any]:
        return OK, {"locked": rotate(), "key_file": str(key_file())}

    def show(self, result: dict[str, Any]) -> None:
        self.say(
            f"已换新密钥，{result['locked']} 个身份证号重新加密",
            f"请马上另存密钥文件 {result['key_file']}（不要和备份放在一起）",
        )
