"""A network as NumPy arrays by name, with its document beside them."""

from __future__ import annotations

import io

import numpy as np

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.subjects import NETWORK
from mlpviz.exchange.whole_document import KEY, tensors_of
from mlpviz.network import Document


def write(document: Document) -> bytes:
    """The archive: np.load reads it without pickle."""
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **{KEY: np.array(document.to_json())}, **tensors_of(document))
    return out.getvalue()


FORMAT = Format(
    "network_npz",
    label="NumPy arrays",
    sentence="Weights, biases, norms, x and target in double precision under names such as layers.0.weight, a row per "
    "unit, for np.load; and the whole document as text.",
    suffix=".npz",
    media_type="application/octet-stream",
    saving=Saving(NETWORK, write, stem),
)
