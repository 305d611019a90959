"""A network as a NumPy program: both passes and one update by hand, with the numbers of the sheet asserted."""

from __future__ import annotations

from mlpviz.exchange.programs.by_hand import ByHand
from mlpviz.exchange.programs.program_format import program_format

FORMAT = program_format(
    "network_numpy",
    lambda document: ByHand(document, "numpy").lines(),
    label="program for NumPy",
    sentence="A NumPy program with the network's numbers: forward, loss, backward and one update line by line. It "
    "asserts every number of the sheet.",
    leads=True,
    other_words=("python",),
)
