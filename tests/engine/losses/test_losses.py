import warnings

import latex2mathml.converter
import numpy as np
import pytest
import scipy
import torch
import torch.nn.functional as F  # noqa: N812  # the name that everybody uses
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import LayerSpec, NetworkSpec, SpecError, rerun, run_pass
from mlpviz.engine.activations import ACTIVATIONS, log_softmax, sigmoid, softmax
from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.engine.losses import LOSSES, one_hot, symbols
from mlpviz.engine.losses.loss_code import gradient_code, loss_code
from mlpviz.verify import torch_reference

CONFIGURED = [
    *((key, {"reduction": "sum"}) for key, loss in LOSSES.items() if "reduction" in dict(loss.settings)),
    ("huber", {"delta": 0.4}),
    ("huber", {"delta": 2.5, "reduction": "sum"}),
    ("smooth_l1", {"beta": 0.3}),
    ("smooth_l1", {"beta": 0.0}),
    ("cross_entropy", {"label_smoothing": 0.2}),
    ("cross_entropy", {"label_smoothing": 1.0}),
    ("cross_entropy", {"weight": (0.5, 2.0, 1.0, 3.0)}),
    ("cross_entropy", {"weight": (0.5, 2.0, 0.0, 3.0), "label_smoothing": 0.1}),
    ("cross_entropy", {"weight": (0.5, 2.0, 1.0, 3.0), "label_smoothing": 0.1, "reduction": "sum"}),
    ("nll", {"weight": (0.5, 2.0, 1.0, 3.0)}),
    ("nll", {"weight": (0.5, 2.0, 1.0, 3.0), "reduction": "sum"}),
    ("cross_entropy", {"ignore_index": 2}),
    ("cross_entropy", {"ignore_index": 7}),
    ("cross_entropy", {"ignore_index": 2, "reduction": "sum"}),
    ("cross_entropy", {"ignore_index": 0, "label_smoothing": 0.1}),
    ("cross_entropy", {"ignore_index": 0, "weight": (0.5, 2.0, 1.0, 3.0), "label_smoothing": 0.1}),
    ("cross_entropy", {"ignore_index": 1, "sample_weight": (1, 0.5, 2, 0, 3), "factor": 2}),
    ("cross_entropy", {"ignore_index": 1, "weight": (0.5, 2.0, 1.0, 3.0), "sample_weight": (1, 0.5, 2, 0, 3)}),
    ("nll", {"ignore_index": 3}),
    ("nll", {"ignore_index": 3, "weight": (0.5, 2.0, 1.0, 3.0)}),
    ("nll", {"ignore_index": 1, "sample_weight": (1, 0.5, 2, 0, 3)}),
    ("hinge", {"margin": 0.25}),
    *(
        ("multi_margin", given | more)
        for given in ({}, {"p": 2}, {"p": 2, "margin": 0.3}, {"weight": (0.5, 2.0, 0.0, 3.0)})
        for more in ({}, {"reduction": "sum"}, {"reduction": "mean_of_sums"}, {"sample_weight": (1, 0.5, 2, 0, 3)})
    ),
    ("multi_margin", {"p": 2, "weight": (1, 2, 1, 3), "reduction": "sum", "sample_weight": (1, 0.5, 2, 0, 3)}),
    ("multi_margin", {"reduction": "mean_of_sums", "sample_weight": (1, 0.5, 2, 0, 3), "factor": 2}),
    ("cosine", {"eps": 0.0}),
    ("cosine", {"eps": 2.0}),
    ("kl_div", {"log_target": True}),
    ("kl_div", {"reduction": "mean"}),
    ("poisson_nll", {"log_input": False}),
    ("poisson_nll", {"log_input": False, "eps": 0.1, "full": True}),
    ("poisson_nll", {"full": True}),
    ("huber", {"delta": 1 / 3}),
    ("gaussian_nll", {"variance": 0.3}),
    ("gaussian_nll", {"variance": 7, "full": True}),
    *(("focal", {"gamma": gamma, "alpha": alpha}) for gamma in (0.0, 0.5, 1, 3.7) for alpha in (-1, 0.0, 0.3, 1)),
    ("cross_entropy", {"weight": (1, 2, 1, 3), "label_smoothing": 1 / 7}),
    ("bce_with_logits", {"pos_weight": (0.5, 2.0, 1.0, 3.0)}),
    ("mse", {"reduction": "half_mean_of_sums", "term_weight": (1.0, 0.0, 3.0, 0.5)}),
    *(
        (entry.key, {"reduction": reduction})
        for entry in LOSSES.values()
        for each in entry.hyperparameters
        if each.name == "reduction"
        for reduction in each.choices[2:]
    ),
    *(
        (entry.key, given)
        for entry in LOSSES.values()
        for given in ({"sample_weight": (1, 0.5, 2, 0, 3)}, {"factor": -2.5}, {"term_weight": (1, 2, 0.3, 4)})
        if given.keys() <= {each.name for each in entry.hyperparameters}
    ),
    ("cross_entropy", {"weight": (0.5, 2.0, 1.0, 3.0), "sample_weight": (1, 0.5, 2, 0, 3), "factor": 2}),
    ("nll", {"weight": (0.5, 2.0, 1.0, 3.0), "sample_weight": (1, 0.5, 2, 0, 3)}),
]
EVERY = [*LOSSES.values(), *(LOSSES[key].configure(**given) for key, given in CONFIGURED)]


