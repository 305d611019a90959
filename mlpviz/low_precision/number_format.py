"""Formats of numbers with few bits: rounding to them, their neighbours, and their bits. Rounding is that of PyTorch.

Like PyTorch, every format is reached by way of float32: a float64 is rounded twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry

_TF32_DROPPED = 13
"""bits of the mantissa of float32 that TF32 has not"""


class Bits(NamedTuple):
    """The bits of one number as texts of 0 and 1."""

    sign: str
    exponent: str
    mantissa: str


@dataclass(frozen=True)
class NumberFormat:
    """One floating-point format: its dtype, and how many bits its exponent and mantissa have.

    `dropped` are the last bits of the dtype that the format lacks. `saturates`: what is too large becomes the largest
    number, otherwise infinity. `largest`, `least_normal` and `least` (subnormal) are positive. `notes` say where
    PyTorch and others differ.
    """

    key: str
    label: str
    dtype: Any
    exponent_bits: int
    mantissa_bits: int
    largest: float
    least_normal: float
    least: float
    dropped: int = 0
    saturates: bool = False
    notes: tuple[str, ...] = ()

    def round(self, values: Array) -> Array:
        """The nearest numbers of the format as float64, of two equally near ones that with an even mantissa."""
        with np.errstate(all="ignore"):
            single = np.asarray(values, dtype=np.float64).astype(np.float32)
            if self.saturates:
                single = np.clip(single, -self.largest, self.largest)  # NaN stays
            if self.dropped:
                return _without_last_bits(single, self.dropped).astype(np.float64)
            return single.astype(self.dtype).astype(np.float64)

    def _places(self, values: Array) -> NDArray[np.int64]:
        """Whole numbers in the order of the values, one for each number of the format; 0 and −0 are both 0."""
        stored = np.asarray(values, dtype=np.float64).astype(self.dtype)
        width = stored.dtype.itemsize * 8
        patterns = stored.view(f"u{stored.dtype.itemsize}").astype(np.int64) >> self.dropped
        top = 1 << (width - 1 - self.dropped)
        return np.where(patterns >= top, top - patterns, patterns)

    def _at(self, places: NDArray[np.int64]) -> Array:
        """The values at these places."""
        size = np.dtype(self.dtype).itemsize
        top = 1 << (size * 8 - 1 - self.dropped)
        patterns = np.where(places < 0, top - places, places) << self.dropped
        return patterns.astype(f"u{size}").view(self.dtype).astype(np.float64)

    def neighbours(self, values: Array) -> tuple[Array, Array]:
        """The next number of the format below and above each of these, which are numbers of it.

        Beyond the largest is infinity, or NaN in a format without it.
        """
        places = self._places(values)
        below, above = self._at(places - 1), self._at(places + 1)
        return below, above

    def round_at_random(self, values: Array, rng: np.random.Generator) -> Array:
        """One of both neighbours of each value: the nearer it is, the more often, so that the mean is the value."""
        nearest = self.round(values)
        below, above = self.neighbours(nearest)
        low, high = np.where(nearest > values, below, nearest), np.where(nearest > values, nearest, above)
        with np.errstate(all="ignore"):
            share = (values - low) / (high - low)
        drawn = np.where(rng.random(np.shape(values)) < share, high, low)
        is_known = np.isfinite(low) & np.isfinite(high) & (nearest != values)
        return np.where(is_known, drawn, nearest)

    def bits(self, value: float) -> Bits:
        """Sign, exponent and mantissa of a number of the format."""
        stored = np.asarray([value], dtype=np.float64).astype(self.dtype)
        pattern = int(stored.view(f"u{stored.dtype.itemsize}")[0]) >> self.dropped
        text = f"{pattern:0{1 + self.exponent_bits + self.mantissa_bits}b}"
        return Bits(text[0], text[1 : 1 + self.exponent_bits], text[1 + self.exponent_bits :])


def _without_last_bits(single: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """float32 with the last bits of its mantissa rounded away, a half to even."""
    patterns = single.view(np.uint32)
    even = (patterns >> np.uint32(count)) & np.uint32(1)
    rounded = patterns + np.uint32((1 << (count - 1)) - 1) + even
    kept = (rounded >> np.uint32(count)) << np.uint32(count)
    return np.where(np.isfinite(single), kept.view(np.float32), single)


def _format(key: str, label: str, dtype: Any, *notes: str, **more: Any) -> NumberFormat:
    known: Any = ml_dtypes.finfo(dtype)
    return NumberFormat(
        key,
        label,
        dtype,
        int(known.nexp),
        int(known.nmant),
        float(known.max),
        float(known.smallest_normal),
        float(known.smallest_subnormal),
        notes=notes,
        **more,
    )


FLOAT32 = _format("float32", "float32", np.float32)

TF32 = NumberFormat(
    "tf32",
    "TF32",
    np.float32,
    8,
    10,
    float(np.float32(2.0**128 - 2.0**117)),
    2.0**-126,
    2.0**-136,
    _TF32_DROPPED,
    notes=(
        "Only the factors of matrix products are rounded to TF32; sums and all results are float32. "
        "PyTorch has it on graphics processors only.",
        "Here a half goes to the even mantissa; hardware may round it away from 0, or cut the last bits off.",
    ),
)

FORMATS: Registry[NumberFormat] = Registry(
    "number format",
    (
        FLOAT32,
        TF32,
        _format("bfloat16", "bfloat16", ml_dtypes.bfloat16, "PyTorch and ml_dtypes round alike."),
        _format(
            "float16",
            "float16",
            np.float16,
            "PyTorch rounds a float64 twice, by way of float32, as here; NumPy rounds it once: "
            "−65455.99999999999 is −65472 in PyTorch and −65440 in NumPy.",
        ),
        _format(
            "e4m3",
            "float8 e4m3",
            ml_dtypes.float8_e4m3fn,
            "PyTorch saturates, as here: 465, 500 and infinity become 448. ml_dtypes and JAX make NaN of all "
            "above 464.",
            saturates=True,
        ),
        _format("e5m2", "float8 e5m2", ml_dtypes.float8_e5m2, "PyTorch and ml_dtypes round alike: 61,440 is infinity."),
    ),
)
"""From many bits to few."""

Rounding = Callable[[Array], Array]


def int8_scale(weight: Array) -> float:
    """What one step of int8 is worth for a weight: its largest number is 127 steps."""
    largest = float(np.max(np.abs(weight), initial=0.0))
    return largest / 127.0 if largest else 1.0


def int8_round(weight: Array) -> Array:
    """A weight as whole steps from −127 to 127 of one scale for all of it; the products are float32."""
    scale = int8_scale(weight)
    return FLOAT32.round(np.clip(np.rint(weight / scale), -127, 127) * scale)
