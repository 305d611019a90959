"""The same line in code, as the sheet shows it, gives the numbers that the sheet shows: forward and backward."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.activations.activation import ALPHA, SLOPES
from mlpviz.engine.expressions import Operation, Rewritten, Symbol
from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.sheet.blocks import Shape, blocks_of
from mlpviz.sheet.rules import rule_of
from tests.support.code_lines import run_line, torch
from tests.support.formula_values import value
from tests.support.random_networks import chain

LONG = (1 / 3, 1e-7, 0.1 + 0.2, 0.123456789012345, 2.5, 6.0, -1 / 3, -1e-7, 0.0)
"""Numbers that need many digits, and others; each hyperparameter gets those in its range."""


def _settings(entry):
    values = [
        {"choice": each.choices, "bool": (False, True)}.get(each.kind)
        or [number for number in (each.default, *LONG) if each.holds(number)]
        for each in entry.hyperparameters
    ]
    for chosen in itertools.product(*values):
        with contextlib.suppress(HyperparameterError):  # two that do not go together
            yield entry.configure(**{each.name: own for each, own in zip(entry.hyperparameters, chosen, strict=True)})


def _places(entry):
    """z around 0, far out, and at the kinks: what a sheet may show."""
    drawn = np.random.default_rng(0).normal(size=24) * 3
    return np.concatenate([drawn, [0.0, 20.5, -20.5, 40.0, -40.0, 750.0, -750.0], entry.kinks])[None]


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_the_lines_give_the_numbers_on_the_sheet(key):
    rng = np.random.default_rng(1)
    for entry in _settings(ACTIVATIONS[key]):
        z = _places(entry)
        a, grad_a = entry.value(z), rng.normal(size=z.shape)
        grad_z = entry.vjp(z, a, grad_a)
        spec = chain((2, z.shape[1], 1), key)
        spec = replace(spec, layers=(replace(spec.layers[0], activation=entry), spec.layers[1]))
        blocks, shape = blocks_of(spec, Shape(1)), Shape(1)
        forward, backward = (rule_of(blocks[name], spec, shape) for name in ("a.1", "grad_z.1"))
        size = max(1.0, np.abs(z).max()) * 1e-15  # what PyTorch's own 1 + erf and z - tanh lose
        slope = np.array([sum(entry.alpha_range) / 2])
        found = run_line(f"{forward.numpy}\n{backward.numpy}", z=z, grad_a=grad_a, alpha=slope, slopes=slope)
        np.testing.assert_allclose(found["a"], a, rtol=1e-12, atol=size, err_msg=forward.numpy)
        np.testing.assert_allclose(found["grad_z"], grad_z, rtol=1e-12, atol=size, err_msg=backward.numpy)
        tensor = torch.tensor(z, requires_grad=True)
        line = run_line(forward.torch, z=tensor, alpha=torch.tensor(slope), slopes=torch.tensor(slope))["a"]
        line.backward(torch.tensor(grad_a))
        np.testing.assert_allclose(line.detach().numpy(), a, rtol=1e-12, atol=size, err_msg=forward.torch)
        np.testing.assert_allclose(tensor.grad.numpy(), grad_z, rtol=1e-12, atol=size, err_msg=forward.torch)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_all_forms_of_a_formula_mean_the_same(key):
    grid = (-7.3, -2.6, -0.7, -0.2, 0.2, 0.7, 2.6, 7.3)
    for entry in _settings(ACTIVATIONS[key]):
        for formula in (entry.formula, entry.derivative):
            for node in formula.body.nodes():
                known = {"tau": np.tanh(0.3), "omega": 0.4, "alpha": 0.3, "slopes": 0.2}
                if isinstance(node, Rewritten) and entry.elementwise:
                    forms = (node.shown, node.computed)
                elif isinstance(node, Operation) and node.kind == "equal to":
                    forms = node.parts
                else:
                    continue
                for z in grid:
                    values = {symbol: known.get(symbol.name, z) for symbol in node.symbols()}
                    values |= {symbol: 1 / (1 + np.exp(-z)) for symbol in node.symbols() if symbol.name == "s"}
                    with np.errstate(all="ignore"):
                        first, second = (form.value(values) for form in forms)
                    if not np.isfinite(first):  # e^(z / 1e-7): why there is another form
                        continue
                    assert first == pytest.approx(second, rel=1e-9, abs=1e-12), (forms[0].latex(), z)


@pytest.mark.parametrize("key", [key for key, entry in ACTIVATIONS.items() if entry.elementwise])
def test_the_formula_that_is_read_gives_the_number(key):
    z, a = Symbol("z", "z"), Symbol("a", "a")
    for entry in _settings(ACTIVATIONS[key]):
        for place in (-7.3, -2.6, -0.7, -0.2, 0.2, 0.7, 2.6, 7.3):
            expected = float(entry.value(np.array([[place]]))[0, 0])
            slope = float(entry.slope(np.array([[place]]), np.array([[expected]]))[0, 0])
            given = dict.fromkeys((ALPHA, SLOPES), sum(entry.alpha_range) / 2) | {z: place}
            assert entry.formula.value(given) == pytest.approx(expected, rel=1e-12, abs=1e-14)
            assert entry.derivative.value({**given, a: expected}) == pytest.approx(slope, rel=1e-12, abs=1e-14)
            evaluated = entry.in_mode(training=False).formula
            assert evaluated.value(given) == pytest.approx(expected, rel=1e-12, abs=1e-14)
            # LaTeX has six digits of a hyperparameter
            read = value(entry.formula.latex({ALPHA: "s", SLOPES: "s"}), z=place, s=given[ALPHA])
            assert read == pytest.approx(expected, rel=1e-4, abs=1e-5 * max(1.0, abs(expected)))
