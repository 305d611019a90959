"""Where tests look for MNIST besides where the program does: in shared/mnist beside the checkout."""

import os
from pathlib import Path

from mlpviz.data.mnist import folder

BESIDE = Path(__file__).parents[3] / "shared" / "mnist"


def use_files_beside_the_checkout() -> None:
    """Name that folder in MLPVIZ_MNIST, for this process and its servers, if the program has no files by itself."""
    if "MLPVIZ_MNIST" not in os.environ and folder() is None and BESIDE.is_dir():
        os.environ["MLPVIZ_MNIST"] = str(BESIDE)
