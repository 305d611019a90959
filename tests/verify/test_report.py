import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from mlpviz.engine import ACTIVATIONS, Pin, run_pass
from mlpviz.engine.tensor_names import Tensor
from mlpviz.practice.mistakes.planted import PLANTED
from mlpviz.verify import torch_reference
from mlpviz.verify.compare import Difference, compare, worst
from mlpviz.verify.report import check
from tests.support.random_networks import chain, example, examples

GREEN = "NumPy = PyTorch = finite differences"


def row(report, name):
    return next(row for row in report.rows if row.name == name)


@settings(max_examples=60)
@given(examples(max_layers=6, max_width=8, max_samples=4))
def test_a_right_pass_is_green(one):
    pytest.importorskip("torch")
    report = check(one.run())
    assert report.ok, report.summary
    assert report.summary == GREEN
    assert report.first_failure is report.not_finite is None
    assert report.torch.relative <= 1e-12
    assert report.differences.relative is None or report.differences.relative <= 1e-6


def test_rows_are_the_tensors_in_order_of_computation():
    spec = chain((2, 3, 1), "tanh")
    spec = replace(spec, layers=(replace(spec.layers[0], bias=False), spec.layers[1]))
    report = check(example(spec, samples=4, seed=0).run(), with_torch=False)
    assert [(each.name, each.shape) for each in report.rows] == [
        ("z of layer 1", (4, 3)),
        ("a of layer 1", (4, 3)),
        ("z of layer 2", (4, 1)),
        ("a of layer 2", (4, 1)),
        ("loss", ()),
        ("∂L/∂a of layer 2", (4, 1)),
        ("∂L/∂z of layer 2", (4, 1)),
        ("∂L/∂W of layer 2", (1, 3)),
        ("∂L/∂b of layer 2", (1,)),
        ("∂L/∂a of layer 1", (4, 3)),
        ("∂L/∂z of layer 1", (4, 3)),
        ("∂L/∂W of layer 1", (3, 2)),
        ("∂L/∂x", (4, 2)),
    ]
    assert all((each.differences is not None) == each.name.startswith("∂") for each in report.rows)


def test_without_torch_differences_prove_alone(monkeypatch):
    trace = example(chain((2, 3, 1), "tanh"), samples=2, seed=0).run()
    monkeypatch.setitem(sys.modules, "torch", None)
    report = check(trace)
    assert report.ok
    assert report.summary == "NumPy = finite differences (PyTorch is not installed)"
    assert report.torch_version is report.torch is None


def test_torch_can_be_left_out():
    pytest.importorskip("torch")
    report = check(example(chain((2, 3, 1), "tanh"), samples=2, seed=0).run(), with_torch=False)
    assert report.summary == "NumPy = finite differences (PyTorch was not asked)"
    assert report.torch_version is None


@pytest.mark.parametrize("with_torch", [True, False])
@pytest.mark.parametrize("layer", range(4))
def test_a_wrong_derivative_is_named_where_it_is(layer, with_torch):
    if with_torch:
        pytest.importorskip("torch")
    spec = chain((2, 3, 3, 3, 1), "tanh")
    wrong = replace(ACTIVATIONS["tanh"], vjp=lambda z, a, grad_a: 2.0 * grad_a * (1.0 - a * a))
    layers = [replace(each, activation=wrong) if i == layer else each for i, each in enumerate(spec.layers)]
    report = check(example(replace(spec, layers=tuple(layers)), samples=2, seed=0).run(), with_torch=with_torch)
    assert not report.ok
    assert report.first_failure.name == f"∂L/∂z of layer {layer + 1}"
    witness = "PyTorch" if with_torch else "finite differences"
    assert report.summary.startswith(f"∂L/∂z of layer {layer + 1} disagrees with {witness} by ")
    # what comes before the mistake is right
    names = [each.name for each in report.rows]
    assert all(each.ok for each in report.rows[: names.index(report.first_failure.name)])


def test_a_wrong_forward_pass_is_seen_by_torch():
    pytest.importorskip("torch")
    # the derivative of the wrong function is right, so differences alone see nothing
    wrong = replace(ACTIVATIONS["identity"], value=lambda z: z + 0.25)
    spec = chain((2, 3, 1), "identity")
    spec = replace(spec, layers=(spec.layers[0], replace(spec.layers[1], activation=wrong)))
    trace = example(spec, samples=2, seed=0).run()
    assert check(trace).summary == "a of layer 2 disagrees with PyTorch by 0.25"
    assert check(trace, with_torch=False).ok


