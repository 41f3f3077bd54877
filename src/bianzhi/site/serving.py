"""Serving the site: waitress on this machine, the address told once it answers."""

from __future__ import annotations

import argparse
import errno
import socket
from collections.abc import Callable

from waitress.server import create_server

from bianzhi.core.errors import Refusal

HOST, PORT = "127.0.0.1", 8000
THREADS = 8
CONNECTIONS = 1000  # a browser keeps several open; at the server's own limit of 100 people wait
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
    from bianzhi.site.wsgi import application

    door = listen(host, port)
    server = create_server(
        application, sockets=[door], threads=THREADS, connection_limit=CONNECTIONS
    )
    shown = f"[{host}]" if ":" in host else host
    announce(f"http://{shown}:{door.getsockname()[1]}/")
    server.run()


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
