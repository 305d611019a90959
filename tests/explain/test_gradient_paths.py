"""The paths behind a gradient: they add up to it, and the strongest are the strongest."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mlpviz.engine import NORMS
from mlpviz.explain.gradient_paths import GradientPaths, gradient_paths
from tests.support.random_networks import Example, chain, example, mixed_examples, with_mode
from tests.support.traces import cells

ALL = 100_000


def check(paths: GradientPaths) -> None:
    """What holds for every answer."""
    assert paths.rest + sum(path.product for path in paths.strongest) == pytest.approx(
        paths.value, rel=1e-12, abs=1e-12
    )
    assert abs(paths.value) <= paths.size * (1 + 1e-9) + 1e-12
    sizes = [abs(path.product) for path in paths.strongest]
    assert sizes == sorted(sizes, reverse=True)
    for path in paths.strongest:
        assert math.prod(factor.value for factor in path.factors) == pytest.approx(path.product, rel=1e-12)


@settings(max_examples=25)
@given(
    widths=st.lists(st.integers(1, 3), min_size=2, max_size=4),
    hidden=st.sampled_from(["relu", "tanh", "sigmoid", "leaky_relu", "softmax"]),
    seed=st.integers(0, 2**32 - 1),
    pins=st.integers(0, 2),
)
def test_all_paths_add_up_to_the_gradient(widths: list[int], hidden: str, seed: int, pins: int) -> None:
    trace = example(chain(tuple(widths), hidden), 2, seed, pins=pins).run()
    for cell in cells(trace):
        paths = gradient_paths(trace, *cell, strongest=ALL)
        check(paths)
        assert len(paths.strongest) == paths.number
        assert sum(path.product for path in paths.strongest) == pytest.approx(paths.value, rel=1e-9, abs=1e-12)
        assert sum(abs(path.product) for path in paths.strongest) == pytest.approx(paths.size, rel=1e-9, abs=1e-12)


@settings(max_examples=40)
@given(mixed_examples(max_layers=3, max_width=3, max_samples=3, activations=("relu", "tanh", "softmax", "leaky_relu")))
def test_paths_through_norms_dropout_and_skips_add_up(one: Example) -> None:
    trace = one.run()
    assume(np.isfinite(trace.grad).all())
    for cell in cells(trace):
        paths = gradient_paths(trace, *cell, strongest=ALL)
        close = max(1e-9 * paths.size, 1e-12)
        assert len(paths.strongest) == paths.number
        assert sum(path.product for path in paths.strongest) == pytest.approx(paths.value, abs=close)
        assert sum(abs(path.product) for path in paths.strongest) == pytest.approx(paths.size, rel=1e-9)
        for path in paths.strongest:
            assert math.prod(factor.value for factor in path.factors) == pytest.approx(path.product, rel=1e-12)
        few = gradient_paths(trace, *cell, strongest=2)
        assert few.rest + sum(path.product for path in few.strongest) == pytest.approx(
            paths.value, rel=1e-12, abs=1e-12
        )
        strongest = [abs(path.product) for path in paths.strongest[:2]]
        assert [abs(path.product) for path in few.strongest] == pytest.approx(strongest, rel=1e-12)


def test_batch_norm_leads_from_sample_to_sample() -> None:
    spec = chain((2, 2, 1), ("tanh", "identity"))
    first = replace(spec.layers[0], norm=NORMS["batch_norm"])
    trace = with_mode(replace(spec, layers=(first, spec.layers[1])), 4, 1).run()
    paths = gradient_paths(trace, "grad_x", 0, 0, 2, strongest=ALL)
    assert {factor.sample for path in paths.strongest for factor in path.factors if factor.kind == "loss"} == {
        0,
        1,
        2,
        3,
    }
    assert {path.sample for path in paths.strongest} == {2}


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), strongest=st.integers(1, 4))
def test_the_few_strongest_are_those_of_all(seed: int, strongest: int) -> None:
    trace = example(chain((2, 3, 3, 2), "tanh"), 2, seed).run()
    for cell in cells(trace):
        few, every = (gradient_paths(trace, *cell, strongest=k) for k in (strongest, ALL))
        check(few)
        expected = [abs(path.product) for path in every.strongest[:strongest]]
        assert [abs(path.product) for path in few.strongest] == pytest.approx(expected, rel=1e-12)
        assert (few.number, few.size) == (every.number, pytest.approx(every.size))


def test_a_path_names_the_units_it_goes_through() -> None:
    trace = example(chain((2, 3, 2), "tanh"), 1, 7).run()
    paths = gradient_paths(trace, "grad_weight", 1, 2, 1, strongest=ALL)
    _, second = trace.spec.views(trace.params)
    assert len(paths.strongest) == 2
    for path in paths.strongest:
        given_input, slope, weight, slope_after, loss = path.factors
        assert (given_input.kind, given_input.value) == ("input", trace.x[0, 1])
        assert (slope.kind, slope.layer, slope.unit) == ("slope", 1, 2)
        assert (weight.kind, weight.layer, weight.source) == ("weight", 2, 2)
        assert weight.value == second.weight[weight.unit, 2]
        assert slope_after.unit == loss.unit == weight.unit
        assert loss.value == trace.layers[-1].grad_a[0, loss.unit]


def test_as_many_paths_as_there_are() -> None:
    trace = example(chain((2, 4, 3, 5), "sigmoid"), 1, 3).run()
    assert gradient_paths(trace, "grad_x", 0, 0, 0).number == 4 * 3 * 5
    brute = sum(
        abs(np.prod([w1[i, 0] * s1[i], w2[j, i] * s2[j], w3[k, j] * s3[k], trace.layers[-1].grad_a[0, k]]))
        for (w1, w2, w3), (s1, s2, s3) in [
            ([layer.weight for layer in trace.layers], [layer.a[0] * (1 - layer.a[0]) for layer in trace.layers])
        ]
        for i, j, k in itertools.product(range(4), range(3), range(5))
    )
    assert gradient_paths(trace, "grad_x", 0, 0, 0).size == pytest.approx(brute, rel=1e-12)