def test_a_single_wrong_entry_is_enough():
    trace = example(chain((2, 3, 1), "tanh"), samples=2, seed=0).run()
    wrong = trace.layers[0].grad_weight.copy()
    wrong[1, 1] += 1e-7
    layers = (trace.layers[0]._replace(grad_weight=wrong), trace.layers[1])
    report = check(replace(trace, layers=layers), with_torch=False)
    assert [each.name for each in report.rows if not each.ok] == ["∂L/∂W of layer 1"]
    assert report.summary == "∂L/∂W of layer 1 disagrees with finite differences by 1e−7"


def test_kinks_are_told_and_not_compared():
    spec = chain((1, 2, 1), ("relu", "identity"), "sum", bias=False)
    report = check(run_pass(spec, np.array([0.0, 3.0, 1.0, 1.0]), np.array([[2.0]])))
    assert report.ok
    assert row(report, "∂L/∂W of layer 1").note == "1 of 2 entries straddles a kink: not compared with differences"
    one = check(run_pass(chain((1, 1), "relu", "sum", bias=False), np.zeros(1), np.ones((1, 1))), with_torch=False)
    assert row(one, "∂L/∂W of layer 1").differences is None
    assert one.ok


def test_no_proof_is_no_agreement():
    # a loss that is cut off has a kink for every entry
    spec = chain((1, 1), "sigmoid", "bce", bias=False)
    report = check(run_pass(spec, np.array([35.0]), np.array([[1.0]]), np.array([[1.0]])), with_torch=False)
    assert report.differences is None
    assert report.summary.startswith("Nothing to compare NumPy with (PyTorch ")


def test_pins_are_counted():
    spec = chain((2, 3, 1), "tanh")
    one = example(spec, samples=2, seed=0)
    report = check(
        run_pass(spec, one.params, one.x, one.target, [Pin(0, 0, 1, 0.5), Pin(0, 0, 1, 0.7), Pin(0, 1, 0, 0.5)])
    )
    notes = {each.name: each.note for each in report.rows if each.note}
    assert notes == dict.fromkeys(("a of layer 1", "∂L/∂a of layer 1", "∂L/∂z of layer 1"), "2 pinned")
    assert report.ok


def test_a_sample_is_told():
    report = check(example(chain((40, 20), "tanh"), samples=1, seed=0).run(), with_torch=False)
    assert row(report, "∂L/∂W of layer 1").note == "sampled 256 of 800 entries"
    assert report.ok
    # a weight of 800, two biases, a weight, and what lies between them: all but 544 of the first are tried
    gradients = [one for one in report.rows if one.tensor.is_gradient]
    every = sum(int(np.prod(one.shape)) for one in gradients)
    said = f"{every - 544:,} of {every:,} numbers differentiated"
    assert report.summary == f"NumPy = finite differences (PyTorch was not asked, {said})"


def test_a_network_whose_numbers_are_all_differentiated_says_nothing_of_a_sample():
    assert example(chain((3, 4, 2), "tanh"), samples=1, seed=0).run().spec.size == 26
    assert check(example(chain((3, 4, 2), "tanh"), samples=1, seed=0).run(), with_torch=False).sampled == ""


def test_vanishing_gradients_are_told():
    trace = example(chain((2, *[3] * 9, 1), "sigmoid"), samples=2, seed=1, scale=0.3).run()
    report = check(trace)
    assert report.ok
    first = row(report, "∂L/∂W of layer 1")
    assert first.note.startswith("differences below what central differences can resolve (")
    assert first.differences.relative is None
    assert first.differences.absolute < 1e-11
    if torch_reference.available():
        assert first.torch.relative < 1e-12  # torch resolves them


def test_terms_that_cancel_are_rounding_and_not_a_disagreement():
    # 0.1 + 0.2 - 0.3 is not 0 in floating point, and the order of adding decides what it is
    spec = chain((3, 1), "relu", "sum", bias=False)
    report = check(run_pass(spec, np.array([0.1, 0.2, -0.3]), np.ones((1, 3))))
    assert report.ok, report.summary


