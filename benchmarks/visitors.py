"""Visitors of the training page without browsers: each opens a session of Streamlit's and asks on its channel.

So thirty of them cost the machine little besides what they ask of the server. Run by benchmarks/training.py as a
process of its own: python -m benchmarks.visitors URL COUNT SECONDS
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import sys
import time
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_CHANNEL = re.compile(rb'"channel": {"path": "([^"]+)", "token": "([^"]+)"}')


async def channel_of(socket: ClientConnection) -> tuple[str, str]:
    """Path and token of the channel that the first run of the script names."""
    first = BackMsg()
    first.rerun_script.page_name = "train"
    first.rerun_script.widget_states.SetInParent()
    await socket.send(first.SerializeToString())
    found = None
    while True:
        raw = await socket.recv()
        assert isinstance(raw, bytes)  # noqa: S101  # Streamlit sends no text
        found = _CHANNEL.search(raw) or found
        if ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished":
            assert found is not None  # noqa: S101  # the page's first frame names its channel
            return found[1].decode(), found[2].decode()


async def visit(url: str, until: float, ready: asyncio.Barrier) -> tuple[int, float]:
    """One visitor who trains until then; gives the frames it got and the seconds that it learned."""
    address = url.replace("http", "ws", 1)
    options: dict[str, Any] = {"max_size": None, "compression": None}
    async with connect(f"{address}/_stcore/stream", subprotocols=["streamlit"], **options) as socket:  # type: ignore[list-item]
        path, token = await channel_of(socket)
        async with connect(address + path, **options) as line:
            await line.send(token)
            await ready.wait()
            frames, learned = 0, 0.0
            events: list[dict[str, Any]] = [
                {"type": "set", "path": ["epochs"], "value": 100_000},
                {"type": "play"},
            ]
            while time.monotonic() < until:
                frames += 1
                await line.send(json.dumps({"page": "train", "sequence": frames, "events": events}))
                answer = json.loads(await line.recv())
                learned = answer["state"]["frame"]["seconds"]
                events = [{"type": "tick"}]
                await asyncio.sleep((answer["next"] or 0) / 1000.0)
            return frames, learned


async def main(url: str, count: int, seconds: float) -> None:
    """Let so many visitors train for so long; prints how even their shares were."""
    ready = asyncio.Barrier(count)
    until = time.monotonic() + seconds
    found = await asyncio.gather(*(visit(url, until, ready) for _ in range(count)))
    frames, learned = zip(*found, strict=True)
    print(
        json.dumps(
            {
                "frames per second": statistics.mean(frames) / seconds,
                "least frames": min(frames),
                "most frames": max(frames),
                "least learned": min(learned),
                "most learned": max(learned),
            }
        )
    )


if __name__ == "__main__":
    address, number, time_given = sys.argv[1:]
    asyncio.run(main(address, int(number), float(time_given)))
