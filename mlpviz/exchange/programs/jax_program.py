"""A program in JAX: the pass as a function of its parameters, gradients by jax.value_and_grad, the update by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from mlpviz.exchange.programs.arrays import call
from mlpviz.exchange.programs.by_hand import ByHand
from mlpviz.exchange.programs.heads import HEADS
from mlpviz.exchange.programs.jax_slopes import OwnSlopes
from mlpviz.exchange.programs.names import name_of
from mlpviz.exchange.programs.program_line import ProgramLine, comment, plain
from mlpviz.exchange.programs.python_text import fitted, indented
from mlpviz.exchange.programs.update import Update
from mlpviz.network import Document
from mlpviz.sheet.blocks import Block


@dataclass(frozen=True)
class JaxProgram:
    """The program of a document. Raises DocumentError where nothing could be asserted."""

    document: Document

    @cached_property
    def _by_hand(self) -> ByHand:
        return ByHand(self.document, "jax")

    @cached_property
    def _slopes(self) -> OwnSlopes:
        return OwnSlopes(self.document, self._by_hand.statements, self._by_hand.blocks)

    @cached_property
    def _computed(self) -> list[Block]:
        """The blocks of the pass forward, in their order."""
        phases, blocks = ("forward", "loss"), self._by_hand.blocks.values()
        return [block for block in blocks if block.quantity.phase in phases and block.quantity.key != "loss_term"]

    def lines(self) -> list[ProgramLine]:
        """All lines of the file."""
        given = [*self._by_hand.given(), *self._parameters()]
        passes = [*self._function(), *self._gradients(), *self._update()]
        return [*self._head(), *given, *self._slopes.lines(), *passes, *self._by_hand.end()]

    def _head(self) -> list[ProgramLine]:
        widths = "-".join(map(str, self.document.widths))
        lines = plain(f'"""A {widths} network in JAX, with the numbers of its sheet."""\n')
        if self.document.name.strip():
            lines += plain(comment("Name", self.document.name) + "\n")
        return lines + plain(HEADS["jax"].rstrip("\n") + "\n")

    @cached_property
    def _names(self) -> list[str]:
        return [name_of(name, layer) for name, layer in self._by_hand.parameters]

    def _parameters(self) -> list[ProgramLine]:
        lines = plain("\n# what the gradient is asked of")
        return lines + call("parameters = dict(", [f"{name}={name}" for name in self._names], "")

    def _function(self) -> list[ProgramLine]:
        """The pass as a function."""
        lines = plain('\n\ndef forward(x, parameters):\n    """The loss, and every tensor on the way to it."""')
        for number, blocks in groupby(self._computed, lambda block: (block.quantity.phase, block.layer)):
            lines += self._title(*number)
            for block in blocks:
                lines += self._by_hand.said(block, "    ")
                lines += [line for each in self._slopes.of(block) for line in indented(each, block.key)]
        names = [name_of(block.quantity.key, block.layer) for block in self._computed]
        lines += call("tensors = dict(", [f"{name}={name}" for name in names if name != "loss"], "", indent="    ")
        return lines + plain("    return loss, tensors\n")

    def _title(self, phase: str, number: int) -> list[ProgramLine]:
        if phase == "loss":
            return plain(f"\n    # Loss: {self.document.spec.loss.label}")
        layer, known = self.document.spec.layers[number - 1], self.document.layers[number - 1]
        lines = plain(f"\n    # Layer {number}: {layer.inputs} to {layer.outputs}, {layer.activation.label}")
        if known.label:
            lines += plain("    " + comment("Label", known.label))
        own = [name_of(name, number) for name, layer in self._by_hand.parameters if layer == number]
        for names in (own[:2], own[2:]):
            found = ", ".join(f'parameters["{name}"]' for name in names)
            lines += plain(f"    {', '.join(names)} = {found}") if names else []
        return lines

    def _gradients(self) -> list[ProgramLine]:
        """The pass once forward and backward, and all tensors compared."""
        lines = plain("\n# Forward and backward: the gradients of the loss for x and for the parameters")
        lines += plain("gradients = jax.jit(jax.value_and_grad(forward, argnums=(0, 1), has_aux=True))")
        lines += plain("(loss, tensors), (grad_x, grads) = gradients(x, parameters)\n")
        for block in self._computed:
            name = name_of(block.quantity.key, block.layer)
            lines += self._by_hand.check(block, "loss" if name == "loss" else f'tensors["{name}"]')
        lines += plain("")
        for name, layer in self._by_hand.parameters:
            own = name_of(name, layer)
            lines += plain(f'grad_{own} = grads["{own}"]', f"grad_{name}.{layer}")
            lines += self._by_hand.check(self._by_hand.blocks[f"grad_{name}.{layer}"])
        return lines + self._by_hand.check(self._by_hand.blocks["grad_x.0"])

    def _update(self) -> list[ProgramLine]:
        """One step of the optimizer, and the running statistics."""
        update = Update(self.document, "jax")
        lines = plain("") + update.beginning()
        for block in self._by_hand.blocks.values():
            if block.quantity.phase != "update":
                continue
            tensor = block.quantity.key.removeprefix("new_")
            if tensor.startswith("running"):
                lines += self._running(block)
            elif not update.is_written:
                continue
            else:
                lines += update.of(tensor, block.layer)
            lines += self._by_hand.check(block)
        return lines

    def _running(self, block: Block) -> list[ProgramLine]:
        statements = self._by_hand.statements.of(block)
        read = dict.fromkeys(re.findall(r"\b(?:mean|var)\d+\b", "\n".join(statements)))
        lines = [line for name in read for line in plain(f'{name} = tensors["{name}"]', block.key)]
        return lines + [line for each in statements for text in fitted(each) for line in plain(text, block.key)]
