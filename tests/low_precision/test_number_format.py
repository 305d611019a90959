"""Rounding to few bits is PyTorch's bit for bit: at every half, at both ends of a format, among its subnormals."""

import ml_dtypes
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.low_precision.number_format import FORMATS, int8_round, int8_scale

IN_TORCH = {
    "float32": torch.float32,
    "bfloat16": torch.bfloat16,
    "float16": torch.float16,
    "e4m3": torch.float8_e4m3fn,
    "e5m2": torch.float8_e5m2,
}
THEIRS = {"bfloat16": ml_dtypes.bfloat16, "e5m2": ml_dtypes.float8_e5m2, "e4m3": ml_dtypes.float8_e4m3fn}
SHORT = [key for key in FORMATS if key != "float32"]


def all_of(number_format):
    """Every finite number of a format of at most 16 bits, in order; of TF32 those around each power of two."""
    if number_format.key == "tf32":
        powers = 2.0 ** np.arange(-130, 128)
        return np.unique(np.concatenate([powers, *number_format.neighbours(powers)]))
    size = np.dtype(number_format.dtype).itemsize
    patterns = np.arange(2 ** (8 * size), dtype=np.uint64).astype(f"u{size}")
    with np.errstate(invalid="ignore"):
        values = patterns.view(number_format.dtype).astype(np.float64)
    return np.unique(values[np.isfinite(values)])


def probes(number_format):
    """Every half between two neighbours and both sides of it in float32, both ends, infinity, NaN and zeros."""
    values = all_of(number_format)
    halves = ((values[1:] + values[:-1]) / 2).astype(np.float32)
    sides = [np.nextafter(halves, np.float32(sign * np.inf)) for sign in (-1, 1)]
    beyond = np.array([1.03, 1.04, 1.06, 1.07, 1.5, 1e6]) * number_format.largest
    ends = np.concatenate([beyond, -beyond, [0.0, -0.0, np.inf, -np.inf, np.nan]])
    with np.errstate(over="ignore"):
        return np.concatenate([halves, *sides, values.astype(np.float32), ends.astype(np.float32)]).astype(np.float64)


def by_torch(key, values):
    return torch.tensor(values, dtype=torch.float64).to(torch.float32).to(IN_TORCH[key]).to(torch.float64).numpy()


def same(one, other):
    # the sign of NaN says nothing
    known = ~np.isnan(one)
    return np.array_equal(one, other, equal_nan=True) and np.array_equal(
        np.signbit(one[known]), np.signbit(other[known])
    )


@pytest.mark.parametrize("key", [key for key in SHORT if key in IN_TORCH])
def test_every_half_and_both_ends_are_rounded_as_by_pytorch(key):
    values = probes(FORMATS[key])
    assert len(values) > 500
    assert same(FORMATS[key].round(values), by_torch(key, values))


@settings(max_examples=150)
@given(st.lists(st.floats(width=64), min_size=1, max_size=20))
@pytest.mark.parametrize("key", IN_TORCH)
def test_any_number_is_rounded_as_by_pytorch(key, values):
    assert same(FORMATS[key].round(np.array(values)), by_torch(key, np.array(values)))


def test_pytorch_and_ml_dtypes_differ_where_the_notes_say():
    with np.errstate(all="ignore"):
        for key, dtype in THEIRS.items():
            values = probes(FORMATS[key])
            theirs = values.astype(np.float32).astype(dtype).astype(np.float64)
            differ = ~((theirs == FORMATS[key].round(values)) | np.isnan(theirs) & np.isnan(FORMATS[key].round(values)))
            assert (key == "e4m3") == differ.any()
            assert (np.abs(values[differ]) > 464).all()
            assert np.isnan(theirs[differ]).all()
    assert "by way of float32" in FORMATS["float16"].notes[0]
    assert FORMATS["float16"].round(np.array(-65455.99999999999)) == -65472
    assert np.float64(-65455.99999999999).astype(np.float16) == -65440


def test_tf32_has_ten_bits_of_mantissa_and_the_exponent_of_float32():
    tf32 = FORMATS["tf32"]
    half = 1 + 2.0**-11
    values = np.array(
        [half, np.nextafter(np.float32(half), np.float32(2)), 1 + 3 * 2.0**-11, 1e-45, 3.4e38, np.inf, np.nan, -half]
    )
    found = tf32.round(values)
    assert found[:3].tolist() == [1.0, 1 + 2.0**-10, 1 + 2 * 2.0**-10]
    assert found[3] == 0
    assert found[5] == np.inf
    assert np.isnan(found[6])
    assert (tf32.round(found[:5]) == found[:5]).all()


@pytest.mark.parametrize("key", SHORT)
def test_neighbours_are_next_in_order_and_bits_have_their_fields(key):
    number_format = FORMATS[key]
    values = all_of(number_format)
    below, above = number_format.neighbours(values)
    if key != "tf32":
        assert np.array_equal(below[1:], values[:-1])
        assert np.array_equal(above[:-1], values[1:])
    sign, exponent, mantissa = number_format.bits(-1.5)
    assert (sign, len(exponent), len(mantissa)) == ("1", number_format.exponent_bits, number_format.mantissa_bits)
    assert mantissa == "1" + "0" * (number_format.mantissa_bits - 1)
    bias = 2 ** (number_format.exponent_bits - 1) - 1
    assert int(exponent, 2) == bias
    assert number_format.bits(number_format.least).mantissa == "0" * (number_format.mantissa_bits - 1) + "1"
    assert number_format.round(np.array(number_format.largest)) == number_format.largest


@pytest.mark.parametrize("key", FORMATS)
def test_rounding_at_random_has_the_value_as_its_mean(key):
    number_format = FORMATS[key]
    low = float(number_format.round(np.array(1.0)))
    high = float(number_format.neighbours(np.array(low))[1])
    for share in (0.25, 0.8):
        value = low + share * (high - low)
        drawn = number_format.round_at_random(np.full(20_000, value), np.random.default_rng(1))
        assert set(drawn.tolist()) == {low, high}
        assert abs(float(np.mean(drawn == high)) - share) < 0.02
    exact = np.array([low, -high, 0.0])
    assert np.array_equal(number_format.round_at_random(exact, np.random.default_rng(2)), exact)


def test_int8_weights_are_whole_steps_of_one_scale():
    weight = np.random.default_rng(0).standard_normal((5, 7))
    steps = int8_round(weight) / int8_scale(weight)
    np.testing.assert_allclose(steps, np.rint(steps), atol=1e-5)
    assert np.abs(steps).max() == pytest.approx(127)
    single = torch.tensor(weight, dtype=torch.float32)
    theirs = torch.fake_quantize_per_tensor_affine(single, int8_scale(weight), 0, -127, 127)
    np.testing.assert_allclose(int8_round(weight), theirs.numpy(), rtol=1e-6)
    assert (int8_round(np.zeros((2, 2))) == 0).all()