def name(loss):
    changed = [f"{key}={value}" for key, value in loss.settings if dict(LOSSES[loss.key].settings)[key] != value]
    return "-".join([loss.key, *changed])


every = pytest.mark.parametrize("loss", EVERY, ids=name)
OUTPUTS = 4  # as many as there are class weights above


def example(loss, rng, samples=5, hard=True):
    """Outputs and targets (N, O) that the loss is made for; hard: class numbers where it takes them."""
    y = 2 * rng.normal(size=(samples, OUTPUTS))
    fitting = loss.last_activations or ("identity",)
    y = ACTIVATIONS[fitting[0]].value(y)
    if loss.key == "poisson_nll" and not dict(loss.settings)["log_input"]:
        y = np.abs(y) + 0.1
    if loss.key == "hinge":
        return y, rng.choice([-1.0, 1.0], size=y.shape)
    if loss.key == "poisson_nll":
        return y, rng.integers(0, 6, size=y.shape).astype(float)
    if loss.target == "classes" and (hard or not loss.takes_rows):
        return y, one_hot(rng.integers(0, OUTPUTS, size=samples), OUTPUTS)
    if loss.target == "classes" or loss.key == "kl_div":
        t = softmax(rng.normal(size=y.shape))
        return y, np.log(t) if loss.target == "values" else t
    if loss.target == "probabilities":
        return y, rng.uniform(size=y.shape)
    return y, y + rng.normal(size=y.shape) * 1.5


def twin(loss, y, t):
    return torch_reference.loss_value(loss, y, t)


def value_and_grad(loss, y, t):
    divisor = loss.divisor(*y.shape[-2:], t)
    with np.errstate(divide="ignore", invalid="ignore"):  # only classes of weight 0: NaN, as in torch
        return loss.terms(y, t).sum(axis=(-2, -1)) / divisor, loss.grad(y, t) / divisor


