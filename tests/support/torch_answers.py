"""The answers to an exercise as PyTorch computes them, from its document alone."""

import numpy as np

from mlpviz.practice.goal import LARGEST, with_number
from mlpviz.verify import torch_reference

WEIGHTS = ("weight", "grad_weight", "new_weight")


def answers(exercise):
    """The right number of every asked cell, by its name."""
    if exercise.goal is not None:
        ((name, cell),) = exercise.cells.items()
        found = [n for n in range(-LARGEST, LARGEST + 1) if _comes_out(exercise, cell, n)]
        assert len(found) == 1
        return {name: float(found[0])}
    arrays = _Arrays(exercise.document)
    return {name: float(arrays.on_screen(*cell.place)[cell.row, cell.column]) for name, cell in exercise.cells.items()}


def _comes_out(exercise, cell, number):
    known = exercise.goal.at
    shown = _Arrays(with_number(exercise.document, cell, float(number))).on_screen(*known.place)
    return np.isclose(shown[known.row, known.column], exercise.goal.number)


class _Arrays:
    """The tensors of a pass and of the step after it, rows as on the sheet."""

    def __init__(self, document):
        self.trace = document.trace()
        self.found, self.document = torch_reference.run(self.trace), document

    def on_screen(self, tensor, layer):
        array = np.asarray(self._of(tensor, layer), dtype=float)
        return array if array.ndim == 2 and tensor.split(".")[-1] in WEIGHTS else np.atleast_2d(array).T

    def _of(self, tensor, layer):
        if tensor in ("loss", "grad_x"):
            return getattr(self.found, tensor)
        if tensor in ("probabilities", "loss_term"):
            return self._of_loss(tensor, self.found.layers[layer - 1].a)
        if tensor.startswith("new_"):
            after = self.trace.spec.views(torch_reference.updated(self.document.next_step))
            return getattr(after[layer - 1], tensor.removeprefix("new_"))
        if tensor.startswith("slot."):
            return self._slot(*tensor.split(".")[1:], layer)
        return getattr(self.found.layers[layer - 1], tensor)

    def _of_loss(self, tensor, y):
        import torch

        y, t = torch.tensor(y), torch.tensor(self.trace.target)
        key = self.document.loss.key
        if key == "cross_entropy":
            found = y.softmax(1) if tensor == "probabilities" else -t * y.log_softmax(1)
        else:
            found = (y - t) ** 2 * {"mse": 1.0, "half_sse": 0.5}[key]
        return found.numpy()

    def _slot(self, slot, parameter, layer):
        before = getattr(self.trace.spec.views(self.document.slots[slot])[layer - 1], parameter)
        grad = getattr(self.found.layers[layer - 1], f"grad_{parameter}")
        settings = self.document.next_step.optimizer.settings
        if slot == "velocity":
            return settings["momentum"] * before + grad
        keep, new = {"m": (settings["beta1"], grad), "v": (settings["beta2"], grad * grad)}[slot]
        return keep * before + (1.0 - keep) * new
