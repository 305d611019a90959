"""A network as a Keras program: a keras.Model over JAX in 64 bits, with the numbers of the sheet asserted."""

from __future__ import annotations

from mlpviz.exchange.programs.keras_program import KerasProgram
from mlpviz.exchange.programs.program_format import program_format

FORMAT = program_format(
    "network_keras",
    lambda document: KerasProgram(document).lines(),
    label="program for Keras",
    sentence="A Keras program over JAX with the network's numbers: a keras.Model of Dense layers, its gradients, and "
    "one update, for networks without tied numbers. It asserts every number of the sheet but those between the layers "
    "on the way back.",
)
