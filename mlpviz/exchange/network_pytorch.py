"""A network as a PyTorch program with tensors only: both passes by hand, compared with autograd and the sheet."""

from __future__ import annotations

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.programs.by_hand import ByHand
from mlpviz.exchange.programs.program_line import text_of
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document


def write(document: Document) -> bytes:
    """The program. Raises DocumentError where a number of the pass is not finite: nothing could be asserted."""
    return text_of(ByHand(document, "torch").lines()).encode()


FORMAT = Format(
    "network_pytorch",
    label="program for PyTorch",
    sentence="A PyTorch program with the network's numbers: forward, backward by hand beside autograd, and one update. "
    "It asserts every number of the sheet.",
    suffix=".py",
    media_type="text/x-python",
    saving=Saving(NETWORK, write, stem),
    group="code",
    other_words=("torch",),
)
