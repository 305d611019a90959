"""Functions of a JAX program that have the slope of the sheet, where that of JAX is another one.

At a kink JAX halves the slope of jnp.maximum, and |z| has the slope 1 at 0; the sheet has the slopes of PyTorch. Where
a number is too large, a branch that is not taken makes the slope NaN.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from mlpviz.engine.activations.activation import GRAD_A, GRAD_Z, A, Z
from mlpviz.engine.tensor_names import LayerTensors, layer_tensors
from mlpviz.exchange.programs.jax_text import in_jax
from mlpviz.exchange.programs.names import name_of, output_of
from mlpviz.exchange.programs.program_line import ProgramLine, plain
from mlpviz.exchange.programs.python_text import indented, renamed
from mlpviz.exchange.programs.statements import Statements
from mlpviz.network import Document
from mlpviz.sheet.blocks import Block

_KINKS = re.compile(r"jnp\.(maximum|minimum|clip)\(")
_OF_LOSS = re.compile(r"jnp\.(maximum|minimum|clip|abs)\(|\*\*(?! ?2\b)")


class OwnSlopes(NamedTuple):
    """The functions of a document, and the statements that call them."""

    document: Document
    statements: Statements
    blocks: dict[str, Block]

    def of(self, block: Block) -> list[str]:
        """The statements of a block."""
        found, n = self.statements.of(block), block.layer
        if block.quantity.key == "loss":
            return [f"loss = loss_of({output_of(n)})"] if self._has_loss else found
        if block.quantity.key != self._parts(n).activation_output or n not in self._layers:
            return found
        phi = self.document.spec.activations[n - 1].in_mode(self.document.training)
        count = len(phi.formula.line(A).code("numpy"))
        target = found[count - 1].partition(" = ")[0]
        return [f"{target} = activation{n}({name_of(self._parts(n).activation_input, n)})", *found[count:]]

    def _parts(self, n: int) -> LayerTensors:
        return layer_tensors(self.document.spec.layers[n - 1], self.document.training)

    @property
    def _last(self) -> int:
        return len(self.document.layers)

    @property
    def _layers(self) -> list[int]:
        """The layers whose activation has a kink that JAX would halve."""
        keys = [f"{self._parts(n).activation_output}.{n}" for n in range(1, self._last + 1)]
        return [
            n for n, key in enumerate(keys, start=1) if _KINKS.search("\n".join(self.statements.of(self.blocks[key])))
        ]

    @property
    def _has_loss(self) -> bool:
        return bool(_OF_LOSS.search("\n".join(self.statements.of(self.blocks[f"loss.{self._last}"]))))

    def lines(self) -> list[ProgramLine]:
        """The functions."""
        lines = [line for n in self._layers for line in self._activation(n)]
        lines += self._loss() if self._has_loss else []
        if not lines:
            return []
        why = "\n\n# where a function has a kink JAX may take another slope: these have those of the sheet"
        return plain(why) + lines[2:]

    def _activation(self, n: int) -> list[ProgramLine]:
        phi = self.document.spec.activations[n - 1].in_mode(self.document.training)
        value = [in_jax(line) for line in phi.formula.line(A).code("numpy", {Z: "z", A: "a"})]
        names = {Z: "z", A: "a", GRAD_Z: "grad_z", GRAD_A: "grad_a"}
        slope = ["z, a = kept", *(in_jax(line) for line in phi.gradient.line(GRAD_Z).code("numpy", names))]
        return _function(f"activation{n}", phi.label, ("z", "a", "grad_a"), "kept", value, slope)

    def _loss(self) -> list[ProgramLine]:
        n = self._last
        probabilities = self.blocks.get(f"probabilities.{n}")
        first = self.statements.of(probabilities) if probabilities else []
        value = [*first, *self.statements.of(self.blocks[f"loss.{n}"])]
        # what a pinned output passes on is no part of the loss
        own = [line for line in self.statements.of(self.blocks[f"grad_a.{n}"]) if not line.startswith("flow")]
        names = {output_of(n): "y", f"grad_a{n}": "grad_y"}
        slope = [renamed(line, names) for line in [*first, *own]]
        value = [renamed(line, names) for line in value]
        slope = [*slope, "grad_y = grad_loss * grad_y"]
        return _function("loss_of", self.document.spec.loss.label, ("y", "loss", "grad_loss"), "y", value, slope)


def _function(
    name: str, label: str, letters: tuple[str, str, str], kept: str, value: Sequence[str], slope: Sequence[str]
) -> list[ProgramLine]:
    """A function of the first letter that gives the second; the slope needs what is kept."""
    given, result, gradient = letters
    lines = plain(f'\n\n@jax.custom_vjp\ndef {name}({given}):\n    """{label}."""')
    lines += [line for each in value for line in indented(each)]
    lines += plain(f"    return {result}\n\n\ndef {name}_kept({given}):")
    stays = f"({given}, {result})" if kept == "kept" else kept
    lines += plain(f"    {result} = {name}({given})\n    return {result}, {stays}")
    lines += plain(f"\n\ndef {name}_slope({kept}, {gradient}):")
    lines += [line for each in slope for line in indented(each)]
    return lines + plain(f"    return (grad_{given},)\n\n\n{name}.defvjp({name}_kept, {name}_slope)")
