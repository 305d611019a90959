"""Many visitors at once: pictures of those who train, answers and badges of those who edit, and what the server takes.

With --base the same for the checkout of an earlier version, in turns.
Run: python -m benchmarks.many [--base PATH] [--seconds 20]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.server import ROOT, Server, start


class Load(NamedTuple):
    """So many visitors of each kind."""

    trainers: int
    editors: int


LOADS = (Load(30, 0), Load(30, 10), Load(0, 30), Load(0, 100), Load(0, 200))

HEAD = (
    "| visitors | version | pictures/s each (least, most) | edits p50, p95 ms | badges p50, p95 ms "
    "| processors | MB | load |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def seconds_of(server: Server) -> float:
    """What the server has taken of processors."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(server: Server) -> float:
    """Resident memory of the server's process in MB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024.0


def measured(checkout: Path, load: Load, seconds: float) -> tuple[dict[str, Any], float, float]:
    """What the visitors saw, the share of processors, and the memory, of a new server."""
    server = start(root=checkout)
    try:
        command = [sys.executable, "-m", "benchmarks.visitors", server.url]
        subprocess.run([*command, "8", "--editors", "2"], cwd=ROOT, check=True, capture_output=True)  # warm
        before = seconds_of(server)
        visitors = [str(seconds), "--trainers", str(load.trainers), "--editors", str(load.editors)]
        done = subprocess.run([*command, *visitors], cwd=ROOT, check=True, capture_output=True, text=True)
        return json.loads(done.stdout), (seconds_of(server) - before) / seconds, resident(server)
    finally:
        server.stop()


def row(load: Load, version: str, found: dict[str, Any], processors: float, memory: float) -> None:
    """One line of the table."""
    pictures, edits, badges = (found.get(key) for key in ("pictures", "edits", "badges"))
    cells = [
        f"{load.trainers} train, {load.editors} edit",
        version,
        "–" if pictures is None else f"{pictures['mean']:.1f} ({pictures['least']:.1f}, {pictures['most']:.1f})",
        *("–" if each is None else f"{each['p50']:.0f}, {each['p95']:.0f}" for each in (edits, badges)),
        f"{processors:.2f}",
        f"{memory:.0f}",
        f"{os.getloadavg()[0]:.1f}",
    ]
    print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, help="the checkout of an earlier version")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--only", help="TRAINERS,EDITORS in place of the whole list")
    given = parser.parse_args()
    loads = LOADS if given.only is None else (Load(*map(int, given.only.split(","))),)
    print(HEAD)
    for load in loads:
        if given.base is not None:
            row(load, "before", *measured(given.base.resolve(), load, given.seconds))
        row(load, "now", *measured(ROOT, load, given.seconds))


if __name__ == "__main__":
    main()
