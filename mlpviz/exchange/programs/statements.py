"""The statements that compute the blocks of a sheet, by hand: those of the sheet, with the names of a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mlpviz.engine import ACTIVATIONS, Activation
from mlpviz.engine.activations.activation import ALPHA, GRAD_A, GRAD_Z, SLOPES, A, Z
from mlpviz.engine.expressions import number_code
from mlpviz.engine.losses.loss_code import gradient_code, loss_code
from mlpviz.engine.tensor_names import LayerTensors, layer_tensors
from mlpviz.exchange.programs.jax_text import in_jax
from mlpviz.exchange.programs.names import name_of, output_of
from mlpviz.exchange.programs.python_text import renamed
from mlpviz.network import Document
from mlpviz.sheet.blocks import Block, Shape, shape_of
from mlpviz.sheet.quantities import QUANTITIES
from mlpviz.sheet.rules import rule_of

Language = Literal["numpy", "torch", "jax"]

MODULES: dict[Language, str] = {"numpy": "np", "torch": "torch", "jax": "jnp"}
"""The names of the libraries' modules in programs."""

_TENSORS = [key for key in QUANTITIES if key not in ("x", "grad_x", "target", "loss", "probabilities")]
_LOGARITHMS = {"log(p)": "log_p", "log(1 - p)": "log_1_p"}
_OWN_IN_TORCH = ("z", "mean", "var", "mean_square")
"""Their lines in PyTorch differ from those in NumPy."""


