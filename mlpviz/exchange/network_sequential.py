"""A network as a PyTorch program with nn.Sequential, autograd and torch.optim, the numbers of the sheet asserted."""

from __future__ import annotations

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.programs.program_line import text_of
from mlpviz.exchange.programs.sequential import Sequential
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document


def write(document: Document) -> bytes:
    """The program. Raises DocumentError for what nn.Sequential cannot hold: skips, masks, pins, tied numbers."""
    return text_of(Sequential(document).lines()).encode()


FORMAT = Format(
    "network_sequential",
    label="program with nn.Sequential",
    sentence="A PyTorch program with nn.Sequential, autograd and an optimizer of torch.optim, for networks without "
    "skips, dropout masks, pins and tied numbers. It asserts every number of the sheet.",
    suffix=".py",
    media_type="text/x-python",
    saving=Saving(NETWORK, write, stem),
    group="code",
    other_words=("nn.Sequential",),
)
