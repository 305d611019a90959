"""The bands of a network, and where in them its parameters, their gradients and their new numbers stand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine.expressions.spreadsheet import number_text
from mlpviz.engine.parameters import Array
from mlpviz.exchange.workbook.grid import Band, CellBlock, Value, place
from mlpviz.network import Document


class WorkbookPlan:
    """The bands of a document, without blocks at first."""

    def __init__(self, document: Document) -> None:
        self.document, self.spec = document, document.spec
        self.widths = document.widths
        self.places = self.spec.views(np.arange(self.spec.size))
        sharing = self.spec.sharing
        self.first = np.arange(self.spec.size) if sharing is None else sharing.first
        self.stepped = np.zeros(self.spec.size, dtype=bool)
        """the parameters that the update computes: not frozen, and the first place of a tied number"""
        groups = document.next_step.groups
        for indices in (slice(None),) if groups is None else (group.indices for group in groups):
            self.stepped[indices] = True
        self.new_blocks: dict[int, CellBlock] = {}
        self._where: dict[int, tuple[int, str, int, int]] = {}
        self.settings = Band("Settings", packed=True)
        self.input = Band("Input")
        self.bands = [
            Band(f"Layer {number}, {layer.activation.label}") for number, layer in enumerate(self.spec.layers, start=1)
        ]
        self.loss_band = Band(f"Loss, {self.spec.loss.label}", packed=True)

    @property
    def all_bands(self) -> list[Band]:
        """From top to bottom."""
        return [self.settings, self.input, *self.bands, self.loss_band]

    @property
    def blocks(self) -> Iterator[CellBlock]:
        """All blocks."""
        return (block for band in self.all_bands for block in band.blocks.values())

    def place(self) -> None:
        """Give every block its place on the sheet: formulas can be written after that."""
        for block, (top, left) in place(self.all_bands, lambda block: block.columns).items():
            block.top, block.left = top, left

    def a(self, index: int) -> CellBlock:
        """The output of a layer, counted from 0; x for -1."""
        return (self.input if index < 0 else self.bands[index]).blocks["a"]

    def meets_biases(self, index: int) -> bool:
        """Whether the layer of this index, counted from 0, reads a row of ones below its input."""
        return index < len(self.document.layers) and self.document.layers[index].bias is not None

    def pins_of(self, index: int) -> dict[tuple[int, int], float]:
        """The pinned values of a layer, by unit and sample from 0."""
        return {(pin.unit - 1, pin.sample - 1): pin.value for pin in self.document.pins if pin.layer == index + 1}

    def dropping(self, index: int, j: int, n: int) -> str:
        """What dropout does to a number, as the end of a formula; empty without dropout."""
        mask, rate = self.bands[index].blocks.get("mask"), self.spec.layers[index].dropout
        if mask is None:
            return ""
        kept = "" if rate == 1.0 else f"/(1-{number_text(rate)[0]})"
        return f"*{mask.at(j, n)}{kept}"

    def indices(self, index: int, name: str) -> Array:
        """The places in the flat vector of the numbers in a block of parameters, shaped like it."""
        views = self.places[index]
        if name != "weight":
            return np.asarray(getattr(views, name))[:, None]
        return views.weight if views.bias is None else np.column_stack([views.weight, views.bias])

    def keep_places(self, index: int) -> None:
        """Note where the parameters of a layer stand, once they have blocks."""
        for name in ("weight", "gamma", "beta", "alpha"):
            if name in self.bands[index].blocks:
                for (j, i), at in np.ndenumerate(self.indices(index, name)):
                    self._where[int(at)] = (index, name, j, i)

    def shared(self, index: int, j: int, i: int) -> Value:
        """A weight or bias: its number, or the address of the place whose number it shares."""
        at = int(self.indices(index, "weight")[j, i])
        first = int(self.first[at])
        if first == at:
            return float(self.document.params[at])
        layer, name, row, column = self._where[first]
        return f"={self.bands[layer].blocks[name].at(row, column)}"

    def new_address(self, at: int) -> str:
        """Where the new number of a parameter stands."""
        index, name, j, i = self._where[at]
        return self.new_blocks[id(self.bands[index].blocks[name])].at(j, i)

    def gradient_addresses(self, at: int) -> list[str]:
        """Where the parts of the gradient of a number stand, one for each of its uses."""
        uses = np.flatnonzero(self.first == self.first[at]) if self.spec.sharing is not None else (at,)
        found = []
        for use in uses:
            index, name, j, i = self._where[int(use)]
            found.append(self.bands[index].blocks[f"grad_{name}"].at(j, i))
        return found
