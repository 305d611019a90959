"""How ten people who edit fare beside one who asks for the heaviest things, one kind after the other.

Each kind is measured between two turns of the ten alone, in the same server, so that a busy machine slows all. The one
runs in a process of its own and reads answers without understanding them.
Run: python -m benchmarks.heavy_neighbour [SECONDS]
"""

from __future__ import annotations

import asyncio
import base64
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

from websockets.asyncio.client import ClientConnection

from benchmarks.server import served
from benchmarks.training_page import setup_of
from benchmarks.visitors import line_of
from mlpviz.network.new_network import new_network

EDITORS = 10
EVERY = 0.4
"""seconds between two edits of one person, who edits faster than people do"""
_PIECE = 900_000

Heavy = Callable[[str], Coroutine[Any, Any, None]]


class Line:
    """A channel on which messages are numbered."""

    def __init__(self, socket: ClientConnection, page: str) -> None:
        self._socket, self._page, self._number = socket, page, 0

    async def do(self, *events: dict[str, Any]) -> str | bytes:
        """Send events and wait for the answer."""
        self._number += 1
        await self._socket.send(json.dumps({"page": self._page, "sequence": self._number, "events": events}))
        return await self._socket.recv()

    async def ask(self, *events: dict[str, Any]) -> None:
        """Send a question, without waiting."""
        await self._socket.send(json.dumps({"page": self._page, "events": events}))

    async def open_file(self, name: str, content: bytes, **more: str) -> None:
        """Send a file in pieces."""
        for at in range(0, len(content), _PIECE):
            piece = {"name": name, "size": len(content), "at": at}
            text = base64.b64encode(content[at : at + _PIECE]).decode()
            await self.do({"type": "upload_piece", **more, **piece, "bytes": text})


def edit(number: int) -> dict[str, Any]:
    """Another value of one weight."""
    return {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": number % 7 - 3.5}


def _largest() -> bytes:
    network = new_network("784-300-10", ["tanh", "identity"], True, "mse", "xavier_uniform", "1", "64")
    return network.to_json().encode()


async def large_edits(url: str) -> None:
    """Edits of the largest network, one after the other."""
    async with line_of(url, "") as socket:
        line = Line(socket, "sheet")
        await line.open_file("large.json", _largest())
        for number in range(10**9):
            await line.do(edit(number))


async def many_steps(url: str) -> None:
    """As many steps of the optimizer at once as one edit may take, of a network of middle size."""
    async with line_of(url, "") as socket:
        line = Line(socket, "sheet")
        network = new_network("64-64-10", ["tanh", "identity"], True, "mse", "xavier_uniform", "1", "64")
        await line.open_file("middle.json", network.to_json().encode())
        while True:
            await line.do({"type": "update", "times": 600})


async def large_checks(url: str) -> None:
    """Checks of the largest network, asked for all the time."""
    async with line_of(url, "") as socket:
        line = Line(socket, "sheet")
        await line.open_file("large.json", _largest())
        for number in range(10**9):
            await line.do(edit(number))
            await line.ask({"type": "check"})
            await socket.recv()


async def large_table(url: str) -> None:
    """A table of 45 MB, again and again."""
    rows = "\n".join(",".join(f"{(7 * row + column) % 13}.5" for column in range(60)) for row in range(2_000))
    content = ("\n".join([",".join(f"x{column}" for column in range(60)), *[rows] * 95])).encode()[:45_000_000]
    async with line_of(url, "train") as socket:
        line = Line(socket, "train")
        while True:
            await line.open_file("large.csv", content, purpose="csv")


async def large_training(url: str) -> None:
    """A training of three hidden layers of 1,000 units, with pictures as fast as they come."""
    async with line_of(url, "train", f"t={setup_of((1000, 1000, 1000)).to_link()}") as socket:
        line = Line(socket, "train")
        await line.do({"type": "play"})
        while True:
            await line.do({"type": "tick"})


async def hundred_lines(url: str) -> None:
    """A hundred sockets without a token, opened again when they are closed."""
    from websockets.asyncio.client import connect

    async def one() -> None:
        while True:
            async with connect(url.replace("http", "ws", 1) + "/mlpviz/line", compression=None) as socket:
                await socket.wait_closed()

    await asyncio.gather(*(one() for _ in range(100)))


async def flood(url: str) -> None:
    """Questions for the review of the sheet as fast as the line takes them."""
    async with line_of(url, "") as socket:
        line = Line(socket, "sheet")

        async def hear() -> None:
            async for _ in socket:
                pass

        hearing = asyncio.create_task(hear())
        while not hearing.done():
            await line.ask({"type": "review"})


HEAVY: dict[str, Heavy] = {
    one.__name__: one
    for one in (large_edits, many_steps, large_checks, large_table, large_training, hundred_lines, flood)
}


async def editors(url: str, seconds: float) -> list[float]:
    """Seconds to each answer of all of them."""
    ready = asyncio.Barrier(EDITORS)

    async def one(place: int) -> list[float]:
        async with line_of(url, "") as socket:
            line = Line(socket, "sheet")
            await line.do(edit(0))
            await ready.wait()
            until, found, number = time.monotonic() + seconds, [], 0
            await asyncio.sleep(place * EVERY / EDITORS)
            while time.monotonic() < until:
                number, begun = number + 1, time.monotonic()
                await line.do(edit(number))
                found.append(time.monotonic() - begun)
                await asyncio.sleep(max(0.0, begun + EVERY - time.monotonic()))
            return found

    return [each for found in await asyncio.gather(*(one(place) for place in range(EDITORS))) for each in found]


def p95(times: list[float]) -> float:
    """In milliseconds."""
    return statistics.quantiles(times, n=20)[-1] * 1e3


def beside(url: str, kind: str, seconds: float) -> list[float]:
    """The editors' times while one visitor does this."""
    heavy = subprocess.Popen([sys.executable, "-m", "benchmarks.heavy_neighbour", "--be", kind, url])
    try:
        time.sleep(3)  # until it is at it
        found = asyncio.run(editors(url, seconds))
        if heavy.poll() is not None:
            raise RuntimeError(f"{kind} ended by itself")
        return found
    finally:
        heavy.kill()
        heavy.wait()


def main(seconds: float) -> None:
    """Print the table."""
    print("| beside one who asks for | p95 alone, ms | p95 beside, ms | ratio (aim ≤ 3) |\n|---|---:|---:|---:|")
    with served() as server:
        asyncio.run(editors(server.url, 2.0))  # nobody pays for the first calls
        for kind, work in HEAVY.items():
            alone = asyncio.run(editors(server.url, seconds))
            loaded = beside(server.url, kind, seconds)
            alone += asyncio.run(editors(server.url, seconds))
            what = (work.__doc__ or "").rstrip(".")
            print(f"| {what} | {p95(alone):.1f} | {p95(loaded):.1f} | {p95(loaded) / p95(alone):.1f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--be"]:
        asyncio.run(HEAVY[sys.argv[2]](sys.argv[3]))
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 8.0)
