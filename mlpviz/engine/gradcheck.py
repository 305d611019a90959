"""Central differences of every gradient, with an estimate of their own error.

Every entry is moved by +h and -h, for several h at once along leading axes, and only the forward pass is run; the
backward pass is never used. Neighbouring h give extrapolated values (Richardson 1911); of these each entry takes the
one with the smallest expected error (Ridders 1982), so that a gradient of 1e-9 is checked as well as one of 1e3.

An h that crosses a kink says nothing, and neither does one that moves a unit by more than its spread: beside it a norm
is as flat as a saturated function, whatever it is at the place itself. Neither does one beside which the loss is not
finite. Entries without a usable h get smaller ones, and so do those whose loss still changes between the smallest h as
no smooth function does: what they are about is nearer than that, such as the bend of a Huber loss at 1e-9.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.extrapolation import RATIO, best, extrapolate, in_three, is_rough
from mlpviz.engine.moved_passes import PARAMETERS, Move, MovedPasses
from mlpviz.engine.moved_sides import Sides
from mlpviz.engine.norm_dropout_skip import pass_mode
from mlpviz.engine.parameters import Array
from mlpviz.engine.pass_inputs import pin_masks
from mlpviz.engine.passes import loss_and_terms
from mlpviz.engine.rounding_error import EPS, rounding_of_loss
from mlpviz.engine.tensor_names import Tensor, tensors
from mlpviz.engine.trace import Trace

_STEPS = 4e-3 * RATIO ** -np.arange(5.0)
"""h for a value of size 1, the largest first; the third is near the cube root of 2^-52, the textbook step."""

_SMALLER = (1.0, RATIO**-3, RATIO**-6, RATIO**-9)
"""Factors of these steps, one after the other, for entries that are not settled; the last h is about 7e-15."""

_CHUNK = 1 << 20
"""Numbers held at once, about: 8 MB per array of float64."""

_MOST, _LEAST, _WORK = 256, 16, 4e8
"""Entries checked per tensor: at most, at least; and the arithmetic operations spent on one tensor, about."""


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
    return _Probe(trace, most).differences()


def _loss_noise(trace: Trace) -> float:
    """The expected rounding error of the loss, in units of the loss."""
    divisor = float(trace.spec.loss.divisor(trace.samples, trace.spec.outputs, trace.target))
    with np.errstate(all="ignore"):
        # an output a near 1 is rounded far more coarsely than 1 - a, whose logarithm is in the loss
        terms = trace.spec.loss.terms(trace.output * (1.0 - EPS), trace.target)  # type: ignore[arg-type]  # None: unread
        moved = np.abs(terms - trace.loss_terms)
        noise = 2.0 * EPS * float(np.abs(trace.loss_terms).sum()) + float(moved[np.isfinite(moved)].sum())
        noise = noise / divisor + 4.0 * rounding_of_loss(trace)
    # in a loss on logits, 1 + small is rounded as a number of size 1
    return noise + EPS * (trace.spec.loss.probabilities is not None)


class _Probe:
    """Every entry that is checked, in the order of the layers in which it moves something."""

    def __init__(self, trace: Trace, most: int) -> None:
        self.trace, self.spec = trace, trace.spec
        masks = pin_masks(trace.spec, trace.samples, trace.pins)
        with np.errstate(all="ignore"):
            mode = pass_mode(trace.spec, trace.samples, trace.training, trace.masks, trace.buffers)
            self.passes = MovedPasses(trace.spec, trace.params, trace.x, masks, mode)
            self.sides = Sides(self.passes, trace)
            plain = loss_and_terms(trace.spec, self.passes.plain.a[-1], trace.target)[0]
        self.loss, self.noise = float(plain), _loss_noise(trace)
        self.order = [each for each in tensors(trace.spec, trace.training) if each.is_gradient]
        self.addresses = sorted(self.order, key=self.passes.joins)
        values = [self._values(address) for address in self.addresses]
        samples = [_sample(each.size, most) for each in values]
        self.shapes = [each.shape for each in values]
        """of the tensors"""
        self.entries = np.concatenate(samples)
        """(E,), their places in the flattened tensors"""
        self.base = np.concatenate([each.ravel()[at] for each, at in zip(values, samples, strict=True)])
        """(E,), the numbers that are moved"""
        self.stops = np.cumsum([len(each) for each in samples]).tolist()
        """(T,), where the entries of each tensor end"""

    def differences(self) -> dict[Tensor, Differences]:
        """Those of all tensors."""
        triples = len(_STEPS) - 2  # of neighbouring h, each of which gives a value
        value, error = np.full((2, self.base.size, len(_SMALLER) * triples), np.nan)
        useless, straddles = np.ones((2, *value.shape), dtype=bool)
        rough, at_kink = np.zeros((2, *self.base.shape), dtype=bool)
        costs = np.array([self.passes.cost(each) for each in self.addresses]) * 2 * len(_STEPS)
        for rung, factor in enumerate(_SMALLER):
            columns = slice(rung * triples, (rung + 1) * triples)
            # a single usable value could be wrong by chance and nothing would say so
            todo = np.flatnonzero(~at_kink & (rough | ((~useless).sum(axis=1) < 2)))
            if not todo.size:
                break
            spent = np.cumsum(costs[np.searchsorted(self.stops, todo, side="right")]) // _CHUNK
            for part in np.split(todo, np.flatnonzero(np.diff(spent)) + 1):
                *found, rough[part], leaves = self._ladder(part, factor)
                at_kink[part] |= leaves
                value[part, columns], error[part, columns], straddles[part, columns], useless[part, columns] = found
                for over in (straddles, useless):  # a larger h has jumped over what one of these meets
                    over[part, : columns.start] |= over[part, columns.start, None]
        # what lies at a kink has no slope; where an h is so small that rounding moves nothing, it seems to have one
        straddles[at_kink] = useless[at_kink] = True
        value, resolution = best(value, np.where(useless | ~np.isfinite(error), np.inf, error))
        over = straddles.all(axis=1)
        coarse = useless.all(axis=1) & ~over
        held, unheld, found_of = self._held.any(), np.zeros(over.shape, dtype=bool), {}
        for address, shape, own in zip(self.addresses, self.shapes, self._places, strict=True):
            clamped = self._is_clamped(address, self.entries[own], shape) if held else unheld[own]
            parts = value[own], resolution[own], over[own], coarse[own], clamped
            found_of[address] = Differences(self.entries[own], *parts)
        return {address: found_of[address] for address in self.order}

    @property
    def _places(self) -> list[slice]:
        """Where the entries of each tensor are."""
        return [slice(*pair) for pair in itertools.pairwise([0, *self.stops])]

    def _values(self, address: Tensor) -> Array:
        """The array that is moved."""
        if address.layer is not None:
            array: Array = getattr(self.trace.layers[address.layer], address.field.removeprefix("grad_"))
            return array
        sharing = self.spec.sharing
        return self.trace.params[sharing.heads] if address.field == "grad_shared" and sharing else self.trace.x

    @cached_property
    def _furthest(self) -> Array:
        """(E,), the largest h that leaves a number what it is: a probability, or a variance."""
        furthest = np.full(self.base.shape, np.inf)
        for address, own in zip(self.addresses, self._places, strict=True):
            norm = self.spec.layers[address.layer or 0].norm
            if address == Tensor("grad_a", len(self.spec.layers) - 1) and self.spec.loss.reads_probabilities:
                # keeps a on its side of 0 and 1, the ends of the logarithms
                furthest[own] = 0.5 * np.minimum(np.abs(self.base[own]), np.abs(1.0 - self.base[own]))
            elif norm is not None and address.field == f"grad_{norm.spread}":
                furthest[own] = 0.1 * (self.base[own] + norm.eps)  # keeps the root of var + eps real
        return furthest

    def _ladder(
        self, part: NDArray[np.intp], factor: float
    ) -> tuple[Array, Array, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """From three neighbouring h each: value, error, whether one straddles a kink, whether one is useless.

        All are (E, S - 2) for the entries in `part`; a larger h has jumped over what a smaller one meets. The last are
        (E,), whether the smallest h are not small enough to see a smooth function, and whether one leaves a kink.
        `factor` is one of `_SMALLER`; with the last of them an h over a bend has to do.
        """
        base, spec, target = self.base[part], self.spec, self.trace.target
        with np.errstate(all="ignore"):
            step = np.minimum(np.maximum(1.0, np.abs(base)) * _STEPS[0] * factor, self._furthest[part])
            steps = step[:, None] * (_STEPS / _STEPS[0])
            moved = base[:, None, None] + np.stack([steps, -steps], axis=1)
            y, layers = self.passes.run(self._moves(part, moved - base[:, None, None]))
            loss = loss_and_terms(spec, y, target)[0].reshape(moved.shape)
            width = moved[:, 0] - moved[:, 1]  # 2h after rounding
            crossed, off, far, bent = self.sides.left(y, layers, with_bends=factor != _SMALLER[-1])
            bent = in_three(bent.reshape(moved.shape))
            value, error = extrapolate((loss[:, 0] - loss[:, 1]) / width, bent)
            error = error + 2.0 * self.noise / width[:, 2:]
            outside = np.isfinite(self.loss) & ~np.isfinite(loss)
            over = in_three(crossed.reshape(moved.shape))
            useless = over | in_three(far.reshape(moved.shape) | outside)
            rough = is_rough(loss, self.loss, self.noise)
            # at a bend coarse steps can agree by chance: these must stand beside finer ones
            rough = (rough | bent[:, -1] & (factor == _SMALLER[0])) & ~useless[:, -1]
            leaves: NDArray[np.bool_] = np.logical_or.reduce(off.reshape(len(part), -1), axis=1)
        return value, error, over, useless, rough, leaves

    def _moves(self, part: NDArray[np.intp], offset: Array) -> list[Move]:
        """The passes for the entries in `part`, with `offset` (E, 2, S)."""
        moves, bounds = [], [0, *np.searchsorted(part, self.stops).tolist()]
        entries = np.repeat(self.entries[part], offset[0].size)
        for address, start, end in zip(self.addresses, bounds, bounds[1:], strict=False):
            if start < end:
                own = slice(start * offset[0].size, end * offset[0].size)
                name = address.field.removeprefix("grad_")
                moves.append(Move(name, self.passes.joins(address), entries[own], offset[start:end].ravel()))
        return moves

    @cached_property
    def _held(self) -> NDArray[np.bool_]:
        """(N,), whether the gradient of a sample's loss is held by a bound of its formula."""
        clamp, trace = self.spec.loss.clamp, self.trace
        if clamp is None or trace.target is None:
            return np.zeros(trace.samples, dtype=bool)
        held: Any = clamp.holds(trace.output, trace.target).any(axis=-1)
        return np.asarray(held)

    def _is_clamped(self, address: Tensor, entries: NDArray[np.intp], shape: tuple[int, ...]) -> NDArray[np.bool_]:
        mixes = self.trace.training and self.spec.buffer_size > 0  # batch norm: each sample reaches every output
        if mixes or address.field.removeprefix("grad_") in (*PARAMETERS, "mean", "var", "mean_square", "shared"):
            return np.full(entries.shape, self._held.any())
        return self._held[np.unravel_index(entries, shape)[0]]


def _sample(size: int, most: int) -> NDArray[np.intp]:
    """The entries of a tensor of this size that are checked."""
    if size <= most:
        return np.arange(size)
    return np.sort(np.random.default_rng(0).choice(size, most, replace=False))