def check(loss, y, t):
    tensor = torch.tensor(y, requires_grad=True)
    expected = twin(loss, tensor, torch.tensor(t))
    expected.backward()
    value, grad = value_and_grad(loss, y, t)
    np.testing.assert_allclose(value, expected.item(), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(grad, tensor.grad.numpy(), rtol=1e-12, atol=1e-15)
    assert loss.terms(y, t).shape == y.shape == loss.grad(y, t).shape


@every
@given(samples=st.integers(1, 7), seed=st.integers(0, 10**6))
@settings(max_examples=20)
def test_value_and_gradient_are_torchs(loss, samples, seed):
    check(loss, *example(loss, np.random.default_rng(seed), len(loss.sample_weight) or samples))


@pytest.mark.parametrize("loss", [loss for loss in EVERY if loss.target == "classes" and loss.takes_rows], ids=name)
def test_targets_that_are_probabilities(loss):
    check(loss.reading("rows"), *example(loss, np.random.default_rng(3), hard=False))


@every
def test_the_gradient_is_the_central_difference(loss):
    y, t = example(loss, np.random.default_rng(4))
    _, grad = value_and_grad(loss, y, t)
    step = 1e-6
    for index in np.ndindex(y.shape):
        up, down = y.copy(), y.copy()
        up[index] += step
        down[index] -= step
        difference = (value_and_grad(loss, up, t)[0] - value_and_grad(loss, down, t)[0]) / (2 * step)
        assert difference == pytest.approx(grad[index], rel=1e-6, abs=1e-8)


@pytest.mark.parametrize(
    ("key", "given", "y", "t"),
    [
        ("bce", {}, [[1e-14, 1.0 - 1e-14]], [[1.0, 0.0]]),
        ("cross_entropy_probs", {}, [[1.0, 0.0]], [[1.0, 0.0]]),
        ("mae", {}, [[2.0, 1.0]], [[2.0, 3.0]]),
        ("huber", {"delta": 0.5}, [[0.5, -0.5, 0.0, 2.0]], [[0.0, 0.0, 0.0, 0.0]]),
        ("smooth_l1", {"beta": 0.5}, [[0.5, -0.5, 0.0, 2.0]], [[0.0, 0.0, 0.0, 0.0]]),
        ("smooth_l1", {"beta": 0.0}, [[0.0, 1.0]], [[0.0, 0.0]]),
        ("hinge", {}, [[1.0, -1.0, 2.0, 0.0]], [[1.0, -1.0, 1.0, -1.0]]),
        ("kl_div", {}, [[-1.0, -0.5]], [[0.0, 1.0]]),
        ("bce", {}, [[0.0, 1.0, 0.5]], [[0.0, 1.0, 0.0]]),
        ("poisson_nll", {"full": True}, [[0.1, 0.2]], [[0.0, 1.0]]),
        # exact ties: two others at the margin, one inside
        *(("multi_margin", {"p": p}, [[3.0, 2.0, 2.0, 2.5]], [[1.0, 0.0, 0.0, 0.0]]) for p in (1, 2)),
        ("multi_margin", {"margin": 0.0}, [[1.0, 1.0, 2.0]], [[0.0, 1.0, 0.0]]),
        ("multi_margin", {}, [[4.0]], [[1.0]]),
        ("multi_margin", {}, [[1.0, np.inf, -np.inf]], [[1.0, 0.0, 0.0]]),
        ("multi_margin", {}, [[np.inf, 1.0, -np.inf]], [[1.0, 0.0, 0.0]]),
        *(("multi_margin", {"p": p}, [[1.0, np.nan, 0.5]], [[1.0, 0.0, 0.0]]) for p in (1, 2)),
        ("multi_margin", {}, [[np.nan, 1.0, 0.5]], [[1.0, 0.0, 0.0]]),
        ("multi_margin", {}, [[np.inf, np.inf, 0.5]], [[1.0, 0.0, 0.0]]),
        *(("cosine", {}, [y], [t]) for y in ([0.0, 0.0], [3e-9, 0.0], [1e-8, 0.0]) for t in ([3.0, 4.0], [0.0, 0.0])),
        ("cosine", {}, [[1.0, 2.0]], [[0.0, 0.0]]),
        ("cosine", {}, [[1.0, 2.0]], [[0.0, 5e-9]]),
        ("cosine", {"eps": 0.0}, [[0.0, 0.0]], [[1.0, 2.0]]),
        ("cosine", {}, [[np.inf, 1.0]], [[1.0, 2.0]]),
        ("cosine", {}, [[1.0, 1.0]], [[np.nan, 2.0]]),
        ("cosine", {}, [[1e200, 1.0]], [[1.0, 2.0]]),
    ],
)
def test_corners_are_torchs(key, given, y, t):
    with np.errstate(all="ignore"):
        check(LOSSES[key].configure(**given), np.array(y), np.array(t))


@every
def test_networks_side_by_side(loss):
    rng = np.random.default_rng(5)
    y, t = example(loss, rng)
    two = np.stack([y, y * 0.9])
    value, grad = value_and_grad(loss, two, t)
    for index in range(2):
        alone = value_and_grad(loss, two[index], t)
        assert value[index] == pytest.approx(alone[0], rel=1e-14)
        np.testing.assert_allclose(grad[index], alone[1], rtol=1e-14)


@every
def test_float32_stays_float32(loss):
    y, t = (array.astype(np.float32) for array in example(loss, np.random.default_rng(6)))
    assert loss.terms(y, t).dtype == np.float32
    assert (loss.grad(y, t) / loss.divisor(*y.shape, t)).dtype == np.float32


LINES = [
    (loss, reads)
    for loss in EVERY
    for reads in (("numbers", "rows") if loss.target == "classes" and loss.takes_rows else ("numbers",))
]


@pytest.mark.parametrize(("loss", "reads"), LINES, ids=[f"{name(loss)}-{reads}" for loss, reads in LINES])
def test_the_lines_of_code_give_the_numbers_shown(loss, reads):
    loss = loss.reading(reads)
    for seed in range(3):
        y, t = example(loss, np.random.default_rng(seed), hard=reads == "numbers")
        value, grad = value_and_grad(loss, y, t)
        p = None if loss.probabilities is None else ACTIVATIONS[loss.probabilities].value(y)
        shown = t.argmax(axis=1) if loss.target == "classes" and reads == "numbers" else t
        names = {"np": np, "scipy": scipy, "y": y, "p": p, "t": shown}
        for line in (loss_code(loss, "numpy"), gradient_code(loss, "numpy")):
            exec(line, names)  # noqa: S102  # our own line
        np.testing.assert_allclose(names["loss"], value, rtol=1e-12)
        np.testing.assert_allclose(np.broadcast_to(names["grad_a"], y.shape), grad, rtol=1e-12, atol=1e-15)
        tensor = torch.tensor(y, requires_grad=True)
        line = {"torch": torch, "np": np, "F": F, "y": tensor, "t": torch.tensor(shown)}
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="reduction: 'mean' divides")
            exec(loss_code(loss, "torch"), line)  # noqa: S102  # our own line
        line["loss"].backward()
        np.testing.assert_allclose(line["loss"].detach().numpy(), value, rtol=1e-12)
        np.testing.assert_allclose(tensor.grad.numpy(), grad, rtol=1e-12, atol=1e-15)


