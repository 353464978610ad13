"""The lightest HTTP/1.1 client that does the work: connections kept alive and shared, as a reverse proxy keeps them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from .messages import Reply, Request

HEAD_END = b"\r\n\r\n"


class Broken(ConnectionError):
    """The connection ended before the reply did."""


class Connection(asyncio.Protocol):
    """One connection, one exchange at a time."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.is_open, self._buffer = True, bytearray()
        self._reply: asyncio.Future[Reply] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        if self._reply and not self._reply.done():
            self._reply.set_exception(Broken())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        reply = _complete(self._buffer)
        if reply and self._reply and not self._reply.done():
            self._buffer.clear()
            self._reply.set_result(reply)

    async def exchange(self, message: bytes) -> Reply:
        """Send one request and return its reply. Raises Broken."""
        if not self.is_open:
            raise Broken
        self._reply = asyncio.get_running_loop().create_future()
        self.transport.write(message)
        return await self._reply


def _complete(data: bytearray) -> Reply | None:
    """Return the reply once all of it is there."""
    end = data.find(HEAD_END)
    if end < 0:
        return None
    first, *lines = data[:end].decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = data[end + len(HEAD_END) :]
    if len(body) < int(headers["content-length"]):
        return None
    return Reply(int(first.split(" ", 2)[1]), headers, bytes(body))


class Connections:
    """The connections to one server; those that are free are taken again, the last freed first."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._free: list[Connection] = []
        self._common = common_headers(f"{host}:{port}")

    async def send(self, request: Request) -> Reply:
        """Return the reply to `request`. Raises Broken or OSError when no connection holds."""
        connection = await self._take()
        reply = await connection.exchange(written(request, self._common))
        if connection.is_open and reply.headers.get("connection") != "close":
            self._free.append(connection)
        return reply

    async def _take(self) -> Connection:
        while self._free:
            connection = self._free.pop()
            if connection.is_open:
                return connection
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, self.host, self.port)
        return connection

    def close(self) -> None:
        """Close what is free."""
        for connection in self._free:
            connection.transport.close()


def common_headers(host: str) -> Mapping[str, str]:
    """Return what every request carries: what a reverse proxy that ends TLS adds, what a browser says."""
    return {
        "Host": host,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "192.0.2.7",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Accept": "text/html,application/json;q=0.9,*/*;q=0.8",
        "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5",
        "Accept-Encoding": "gzip, deflate, br",
    }


def written(request: Request, common: Mapping[str, str]) -> bytes:
    """Return the bytes of a request."""
    lines = [f"{request.method} {request.path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in (*common.items(), *request.headers)]
    if request.method == "POST":
        lines += [f"Origin: https://{common['Host']}", f"Content-Length: {len(request.body)}"]
    return "\r\n".join(lines).encode("latin-1") + HEAD_END + request.body
