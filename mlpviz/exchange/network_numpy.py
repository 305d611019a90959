"""A network as a NumPy program: both passes and one update by hand, with the numbers of the sheet asserted."""

from __future__ import annotations

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.programs.by_hand import ByHand
from mlpviz.exchange.programs.program_line import text_of
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document


def write(document: Document) -> bytes:
    """The program. Raises DocumentError where a number of the pass is not finite: nothing could be asserted."""
    return text_of(ByHand(document, "numpy").lines()).encode()


FORMAT = Format(
    "network_numpy",
    label="program for NumPy",
    sentence="A NumPy program with the network's numbers: forward, loss, backward and one update line by line. It "
    "asserts every number of the sheet.",
    suffix=".py",
    media_type="text/x-python",
    saving=Saving(NETWORK, write, stem),
    group="code",
    leads=True,
    other_words=("python",),
)