@every
def test_the_constants_are_those_of_the_formula(loss):
    assert loss.latex.startswith("L = -") == ("−" in loss.constants)
    t = np.array([[0.3, -0.2]])
    y = t + np.array([[1e-3, -1e-3]])
    if {"½", "2"} & set(loss.constants) and not loss.is_scaled:
        factor = 2.0 if "2" in loss.constants else 1.0
        np.testing.assert_allclose(loss.grad(y, t), factor * (y - t), rtol=1e-9)
        np.testing.assert_allclose(loss.terms(y, t), factor / 2.0 * (y - t) ** 2, rtol=1e-9)


@pytest.mark.parametrize("key", [key for key, loss in LOSSES.items() if loss.on_logits])
def test_a_loss_behind_its_activation_is_the_loss_on_logits(key):
    loss, rng = LOSSES[key], np.random.default_rng(9)
    twin, activation = LOSSES[loss.on_logits], ACTIVATIONS[loss.last_activations[0]]
    z, t = rng.normal(size=(5, 3)), np.eye(3)[rng.integers(0, 3, 5)]
    np.testing.assert_allclose(loss.terms(activation.value(z), t), twin.terms(z, t), rtol=1e-9, atol=1e-12)
    assert loss.needs_activation
    assert not twin.needs_activation
    assert twin.probabilities is not None
    assert loss.reads_probabilities == (activation.gives == "probabilities")


@every
def test_words_and_formulas(loss):
    assert loss.sentence.endswith(".")
    for latex in (loss.latex, loss.term.latex(), loss.grad_formula().latex()):
        latex2mathml.converter.convert(latex)
    assert all(each.sentence for each in loss.hyperparameters)
    assert (r"\frac{1}{N" in loss.latex) == (loss.mean_over in ("numbers", "samples"))
    assert (r"\frac{1}{O} \sum" in loss.latex) == (loss.mean_over == "outputs")
    assert (r"\frac{1}{2 N" in loss.latex) == (loss.mean_over == "twice the samples")


def test_bound_losses_are_cached_and_carry_their_numbers():
    huber = LOSSES["huber"]
    assert huber.configure(delta=0.5) is huber.configure(delta=0.5)
    assert huber.configure() is huber
    assert "0.5" in huber.configure(delta=0.5).latex
    assert huber.configure(reduction="sum").mean_over == "nothing"
    assert hash(huber.configure(delta=0.5)) != hash(huber)


def test_every_hyperparameter_is_varied_here():
    assert {(key, name) for key, given in CONFIGURED for name in given} == {
        (entry.key, each.name) for entry in LOSSES.values() for each in entry.hyperparameters
    }


