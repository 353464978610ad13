"""Takers without a socket: straight to a server over one plain connection, or into the application itself."""

from __future__ import annotations

import http.client
import io
import resource
from collections.abc import Callable, Iterable
from typing import Any

from .messages import Exchanges, Reply, Request
from .wire import common_headers

Send = Callable[[Request], Reply]


def play(exchanges: Exchanges, send: Send) -> None:
    """Carry exchanges to their end. Raises Unexpected."""
    request = next(exchanges)
    while True:
        reply = send(request)
        try:
            request = exchanges.send(reply)
        except StopIteration:
            return


def over_http(host: str, port: int) -> Send:
    """Return what sends requests one by one over one connection."""
    connection, common = http.client.HTTPConnection(host, port), common_headers(f"{host}:{port}")

    def send(request: Request) -> Reply:
        connection.request(request.method, request.path, request.body or None, {**common, **dict(request.headers)})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, headers, response.read())

    return send


def into(application: Callable[..., Iterable[bytes]], host: str) -> Send:
    """Return what hands requests to a WSGI application in this thread."""
    common = common_headers(host)

    def send(request: Request) -> Reply:
        told: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            told["status"], told["headers"] = int(status[:3]), {name.lower(): value for name, value in headers}

        chunks = application(_environ(request, {**common, **dict(request.headers)}), start_response)
        body = b"".join(chunks)
        getattr(chunks, "close", lambda: None)()
        return Reply(told["status"], told["headers"], body)

    return send


def own_seconds() -> float:
    """Return the processor seconds that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _environ(request: Request, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = request.path.partition("?")
    host, _, port = headers["Host"].partition(":")
    fields = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return {
        **fields,
        "REQUEST_METHOD": request.method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": host,
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(request.body)) if request.method == "POST" else "",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "https",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
