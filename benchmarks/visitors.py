"""Visitors without browsers: each opens a session of Streamlit's and asks on its channel.

So hundreds of them cost the machine little besides what they ask of the server. Some train 2-4-2-1 on the training
page and ask for a picture as soon as the last one is there; others edit a weight on the score sheet every two seconds
and have each edit checked, as the badge does; or a class begins, and all of them load the sheet for the first time.
Run as a process of its own:
python -m benchmarks.visitors URL SECONDS --trainers 30 --editors 30
python -m benchmarks.visitors URL 10 --loads 100
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import time
import urllib.request
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.training_page import setup_of
from tests.support.messages import read_message

EDIT_EVERY = 2.0
"""seconds"""

BADGE_PAUSE = 0.15
"""seconds after an edit until the badge asks"""

_CHANNEL = re.compile(rb'"channel": {"path": "([^"]+)", "token": "([^"]+)"}')
_OPTIONS: dict[str, Any] = {"max_size": None, "compression": None, "ping_interval": None}


async def channel_of(socket: ClientConnection, page: str, query: str) -> tuple[str, str]:
    """Path and token of the channel that the first run of the script names."""
    first = BackMsg()
    first.rerun_script.page_name, first.rerun_script.query_string = page, query
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


@asynccontextmanager
async def line_of(url: str, page: str, query: str = "") -> AsyncIterator[ClientConnection]:
    """The channel of a page that a visitor has opened."""
    address = url.replace("http", "ws", 1)
    async with connect(f"{address}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], **_OPTIONS) as socket:
        path, token = await channel_of(socket, page, query)
        reading = asyncio.create_task(_forget(socket))
        async with connect(address + path, additional_headers=_cookie(socket), **_OPTIONS) as line:
            await line.send(token)
            yield line
        reading.cancel()


def _cookie(socket: ClientConnection) -> dict[str, str]:
    """What a proxy has given the visitor, so that all of its sockets go to the same worker."""
    given = "" if socket.response is None else socket.response.headers.get("Set-Cookie", "")
    return {"Cookie": given.partition(";")[0]} if given else {}


async def _forget(socket: ClientConnection) -> None:
    async for _ in socket:
        pass


async def train(url: str, ready: asyncio.Barrier, seconds: float) -> tuple[float, float]:
    """One visitor who trains; gives the pictures it got a second and the seconds that it learned."""
    async with line_of(url, "train", f"t={setup_of((4, 2)).to_link()}") as line:
        await ready.wait()
        frames, learned, until = 0, 0.0, time.monotonic() + seconds
        events: list[dict[str, Any]] = [{"type": "play"}]
        while time.monotonic() < until:
            frames += 1
            await line.send(json.dumps({"page": "train", "sequence": frames, "events": events}))
            answer = read_message(await line.recv())
            learned = answer["state"]["frame"]["seconds"]
            events = [{"type": "reset"}, {"type": "play"}] if answer["next"] is None else [{"type": "tick"}]
            await asyncio.sleep((answer["next"] or 0) / 1000.0)
        return frames / seconds, learned


async def edit(url: str, ready: asyncio.Barrier, seconds: float, late: float) -> tuple[list[float], list[float]]:
    """One visitor who edits; gives the seconds to each answer, and to each badge from when it was asked for."""
    async with line_of(url, "") as line:
        await ready.wait()
        until = time.monotonic() + seconds
        await asyncio.sleep(late * EDIT_EVERY)
        answered, checked, number = [], [], 0
        while time.monotonic() < until:
            number, begun = number + 1, time.monotonic()
            place = {"tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": number % 7 - 3.5}
            message = {"page": "sheet", "sequence": number, "events": [{"type": "set", **place}]}
            await line.send(json.dumps(message))
            answer = read_message(await line.recv())
            answered.append(time.monotonic() - begun)
            await asyncio.sleep(BADGE_PAUSE)
            asked = time.monotonic()
            await line.send(json.dumps({"page": "sheet", "events": [{"type": "check"}]}))
            proof = read_message(await line.recv())["proof"]
            assert proof["version"] == str(answer["state"]["version"])  # noqa: S101  # true for what is on screen
            assert proof["status"] == "ok"  # noqa: S101  # each sheet here agrees with PyTorch
            checked.append(time.monotonic() - asked)
            await asyncio.sleep(max(0.0, begun + EDIT_EVERY - time.monotonic()))
        return answered, checked


def _fetch_files(url: str) -> None:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310  # our own server
        first = answer.read().decode()
    for path in re.findall(r'(?:src|href)="\.?(/[^"]+)"', first):
        with urllib.request.urlopen(url + path, timeout=60) as answer:  # noqa: S310
            answer.read()


async def load(url: str, ready: asyncio.Barrier, after: float) -> float:
    """One visitor's first load, so many seconds after the others began: the seconds until the channel has answered.

    It fetches the page's file and the program as a browser does, opens Streamlit's session, then the channel, and asks
    on it. Raises what goes wrong.
    """
    await ready.wait()
    await asyncio.sleep(after)
    begun = time.monotonic()
    await asyncio.to_thread(_fetch_files, url)
    async with line_of(url, "") as line:
        place = {"tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": 0.5}
        await line.send(json.dumps({"page": "sheet", "sequence": 1, "events": [{"type": "set", **place}]}))
        assert read_message(await line.recv())["acknowledged"] == 1  # noqa: S101  # the edit has arrived
        return time.monotonic() - begun


async def class_begins(url: str, seconds: float, visitors: int) -> None:
    """First loads of so many, spread over the seconds; prints how long they took and what went wrong."""
    ready = asyncio.Barrier(visitors)
    loads = [load(url, ready, seconds * number / visitors) for number in range(visitors)]
    found = await asyncio.gather(*loads, return_exceptions=True)
    took = [each for each in found if isinstance(each, float)]
    errors = [repr(each) for each in found if not isinstance(each, float)]
    print(json.dumps({"loads": _spread(took) | {"most": max(took) * 1e3}, "errors": errors}))


def _spread(times: Sequence[float]) -> dict[str, float]:
    """The median and the 95th percentile in ms."""
    return {"p50": statistics.median(times) * 1e3, "p95": statistics.quantiles(times, n=20)[-1] * 1e3}


async def main(url: str, seconds: float, trainers: int, editors: int) -> None:
    """Let them train and edit for so long; prints what they saw."""
    ready = asyncio.Barrier(trainers + editors)
    training = asyncio.gather(*(train(url, ready, seconds) for _ in range(trainers)))
    editing = asyncio.gather(*(edit(url, ready, seconds, number / editors) for number in range(editors)))
    found: dict[str, Any] = {}
    if trained := await training:
        frames, learned = zip(*trained, strict=True)
        found["pictures"] = {"mean": statistics.mean(frames), "least": min(frames), "most": max(frames)}
        found["learned"] = {"least": min(learned), "most": max(learned)}
    if edited := await editing:
        found["edits"], found["badges"] = (_spread([each for one in edited for each in one[side]]) for side in (0, 1))
    print(json.dumps(found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("seconds", type=float)
    parser.add_argument("--trainers", type=int, default=0)
    parser.add_argument("--editors", type=int, default=0)
    parser.add_argument("--loads", type=int, default=0, help="first loads within the seconds, and nothing else")
    given = parser.parse_args()
    if given.loads:
        asyncio.run(class_begins(given.url, given.seconds, given.loads))
    else:
        asyncio.run(main(given.url, given.seconds, given.trainers, given.editors))
