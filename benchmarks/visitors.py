"""Visitors of the training page without browsers: each speaks Streamlit's protocol over a websocket, as a browser does.

They repeat what one real browser sent, so that forty of them cost the machine little besides what they ask of the
server. Run by benchmarks/training.py as a process of its own: python -m benchmarks.visitors URL TEMPLATE COUNT SECONDS
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import statistics
import sys
import time
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_WAIT = re.compile(rb'"wait": (\d+)')
_EPOCH = re.compile(rb'"epochs": \d+, .*?"seconds": ([\d.]+)')


async def answer(socket: ClientConnection) -> tuple[float, float]:
    """Everything up to the end of one run of the script: the seconds to wait, and the seconds spent learning so far."""
    wait = learned = 0.0
    while True:
        raw = await socket.recv()
        assert isinstance(raw, bytes)  # noqa: S101  # Streamlit sends no text
        if (found := _WAIT.search(raw)) is not None:
            wait = int(found[1]) / 1000.0
        if (found := _EPOCH.search(raw)) is not None:
            learned = float(found[1])
        if ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished":
            return wait, learned


async def visit(url: str, template: BackMsg, until: float, ready: asyncio.Barrier) -> tuple[int, float]:
    """One visitor who trains until then; gives the frames it got and the seconds that it learned."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, compression=None) as socket:  # type: ignore[list-item]
        first = BackMsg()
        first.rerun_script.page_name = "train"
        first.rerun_script.widget_states.SetInParent()
        await socket.send(first.SerializeToString())
        await answer(socket)
        await ready.wait()
        frames, learned = 0, 0.0
        events: list[dict[str, Any]] = [
            {"type": "set", "path": ["epochs"], "value": 100_000},
            {"type": "play"},
        ]
        while time.monotonic() < until:
            frames += 1
            message = BackMsg()
            message.CopyFrom(template)
            value = [{"event": "event", "value": {"sequence": frames, "edits": events}}]
            message.rerun_script.widget_states.widgets[0].json_trigger_value = json.dumps(value)
            await socket.send(message.SerializeToString())
            wait, learned = await answer(socket)
            events = [{"type": "tick"}]
            if wait:
                await asyncio.sleep(wait)
        return frames, learned


async def main(url: str, template: BackMsg, count: int, seconds: float) -> None:
    """Let so many visitors train for so long; prints how even their shares were."""
    ready = asyncio.Barrier(count)
    until = time.monotonic() + seconds
    found = await asyncio.gather(*(visit(url, template, until, ready) for _ in range(count)))
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
    address, text, number, time_given = sys.argv[1:]
    asyncio.run(main(address, BackMsg.FromString(base64.b64decode(text)), int(number), float(time_given)))
