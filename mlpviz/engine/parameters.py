"""How the parameters of a network lie in one flat vector, and views of them per layer."""

from __future__ import annotations

from typing import Any, NamedTuple

from numpy.typing import NDArray

Array = NDArray[Any]
"""A float array. The element type is Any because a slope may be Boolean, which multiplies as 0 or 1."""

_NOWHERE = slice(0, 0)


class Slot(NamedTuple):
    """The place of one layer in the flat vector: weight (O, I) row by row, bias (O,), then gamma (O,) and beta (O,)."""

    weight: slice
    shape: tuple[int, int]
    bias: slice
    has_bias: bool
    gamma: slice = _NOWHERE
    beta: slice = _NOWHERE
    has_affine: bool = False

    @property
    def stop(self) -> int:
        """The position where the next layer begins."""
        return int(self.beta.stop if self.has_affine else self.bias.stop)


class LayerViews(NamedTuple):
    """One layer's parameters, or arrays shaped like them: weight (..., O, I), the others (..., O) or None.

    gamma and beta are the scale and shift of a norm.
    """

    weight: Array
    bias: Array | None
    gamma: Array | None = None
    beta: Array | None = None


class BufferViews(NamedTuple):
    """One layer's running statistics (..., O): they are not parameters and have no gradient; training updates them."""

    mean: Array
    var: Array


def layer_views(slot: Slot, flat: Array) -> LayerViews:
    """One layer's views into flat (..., P): nothing is copied."""
    lead = flat.shape[:-1]
    return LayerViews(
        flat[..., slot.weight].reshape(*lead, *slot.shape),
        flat[..., slot.bias] if slot.has_bias else None,
        flat[..., slot.gamma] if slot.has_affine else None,
        flat[..., slot.beta] if slot.has_affine else None,
    )
