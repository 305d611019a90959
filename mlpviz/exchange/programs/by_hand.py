"""A program with both passes written out by hand, in NumPy or PyTorch: every tensor is computed, printed and compared.

It goes through the blocks of the sheet in their order, so each of its lines belongs to a step.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.programs.arrays import WIDE, Numbers, array_of, call
from mlpviz.exchange.programs.closeness import CLOSE, Rounding, check_assertable, one_digit
from mlpviz.exchange.programs.heads import HEADS
from mlpviz.exchange.programs.names import name_of
from mlpviz.exchange.programs.program_line import Digits, ProgramLine, comment, plain
from mlpviz.exchange.programs.python_text import fitted
from mlpviz.exchange.programs.statements import Language, Statements
from mlpviz.exchange.programs.update import Update
from mlpviz.network import Document
from mlpviz.sheet.blocks import Block, blocks_of
from mlpviz.sheet.rules import rule_of
from mlpviz.sheet.values import values_on_screen

_ARRAY = {"numpy": "np.array(", "torch": "torch.tensor(", "jax": "jnp.array("}


@dataclass(frozen=True)
class ByHand:
    """The program of a document in one language.

    Raises DocumentError where nothing could be asserted, as where a number is not finite.
    """

    document: Document
    language: Language

    def __post_init__(self) -> None:
        check_assertable(self.document, self._rounding)

    @cached_property
    def _rounding(self) -> Rounding:
        return Rounding.of(self.document)

    @cached_property
    def values(self) -> dict[str, Array]:
        """The numbers of the blocks, as on screen."""
        with np.errstate(all="ignore"):
            return values_on_screen(self.document)

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """The blocks of the sheet, in the order of computation."""
        return blocks_of(self.document.spec, self.statements.shape)

    @cached_property
    def statements(self) -> Statements:
        """The statements of its blocks."""
        return Statements(self.document, self.language)

    @cached_property
    def _update(self) -> Update:
        return Update(self.document, self.language)

    def lines(self) -> list[ProgramLine]:
        """All lines of the file."""
        sections = [self.head(), self.given(), *self._computed, self.end()]
        return [line for section in sections for line in section]

    def head(self) -> list[ProgramLine]:
        """What the file is, imports, and the function that compares."""
        widths = "-".join(map(str, self.document.widths))
        language = {"numpy": "NumPy", "torch": "PyTorch"}[self.language]
        lines = plain(
            f'"""A {widths} network, forward and backward by hand in {language}, with the numbers of its sheet."""'
        )
        lines += plain("")
        if self.document.name.strip():
            lines += plain(comment("Name", self.document.name)) + plain("")
        body = "\n".join(line.text for section in self._computed for line in section)
        text = HEADS[self.language]
        if self.language == "numpy":
            text = text.format(scipy="import scipy.special\n" if "scipy." in body else "")
        elif "math." not in body:
            text = text.removeprefix("import math\n\n")
        if self.language == "torch" and "F." not in body:
            text = text.replace("import torch.nn.functional as F\n", "")
        return lines + plain(text.rstrip("\n")) + plain("")

    @cached_property
    def _computed(self) -> list[list[ProgramLine]]:
        return [self.forward(), self.loss(), self.backward(), self.update()]

    def given(self) -> list[ProgramLine]:
        """x, the target, and what the layers are given."""
        count = self.document.samples
        lines = plain(f"\n# {count} sample{'s' if count > 1 else ''}, a row each")
        lines += self.array("x.0")
        if f"target.{self._last}" in self.blocks:
            lines += self.array(f"target.{self._last}")
        lines += plain("\n# weights have a row per unit")
        given = (key for key, block in self.blocks.items() if block.quantity.phase == "given")
        return lines + [line for key in given if not key.startswith(("x.", "target.")) for line in self.array(key)]

    def forward(self) -> list[ProgramLine]:
        """Every layer from the first on."""
        lines: list[ProgramLine] = []
        own = [block for block in self.blocks.values() if block.quantity.phase == "forward"]
        for number, blocks in groupby(own, lambda block: block.layer):
            layer, known = self.document.spec.layers[number - 1], self.document.layers[number - 1]
            lines += plain(f"\n# Layer {number}, forward: {layer.inputs} to {layer.outputs}, {layer.activation.label}")
            if known.label:
                lines += plain(comment("Label", known.label))
            lines += [line for block in blocks for line in self._step(block)]
        return lines

    def loss(self) -> list[ProgramLine]:
        """The loss; in PyTorch also its gradients by autograd, to compare with those by hand."""
        lines = plain(f"\n# Loss: {self.document.spec.loss.label}")
        blocks = [block for block in self.blocks.values() if block.quantity.phase == "loss"]
        lines += [line for block in blocks for line in self._step(block)]
        return lines + (self._autograd() if self.language == "torch" else [])

    def _autograd(self) -> list[ProgramLine]:
        names = [name_of(name, layer) for name, layer in self.parameters]
        lines = plain("\n# The gradients once by autograd, to compare with those by hand")
        lines += call("leaves = tuple(", [["x", *names]], "")
        return lines + plain(
            "autograd = torch.autograd.grad(loss, leaves, allow_unused=True, materialize_grads=True)\n"
            "torch.set_grad_enabled(False)"
        )

    @cached_property
    def parameters(self) -> list[tuple[str, int]]:
        """Name and layer of each learned tensor."""
        return [(name, number) for number, slot in enumerate(self.document.spec.slots, start=1) for name in slot.names]

    def backward(self) -> list[ProgramLine]:
        """Every layer from the last on."""
        lines: list[ProgramLine] = []
        own = [block for block in self.blocks.values() if block.quantity.phase == "backward"]
        for number, blocks in groupby(own, lambda block: block.layer):
            lines += plain(f"\n# Layer {number}, backward" if number else "\n# The inputs, backward")
            lines += [line for block in blocks for line in self._step(block)]
        if self.language == "torch":
            lines += self._compared()
        return lines

    def _compared(self) -> list[ProgramLine]:
        names = [f"grad_{name_of(name, layer)}" for name, layer in self.parameters]
        lines = plain("\n# By hand and by autograd are the same")
        lines += call("by_hand = tuple(", [["grad_x", *names]], "")
        by_hand = ("grad_x.0", *(f"grad_{name}.{layer}" for name, layer in self.parameters))
        return lines + plain(
            "for found, own in zip(by_hand, autograd):\n"
            f"    torch.testing.assert_close(found, own, rtol=1e-9, atol={one_digit(self._rounding.allowed(*by_hand))})"
        )

    def update(self) -> list[ProgramLine]:
        """One step of the optimizer, and the running statistics."""
        lines = plain("") + self._update.beginning()
        for block in self.blocks.values():
            if block.quantity.phase != "update":
                continue
            tensor = block.quantity.key.removeprefix("new_")
            if tensor.startswith("running"):
                lines += self._step(block)
            elif self._update.is_written:
                lines += self._update.of(tensor, block.layer) + self.check(block)
        return lines

    @property
    def update_is_written(self) -> bool:
        """Whether the new numbers are sure enough to be asserted."""
        return self._update.is_written

    def end(self) -> list[ProgramLine]:
        """What it says when all is well."""
        return plain('\nprint("every number agrees with the sheet")')

    @property
    def _last(self) -> int:
        return len(self.document.layers)

    def _step(self, block: Block) -> list[ProgramLine]:
        """The statements of a block and the comparison with the sheet."""
        lines = self.said(block)
        known = len(lines)
        pins = iter([pin for pin in self.document.pins if pin.layer == block.layer])
        for statement in self.statements.of(block):
            if block.quantity.key == "a" and statement.startswith(f"a{block.layer}["):
                pin = next(pins)
                before, _, text = statement.partition(" = ")
                digits = Digits(text, pin.unit - 1, pin.sample - 1)
                lines.append(ProgramLine((f"{before} = ", digits, "  # pinned"), block.key, given=True))
            else:
                lines += [each for text in fitted(statement) for each in plain(text, block.key)]
        return lines + self.check(block) if len(lines) > known else []

    def said(self, block: Block, indent: str = "") -> list[ProgramLine]:
        """What the sheet says of a block, where it is the first one of which it says so."""
        if block.key not in self._sentences:
            return []
        words = f"{block.quantity.symbol}: {self._sentences[block.key]}"
        hash_ = f"{indent}# "
        return plain("\n".join(textwrap.wrap(words, WIDE, initial_indent=hash_, subsequent_indent=hash_)), block.key)

    @cached_property
    def _sentences(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, block in self.blocks.items():
            if block.quantity.phase in ("given", "update") or block.quantity.key == "loss_term":
                continue
            rule = rule_of(block, self.document.spec, self.statements.shape)
            found[rule.sentence or block.quantity.sentence] = found.get(rule.sentence or block.quantity.sentence, key)
        return {key: sentence for sentence, key in found.items() if sentence}

    def check(self, block: Block, found: str = "") -> list[ProgramLine]:
        """The comparison of a block with the sheet; `found` is what is compared, by default the tensor by its name."""
        name = name_of(block.quantity.key, block.layer)
        shown = array_of(block.quantity, self.values[block.key], exact=False)
        atol = self._rounding.allowed(block.key)
        arguments: list[Numbers] = [f'"{name}"', found or name, shown]
        if atol > CLOSE * max(1.0, float(np.abs(self.values[block.key]).min())):
            arguments.append(f"atol={one_digit(atol)}")
        return call("same(", arguments, block.key)

    def array(self, key: str) -> list[ProgramLine]:
        """The array of a given block."""
        block = self.blocks[key]
        whole = block.quantity.key == "target" and self.document.has_class_numbers
        numbers = array_of(block.quantity, self.values[key], exact=True, whole=whole)
        learned = block.quantity.key == "x" or (block.quantity.key, block.layer) in self.parameters
        arguments: list[Numbers] = [numbers]
        if self.language == "torch" and learned:
            arguments.append("requires_grad=True")
        head = f"{name_of(block.quantity.key, block.layer)} = {_ARRAY[self.language]}"
        return call(head, arguments, key, given=True)
