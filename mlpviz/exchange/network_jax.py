"""A network as a JAX program: the pass as a function, its gradients by autodiff, the numbers of the sheet asserted."""

from __future__ import annotations

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.programs.jax_program import JaxProgram
from mlpviz.exchange.programs.program_line import text_of
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document


def write(document: Document) -> bytes:
    """The program. Raises DocumentError where a number of the pass is not finite: nothing could be asserted."""
    return text_of(JaxProgram(document).lines()).encode()


FORMAT = Format(
    "network_jax",
    label="program for JAX",
    sentence="A JAX program with the network's numbers: forward as a function, its gradients by jax.value_and_grad, "
    "and one update line by line. It asserts every number of the sheet but those between the layers on the way back.",
    suffix=".py",
    media_type="text/x-python",
    saving=Saving(NETWORK, write, stem),
    group="code",
)
