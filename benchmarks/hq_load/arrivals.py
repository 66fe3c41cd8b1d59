"""An open loop: pages are asked for at fixed times, however long others take, and waiting counts."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.hq_load.asking import Asked

WAITS_S: Final = 10.0
"""After that long without an answer a page counts as an error."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back.

    Attributes
    ----------
    status
        0 where nothing came.
    latency_ms
        From the time at which the page was to be asked for until its last byte.
    """

    asked: Asked
    status: int
    latency_ms: float
    body: bytes


@dataclass(slots=True)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


async def drive(asked: Sequence[Asked], port: int, per_s: float) -> list[Answered]:
    """Ask for pages one after another, ``per_s`` of them each second, over as many connections as it takes."""
    idle: list[_Connection] = []
    begin = time.perf_counter() + 0.1
    tasks = []
    for number, each in enumerate(asked):
        planned = begin + number / per_s
        if (wait := planned - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(_answered(each, planned, port, idle)))
    answered = await asyncio.gather(*tasks)
    for connection in idle:
        connection.writer.close()
    return answered


async def _answered(asked: Asked, planned: float, port: int, idle: list[_Connection]) -> Answered:
    try:
        async with asyncio.timeout(WAITS_S):
            status, body = await _exchange(asked, port, idle)
    except (OSError, asyncio.IncompleteReadError, TimeoutError):
        status, body = 0, b""
    return Answered(asked, status, (time.perf_counter() - planned) * 1000, body)


async def _exchange(asked: Asked, port: int, idle: list[_Connection]) -> tuple[int, bytes]:
    connection = idle.pop() if idle else await _connect(port)
    connection.writer.write(
        f"GET {asked.path} HTTP/1.1\r\nHost: localhost:{port}\r\n"
        f"Cookie: sessionid={asked.by.session}; csrftoken={asked.by.session:A<32.32}\r\n\r\n".encode()
    )
    head = await connection.reader.readuntil(b"\r\n\r\n")
    body = await _body(head.lower(), connection.reader)
    idle.append(connection)
    return int(head[9:12]), body


async def _connect(port: int) -> _Connection:
    return _Connection(*await asyncio.open_connection("127.0.0.1", port))


async def _body(head: bytes, reader: asyncio.StreamReader) -> bytes:
    if b"transfer-encoding: chunked" in head:
        parts = []
        while size := int(await reader.readuntil(b"\r\n"), 16):
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readexactly(2)
        return b"".join(parts)
    length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
    return await reader.readexactly(int(length or 0))