def test_the_mean_over_class_weights_divides_by_the_weights_of_the_targets():
    loss = LOSSES["nll"].configure(weight=(1.0, 10.0))
    t = one_hot(np.array([0, 1, 1]), 2)
    assert loss.divisor(3, 2, t) == 21.0
    with pytest.raises(ValueError, match="the mean of nll over class weights needs the target"):
        loss.divisor(3, 2)


@pytest.mark.parametrize("key", ["cross_entropy", "nll"])
def test_samples_of_an_ignored_class_might_as_well_not_be_there(key):
    loss, rng = LOSSES[key].configure(ignore_index=1), np.random.default_rng(0)
    y, numbers = log_softmax(rng.normal(size=(6, 3))), np.array([0, 1, 2, 1, 0, 2])
    t, kept = one_hot(numbers, 3), numbers != 1
    value, grad = value_and_grad(loss, y, t)
    value_without, grad_without = value_and_grad(LOSSES[key], y[kept], t[kept])
    assert value == pytest.approx(value_without, rel=1e-14)
    np.testing.assert_allclose(grad[kept], grad_without, rtol=1e-14)
    assert not grad[~kept].any()
    assert loss.divisor(6, 3, t) == 4.0
    none = one_hot(np.array([1, 1]), 3)
    assert value_and_grad(loss, y[:2], none)[0] == 0.0
    assert not value_and_grad(loss, y[:2], none)[1].any()


@pytest.mark.parametrize("key", ["cross_entropy", "nll"])
def test_rows_are_probabilities_also_where_a_row_has_a_single_one(key):
    loss = LOSSES[key].configure(weight=(1.0, 5.0))
    spec = NetworkSpec((LayerSpec(2, 2, ACTIVATIONS[(loss.last_activations)[0]]),), loss)
    params, x = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]), np.array([[0.5, -1.0], [1.0, 2.0]])
    numbers, exact = np.array([0, 1]), np.eye(2)
    beside = np.abs(exact - 1e-12)
    by_rows, by_rows_beside, by_numbers = (run_pass(spec, params, x, t) for t in (exact, beside, numbers))
    assert by_rows.loss == pytest.approx(float(by_rows_beside.loss), rel=1e-9)
    assert by_rows.loss == pytest.approx(float(by_numbers.loss) * 6.0 / 2.0, rel=1e-12)
    z = torch.tensor(by_rows.output)
    weight = torch.tensor(loss.weight, dtype=torch.float64)
    assert by_rows.loss == pytest.approx(F.cross_entropy(z, torch.tensor(exact), weight=weight).item(), rel=1e-12)
    # what is computed again from a trace keeps the meaning of its targets
    assert [rerun(one).loss for one in (by_rows, by_numbers)] == [by_rows.loss, by_numbers.loss]


