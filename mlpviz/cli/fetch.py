"""`fetch mnist`: download data that do not come with mlpviz. No other command uses the internet."""

from __future__ import annotations

import argparse

from mlpviz.cli.commands import Commands
from mlpviz.cli.progress import Bar
from mlpviz.data.mnist import own_folder
from mlpviz.data.mnist_download import fetch_mnist


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "fetch data that are not part of mlpviz, once"
    command = commands.add_parser("fetch", help=purpose, description=purpose)
    command.add_argument(
        "what", metavar="DATA", choices=("mnist",), help="mnist: 70,000 handwritten digits, 16 MB, from OpenML"
    )
    command.set_defaults(run=fetch)


def fetch(_: argparse.Namespace) -> int:
    """Download MNIST with a progress bar, and print the folder in which it is then."""
    bar = Bar("MNIST")
    try:
        for progress in fetch_mnist():
            bar.show(progress.share, f"{progress.bytes / 1e6:.1f} MB")
    finally:
        bar.close()
    print(own_folder())
    return 0
