import math

import numpy as np
import pytest
from hypothesis import assume, given, settings

from mlpviz.engine import ACTIVATIONS, LOSSES, NetworkSpec, Pin, run_pass
from mlpviz.engine.activations.activation import ALPHA, SLOPES
from mlpviz.sheet.blocks import Shape, blocks_of
from mlpviz.sheet.partial_sums import partial_sums
from mlpviz.sheet.rules import mathml, rule_of
from mlpviz.sheet.values import values_of
from mlpviz.sheet_page.structure import structure_of
from tests.support.formula_values import value
from tests.support.random_networks import chain, example, mixed_examples

ROWS = [key for key, activation in ACTIVATIONS.items() if not activation.elementwise]


def number(values, ref, r, c, k=0, count=1):
    samples = values["x.0"].shape[1] if "x.0" in values else values["a.1"].shape[1]
    name, row, column = ref
    places = {"r": r, "c": c, "k": k, "rk": r * count + k, "k/N": k // samples, "k%N": k % samples}
    return float(values[name][places.get(row, row), places.get(column, column)])


def assert_every_cell_is_what_its_rule_says(trace):
    one_hot = trace.target is not None and bool(np.allclose(trace.target.sum(axis=-1), 1.0))
    shape = Shape(trace.samples, target_sums_to_one=one_hot, training=trace.training)
    values, pinned = values_of(trace, 0.5), pinned_of(trace)
    for key, block in blocks_of(trace.spec, shape).items():
        rule = rule_of(block, trace.spec, shape)
        mathml(rule.formula or "x")
        for r, c in np.ndindex(block.rows, block.columns):
            if key in pinned and pinned[key][r, c]:
                continue  # its number is held, whatever the rule gives
            if rule.template:
                mathml(rule.template)
                numbers = {f"ref{i}": number(values, ref, r, c) for i, ref in enumerate(rule.refs)}
                found = value(rule.template, **numbers)
            elif rule.count:
                found = partial_sums(rule, block, shape, values)[r, c, -1]
            else:
                continue
            # four digits, because 1.0507 stands for SELU's number
            assert found == pytest.approx(values[key][r, c], rel=1e-4, abs=1e-4), (key, rule.template)


def assert_every_line_of_a_factor_gives_its_value(trace):
    shape = Shape(trace.samples, training=trace.training)
    values, found = values_of(trace, 0.5), 0
    for block in blocks_of(trace.spec, shape).values():
        rule = rule_of(block, trace.spec, shape)
        for detail in rule.details:
            mathml(detail.symbol), mathml(detail.template)
            read = [*rule.factors, *rule.plus, *rule.refs, *(ref for each in rule.details for ref in each.refs)]
            assert detail.value in read
            for r, c, k in np.ndindex(block.rows, block.columns, detail.count):
                numbers = {f"ref{i}": number(values, ref, r, c, k, rule.count) for i, ref in enumerate(detail.refs)}
                expected = number(values, detail.value, r, c, k, rule.count)
                if detail.pin and number(pinned_of(trace), detail.pin, r, c, k, rule.count):
                    assert expected == 0.0
                else:
                    assert value(detail.template, **numbers) == pytest.approx(expected, rel=1e-4, abs=1e-8)
                found += 1
    return found


def pinned_of(trace):
    pinned = {f"a.{number}": np.zeros_like(layer.a.T) for number, layer in enumerate(trace.layers, start=1)}
    for pin in trace.pins:
        pinned[f"a.{pin.layer + 1}"][pin.unit, pin.sample] = 1.0
    return pinned


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_slope_explains_itself(key):
    for seed in range(3):
        one = example(chain((2, 3, 2), (key, "identity"), "mse"), samples=3, seed=seed, scale=2.0)
        pins = (Pin(0, 1, 2, 0.25), Pin(1, 0, 0, -1.0))
        rows = 3 if key in ROWS else 1
        # a learned slope has one line for each cell it is added up over
        lines = 3 * 3 * (rows + ACTIVATIONS[key].learns) + 2 * 3
        assert assert_every_line_of_a_factor_gives_its_value(one.run()) == lines
        pinned = run_pass(one.spec, one.params, one.x, one.target, pins, masks=one.masks)
        assert_every_line_of_a_factor_gives_its_value(pinned)


def test_the_numbers_of_a_slope_are_seen_on_the_sheet():
    spec = chain((2, 3, 2), ("sigmoid", "softmax"), "mse")
    rules = {key: rule_of(block, spec, Shape(2)) for key, block in blocks_of(spec, Shape(2)).items()}
    assert [ref[0] for ref in rules["grad_z.1"].details[0].sources] == ["z.1", "a.1"]
    assert [ref[0] for ref in rules["grad_z.2"].details[0].sources] == ["a.2", "a.2"]
    assert [key for key, rule in rules.items() if rule.details] == ["grad_z.2", "grad_z.1"]
    data = {block["key"]: block["rule"] for block in structure_of(spec, Shape(2)).data["blocks"]}
    line = data["grad_z.1"]["details"][0]
    assert line["symbol"].count("<mtext>ref0</mtext>") == 1
    assert line["template"].count("<mtext>ref1</mtext>") == 2
    assert line["value"] == ("slope.1", "r", "c")


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation_on_the_sheet(key):
    for seed in range(3):
        one = example(chain((2, 3, 2), (key, "identity"), "mse"), samples=3, seed=seed, scale=2.0)
        assert_every_cell_is_what_its_rule_says(one.run())


@settings(max_examples=60)
@given(mixed_examples(max_layers=4, max_width=4, max_samples=4))
def test_norm_dropout_and_skip_on_the_sheet(one):
    trace = one.run()
    assume(all(np.isfinite(array).all() for array in values_of(trace, 0.5).values()))
    assert_every_cell_is_what_its_rule_says(trace)
    assert_every_line_of_a_factor_gives_its_value(trace)


@pytest.mark.parametrize("key", LOSSES)
def test_every_loss_on_the_sheet(key):
    last = (LOSSES[key].last_activations or ("tanh",))[0]
    for seed in range(4):  # class numbers and probabilities both occur
        trace = example(chain((2, 3), last, key), samples=2, seed=seed, scale=2.0).run()
        assert_every_cell_is_what_its_rule_says(trace)
        assert_every_line_of_a_factor_gives_its_value(trace)


def test_a_number_of_the_whole_row_is_made_of_every_output():
    trace = example(chain((2, 3), "identity", "cosine"), samples=2, seed=0).run()
    spec, shape = trace.spec, Shape(2)
    rules = {key: rule_of(block, spec, shape) for key, block in blocks_of(spec, shape).items()}
    names = ["|a|", "|t|", r"|a|_{\varepsilon}", r"|t|_{\varepsilon}"]
    assert [detail.symbol.split(" =")[0] for detail in rules["loss_term.1"].details] == names
    assert [detail.symbol.split(" =")[0] for detail in rules["grad_a.1"].details] == [*names, r"\cos(a, t)"]
    assert rules["loss_term.1"].details[0].symbol == r"|a| = \sqrt{\sum_k a_k^2}"
    length = rules["loss_term.1"].details[0]
    assert length.sources == tuple(("a.1", k, "c") for k in range(3))
    # one line for each number and cell, and those of the slopes
    assert assert_every_line_of_a_factor_gives_its_value(trace) == (4 + 5) * 3 * 2 + 3 * 2


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("cross_entropy", {"ignore_index": 1}),
        ("cross_entropy", {"ignore_index": 0, "label_smoothing": 0.2, "weight": (0.5, 2.0, 1.0)}),
        ("nll", {"ignore_index": 2}),
        ("focal", {"gamma": 1.0, "alpha": -1.0}),
        ("gaussian_nll", {"variance": 0.3, "full": True}),
        ("multi_margin", {"p": 2, "weight": (0.5, 2.0, 1.0), "margin": 0.3}),
        ("multi_margin", {"reduction": "sum"}),
        ("cosine", {"eps": 0.0, "reduction": "sum"}),
        ("cosine", {"eps": 3.0, "factor": 2.0}),
    ],
)
def test_the_settings_of_a_loss_on_the_sheet(key, given):
    last = (LOSSES[key].last_activations or ("tanh",))[0]
    plain = chain((2, 3), last, key)
    for seed in range(6):
        one = example(NetworkSpec(plain.layers, LOSSES[key].configure(**given)), samples=3, seed=seed)
        assert_every_cell_is_what_its_rule_says(one.run())
        assert_every_line_of_a_factor_gives_its_value(one.run())


