"""Serving the site: waitress on this machine, the address told once it answers."""

from __future__ import annotations

import argparse
import errno
import logging
import socket
import threading
import time
from collections.abc import Callable

from waitress.server import create_server

from bianzhi.core.errors import Refusal

HOST, PORT = "127.0.0.1", 8000
THREADS = 8
CONNECTIONS = 1000  # a browser keeps several open; at the server's own limit of 100 people wait
PAUSE = 5  # seconds after which is looked whether there is something to make ready
_WHY = {
    errno.EADDRINUSE: "端口已被占用",
    errno.EACCES: "没有权限",
    errno.EADDRNOTAVAIL: "这不是本机的地址",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of every command that serves."""
    parser.add_argument(
        "--host", metavar="地址", default=HOST,
        help=f"监听的地址，默认只对本机（{HOST}）；对外时主机名要写进 BIANZHI_HOSTS",
    )  # fmt: skip
    parser.add_argument(
        "--port", metavar="端口", type=int, default=PORT,
        help=f"默认 {PORT}；0 为任一空闲端口",
    )  # fmt: skip


def serve(host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until interrupted (Ctrl+C).

    Args:
        host: Address to listen on.
        port: Port; 0 takes a free one.
        announce: Called with the address once it is taken.

    Raises:
        Refusal: The port is taken, or the address is none of this machine.
    """
    from django.urls import reverse

    from bianzhi.site.wsgi import application

    # that people wait a moment is nothing the clerk at the console can act on
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    door = listen(host, port)
    server = create_server(
        application, sockets=[door], threads=THREADS, connection_limit=CONNECTIONS
    )
    reverse("home")  # every page is imported before a second thread begins: two at once would clash
    threading.Thread(target=stay_warm, name="warming", daemon=True).start()
    shown = f"[{host}]" if ":" in host else host
    announce(f"http://{shown}:{door.getsockname()[1]}/")
    server.run()


def stay_warm(pause: float = PAUSE, rounds: int = 0) -> None:
    """Make the first page ready while nobody waits: when the server starts, when a day begins, when
    a change was posted; then the diagnosis. Once a day keep what the rules find.

    Args:
        pause: Seconds between looking.
        rounds: How often to look; 0 for as long as the server runs.
    """
    from django.db import connection

    from bianzhi.office.checks.daily import look
    from bianzhi.office.ledgers.warming import warm
    from bianzhi.office.survey import warming as survey

    jobs: dict[str, Callable[[], object]] = {
        "making the first page ready": warm, "keeping the day's findings": look,
        "diagnosing": survey.warm,
    }  # fmt: skip
    done = 0
    while not rounds or done < rounds:
        for what, job in jobs.items():
            try:
                job()
            except Exception:  # whoever opens a page meets the same, and is told
                logging.getLogger(__name__).exception(what)
            finally:
                connection.close()
        done += 1
        time.sleep(pause)


def listen(host: str, port: int) -> socket.socket:
    """The socket of an address of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        other = port + 1 if 0 < port < 2**16 - 1 else PORT
        raise Refusal.of(
            "cannot-listen",
            f"不能在 {host}:{port} 上启动：{_WHY.get(getattr(error, 'errno', 0)) or error}",
            f"请换一个端口，例如 --port {other}",
        ) from None
