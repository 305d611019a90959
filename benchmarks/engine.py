"""How fast the engine is: every row of the speed table, as ratios of one run.

Run: python -m benchmarks.engine
"""

from __future__ import annotations

import os

import numpy as np

from benchmarks import seven_layers, training_speed
from benchmarks.turns import HEAD
from mlpviz.verify import torch_reference


def main() -> None:
    """Print the table."""
    print(f"NumPy {np.__version__}, PyTorch {torch_reference.version() or 'not installed'}, {os.cpu_count()} cores.\n")
    print(HEAD)
    tables = (training_speed.wide, training_speed.epoch, training_speed.side_by_side)
    for table in (seven_layers.rows, *tables):
        for line in table():
            print(line, flush=True)
    print(f"\n{training_speed.moments()}")


if __name__ == "__main__":
    main()
