"""Loading an office's folder through the import, with progress in the terminal."""

from __future__ import annotations

from pathlib import Path

from bianzhi.core.errors import Refusal
from bianzhi.office.intake import keeping, work
from bianzhi.office.intake.models import POSTED, Delivery
from bianzhi.site.console import progress


def load(paths: list[Path], by: str, accept: bool, quiet: bool) -> Delivery:
    """Read, plan and, where the proposals are accepted, post the files of folders.

    Raises:
        Refusal: They cannot be read or posted; nothing was written into the record.
    """
    received = work.receive(keeping.folder(paths), by)
    delivery = received.delivery
    if delivery.state == POSTED:
        return delivery
    with progress("读入", None, quiet) as advance:
        try:
            work.prepare(delivery, lambda words: advance(1))
        except Refusal as refusal:
            work.fail(delivery, refusal)
            raise
    if not accept:
        return delivery
    work.decide(delivery, "proposal")
    with progress("入账", delivery.summary["changes"], quiet) as advance:
        return work.post(delivery, by, advance=advance)
