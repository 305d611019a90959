"""Central differences of every gradient, with an estimate of their own error.

Every entry is moved by +h and -h, for several h at once along leading axes, and only the forward pass is run; the
backward pass is never used. Neighbouring h give extrapolated values (Richardson 1911); of these each entry takes the
one with the smallest expected error (Ridders 1982), so that a gradient of 1e-9 is checked as well as one of 1e3.

An h that crosses a kink says nothing, and neither does one that moves a unit by more than its spread: beside it a norm
is as flat as a saturated function, whatever it is at the place itself. Entries without a usable h get smaller ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.norm_dropout_skip import pass_mode
from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.engine.pass_inputs import pin_masks
from mlpviz.engine.passes import Forward, Perturbation, forward_pass, loss_and_terms
from mlpviz.engine.rounding_error import EPS, rounding_error
from mlpviz.engine.spec import NetworkSpec
from mlpviz.engine.tensor_names import Tensor, tensors
from mlpviz.engine.trace import Trace

_RATIO = 8.0
_STEPS = 4e-3 * _RATIO ** -np.arange(5.0)
"""h for a value of size 1, the largest first; the third is near the cube root of 2^-52, the textbook step."""

_SMALLER = (1.0, _RATIO**-3, _RATIO**-6, _RATIO**-9)
"""Factors of these steps, one after the other, for entries that have found no usable one; the last h is about 7e-15."""

_FAR, _FAR_NORMALISED = 4.0, 0.25
"""An h is too large that moves an input of φ by more than this times its size (at least 1), or ẑ by more than this."""

_CHUNK = 1 << 20
"""Numbers held at once, about: 8 MB per array of float64."""

_MOST, _LEAST, _WORK = 256, 16, 4e8
"""Entries checked per tensor: at most, at least; and the arithmetic operations spent on one tensor, about."""

_PARAMETERS = LayerViews._fields

_Evaluate = Callable[[Array, Array], tuple[Array, Forward]]
"""Entries (E, 1, 1) and values (E, 2, S) -> loss (E, 2, S), and the forward pass."""


@dataclass(frozen=True, eq=False)
class Differences:
    """Central differences for E entries of one gradient tensor."""

    entries: NDArray[np.intp]
    """(E,), positions in the flattened tensor; of a large tensor a sample, always the same"""
    value: Array
    """(E,), NaN or infinite where the loss is"""
    resolution: Array
    """(E,), the expected error of value: rounding of the loss divided by h, and the error of the extrapolation"""
    straddles: NDArray[np.bool_]
    """(E,), whether +h and -h lie on different sides of a kink for every h, so that value is meaningless"""
    coarse: NDArray[np.bool_]
    """(E,), whether every h that straddles no kink moves a unit too far, so that value is meaningless"""
    clamped: NDArray[np.bool_]
    """(E,), whether a bound in the formula of the loss holds the gradient, which then is not that of the loss"""


def central_differences(trace: Trace, most: int | None = None) -> dict[Tensor, Differences]:
    """Central differences of every gradient tensor: ∂L/∂a, ∂L/∂z, ∂L/∂W, ∂L/∂b and so on of each layer, and ∂L/∂x.

    At a pin, ∂L/∂a is the derivative by the pinned value. A tensor with more than `most` entries is sampled, always at
    the same entries; by default `most` falls with the size of the network. Raises ValueError for leading axes.
    """
    if trace.params.ndim != 1 or trace.x.ndim != 2:
        raise ValueError("central differences check one network at a time: params (P,), x (N, I)")
    if most is None:
        work = 2 * len(_STEPS) * (trace.params.size + 1) * (trace.samples + 4)
        most = int(np.clip(_WORK / work, _LEAST, _MOST))
    probe = _Probe(trace)
    return {
        address: probe.differences(address, most)
        for address in tensors(trace.spec, trace.training)
        if address.is_gradient
    }


def loss_noise(trace: Trace) -> float:
    """The expected rounding error of the loss, in units of the loss."""
    divisor = float(trace.spec.loss.divisor(trace.samples, trace.spec.outputs, trace.target))
    loss_spread = rounding_error(trace)[Tensor("loss")]
    with np.errstate(all="ignore"):
        # an output a near 1 is rounded far more coarsely than 1 - a, whose logarithm is in the loss
        terms = trace.spec.loss.terms(trace.output * (1.0 - EPS), trace.target)  # type: ignore[arg-type]  # None: unread
        moved = np.abs(terms - trace.loss_terms)
        noise = 2.0 * EPS * float(np.abs(trace.loss_terms).sum()) + float(moved[np.isfinite(moved)].sum())
        noise = noise / divisor + 4.0 * loss_spread
    # in a loss on logits, 1 + small is rounded as a number of size 1
    return noise + EPS * (trace.spec.loss.probabilities is not None)


class _Probe:
    """The forward pass of one trace, with one entry moved at a time."""

    def __init__(self, trace: Trace) -> None:
        self.trace, self.spec = trace, trace.spec
        self.masks = pin_masks(trace.spec, trace.samples, trace.pins)
        self.noise = loss_noise(trace)
        self.sides = tuple(
            _sides(trace.spec, index, layer.activation_input) for index, layer in enumerate(trace.layers)
        )
        self.corner = _corner(trace.spec, trace.output, trace.target)
        clamp = trace.spec.loss.clamp
        self.clamped: Any = np.zeros(trace.samples, dtype=bool)
        """(N,), whether the gradient of a sample's loss is held by a bound of its formula"""
        if clamp is not None and trace.target is not None:
            self.clamped = clamp.holds(trace.output, trace.target).any(axis=-1)

    def differences(self, address: Tensor, most: int) -> Differences:
        values, evaluate, numbers = self._target(address)
        entries = np.arange(values.size)
        if values.size > most:
            entries = np.sort(np.random.default_rng(0).choice(values.size, most, replace=False))
        per_chunk = max(1, _CHUNK // (2 * len(_STEPS) * numbers))
        triples = len(_STEPS) - 2  # of neighbouring h, each of which gives a value
        value, error = np.full((2, entries.size, len(_SMALLER) * triples), np.nan)
        useless, straddles = np.ones((2, *value.shape), dtype=bool)
        for rung, factor in enumerate(_SMALLER):
            columns = slice(rung * triples, (rung + 1) * triples)
            # a single usable value could be wrong by chance and nothing would say so
            todo = np.flatnonzero((~useless).sum(axis=1) < 2)
            for start in range(0, len(todo), per_chunk):
                part = todo[start : start + per_chunk]
                found = self._ladder(entries[part], address, values, evaluate, factor)
                value[part, columns], error[part, columns], straddles[part, columns], useless[part, columns] = found
        value, resolution = _best(value, np.where(useless | ~np.isfinite(error), np.inf, error))
        over, clamped = straddles.all(axis=1), self._is_clamped(address, entries, values.shape)
        return Differences(entries, value, resolution, over, useless.all(axis=1) & ~over, clamped)

    def _target(self, address: Tensor) -> tuple[Array, _Evaluate, int]:
        """The array that is moved, the loss as a function of a move, and how many numbers one evaluation holds."""
        trace, spec = self.trace, self.spec
        inner = 3 * trace.samples * sum(layer.outputs for layer in spec.layers)
        field, layer = address

        def move(base: Array, entry: Array, offset: Array) -> Array:
            moved = np.broadcast_to(base.ravel(), (*offset.shape, base.size)).copy()
            np.put_along_axis(moved, np.broadcast_to(entry, offset.shape)[..., None], offset[..., None], axis=-1)
            return moved.reshape(*offset.shape, *base.shape)

        if field == "grad_shared" and spec.sharing is not None:
            heads, first = spec.sharing.heads, spec.sharing.first

            def together(entry: Array, moved: Array) -> tuple[Array, Forward]:
                # a number that is used in several places moves in all of them
                return self._forward(
                    np.where(first == heads[entry][..., None], moved[..., None], trace.params), trace.x
                )

            return trace.params[heads], together, inner + trace.params.size
        if layer is None:
            return (
                trace.x,
                lambda e, v: self._forward(trace.params, move(trace.x, e, v)),
                inner + trace.x.size,
            )
        own = trace.layers[layer]
        tensor = field.removeprefix("grad_")
        values = getattr(own, tensor)
        if tensor in _PARAMETERS:
            start = getattr(spec.slots[layer], tensor).start
            return (
                values,
                lambda e, v: self._forward(move(trace.params, e + start, v), trace.x),
                inner + trace.params.size,
            )

        def perturbed(entry: Array, moved: Array) -> tuple[Array, Forward]:
            offset = move(np.zeros_like(values), entry, moved - values.ravel()[entry])
            return self._forward(trace.params, trace.x, Perturbation(tensor, layer, offset))

        return values, perturbed, inner

    def _forward(self, params: Array, x: Array, perturbation: Perturbation | None = None) -> tuple[Array, Forward]:
        """The loss and the forward pass in the trace's own mode."""
        trace, spec = self.trace, self.spec
        mode = pass_mode(spec, trace.samples, trace.training, trace.masks, trace.buffers)
        forward = forward_pass(spec, spec.views(params), x, self.masks, mode, perturbation)
        return loss_and_terms(spec, forward.a[-1], trace.target)[0], forward

    def _ladder(
        self, entries: NDArray[np.intp], address: Tensor, values: Array, evaluate: _Evaluate, factor: float
    ) -> tuple[Array, Array, NDArray[np.bool_], NDArray[np.bool_]]:
        """From three neighbouring h each: value, error, whether one straddles a kink, whether one is useless.

        All are (E, S - 2). `factor` is one of `_SMALLER`; with the last of them an h over a bend has to do.
        """
        base = values.ravel()[entries]
        with np.errstate(all="ignore"):
            step = np.maximum(1.0, np.abs(base)) * _STEPS[0] * factor
            if address == Tensor("grad_a", len(self.spec.layers) - 1) and self.spec.loss.reads_probabilities:
                step = np.minimum(step, 0.5 * np.minimum(base, 1.0 - base))  # keeps a between 0 and 1
            norm = self.spec.layers[address.layer or 0].norm
            if norm is not None and address.field == f"grad_{norm.spread}":
                step = np.minimum(step, 0.1 * (base + norm.eps))  # keeps the root of var + eps real
            steps = step[:, None] * (_STEPS / _STEPS[0])
            moved = base[:, None, None] + np.stack([steps, -steps], axis=1)
            loss, forward = evaluate(entries[:, None, None], moved)
            loss = np.broadcast_to(loss, moved.shape)
            width = moved[:, 0] - moved[:, 1]  # 2h after rounding
            slope = (loss[:, 0] - loss[:, 1]) / width
            value, error = _extrapolate(slope)
            error = error + 2.0 * self.noise / width[:, 2:]
            crossed: Any = self._crossed(forward.activation_inputs, forward.a[-1], moved.shape).any(axis=1)
            useless = crossed | self._too_far(forward, moved.shape, factor != _SMALLER[-1]).any(axis=1)
        return value, error, _in_three(crossed), _in_three(useless)

    def _crossed(self, all_z: list[Array], y: Array, shape: tuple[int, ...]) -> NDArray[np.bool_]:
        """(E, 2, S): whether an input of φ or an output lies on another side of a kink than in the trace."""
        crossed, dropped = np.zeros(shape, dtype=bool), self.trace.masks
        for index, (z, before) in enumerate(zip(all_z, self.sides, strict=True)):
            if z.ndim == 2:
                continue  # a layer before the moved array: nothing has changed
            for now, then in zip(_sides(self.spec, index, z), before, strict=True):
                left = now != then
                if index in self.masks and self.spec.activations[index].elementwise:
                    left &= ~self.masks[index][0]  # a pin hides the kink
                if index in dropped and self.spec.activations[index].elementwise:
                    left &= dropped[index] != 0.0
                crossed |= left.any(axis=(-2, -1))
        if self.corner is not None:
            side: Any = _corner(self.spec, y, self.trace.target)
            crossed |= (side != self.corner).any(axis=(-2, -1))
        return crossed

    def _too_far(self, forward: Forward, shape: tuple[int, ...], with_bends: bool) -> NDArray[np.bool_]:
        """(E, 2, S): whether a unit has moved so far that such steps may agree and all be wrong."""
        far = np.zeros(shape, dtype=bool)
        for index, (moved_input, own) in enumerate(zip(forward.activation_inputs, self.trace.layers, strict=True)):
            if moved_input.ndim == 2:
                continue
            normalised = forward.caches[index].normalised if index in forward.caches else None
            if normalised is None or own.normalised is None:
                moved = np.abs(moved_input - own.activation_input) > _FAR * np.maximum(
                    1.0, np.abs(own.activation_input)
                )
            else:
                moved = np.abs(normalised - own.normalised) > _FAR_NORMALISED
            if moved.ndim > 2:  # else a parameter has moved that leaves ẑ as it is
                far |= moved.any(axis=(-2, -1))
            for bend in self.spec.activations[index].bends if with_bends else ():
                # where the slope bends the error falls with h only; an entry at the bend itself has no other h
                over = ((moved_input > bend) != (own.activation_input > bend)) & (own.activation_input != bend)
                far |= over.any(axis=(-2, -1))
        return far

    def _is_clamped(self, address: Tensor, entries: NDArray[np.intp], shape: tuple[int, ...]) -> NDArray[np.bool_]:
        mixes = self.trace.training and self.spec.buffer_size > 0  # batch norm: each sample reaches every output
        if mixes or address.field.removeprefix("grad_") in (*_PARAMETERS, "mean", "var", "mean_square", "shared"):
            return np.full(entries.shape, self.clamped.any())
        return self.clamped[np.unravel_index(entries, shape)[0]]


def _extrapolate(slope: Array) -> tuple[Array, Array]:
    """Slopes (E, S) for S decreasing h -> value and error (E, S - 2), from three neighbouring h each."""
    gain = _RATIO**2 - 1.0  # the error of a central difference falls with h²
    coarse, fine = slope[:, :-1], slope[:, 1:]
    value = fine + (fine - coarse) / gain
    moves = np.abs(fine - coarse)
    # two estimates, because one can be small by chance
    error = np.maximum(moves[:, 1:], np.abs(value[:, 1:] - value[:, :-1])) / gain
    # where φ' has a corner, as softsign's at 0, the error falls with h instead
    bends = moves[:, 1:] > moves[:, :-1] / _RATIO**1.5
    error = np.where(bends, np.maximum(error, moves[:, 1:] / (_RATIO - 1.0)), error)
    return value[:, 1:], error


def _in_three(steps: Any) -> Any:
    """Whether one of three neighbours (E, S) is true: (E, S - 2)."""
    return steps[:, :-2] | steps[:, 1:-1] | steps[:, 2:]


def _best(value: Array, error: Array) -> tuple[Array, Array]:
    """Of values (E, K) of decreasing h and their errors, infinite for useless ones: value and error (E,) of the best.

    A value that one from smaller h contradicts is wrong by what they differ: coarse steps can agree by chance.
    """
    raised = error.copy()
    with np.errstate(all="ignore"):
        for finer in range(1, value.shape[1]):
            apart = np.abs(value[:, :finer] - value[:, finer : finer + 1]) - 2.0 * error[:, finer : finer + 1]
            raised[:, :finer] = np.fmax(raised[:, :finer], apart)
    best = raised.argmin(axis=1)[:, None]
    value, raised = (np.take_along_axis(each, best, axis=1)[:, 0] for each in (value, raised))
    return value, raised


def _sides(spec: NetworkSpec, index: int, z: Array) -> tuple[NDArray[np.int8], ...]:
    """Per kink of the layer's φ: -1, 0 or 1 as each z (..., N, O) lies below, at or above it."""
    return tuple(((z > kink).astype(np.int8) - (z < kink)) for kink in spec.activations[index].kinks)


def _corner(spec: NetworkSpec, y: Array, target: Array | None) -> Array | None:
    """-1, 0 or 1 as each y (..., N, O) lies below, at or above the corner of the loss; None if it has none."""
    if spec.loss.corner is None or target is None:
        return None
    with np.errstate(all="ignore"):
        return np.sign(spec.loss.corner(y, target))
