import latex2mathml.converter
import numpy as np
import pytest
import torch

from mlpviz.engine.expressions import Symbol
from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.optimizers.optimizer import THETA
from mlpviz.engine.regularization import CLIPPINGS, PENALTIES, gradient_norm
from tests.support.code_lines import run_line

VARIED_PENALTIES = [
    *PENALTIES.values(),
    PENALTIES["l1"].configure(strength=0.3),
    PENALTIES["l2"].configure(strength=0.3),
    PENALTIES["elastic_net"].configure(strength=0.3, l1_ratio=0.2),
    PENALTIES["elastic_net"].configure(strength=0.3, l1_ratio=1.0),
    *(entry.configure(strength=strength) for entry in PENALTIES.values() for strength in (1 / 3, 1e-7, 0.1 + 0.2)),
    PENALTIES["elastic_net"].configure(strength=0.1 + 0.2, l1_ratio=1 / 3),
    PENALTIES["elastic_net"].configure(strength=np.linspace(0, 1, 12)),
]
penalties = pytest.mark.parametrize("penalty", VARIED_PENALTIES, ids=lambda penalty: penalty.key)


@penalties
def test_value_and_gradient_are_torchs(penalty):
    params = np.random.default_rng(0).normal(size=12)
    params[3] = 0.0
    theta = torch.tensor(params, requires_grad=True)
    if isinstance(penalty.settings["strength"], np.ndarray):
        s, r = torch.tensor(penalty.settings["strength"]), penalty.settings["l1_ratio"]
        loss = (s * (r * theta.abs() + 0.5 * (1 - r) * theta**2)).sum()
    else:
        loss = run_line(f"loss = {penalty.formula.torch()}", theta=theta, **penalty.settings)["loss"]
        lines = f"R = {penalty.formula.numpy()}\nslope = {penalty.derivative.numpy()}"
        found = run_line(lines, theta=params, **penalty.settings)
        np.testing.assert_allclose(found["R"], penalty.value(params), rtol=1e-12)
        np.testing.assert_allclose(found["slope"], penalty.grad(params), rtol=1e-12)
        numbers = {Symbol(each.symbol, each.name): penalty.settings[each.name] for each in penalty.hyperparameters}
        assert penalty.formula.value({THETA: params, **numbers}) == pytest.approx(penalty.value(params), rel=1e-12)
    loss.backward()
    np.testing.assert_allclose(penalty.value(params), loss.item(), rtol=1e-12)
    np.testing.assert_allclose(penalty.grad(params), theta.grad.numpy(), rtol=1e-12)


@penalties
def test_the_gradient_is_the_central_difference(penalty):
    params = np.random.default_rng(1).normal(size=12)
    moves = 1e-6 * np.eye(12)
    difference = (penalty.value(params + moves) - penalty.value(params - moves)) / 2e-6  # leading axes
    np.testing.assert_allclose(penalty.grad(params), difference, rtol=1e-7, atol=1e-9)


@penalties
def test_words_and_formulas(penalty):
    assert penalty.sentence.endswith(".")
    latex2mathml.converter.convert(penalty.formula.latex())
    latex2mathml.converter.convert(penalty.derivative.latex())


def test_penalties_are_written_as_in_books():
    assert [penalty.formula.latex() for penalty in PENALTIES.values()] == [
        r"\lambda \sum |\theta|",
        r"\frac{\lambda}{2} \sum \theta^2",
        r"\lambda \cdot \left( \rho \sum |\theta| + \frac{1 - \rho}{2} \sum \theta^2 \right)",
    ]
    assert [penalty.derivative.latex() for penalty in PENALTIES.values()] == [
        r"\lambda \cdot \operatorname{sign}(\theta)",
        r"\lambda \cdot \theta",
        r"\lambda \cdot (\rho \cdot \operatorname{sign}(\theta) + (1 - \rho) \cdot \theta)",
    ]
    assert [clipping.formula.latex for clipping in CLIPPINGS.values()] == [
        r"g \leftarrow g \cdot \min(1, \frac{c}{\|g\| + 10^{-6}})",
        r"g \leftarrow \min(\max(-c, g), c)",
    ]


