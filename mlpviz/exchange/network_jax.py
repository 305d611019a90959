"""A network as a JAX program: the pass as a function, its gradients by autodiff, the numbers of the sheet asserted."""

from __future__ import annotations

from mlpviz.exchange.programs.jax_program import JaxProgram
from mlpviz.exchange.programs.program_format import program_format

FORMAT = program_format(
    "network_jax",
    lambda document: JaxProgram(document).lines(),
    label="program for JAX",
    sentence="A JAX program with the network's numbers: forward as a function, its gradients by jax.value_and_grad, "
    "and one update line by line. It asserts every number of the sheet but those between the layers on the way back.",
)
