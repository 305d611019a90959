"""The tensors in the flat vector, for optimizers that step whole weight matrices and not one number after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array, Slot

Slots = dict[str, Any]


class TensorPlace(NamedTuple):
    """Where one tensor lies in the flat vector, and its shape: (O, I) for a weight, (O,) for all others.

    `where` is a slice, or the indices where the tensor is not in one piece.
    """

    where: slice | NDArray[np.intp]
    shape: tuple[int, ...]

    @property
    def is_matrix(self) -> bool:
        """Whether it is a weight, also one with a single row."""
        return len(self.shape) == 2

    def part(self, flat: Array) -> Array:
        """The tensor (..., *shape) in flat (..., P)."""
        return flat[..., self.where].reshape(*flat.shape[:-1], *self.shape)

    def put(self, flat: Array, tensor: Array) -> None:
        """Write the tensor into flat (..., P)."""
        flat[..., self.where] = tensor.reshape(*tensor.shape[: -len(self.shape)], -1)

    def setting(self, value: Any, size: int) -> Any:
        """The value of a hyperparameter for this tensor: a number, one per parameter, or one per network (R, 1)."""
        if not isinstance(value, np.ndarray) or not value.ndim:
            return value
        if value.shape[-1] == size:
            return self.part(value)
        return value[..., None] if self.is_matrix else value


Layout = tuple[TensorPlace, ...]


def layout_of(slots: Iterable[Slot]) -> Layout:
    """The tensors of a network, from the places of its layers."""
    found = []
    for slot in slots:
        found.append(TensorPlace(slot.weight, slot.shape))
        for name in slot.names:
            where = getattr(slot, name)
            if name != "weight":
                found.append(TensorPlace(where, (where.stop - where.start,)))
    return tuple(found)


def within(layout: Layout, indices: NDArray[np.intp]) -> Layout:
    """The tensors among some parameters (K,), with their places there; a part of a tensor is a vector."""
    found, last = [], int(indices.max(initial=-1)) + 1
    for place in layout:
        members = np.zeros(max(last, 1), bool)
        members[np.arange(last)[place.where] if isinstance(place.where, slice) else place.where] = True
        own = np.flatnonzero(members[indices]) if indices.size else indices
        if own.size:
            whole = own.size == int(np.prod(place.shape))
            found.append(TensorPlace(own, place.shape if whole else (own.size,)))
    return tuple(found)


TensorStep = Callable[..., tuple[Array, Slots]]


def by_tensor(matrix: TensorStep, vector: TensorStep) -> TensorStep:
    """One step of the flat vector made of a step for each matrix (..., O, I) and one for each vector (..., O).

    Without a layout the whole vector is one tensor. A slot that a tensor has no use for stays as it is.
    """

    def step(
        params: Array, grads: Array, slots: Slots, t: int, *, layout: Layout | None = None, **settings: Any
    ) -> tuple[Array, Slots]:
        size = params.shape[-1]
        new, after = np.empty_like(params), {name: slot.copy() for name, slot in slots.items()}
        for place in (TensorPlace(slice(0, size), (size,)),) if layout is None else layout:
            own = {name: place.part(slot) for name, slot in slots.items()}
            given = {name: place.setting(value, size) for name, value in settings.items()}
            stepped, changed = (matrix if place.is_matrix else vector)(
                place.part(params), place.part(grads), own, t, **given
            )
            place.put(new, stepped)
            for name, slot in changed.items():
                place.put(after[name], slot)
        return new, after

    return step