def test_l2_is_coupled_weight_decay_and_not_decoupled():
    params, grad = np.array([1.0, -2.0]), np.array([0.3, 0.1])
    with_penalty = grad + PENALTIES["l2"].grad(params, strength=0.5)
    for key, equal in (("sgd", True), ("adam", True), ("adamw", False)):
        optimizer = OPTIMIZERS[key].configure(weight_decay=0.0)
        one, _ = optimizer.step(params, with_penalty, optimizer.init(params), 1)
        two, _ = optimizer.step(params, grad, optimizer.init(params), 1, weight_decay=0.5)
        assert np.allclose(one, two, rtol=1e-12) == equal


VARIED_CLIPPINGS = [
    *CLIPPINGS.values(),
    *(
        CLIPPINGS["norm"].configure(max_norm=length, norm_type=kind)
        for kind in ("1", "2", "inf")
        for length in (0.5, 99.0)
    ),
    CLIPPINGS["norm"].configure(max_norm=0.0),
    *(CLIPPINGS["norm"].configure(max_norm=length) for length in (1 / 3, 1e-7, 0.1 + 0.2)),
    *(CLIPPINGS["value"].configure(clip_value=size) for size in (1 / 3, 1e-7, 0.1 + 0.2)),
    CLIPPINGS["value"].configure(clip_value=0.25),
]


@pytest.mark.parametrize("clipping", VARIED_CLIPPINGS, ids=lambda clipping: clipping.key)
@pytest.mark.parametrize("size", [0.0, 0.1, 3.0])
def test_clipping_is_torchs(clipping, size):
    grad = size * np.random.default_rng(2).normal(size=12)
    grad.flags.writeable = False
    tensors = [torch.zeros(shape, dtype=torch.float64, requires_grad=True) for shape in ((2, 3), (6,))]
    for tensor, part in zip(tensors, np.split(grad, 2), strict=True):
        tensor.grad = torch.tensor(part.reshape(tensor.shape))
    arguments = dict(clipping.settings)
    if "norm_type" in arguments:
        arguments["norm_type"] = float(arguments["norm_type"])
    returned = getattr(torch.nn.utils, clipping.torch)(tensors, **arguments)
    clipped, norm = clipping.clip(grad)
    np.testing.assert_allclose(clipped, np.concatenate([t.grad.numpy().ravel() for t in tensors]), rtol=1e-12)
    if returned is not None:
        assert norm == pytest.approx(returned.item(), rel=1e-12)
    (numpy_line,), (torch_line,) = (clipping.formula.code(language) for language in ("numpy", "torch"))
    name = clipping.formula.symbol.name
    np.testing.assert_allclose(run_line(numpy_line, **{name: grad}, **arguments)[name], clipped, rtol=1e-12)
    own = run_line(torch_line, **{name: torch.tensor(grad)}, **arguments)[name]
    np.testing.assert_allclose(own.numpy(), clipped, rtol=1e-12)
    latex2mathml.converter.convert(clipping.formula.latex)


@pytest.mark.parametrize("clipping", VARIED_CLIPPINGS, ids=lambda clipping: clipping.key)
def test_each_network_is_clipped_by_itself(clipping):
    grads = np.random.default_rng(3).normal(size=(2, 3, 12)).astype(np.float32)
    clipped, norms = clipping.clip(grads)
    assert clipped.dtype == np.float32
    assert norms.shape == (2, 3)
    for index in np.ndindex(2, 3):
        alone, norm = clipping.clip(grads[index])
        np.testing.assert_allclose(clipped[index], alone, rtol=1e-6)
        assert norms[index] == pytest.approx(norm, rel=1e-6)


def test_norms():
    grad = np.array([3.0, -4.0])
    assert [float(gradient_norm(grad, kind)) for kind in ("2", "1", "inf")] == [5.0, 7.0, 4.0]


def test_every_hyperparameter_is_varied_here():
    for registry, varied in ((PENALTIES, VARIED_PENALTIES), (CLIPPINGS, VARIED_CLIPPINGS)):
        for entry in registry.values():
            for each in entry.hyperparameters:
                values = [configured.settings[each.name] for configured in varied if configured.key == entry.key]
                assert any(not np.array_equal(value, each.default) for value in values), (entry.key, each.name)


def test_bad_hyperparameters():
    with pytest.raises(HyperparameterError, match="max_norm is -1, expected a number from 0 up"):
        CLIPPINGS["norm"].configure(max_norm=-1)
    with pytest.raises(HyperparameterError, match="l1_ratio is 2, expected a number from 0 to 1"):
        PENALTIES["elastic_net"].configure(l1_ratio=2)