@dataclass(frozen=True)
class Statements:
    """The statements of a document's pass, one block after the other."""

    document: Document
    language: Language

    @cached_property
    def shape(self) -> Shape:
        """What the blocks depend on besides the network."""
        return shape_of(self.document)

    @property
    def copy(self) -> str:
        """The call that copies an array."""
        return ".clone()" if self.language == "torch" else ".copy()"

    def of(self, block: Block) -> list[str]:
        """The statements that give a block of the pass its numbers; none for what other statements contain."""
        found = self._of(block)
        return [in_jax(each) for each in found] if self.language == "jax" else found

    def _of(self, block: Block) -> list[str]:
        key, n = block.quantity.key, block.layer
        if key in ("grad_a", "grad_x"):
            return [*self._grad_output(n), *self._flow(n)]
        if key == "probabilities":
            phi = ACTIVATIONS[self.document.spec.loss.probabilities or ""]
            lines = phi.formula.line(A).code(self._language_of_formulas, {Z: output_of(n), A: "p"})
            return [*lines, *self._logarithms(phi, n)]
        if key == "loss":
            return self._lines_of_loss(self._loss, n)
        if key == "loss_term":
            return []
        names = self._names(n)
        if key.startswith("new_running"):
            names |= {name: f"{names[name]}[0]" for name in ("mean", "var")}
        found = renamed(self._line(block), names).split("\n")
        return [*found, *self._pins(n)] if key == "a" else found

    @property
    def _language_of_formulas(self) -> Literal["numpy", "torch"]:
        """What formulas are written in: JAX has the functions of NumPy."""
        return "torch" if self.language == "torch" else "numpy"

    @property
    def _loss(self) -> str:
        return loss_code(self.document.spec.loss, self._language_of_formulas)

    @property
    def _loss_gradient(self) -> str:
        return gradient_code(self.document.spec.loss, self._language_of_formulas, self.shape.target_sums_to_one)

    def _lines_of_loss(self, text: str, n: int) -> list[str]:
        for call, name in _LOGARITHMS.items():
            text = text.replace(f"{'torch' if self.language == 'torch' else 'np'}.{call}", name)
        return renamed(text.replace("; ", "\n"), {"y": output_of(n), "grad_a": f"grad_a{n}"}).split("\n")

    def _logarithms(self, phi: Activation, n: int) -> Iterator[str]:
        """log p and log(1 - p) from what the layer gives: exact also where p is rounded to 0 or 1."""
        text, y = self._loss + self._loss_gradient, output_of(n)
        if "log(p)" in text and phi.elementwise:
            yield f"log_p = F.logsigmoid({y})" if self.language == "torch" else f"log_p = -np.logaddexp(0, -{y})"
        elif "log(p)" in text and self.language != "torch":
            yield f"log_p = {y} - {y}.max(axis=-1, keepdims=True)"
            yield "log_p = log_p - np.log(np.exp(log_p).sum(axis=-1, keepdims=True))"
        elif "log(p)" in text:
            yield f"log_p = F.log_softmax({y}, dim=-1)"
        if "log(1 - p)" in text:
            yield f"log_1_p = F.logsigmoid(-{y})" if self.language == "torch" else f"log_1_p = -np.logaddexp(0, {y})"

    def _parts(self, n: int) -> LayerTensors:
        return layer_tensors(self.document.spec.layers[n - 1], self.document.training)

    def _line(self, block: Block) -> str:
        """The statement as the sheet has it, with the names of the sheet."""
        key, n, spec = block.quantity.key, block.layer, self.document.spec
        rule = rule_of(block, spec, self.shape)
        is_phi = key == self._parts(n).activation_output
        if self.language == "torch" and (is_phi or key in _OWN_IN_TORCH):
            return rule.torch or block.quantity.torch
        if self.language == "torch" and key == f"grad_{self._parts(n).activation_input}":
            parts, phi = self._parts(n), spec.activations[n - 1].in_mode(self.document.training)
            names = {Z: parts.activation_input, A: parts.activation_output, ALPHA: "alpha", SLOPES: "slopes"}
            names |= {GRAD_Z: key, GRAD_A: "grad_h" if parts.dropout else "grad_a"}
            return "\n".join(phi.gradient.line(GRAD_Z).code("torch", names))
        text = rule.numpy or block.quantity.numpy
        text = text if re.match(r"\w+ = ", text) else f"{key} = {text}"
        if key == "grad_alpha" and spec.activations[n - 1].alpha == "layer":
            text += ".reshape(1)"
        return in_torch(text) if self.language == "torch" else text

    def _names(self, n: int) -> dict[str, str]:
        """The names of a program for those of the sheet, in layer n."""
        layer, parts = self.document.spec.layers[n - 1], self._parts(n)
        names = {tensor: name_of(tensor, n) for tensor in _TENSORS}
        names |= {"a_prev": output_of(n - 1), "skipped": output_of(n - layer.skip)}
        if self._pinned(n):
            names |= {"grad_a": f"flow{n}"} | ({} if parts.has_h else {"a": f"free{n}"})
        if layer.norm is not None:
            names |= {"eps": number_code(layer.norm.eps), "axis": str(layer.norm.axis + 2)}
            names |= {"momentum": number_code(layer.norm.momentum), "N": str(self.document.samples)}
            if not parts.affine:
                names |= {"normalised": name_of("n", n), "grad_normalised": name_of("grad_n", n)}
            if not parts.statistics:
                names |= {"mean": name_of("running_mean", n), "var": name_of("running_var", n)}
        return names

    def _pinned(self, n: int) -> list[tuple[int, int, float]]:
        """Sample and unit, from 0, and number of each pin of a layer."""
        return [(pin.sample - 1, pin.unit - 1, pin.value) for pin in self.document.pins if pin.layer == n]

    def _pins(self, n: int) -> Iterator[str]:
        """The activation as it came is kept: the slope is that of it."""
        pins = self._pinned(n)
        if pins:
            free = f"a{n}" if self._parts(n).has_h else f"free{n}"
            yield f"a{n} = {free}{self.copy}"
        yield from (f"a{n}[{sample}, {unit}] = {value!r}" for sample, unit, value in pins)

    def _grad_output(self, n: int) -> Iterator[str]:
        """∂L/∂a of layer n, or ∂L/∂x."""
        spec = self.document.spec
        if n == len(spec.layers):
            yield from self._lines_of_loss(self._loss_gradient, n)
            return
        skips = (number for number, layer in enumerate(spec.layers, start=1) if layer.skip and number - layer.skip == n)
        more = "".join(f" + {f'flow{each}' if self._pinned(each) else f'grad_a{each}'}" for each in skips)
        yield f"{name_of('grad_a', n) if n else 'grad_x'} = grad_z{n + 1} @ W{n + 1}{more}"

    def _flow(self, n: int) -> Iterator[str]:
        pins = self._pinned(n) if n else []
        if pins:
            yield f"flow{n} = grad_a{n}{self.copy}"
        yield from (f"flow{n}[{sample}, {unit}] = 0.0  # a pinned number passes nothing on" for sample, unit, _ in pins)


def in_torch(code: str) -> str:
    """A line of NumPy, of those that are the same in PyTorch but for names."""
    return re.sub(r"np\.minimum\((\w+), 0\)", r"torch.clamp(\1, max=0)", code.replace("np.sqrt", "torch.sqrt"))
