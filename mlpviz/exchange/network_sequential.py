"""A network as a PyTorch program with nn.Sequential, autograd and torch.optim, the numbers of the sheet asserted."""

from __future__ import annotations

from mlpviz.exchange.programs.program_format import program_format
from mlpviz.exchange.programs.sequential import Sequential

FORMAT = program_format(
    "network_sequential",
    lambda document: Sequential(document).lines(),
    label="program with nn.Sequential",
    sentence="A PyTorch program with nn.Sequential, autograd and an optimizer of torch.optim, for networks without "
    "skips, dropout masks, pins and tied numbers. It asserts every number of the sheet.",
    other_words=("nn.Sequential",),
)