@pytest.mark.parametrize("reads", ["numbers", "rows"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("key", ["cross_entropy", "nll", "kl_div"])
def test_a_class_without_a_share_adds_nothing_also_at_minus_infinity(key, dtype, reads):
    loss = LOSSES[key].reading(reads)
    largest = np.finfo(dtype).max
    y = np.array([[0.9 * largest, -0.9 * largest], [0.0, -np.inf]], dtype)
    y = y if key == "cross_entropy" else np.array([[0.0, -np.inf], [0.0, -np.inf]], dtype)
    t = np.array([[1.0, 0.0], [1.0, 0.0]], dtype)
    with np.errstate(all="ignore"):
        value, grad = value_and_grad(loss, y, t)
        assert value == 0.0
        assert np.isfinite(grad).all()
        tensor = torch.tensor(y, requires_grad=True)
        expected = twin(loss, tensor, torch.tensor(t))
    expected.backward()
    assert expected.item() == 0.0
    np.testing.assert_array_equal(tensor.grad.numpy(), grad)


def test_the_bounds_of_binary_cross_entropy_are_torchs():
    loss = LOSSES["bce"]
    y = np.array([[0.0, 1.0, 1e-20, 1.0 - 1e-13, 1e-50, 0.5, 0.0, 1e-14, 1e-11]])
    t = np.array([[1.0, 0.0, 0.0, 1.0, 1.0, 0.5, 0.0, 1.0, 1.0]])
    assert loss.clamp.holds(y, t).tolist() == [[True, True, True, True, True, False, False, True, False]]
    with np.errstate(all="ignore"):
        check(loss, y, t)
        free = ~loss.clamp.holds(y, t) & (y != t)
        np.testing.assert_allclose(loss.clamp.bare_grad(y, t)[free], loss.grad(y, t)[free], rtol=1e-15)


@pytest.mark.parametrize("y", [[[0.0, 0.5, 2.0]], [[1.0, 3.0, 0.1]]])
def test_poisson_takes_an_epsilon_of_0_as_torch_does(y):
    loss = LOSSES["poisson_nll"].configure(log_input=False, eps=0.0)
    with np.errstate(all="ignore"):
        check(loss, np.array(y), np.array([[1.0, 2.0, 0.0]]))
    assert "+" not in loss.term.latex()


def test_class_weights_reach_the_pass():
    weight = (1.0, 2.0, 5.0)
    loss = LOSSES["cross_entropy"].configure(weight=weight)
    spec = NetworkSpec((LayerSpec(2, 3, ACTIVATIONS["identity"]),), loss)
    rng = np.random.default_rng(0)
    x, params, target = rng.normal(size=(4, 2)), rng.normal(size=spec.size), np.array([0, 2, 2, 1])
    trace = run_pass(spec, params, x, target)
    z = torch.tensor(trace.output)
    assert trace.loss == pytest.approx(
        F.cross_entropy(z, torch.tensor(target), weight=torch.tensor(weight, dtype=torch.float64)).item(), rel=1e-12
    )
    with pytest.raises(SpecError, match="loss cross_entropy has 3 class weights, the last layer 2 outputs"):
        NetworkSpec((LayerSpec(2, 2, ACTIVATIONS["identity"]),), loss)


def test_losses_on_logits_do_not_overflow():
    y = np.array([[-1e4, 1e4, 0.0]])
    for key, t in (("cross_entropy", [[1.0, 0.0, 0.0]]), ("bce_with_logits", [[1.0, 0.0, 1.0]])):
        value, grad = value_and_grad(LOSSES[key], y, np.array(t))
        assert np.isfinite(value)
        assert np.isfinite(grad).all()


def test_one_hot_names_the_sample_whose_class_does_not_exist():
    assert one_hot(np.array([2, 0]), 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    with pytest.raises(ValueError, match="target 2 is class 3, expected a class from 0 to 2"):
        one_hot(np.array([0, 3]), 3)


def test_the_gradient_jumps_at_the_corner_and_only_losses_with_a_corner_jump():
    y = np.linspace(0.1, 3.0, 2901)[None] + 1e-7
    t = np.ones_like(y)
    for loss in EVERY:
        if loss.target in ("values", "signs") and not loss.is_scaled:
            jumps = np.abs(np.diff(loss.grad(y, t))) > 0.5
            sides = np.zeros_like(y) if loss.corner is None else np.sign(loss.corner(y, t))
            assert np.array_equal(jumps, np.diff(sides) != 0.0), name(loss)


@pytest.mark.parametrize(
    ("key", "given", "message"),
    [
        ("huber", {"delta": 0}, "delta is 0, expected a number above 0"),
        ("cross_entropy", {"label_smoothing": 1.5}, "label_smoothing is 1.5, expected a number from 0 to 1"),
        ("cross_entropy", {"weight": (1.0, -1.0)}, r"weight is \(1.0, -1.0\), expected numbers from 0 up"),
        ("mse", {"reduction": "max"}, "reduction is 'max', expected one of mean, sum"),
        ("half_sse", {"reduction": "sum"}, "unknown knob 'reduction'"),
    ],
)
def test_bad_hyperparameters(key, given, message):
    with pytest.raises(HyperparameterError, match=message):
        LOSSES[key].configure(**given)


def test_the_pieces_agree():
    z = np.random.default_rng(8).normal(size=(3, 4))
    np.testing.assert_allclose(np.exp(log_softmax(z)), softmax(z), rtol=1e-14)
    np.testing.assert_allclose(sigmoid(z), softmax(np.stack([z, 0 * z], axis=-1))[..., 0], rtol=1e-14)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("gamma", [0.0, 1.0, 2.0, 3.5])
@pytest.mark.parametrize("alpha", [-1.0, 0.0, 0.25, 1.0])
def test_the_focal_loss_is_that_of_the_paper_and_of_torchvision(gamma, alpha, reduction):
    """-α_t (1 - p_t)^γ log p_t, equation 5 of Lin et al. 2017, for targets of 0 and 1; without α_t for α < 0.

    torchvision.ops.sigmoid_focal_loss computes the same (it is no dependency).
    """
    rng = np.random.default_rng(1)
    y, t = 3.0 * rng.normal(size=(6, 4)), rng.integers(0, 2, (6, 4)).astype(float)
    z, is_one = torch.tensor(y, requires_grad=True), torch.tensor(t == 1.0)
    right = torch.where(is_one, torch.sigmoid(z), torch.sigmoid(-z))
    balance = torch.where(is_one, alpha, 1.0 - alpha) if alpha >= 0 else 1.0
    expected = (-balance * (1.0 - right) ** gamma * right.log()).sum() / (y.size if reduction == "mean" else 1)
    expected.backward()
    loss = LOSSES["focal"].configure(gamma=gamma, alpha=alpha, reduction=reduction)
    value, grad = value_and_grad(loss, y, t)
    np.testing.assert_allclose(value, expected.item(), rtol=1e-12)
    np.testing.assert_allclose(grad, z.grad.numpy(), rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("length", [1e-12, 1e-9, 0.5, 1e8])
def test_the_cosine_loss_is_that_of_cosine_similarity(length, reduction):
    """Its gradient too, where |a| is not below ε: there PyTorch's own is not the derivative of its value."""
    rng = np.random.default_rng(2)
    y, t = rng.normal(size=(2, 5, 3))
    y = length * y / np.linalg.norm(y, axis=1, keepdims=True)
    z = torch.tensor(y, requires_grad=True)
    apart = 1.0 - F.cosine_similarity(z, torch.tensor(t), dim=-1)
    expected = apart.mean() if reduction == "mean" else apart.sum()
    expected.backward()
    value, grad = value_and_grad(LOSSES["cosine"].configure(reduction=reduction), y, t)
    assert value == pytest.approx(expected.item(), rel=1e-12)
    assert np.allclose(grad, z.grad.numpy(), rtol=1e-10, atol=1e-14) == (length >= 1e-8)
    assert LOSSES["cosine"].clamp.holds(y, t).all() == (length < 1e-8)


def test_the_multi_class_hinge_of_courses_is_the_mean_of_the_sums():
    """Scores 3.2, 5.1, -1.7 of a cat, 1.3, 4.9, 2.0 of a car, 2.2, 2.5, -3.1 of a frog: CS231n, lecture 3."""
    y = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
    t = one_hot(np.array([0, 1, 2]), 3)
    loss = LOSSES["multi_margin"].configure(reduction="mean_of_sums")
    np.testing.assert_allclose(loss.terms(y, t).sum(axis=1), [2.9, 0.0, 12.9], rtol=1e-12)
    assert value_and_grad(loss, y, t)[0] == pytest.approx(15.8 / 3.0)


def test_a_loss_that_takes_class_numbers_refuses_rows():
    spec = NetworkSpec((LayerSpec(1, 2, ACTIVATIONS["identity"], bias=False),), LOSSES["multi_margin"])
    assert run_pass(spec, [1.0, 0.5], [[2.0]], [0]).loss == pytest.approx(0.0)
    with pytest.raises(SpecError, match="multi_margin takes one class number per sample, no rows of numbers"):
        run_pass(spec, [1.0, 0.5], [[2.0]], [[1.0, 0.0]])


@pytest.mark.parametrize("loss", [loss for loss in EVERY if loss.row_numbers], ids=name)
def test_the_numbers_of_a_whole_row_give_the_terms_and_the_gradient(loss):
    y, t = example(loss, np.random.default_rng(7))
    known = {symbols.A: y, symbols.T: t, symbols.O: y.shape[1], symbols.N: len(y)} | loss.row_values(y, t)
    known |= {each.symbol: np.array(each.numbers)[:, None] for each in loss.weights if each.per == "sample"}
    np.testing.assert_allclose(loss.term.value(known), loss.terms(y, t), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(loss.slope.value(known), loss.grad(y, t), rtol=1e-12, atol=1e-15)


def test_the_focal_loss_begins_with_torchvisions_settings():
    """gamma = 2 and alpha = 0.25; only its reduction is "none" there, and a mean here."""
    assert {name: dict(LOSSES["focal"].settings)[name] for name in ("gamma", "alpha")} == {"gamma": 2.0, "alpha": 0.25}
