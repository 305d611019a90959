"""A network as a PyTorch program with tensors only: both passes by hand, compared with autograd and the sheet."""

from __future__ import annotations

from mlpviz.exchange.programs.by_hand import ByHand
from mlpviz.exchange.programs.program_format import program_format

FORMAT = program_format(
    "network_pytorch",
    lambda document: ByHand(document, "torch").lines(),
    label="program for PyTorch",
    sentence="A PyTorch program with the network's numbers: forward, backward by hand beside autograd, and one update. "
    "It asserts every number of the sheet.",
    other_words=("torch",),
)
