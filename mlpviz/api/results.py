"""What `Network.trace` and `Network.check` give: the numbers of one pass, and whether they are right, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mlpviz.api.tables import html_table, text_table
from mlpviz.engine import LayerTrace, Trace
from mlpviz.engine.parameters import Array
from mlpviz.engine.tensor_names import tensors
from mlpviz.text.numbers import format_number

if TYPE_CHECKING:
    from mlpviz.verify.report import Report

_SHOWN = 6
"""numbers of a tensor in a table"""


@dataclass(frozen=True, repr=False, eq=False)
class TracedPass:
    """One forward and backward pass: every array of it, read-only. `grad_z` of a layer is ∂L/∂z, and so on."""

    trace: Trace

    @property
    def loss(self) -> float:
        """L."""
        return float(self.trace.loss)

    @property
    def output(self) -> Array:
        """The outputs (N, O) of the last layer."""
        return self.trace.output

    @property
    def grad_x(self) -> Array:
        """∂L/∂x (N, I)."""
        return self.trace.grad_x

    @property
    def layers(self) -> Sequence[LayerTrace]:
        """The arrays of each layer: weight, bias, z, a, grad_a, grad_z, grad_weight, grad_bias and others."""
        return self.trace.layers

    @property
    def tensors(self) -> dict[str, Array]:
        """Every tensor in the order of computation, by its name on the sheet: "∂L/∂W of layer 1"."""
        return {each.name: each.of(self.trace) for each in tensors(self.trace.spec, self.trace.training)}

    def _rows(self) -> list[tuple[str, str, str]]:
        found = ((name, _shape(array), _beginning(array)) for name, array in self.tensors.items())
        return [("tensor", "shape", "numbers"), *found]

    def __repr__(self) -> str:
        return text_table(self._rows())

    def _repr_html_(self) -> str:
        return html_table("One forward and backward pass", self._rows())


@dataclass(frozen=True, repr=False, eq=False)
class Check:
    """NumPy beside PyTorch and central differences, tensor by tensor."""

    report: Report

    @property
    def ok(self) -> bool:
        """Whether no tensor disagrees."""
        return self.report.ok

    @property
    def summary(self) -> str:
        """One sentence."""
        return self.report.summary

    def _rows(self) -> list[tuple[str, ...]]:
        from mlpviz.verify.report import table_of

        header = ("tensor", "shape", "PyTorch abs", "rel", "differences abs", "rel", "", "note")
        rows = table_of(self.report.rows, times="x", missing="-")
        return [header, *((*row[:6], "ok" if row.ok else "WRONG", row.note) for row in rows)]

    def __repr__(self) -> str:
        return f"{text_table(self._rows(), right=range(2, 6))}\n{self.summary}"

    def _repr_html_(self) -> str:
        return html_table("NumPy beside PyTorch and central differences", self._rows(), [self.summary])


def _shape(array: Array) -> str:
    return " × ".join(map(str, array.shape)) or "1"


def _beginning(array: Array) -> str:
    numbers = [format_number(float(value)) for value in np.ravel(array)[:_SHOWN]]
    return ", ".join(numbers) + (", …" if array.size > _SHOWN else "")
