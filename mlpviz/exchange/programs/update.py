"""The update of a program: the lines of the optimizer for each parameter, with the numbers of this step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlpviz.engine.expressions import number_code
from mlpviz.engine.optimizers import Optimizer, OptimizerStep, is_plain
from mlpviz.engine.rounding_error import rounding_error
from mlpviz.engine.tensor_names import Tensor
from mlpviz.exchange.programs.arrays import call
from mlpviz.exchange.programs.jax_text import in_jax
from mlpviz.exchange.programs.names import name_of
from mlpviz.exchange.programs.optimizer_step import WrittenStep
from mlpviz.exchange.programs.program_line import ProgramLine, plain
from mlpviz.exchange.programs.statements import MODULES, Language
from mlpviz.network import Document
from mlpviz.network.parameter_groups import configured_penalty
from mlpviz.sheet.optimizer_lines import MATRIX

NOT_WRITTEN = "# The update is no part of this program:"
_TOGETHER = (
    f"{NOT_WRITTEN} {{optimizer}} steps several numbers together, and some\n"
    "# of them are tied, frozen, penalized or have a rate of their own."
)
_ROUNDING = (
    f"{NOT_WRITTEN} a gradient is 0 but for rounding, and {{optimizer}}\n"
    "# makes a step of it that another order of the same sums would change."
)


@dataclass(frozen=True)
class Update:
    """The update of a document in one language."""

    document: Document
    language: Language

    @cached_property
    def _step(self) -> OptimizerStep:
        return self.document.next_step

    @property
    def is_written(self) -> bool:
        """Whether the lines would give the numbers of the sheet."""
        return not self._reason

    @cached_property
    def _reason(self) -> str:
        """Why there are no lines, as a comment; empty where there are some."""
        step, combines = self._step, self._step.optimizer.combines
        partly = step.groups is not None or (self.document.penalty is not None and not self.document.penalize_biases)
        own = combines and (step.sharing is not None or (partly and combines == "network"))
        if own or self._is_tied_twice:
            return _TOGETHER
        return "" if self._is_steady else _ROUNDING

    @property
    def _is_steady(self) -> bool:
        """Whether the new numbers stay where they are if gradients change as much as rounding changes them."""
        step = self._step
        if step.is_plain:
            return True
        trace, done = self.document.trace(), self.document.schedule_step
        moved = trace.grad.copy()
        spread = rounding_error(trace)
        for layer, views in enumerate(trace.spec.views(moved)):
            for name, view in views._asdict().items():
                if view is not None:
                    view += spread[Tensor(f"grad_{name}", layer)]
        other = self.document.step_from(step.params, moved, step.slots, step.t, done).new_params
        return bool(np.allclose(other, step.new_params, rtol=5e-10, atol=5e-10))

    @property
    def _is_tied_twice(self) -> bool:
        """Single ties beside tied layers, or of numbers that are frozen in one place."""
        spec, layers = self.document.spec, self.document.layers
        whole = any(layer.tied_to is not None or layer.one_bias for layer in layers)
        return bool(spec.ties) and (whole or any(layer.frozen for layer in layers))

    def beginning(self) -> list[ProgramLine]:
        """What comes before the updates of the tensors."""
        step = self._step
        if not self.is_written:
            return plain(self._reason.format(optimizer=step.optimizer.label))
        lines = plain(f"# Update: {step.optimizer.label}, step {step.t}")
        lines += plain(f"learning_rate = {number_code(self.document.rate)}")
        if step.optimizer.combines == "network":
            lines += self._network()
        elif self.document.spec.sharing is not None:
            lines += [line for text in self._sums() for line in plain(text)]
        return lines

    def of(self, tensor: str, layer: int) -> list[ProgramLine]:
        """The lines that give one parameter its new number."""
        name, block = name_of(tensor, layer), f"new_{tensor}.{layer}"
        if self._step.optimizer.combines == "network":
            return plain(self._part_of_network(tensor, layer), block)
        follows = self._follows(tensor, layer)
        if follows:
            return plain(f"new_{name} = {follows}{self._copy}", block)
        own = slice(*self._range(tensor, layer))
        group = self._step.group_of(own.start)
        if group is None:
            return plain(f"new_{name} = {name}{self._copy}  # frozen", block)
        optimizer = group.configured(self._step.optimizer)
        rate = "learning_rate" if group.learning_rate == self.document.rate else number_code(group.learning_rate)
        penalty = self.document.penalty is not None and (tensor == MATRIX or self.document.penalize_biases)
        if is_plain(optimizer) and not penalty:
            lines = plain(f"new_{name} = {name} - {rate} * {self._gradient(tensor, layer)}", block)
        else:
            lines = self._stepped(optimizer, float(group.learning_rate), penalty, tensor, layer, block)
        return lines + [line for text in self._single_ties(tensor, layer) for line in plain(text, block)]

    @property
    def _optimizer_step(self) -> WrittenStep:
        return WrittenStep(self.language, self._step.t)

    @property
    def _copy(self) -> str:
        return ".clone()" if self.language == "torch" else ".copy()"

    def _range(self, tensor: str, layer: int) -> tuple[int, int]:
        own = getattr(self.document.spec.slots[layer - 1], tensor)
        return own.start, own.stop

    def _follows(self, tensor: str, layer: int) -> str:
        """The new weight that this one is, for a layer that is tied to one before it."""
        uses = self.document.spec.weight_uses(layer - 1)
        if tensor != MATRIX or uses[0].layer == layer - 1:
            return ""
        return f"new_W{uses[0].layer + 1}{'.T' * uses[0].transposed}"

    def _gradient(self, tensor: str, layer: int) -> str:
        """The name of the gradient that is followed: the sum over all uses of a tied number."""
        if (tensor, layer) in self._summed:
            return f"sum_grad_{name_of(tensor, layer)}"
        return f"grad_{name_of(tensor, layer)}"

    @cached_property
    def _summed(self) -> dict[tuple[str, int], list[str]]:
        """The statements that sum the gradients of numbers with several uses, for each tensor that has some."""
        spec, found = self.document.spec, dict[tuple[str, int], list[str]]()
        if spec.sharing is None:
            return found
        for number, own in enumerate(spec.layers, start=1):
            first, *others = spec.weight_uses(number - 1)
            if first.layer == number - 1 and others:
                parts = (f" + grad_W{use.layer + 1}{'.T' * use.transposed}" for use in others)
                found[MATRIX, number] = [f"sum_grad_W{number} = grad_W{number}{''.join(parts)}"]
            if own.bias and own.one_bias:
                ones = f"{MODULES[self.language]}.ones_like(b{number})"
                found["bias", number] = [f"sum_grad_b{number} = grad_b{number}.sum() * {ones}"]
        for first_place, *other_places in spec.ties:
            tensor, layer = _tensor_of(first_place)
            name = name_of(tensor, layer)
            lines = found.setdefault((tensor, layer), [f"sum_grad_{name} = grad_{name}{self._copy}"])
            at = _at(first_place)
            lines += (f"sum_grad_{name}[{at}] += grad_{name_of(*_tensor_of(p))}[{_at(p)}]" for p in other_places)
        return found

    def _sums(self) -> Iterator[str]:
        yield "# a number with several uses follows the sum of their gradients"
        for statements in self._summed.values():
            yield from (in_jax(each) if self.language == "jax" else each for each in statements)

    def _single_ties(self, tensor: str, layer: int) -> Iterator[str]:
        """The places in this tensor that take the new number of another place, which is stepped before it."""
        for first, *others in self.document.spec.ties:
            source = f"new_{name_of(*_tensor_of(first))}[{_at(first)}]"
            own = (place for place in others if _tensor_of(place) == (tensor, layer))
            for place in own:
                line = f"new_{name_of(tensor, layer)}[{_at(place)}] = {source}"
                yield in_jax(line) if self.language == "jax" else line

    def _stepped(
        self, optimizer: Optimizer, rate: float, penalty: bool, tensor: str, layer: int, block: str
    ) -> list[ProgramLine]:
        name, (start, stop) = name_of(tensor, layer), self._range(tensor, layer)
        shape = self.document.spec.slots[layer - 1].shape if tensor == MATRIX else (stop - start,)
        own = optimizer.of_tensor(tensor == MATRIX)
        slots = {
            slot.symbol: np.asarray(found)[start:stop].reshape(shape) if np.ndim(found) else float(found)
            for slot in own.slots_in_use
            for found in [self._step.slots[slot.name]]
        }
        record = configured_penalty(self.document.penalty) if penalty else None
        return self._optimizer_step.lines(own, rate, record, name, self._gradient(tensor, layer), slots, block)

    def _network(self) -> list[ProgramLine]:
        """The whole step of an optimizer that reads all parameters as one vector."""
        spec = self.document.spec
        names = [name_of(name, layer) for layer, slot in enumerate(spec.slots, start=1) for name in slot.names]
        join = "torch.cat" if self.language == "torch" else f"{MODULES[self.language]}.concatenate"
        lines = call(f"theta = {join}(", [[f"{name}.ravel()" for name in names]], "")
        lines += call(f"grad_theta = {join}(", [[f"grad_{name}.ravel()" for name in names]], "")
        step = self._step
        slots = {
            slot.symbol: np.asarray(found) if np.ndim(found) else float(found)
            for slot in step.optimizer.slots_in_use
            for found in [step.slots[slot.name]]
        }
        penalty = configured_penalty(self.document.penalty)
        return lines + self._optimizer_step.lines(
            step.optimizer, step.learning_rate, penalty, "theta", "grad_theta", slots, ""
        )

    def _part_of_network(self, tensor: str, layer: int) -> str:
        start, stop = self._range(tensor, layer)
        shape = ", ".join(map(str, self.document.spec.slots[layer - 1].shape))
        turned = f".reshape({shape})" if tensor == MATRIX else ""
        return f"new_{name_of(tensor, layer)} = new_theta[{start}:{stop}]{turned}"


def _tensor_of(place: tuple[int, ...]) -> tuple[str, int]:
    return (MATRIX if len(place) == 3 else "bias"), place[0] + 1


def _at(place: tuple[int, ...]) -> str:
    return ", ".join(map(str, place[1:]))
