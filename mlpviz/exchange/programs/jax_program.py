"""A program in JAX: the pass as a function of its parameters, gradients by jax.value_and_grad, the update by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
        passes = [*self._function(), *self._gradients(), *self._update()]
        return [*self._head("JAX", HEADS["jax"]), *self._given(), *passes, *self._by_hand.end()]

    def _head(self, library: str, imports: str) -> list[ProgramLine]:
        widths = "-".join(map(str, self.document.widths))
        lines = plain(f'"""A {widths} network in {library}, with the numbers of its sheet."""\n')
        if self.document.name.strip():
            lines += plain(comment("Name", self.document.name) + "\n")
        return lines + plain(imports.rstrip("\n") + "\n")

    def _given(self) -> list[ProgramLine]:
        return [*self._by_hand.given(), *self._parameters(), *self._slopes.lines()]

    @cached_property
    def _names(self) -> list[str]:
        return [name_of(name, layer) for name, layer in self._by_hand.parameters]

    def _parameters(self) -> list[ProgramLine]:
        lines = plain("\n# what the gradient is asked of")
        return lines + call("parameters = dict(", [f"{name}={name}" for name in self._names], "")

    def _function(self) -> list[ProgramLine]:
        """The pass as a function."""
        lines = plain('\n\ndef forward(x, parameters):\n    """The loss, and every tensor on the way to it."""')
        lines += self._blocks(self._computed)
        return lines + self._named(self._computed, "    tensors = ") + plain("    return loss, tensors\n")

    def _blocks(self, blocks: Sequence[Block], depth: int = 1) -> list[ProgramLine]:
        """The statements of blocks in the body of a function, under a title for each layer and for the loss."""
        indent, lines = "    " * depth, list[ProgramLine]()
        for (phase, number), own in groupby(blocks, lambda block: (block.quantity.phase, block.layer)):
            title = plain(f"\n# Loss: {self.document.spec.loss.label}") if phase == "loss" else self._title(number)
            lines += [line._replace(parts=(indent, *line.parts)) if line.parts else line for line in title]
            for block in own:
                lines += self._by_hand.said(block, indent)
                lines += [line for each in self._statements(block) for line in indented(each, block.key, depth)]
        return lines

    def _statements(self, block: Block) -> list[str]:
        return self._slopes.of(block)

    def _named(self, blocks: Sequence[Block], head: str) -> list[ProgramLine]:
        """The tensors of blocks as a dictionary."""
        names = [name_of(block.quantity.key, block.layer) for block in blocks]
        indent = head[: len(head) - len(head.lstrip())]
        own = [f"{name}={name}" for name in names if name != "loss"]
        return call(f"{head.lstrip()}dict(", own, "", indent=indent)

    def _title(self, number: int) -> list[ProgramLine]:
        """What begins a layer: its title, and its parameters by their names."""
        layer, known = self.document.spec.layers[number - 1], self.document.layers[number - 1]
        lines = plain(f"\n# Layer {number}: {layer.inputs} to {layer.outputs}, {layer.activation.label}")
        if known.label:
            lines += plain(comment("Label", known.label))
        own = self._parameters_of(number)
        for names in (own[:2], own[2:]):
            lines += plain(f"{', '.join(names)} = {', '.join(map(self._held, names))}") if names else []
        return lines

    def _parameters_of(self, number: int) -> list[str]:
        """The names of the parameters that a layer reads from where the function has them."""
        return [name_of(name, number) for name, layer in self._by_hand.parameters if layer == number]

    def _held(self, name: str) -> str:
        return f'parameters["{name}"]'

    def _gradients(self) -> list[ProgramLine]:
        """The pass once forward and backward, and all tensors compared."""
        lines = plain("\n# Forward and backward: the gradients of the loss for x and for the parameters")
        lines += plain("gradients = jax.jit(jax.value_and_grad(forward, argnums=(0, 1), has_aux=True))")
        lines += plain(self._asked + "\n")
        for block in self._computed:
            name = name_of(block.quantity.key, block.layer)
            lines += self._by_hand.check(block, "loss" if name == "loss" else f'tensors["{name}"]')
        lines += plain("")
        for name, layer in self._by_hand.parameters:
            own = name_of(name, layer)
            lines += plain(f"grad_{own} = {self._gradient(own)}", f"grad_{name}.{layer}")
            lines += self._by_hand.check(self._by_hand.blocks[f"grad_{name}.{layer}"])
        return lines + self._by_hand.check(self._by_hand.blocks["grad_x.0"])

    @property
    def _asked(self) -> str:
        return "(loss, tensors), (grad_x, grads) = gradients(x, parameters)"

    def _gradient(self, name: str) -> str:
        return f'grads["{name}"]'

    def _update(self) -> list[ProgramLine]:
        """One step of the optimizer, and the running statistics."""
        update = Update(self.document, "jax")
        lines = plain("") + self._beginning(update)
        for block in self._by_hand.blocks.values():
            if block.quantity.phase != "update":
                continue
            tensor = block.quantity.key.removeprefix("new_")
            if tensor.startswith("running"):
                lines += self._running(block)
            elif not update.is_written:
                continue
            else:
                lines += self._new(update, tensor, block.layer)
            lines += self._by_hand.check(block)
        return lines

    def _beginning(self, update: Update) -> list[ProgramLine]:
        return update.beginning()

    def _new(self, update: Update, tensor: str, layer: int) -> list[ProgramLine]:
        return update.of(tensor, layer)

    def _running(self, block: Block) -> list[ProgramLine]:
        statements = self._by_hand.statements.of(block)
        read = dict.fromkeys(re.findall(r"\b(?:mean|var)\d+\b", "\n".join(statements)))
        lines = [line for name in read for line in plain(f'{name} = tensors["{name}"]', block.key)]
        return lines + [line for each in statements for text in fitted(each) for line in plain(text, block.key)]
