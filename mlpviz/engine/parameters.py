"""How the parameters of a network lie in one flat vector, and views of them per layer."""

from __future__ import annotations

from typing import Any, NamedTuple

from numpy.typing import NDArray

Array = NDArray[Any]
"""A float array. The element type is Any because a slope may be Boolean, which multiplies as 0 or 1."""

_NOWHERE = slice(0, 0)


class Slot(NamedTuple):
    """The place of one layer in the flat vector. What a layer does not have is an empty slice.

    weight (O, I) comes row by row, then bias (O,), gamma and beta (O,) of a norm, alpha (1,) or (O,) of an activation.
    """

    weight: slice
    shape: tuple[int, int]
    bias: slice
    gamma: slice = _NOWHERE
    beta: slice = _NOWHERE
    alpha: slice = _NOWHERE

    @property
    def stop(self) -> int:
        """The position where the next layer begins."""
        return max(int(place.stop) for place in (self.bias, self.gamma, self.beta, self.alpha))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters that the layer has, in their order."""
        return tuple(name for name in LayerViews._fields if (place := getattr(self, name)).stop > place.start)


class LayerViews(NamedTuple):
    """One layer's parameters, or arrays shaped like them: weight (..., O, I), the others (..., O) or None.

    gamma and beta are the scale and shift of a norm, alpha (..., 1) or (..., O) is what an activation learns.
    """

    weight: Array
    bias: Array | None = None
    gamma: Array | None = None
    beta: Array | None = None
    alpha: Array | None = None


class BufferViews(NamedTuple):
    """One layer's running statistics (..., O): they are not parameters and have no gradient; training updates them."""

    mean: Array
    var: Array


def layer_views(slot: Slot, flat: Array) -> LayerViews:
    """One layer's views into flat (..., P): nothing is copied."""
    lead = flat.shape[:-1]
    weight = flat[..., slot.weight].reshape(*lead, *slot.shape)
    return LayerViews(weight, **{name: flat[..., getattr(slot, name)] for name in slot.names if name != "weight"})