@pytest.mark.parametrize("loss", ["mse", "cross_entropy"])
def test_a_network_that_is_right_already_has_no_gradient(loss):
    spec = chain((1, 2), "identity", loss, bias=False)
    target = np.array([[1000.0, -1000.0]]) if loss == "mse" else np.array([0])
    report = check(run_pass(spec, np.array([1000.0, -1000.0]), np.ones((1, 1)), target))
    assert report.ok
    assert row(report, "∂L/∂W of layer 1").differences == Difference(0.0, 0.0, True)


def test_infinity_is_told_and_proves_nothing():
    spec = chain((1, 1, 1, 1), "identity", bias=False)
    report = check(run_pass(spec, np.array([1.0, 1e200, 1e200]), np.array([[1.0]]), np.array([[0.0]])))
    assert report.not_finite.name == "z of layer 3"
    assert report.summary == "z of layer 3 is not finite: what is computed from it cannot be proved"
    assert row(report, "z of layer 2").torch is None or row(report, "z of layer 2").torch.ok
    assert row(report, "z of layer 3").torch is None
    assert row(report, "z of layer 3").note == "1 of 1 entry not finite: not compared"
    assert row(report, "∂L/∂W of layer 1").differences is None
    assert report.ok


def test_what_infinity_has_touched_is_not_judged():
    # inf · 0 behind a closed gate is NaN in NumPy and 0 in PyTorch
    spec = chain((1, 1, 1), ("relu", "identity"), bias=False)
    trace = run_pass(spec, np.array([-1.0, 1e200]), np.array([[1.0]]), np.array([[-1e300]]))
    report = check(trace)
    assert np.isnan(trace.layers[0].grad_z).all()
    assert report.not_finite.name == "loss"
    assert report.ok, report.summary


def test_a_number_that_is_finite_in_one_program_only_disagrees():
    pytest.importorskip("torch")
    trace = example(chain((2, 2), "tanh"), samples=1, seed=0).run()
    wrong = trace.layers[0]._replace(grad_z=np.full((1, 2), np.nan))
    report = check(replace(trace, layers=(wrong,)))
    assert report.summary == "∂L/∂z of layer 1 disagrees with PyTorch: only one of the two is a finite number"


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([0.0, 0.0], [0.0, 0.0], Difference(0.0, 0.0, True)),
        ([2.0, 0.0], [2.0, 0.0], Difference(0.0, 0.0, True)),
        ([4.0, 0.0], [4.0, 1.0], Difference(1.0, 0.25, False)),
        ([0.0], [1e-20], Difference(1e-20, 1.0, False)),
        ([np.inf, 1.0], [np.inf, 1.0], Difference(0.0, 0.0, True)),
        ([np.nan, 1.0], [np.nan, 2.0], Difference(1.0, 0.5, False)),
        ([np.inf, 1.0], [-np.inf, 1.0], Difference(np.inf, np.inf, False)),
        ([np.nan], [np.nan], None),
    ],
)
def test_comparing(ours, theirs, expected):
    assert compare(np.array(ours), np.array(theirs), 1e-12, 0.0, meaningful=1e-12, lenient=False) == expected


def test_what_is_only_rounding_has_no_relative_difference():
    found = compare(np.array([1e-17]), np.array([2e-17]), 1e-12, 1e-16, meaningful=1e-12, lenient=False)
    assert found == Difference(1e-17, None, True)
    assert worst([found, None, Difference(1.0, 0.5, False)]) == Difference(1.0, 0.5, False)
    assert worst([None]) is None


def test_tensors_are_addresses():
    trace = example(chain((2, 2), "tanh"), samples=1, seed=0).run()
    assert Tensor("grad_weight", 0).of(trace) is trace.layers[0].grad_weight
    assert Tensor("grad_x").of(trace) is trace.grad_x


@pytest.mark.parametrize(("widths", "samples", "seed"), [((1, 1, 3), 1, 737890578), ((3, 1, 4), 2, 61870296)])
def test_a_saturated_sigmoid_before_bce_is_no_false_alarm_and_hides_no_mistake(widths, samples, seed):
    spec = chain(widths, ("tanh", "sigmoid"), "bce")
    one = example(spec, samples=samples, seed=seed, scale=8.0)
    assert (1.0 - one.run().output).min() < 1e-5
    assert check(one.run(), with_torch=False).ok
    fitting = [mistake for mistake in PLANTED if mistake.fits(spec)]
    assert fitting
    for mistake in fitting:
        planted = run_pass(mistake.plant(spec), one.params, one.x, one.target)
        assert not check(planted, with_torch=False).ok, mistake.key
