"""What an edit and a first load cost the server, in time of a processor, beside another checkout in turns.

That is where headers, limits and the check of origins show: the clock of a browser is too coarse for them on a machine
that others use too. Visitors have no browser (`visitors.py`). Prints a Markdown table: median and fastest of the turns.
Run: python -m benchmarks.server_cost PATH [turns]
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from pathlib import Path

from benchmarks.heavy_neighbour import Line, edit
from benchmarks.server import ROOT, Server, start
from benchmarks.visitors import line_of, load

EDITS, LOADS = 500, 8


def processor_seconds(process: int) -> float:
    """What all threads of a process have computed for, those that are there still."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


async def edits(url: str) -> None:
    """One visitor's edits, one after the other."""
    async with line_of(url, "") as socket:
        line = Line(socket, "sheet")
        for number in range(EDITS):
            await line.do(edit(number))


async def loads(url: str) -> None:
    """First loads, one after the other."""
    for _ in range(LOADS):
        await load(url, asyncio.Barrier(1), 0.0)


KINDS = {"edit": (edits, EDITS), "first load, with one edit": (loads, LOADS)}


def main(base: Path, turns: int) -> None:
    """Measure and print."""
    servers: dict[str, Server] = {}
    times: dict[tuple[str, str], list[float]] = {}
    try:
        for name, root in (("this version", ROOT), ("the other", base.resolve())):
            servers[name] = start(root=root)
        for turn in range(turns + 1):
            for name, server in sorted(servers.items(), reverse=turn % 2 == 1):
                for kind, (work, count) in KINDS.items():
                    begun = processor_seconds(server.process.pid)
                    asyncio.run(work(server.url))
                    taken = 1e3 * (processor_seconds(server.process.pid) - begun) / count
                    if turn:  # nobody pays for the first calls
                        times.setdefault((kind, name), []).append(taken)
    finally:
        for server in servers.values():
            server.stop()
    print("| processor time of the server for one | version | median (fastest) ms |\n| --- | --- | ---: |")
    for (kind, name), found in sorted(times.items()):
        print(f"| {kind} | {name} | {statistics.median(found):.3f} ({min(found):.3f}) |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path, help="the other checkout")
    parser.add_argument("turns", type=int, nargs="?", default=12)
    given = parser.parse_args()
    main(given.base, given.turns)