@pytest.mark.parametrize("key", [key for key in ACTIVATIONS if key not in ROWS])
def test_the_formula_of_the_slope(key):
    activation = ACTIVATIONS[key]
    # LaTeX has six digits of a kink: only one that they write whole can be asked at
    kinks = [kink for kink in activation.kinks if float(f"{kink:.6g}") == kink]
    for z in (-7.3, -2.6, -0.7, -0.2, 0.2, 0.7, 2.6, 7.3, *kinks):
        a = activation.value(np.array([[z]]))
        expected = float(activation.slope(np.array([[z]]), a)[0, 0])
        latex, slope = activation.derivative.latex({ALPHA: "s", SLOPES: "s"}), sum(activation.alpha_range) / 2
        assert value(latex, z=z, a=float(a[0, 0]), s=slope) == pytest.approx(expected, rel=1e-4, abs=1e-8)


@pytest.mark.parametrize("key", ROWS)
def test_the_formula_of_the_derivative_of_a_row(key):
    activation, z = ACTIVATIONS[key], np.array([[0.5, -1.0, 2.0]])
    a = activation.value(z)
    for j, k in np.ndindex(3, 3):
        expected = activation.vjp(z, a, np.eye(3)[[k]])[0, j]
        found = value(activation.derivative.latex(), j=j, k=k, a_j=float(a[0, j]), a_k=float(a[0, k]))
        assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{1}{2} (a - t)^2", 2.0),
        (r"-t \cdot \log a - [a \geq 3]", -math.log(3.0) - 1.0),
        (r"\max(0, 1 - |t - a|) + \operatorname{sign}(-a)", -1.0),
        (r"\tau + 1, \quad \tau = \tanh(\ln(a))", 1.0 + math.tanh(math.log(3.0))),
    ],
)
def test_formulas_are_read(latex, expected):
    assert value(latex, a=3.0, t=1.0) == pytest.approx(expected)


def test_targets_in_rows_get_a_line_that_torch_takes():
    lines = {}
    for reads in ("numbers", "rows"):
        spec, shape = chain((2, 3), "log_softmax", "nll").reading(reads), Shape(2, reads == "numbers")
        lines[reads] = rule_of(blocks_of(spec, shape)["loss.1"], spec, shape).torch
    assert lines == {"numbers": "loss = F.nll_loss(y, t)", "rows": "loss = (-t * y).sum() / len(y)"}
