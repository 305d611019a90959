"""A program in Keras over JAX: a keras.Model with Dense layers, gradients by jax.value_and_grad, Keras's own SGD."""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.exchange.programs.arrays import call, number_text
from mlpviz.exchange.programs.heads import HEADS
from mlpviz.exchange.programs.jax_program import JaxProgram
from mlpviz.exchange.programs.names import name_of, output_of
from mlpviz.exchange.programs.program_line import ProgramLine, plain
from mlpviz.exchange.programs.update import Update
from mlpviz.network import DocumentError
from mlpviz.sheet.blocks import Block

_OF_DENSE = {"weight": "kernel", "bias": "bias"}


@dataclass(frozen=True)
class KerasProgram(JaxProgram):
    """The program of a document: that for JAX, but for what Keras has in 64 bits.

    Raises DocumentError for tied numbers, and where nothing could be asserted.
    """

    def __post_init__(self) -> None:
        if self.document.spec.sharing is not None:
            raise DocumentError(
                "Keras cannot hold the tied numbers of this network, since each of its layers has a kernel of its own: "
                "save it as the program for JAX, which can"
            )

    def lines(self) -> list[ProgramLine]:
        """All lines of the file."""
        passes = [*self._model(), *self._function(), *self._gradients(), *self._update()]
        return [*self._head("Keras", HEADS["keras"]), *self._given(), *passes, *self._by_hand.end()]

    def _given(self) -> list[ProgramLine]:
        return [*self._by_hand.given(), *self._slopes.lines()]

    @property
    def _layers(self) -> list[Block]:
        return [block for block in self._computed if block.quantity.phase == "forward"]

    def _model(self) -> list[ProgramLine]:
        """The class of the model, and one with the numbers of the sheet."""
        lines = plain('\n\nclass Network(keras.Model):\n    """The layers; it gives every tensor by its name."""')
        lines += plain("\n    def __init__(self):\n        super().__init__()")
        for number, layer in enumerate(self.document.spec.layers, start=1):
            settings = f"{layer.outputs}{'' if layer.bias else ', use_bias=False'}"
            lines += plain(f'        self.layer{number} = keras.layers.Dense({settings}, name="layer{number}")')
            slots = self.document.spec.slots[number - 1]
            for tensor in (each for each in slots.names if each not in _OF_DENSE):
                own, place = name_of(tensor, number), getattr(slots, tensor)
                shape = f"({place.stop - place.start},)"
                lines += plain(f'        self.{own} = self.add_weight(name="{own}", shape={shape})')
        lines += plain("\n    def call(self, x):")
        body = self._blocks(self._layers, depth=2)
        lines += [*body[1:], *self._named(self._layers, "        return ")]
        lines += plain("\n\nmodel = Network()\nmodel(x)  # the first call makes the kernels")
        lines += plain("# a kernel has a column per unit, so it is the weight transposed")
        for tensor, number in self._by_hand.parameters:
            own = name_of(tensor, number)
            lines += plain(f"{self._variable(own)}.assign({own}{_transposed(own)})")
        return lines

    def _variable(self, name: str) -> str:
        """The variable of the model for a parameter such as W1."""
        letter, number = name.rstrip("0123456789"), name.lstrip("abcdefghijklmnopqrstuvwxyzW")
        attribute = {"W": "kernel", "b": "bias"}.get(letter)
        return f"model.layer{number}.{attribute}" if attribute else f"model.{name}"

    def _statements(self, block: Block) -> list[str]:
        if block.quantity.key == "z":
            return [f"z{block.layer} = self.layer{block.layer}({output_of(block.layer - 1)})"]
        return super()._statements(block)

    def _parameters_of(self, number: int) -> list[str]:
        return [
            name_of(name, number)
            for name, layer in self._by_hand.parameters
            if layer == number and name not in _OF_DENSE
        ]

    def _held(self, name: str) -> str:
        return f"self.{name}.value"

    def _function(self) -> list[ProgramLine]:
        """The loss as a function of x and the variables."""
        of_loss = [block for block in self._computed if block.quantity.phase == "loss"]
        last = output_of(len(self.document.layers))
        lines = plain('\n\ndef forward(x, variables):\n    """The loss, and every tensor on the way to it."""')
        lines += plain(f'    tensors, _ = model.stateless_call(variables, [], x)\n    {last} = tensors["{last}"]')
        lines += self._blocks(of_loss)
        if len(of_loss) > 1:
            lines += self._named(of_loss, "    tensors |= ")
        return lines + plain("    return loss, tensors\n")

    @property
    def _asked(self) -> str:
        return (
            "variables = [each.value for each in model.trainable_variables]\n"
            "(loss, tensors), (grad_x, grads) = gradients(x, variables)\n"
            "grads_of = dict(zip([each.path for each in model.trainable_variables], grads))"
        )

    def _gradient(self, name: str) -> str:
        return f"grads_of[{self._variable(name)}.path]{_transposed(name)}"

    @property
    def _is_kerass(self) -> bool:
        """Whether the update is one of Keras's SGD, which keeps 64 bits, for all parameters alike."""
        step = self.document.next_step
        return step.is_plain and step.groups is None

    def _beginning(self, update: Update) -> list[ProgramLine]:
        if not self._is_kerass:
            return update.beginning()
        lines = plain("# Update: SGD of Keras")
        rate = number_text(self.document.rate)
        lines += call("optimizer = keras.optimizers.SGD(", [f"learning_rate={rate}"], "")
        return lines + plain("optimizer.apply(grads, model.trainable_variables)")

    def _new(self, update: Update, tensor: str, layer: int) -> list[ProgramLine]:
        if not self._is_kerass:
            return super()._new(update, tensor, layer)
        own = name_of(tensor, layer)
        return plain(f"new_{own} = {self._variable(own)}.value{_transposed(own)}", f"new_{tensor}.{layer}")


def _transposed(name: str) -> str:
    return ".T" if name.startswith("W") else ""
