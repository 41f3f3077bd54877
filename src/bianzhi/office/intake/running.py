"""Long work: in a thread of this process, watched through ``progress``; it can be started again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread

from django.db import connection

from bianzhi.core.errors import Refusal
from bianzhi.office.intake import progress, work
from bianzhi.office.intake.models import FAILED, READING, READY, Delivery

LOG = logging.getLogger("django.request")
Job = Callable[[Delivery], object]


def prepare(delivery: Delivery) -> None:
    """Read and plan a delivery."""

    def job(current: Delivery) -> None:
        work.prepare(current, lambda words: progress.tell(current.pk, words))

    _start(delivery, "读入表格", job)


def post(delivery: Delivery, by: str) -> None:
    """Post a delivery."""

    def job(current: Delivery) -> None:
        work.post(
            current, by,
            lambda words: progress.tell(current.pk, words),
            lambda total: progress.tell(current.pk, "入账", total),
            lambda n: progress.advance(current.pk, n),
        )  # fmt: skip

    _start(delivery, "入账", job)


def _start(delivery: Delivery, doing: str, job: Job) -> None:
    if not progress.begin(delivery.pk, doing):
        return
    Delivery.objects.filter(pk=delivery.pk).update(trouble="")
    if connection.in_atomic_block:  # a thread would not see what this transaction wrote
        _run(delivery.pk, job)
        return
    Thread(target=_threaded, args=(delivery.pk, job), daemon=True).start()


def _threaded(number: int, job: Job) -> None:
    try:
        _run(number, job)
    finally:
        connection.close()


def _run(number: int, job: Job) -> None:
    """Do the job; whatever stops it is kept with the delivery, in words."""
    try:
        job(Delivery.objects.get(pk=number))
    except Refusal as refusal:
        _stopped(number, "\n".join(map(str, refusal.problems)))
    except Exception:
        LOG.exception("intake of delivery %s stopped", number)
        _stopped(number, "程序出错，什么也没有写。请重试；仍不行请把服务器日志交给维护人员")
    finally:
        progress.end(number)


def _stopped(number: int, why: str) -> None:
    found = Delivery.objects.get(pk=number)
    if found.state == READING:
        found.state = FAILED
    found.trouble = why
    found.save(update_fields=["state", "trouble"])


def was_interrupted(delivery: Delivery) -> bool:
    """Whether reading was begun and nobody is at it: the server was stopped meanwhile."""
    return delivery.state == READING and progress.of(delivery.pk) is None


def may_post(delivery: Delivery) -> bool:
    """Whether it can be posted now."""
    return delivery.state == READY and progress.of(delivery.pk) is None
