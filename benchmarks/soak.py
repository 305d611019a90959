"""A long while of work: 50 visitors who edit and 10 who train. The server's memory must not grow, and nothing may fail.

Memory is that of the server's process (its resident set), every few seconds; of the last third of the time the mean of
the second half is compared with that of the first. Ends with 1 if it grew by more than 2 %, if a visitor got no answer,
or if anything was logged as a fault. python -m benchmarks.soak MINUTES
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks.server import ROOT, served

EDITORS, TRAINERS = 50, 10
EVERY, ALLOWED = 5.0, 0.02
"""seconds between two looks at the memory, and the share by which it may grow in the last third"""


def resident(process: int) -> float:
    """MB that a process has in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def faults_of(url: str) -> float:
    """How many faults the server counts, as `/metrics` says it."""
    with urllib.request.urlopen(f"{url}/metrics") as answer:  # noqa: S310  # our own server
        lines = answer.read().decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("mlpviz_faults"))


def main(minutes: float) -> int:
    """Let them work for so long; prints what they saw. Gives 1 where something was wrong."""
    seconds = minutes * 60
    with served(environment={"MLPVIZ_METRICS": "on"}) as server:
        command = [sys.executable, "-m", "benchmarks.visitors", server.url, str(seconds)]
        command += ["--editors", str(EDITORS), "--trainers", str(TRAINERS)]
        memory: list[float] = []
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as visitors:
            while visitors.poll() is None:
                memory.append(resident(server.process.pid))
                time.sleep(EVERY)
            printed = visitors.stdout.read() if visitors.stdout else ""
        faults = faults_of(server.url)
    # those who open their pages at the beginning and close them at the end are no part of it
    memory = memory[: int(seconds / EVERY)]
    last = memory[-len(memory) // 3 :]
    first, second = (statistics.mean(part) for part in (last[: len(last) // 2], last[len(last) // 2 :]))
    growth = second / first - 1
    found = {
        "minutes": minutes,
        "MB": {"most": max(memory), "last third": [first, second], "each minute": memory[:: round(60 / EVERY)]},
        "growth of the last third": growth,
        "faults": faults,
        "visitors": json.loads(printed or "null"),
    }
    print(json.dumps(found, indent=1))
    return int(bool(visitors.returncode) or faults > 0 or growth > ALLOWED)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("minutes", type=float, nargs="?", default=30.0)
    sys.exit(main(parser.parse_args().minutes))
