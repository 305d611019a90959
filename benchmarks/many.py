"""Many visitors at once: pictures of those who train, answers and badges of those who edit, and what the server takes.

With --base the same for the checkout of an earlier version, in turns.
Run: python -m benchmarks.many [--base PATH] [--seconds 20] [--workers 2] [--loads 100]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.server import ROOT, Server, start, start_workers


class Load(NamedTuple):
    """So many visitors of each kind."""

    trainers: int
    editors: int


LOADS = (Load(30, 0), Load(0, 10), Load(30, 10), Load(0, 30), Load(0, 100), Load(0, 200))

HEAD = (
    "| visitors | version | pictures/s each (least, most) | edits p50, p95 ms | badges p50, p95 ms "
    "| processors | ms of one per picture | MB | load |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def processes(server: Server) -> list[Path]:
    """The server's process and all that it started, as folders of /proc."""
    found: list[Path] = []
    children: dict[str, list[Path]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            children.setdefault(_fields(folder)[1], []).append(folder)
    left = [Path("/proc", str(server.process.pid))]
    while left:
        found.append(left.pop())
        left += children.get(found[-1].name, [])
    return found


def _fields(folder: Path) -> list[str]:
    return (folder / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()


def seconds_of(server: Server) -> float:
    """What the server has taken of processors."""
    return sum(sum(map(int, _fields(folder)[11:13])) for folder in processes(server)) / os.sysconf("SC_CLK_TCK")


def resident(server: Server) -> float:
    """Resident memory of the server's processes in MB."""
    status = [(folder / "status").read_text(encoding="utf-8") for folder in processes(server)]
    return sum(int(line.split()[1]) for each in status for line in each.splitlines() if line.startswith("VmRSS")) / 1024


def measured(checkout: Path, load: Load, seconds: float, workers: int) -> tuple[dict[str, Any], float, float]:
    """What the visitors saw, the share of processors, and the memory, of a new server."""
    server = start(root=checkout) if workers == 1 else start_workers(workers, checkout)
    try:
        command = [sys.executable, "-m", "benchmarks.visitors", server.url]
        subprocess.run([*command, "8", "--editors", "2"], cwd=ROOT, check=True, capture_output=True)  # warm
        before = seconds_of(server)
        visitors = [str(seconds), "--trainers", str(load.trainers), "--editors", str(load.editors)]
        done = subprocess.run([*command, *visitors], cwd=ROOT, check=True, capture_output=True, text=True)
        return json.loads(done.stdout), (seconds_of(server) - before) / seconds, resident(server)
    finally:
        server.stop()


def beginning(visitors: int, workers: int) -> None:
    """A class begins: first loads of so many within ten seconds, and the memory of a server before and after."""
    server = start() if workers == 1 else start_workers(workers)
    try:
        command = [sys.executable, "-m", "benchmarks.visitors", server.url, "10", "--loads"]
        subprocess.run([*command, "2"], cwd=ROOT, check=True, capture_output=True)  # warm
        before, used = resident(server), seconds_of(server)
        done = subprocess.run([*command, str(visitors)], cwd=ROOT, check=True, capture_output=True, text=True)
        found, errors = (json.loads(done.stdout)[key] for key in ("loads", "errors"))
        memory, work = (resident(server) - before) / visitors, seconds_of(server) - used
    finally:
        server.stop()
    where = f"{visitors} first loads in 10 s, {workers} workers, load {os.getloadavg()[0]:.1f}"
    times = f"p50 {found['p50']:.0f} ms, p95 {found['p95']:.0f} ms, at most {found['most']:.0f} ms"
    print(f"{where}: {len(errors)} errors; until the first edit is answered {times}")
    print(f"{1e3 * work / visitors:.0f} ms of a processor and {memory:.2f} MB of memory each")
    print("\n".join(errors[:5]), end="")


def row(load: Load, version: str, found: dict[str, Any], processors: float, memory: float) -> None:
    """One line of the table."""
    pictures, edits, badges = (found.get(key) for key in ("pictures", "edits", "badges"))
    cells = [
        f"{load.trainers} train, {load.editors} edit",
        version,
        "–" if pictures is None else f"{pictures['mean']:.1f} ({pictures['least']:.1f}, {pictures['most']:.1f})",
        *("–" if each is None else f"{each['p50']:.0f}, {each['p95']:.0f}" for each in (edits, badges)),
        f"{processors:.2f}",
        "–"
        if pictures is None or edits is not None
        else f"{1e3 * processors / (load.trainers * pictures['mean']):.1f}",
        f"{memory:.0f}",
        f"{os.getloadavg()[0]:.1f}",
    ]
    print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, help="the checkout of an earlier version")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=1, help="processes behind a proxy")
    parser.add_argument("--loads", type=int, help="first loads within ten seconds, and nothing else")
    parser.add_argument("--only", help="TRAINERS,EDITORS in place of the whole list")
    given = parser.parse_args()
    if given.loads:
        beginning(given.loads, given.workers)
        return
    loads = LOADS if given.only is None else (Load(*map(int, given.only.split(","))),)
    print(HEAD)
    for load in loads:
        if given.base is not None:
            row(load, "before", *measured(given.base.resolve(), load, given.seconds, given.workers))
        row(load, "now", *measured(ROOT, load, given.seconds, given.workers))


if __name__ == "__main__":
    main()
