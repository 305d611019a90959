"""A network as the state dict of a torch.nn.Sequential in a safetensors file, with its document in the head."""

from __future__ import annotations

import numpy as np

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.sequential_names import sequential_names
from mlpviz.exchange.subjects import NETWORK
from mlpviz.exchange.whole_document import KEY, tensors_of
from mlpviz.network import Document
from mlpviz.runs.tensor_file import pack


def write(document: Document) -> bytes:
    """The file; a norm with running statistics counts no batches, as PyTorch's does when it is new."""
    names = sequential_names(document)
    found = {names[name]: array for name, array in tensors_of(document).items() if name in names}
    for name in [name for name in found if name.endswith(".running_mean")]:
        found[name.replace("running_mean", "num_batches_tracked")] = np.array(0, np.int64)
    return pack(found, {"format": "pt", KEY: document.to_json()})


FORMAT = Format(
    "network_safetensors",
    label="safetensors for PyTorch",
    sentence="The state dict of a torch.nn.Sequential of Linear, norm, activation and Dropout "
    "modules, in double precision; "
    "and the whole document in its head.",
    suffix=".safetensors",
    media_type="application/octet-stream",
    saving=Saving(NETWORK, write, stem),
    needs="safetensors",
)
