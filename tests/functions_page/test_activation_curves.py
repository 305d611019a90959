"""What the Functions page says of activations: the point, ranges, kinks and flat parts; PyTorch is the oracle."""

import numpy as np
import pytest
import torch

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.exploration.data_files import traces_of
from mlpviz.exploration.subject import NOTHING
from mlpviz.functions_page.activation_curves import ELEMENTWISE, range_of
from mlpviz.functions_page.curve import grid
from mlpviz.functions_page.page import FUNCTIONS
from mlpviz.verify import torch_reference

KEYS = [key for key, _ in ELEMENTWISE]


def view_of(**given):
    return FUNCTIONS.exploration.make(FUNCTIONS.exploration.resolve(given)[1], NOTHING)


def by_torch(activation, z):
    """Value and slope by PyTorch's autograd of the registry's own twin."""
    place = torch.tensor(z, dtype=torch.float64, requires_grad=True)
    slope = torch.tensor([sum(activation.alpha_range) / 2], dtype=torch.float64)
    a = torch_reference.activation(activation.torch)(place, slope, slope)
    a.sum().backward()
    return a.detach().numpy(), place.grad.numpy()


@pytest.mark.parametrize("key", KEYS)
def test_the_curves_are_those_of_pytorch(key):
    part = view_of(f=key, z=0.5, reach=4.0).figures
    label = ACTIVATIONS[key].label
    value, slope = traces_of(part["value"])[label], traces_of(part["slope"])[label]
    drawn = ~np.isnan(value["y"])
    a, derivative = by_torch(ACTIVATIONS[key], value["x"])
    np.testing.assert_allclose(value["y"][drawn], a[drawn], atol=1e-9)
    drawn = ~np.isnan(slope["y"])
    np.testing.assert_allclose(slope["y"][drawn], derivative[drawn], atol=1e-6)


@pytest.mark.parametrize(("key", "low", "high"), [
    ("relu", 0, np.inf), ("sigmoid", 0, 1), ("tanh", -1, 1), ("identity", -np.inf, np.inf), ("elu", -1, np.inf),
    ("relu6", 0, 6), ("softsign", -1, 1), ("logsigmoid", -np.inf, 0), ("gaussian", 0, 1), ("step", 0, 1),
])  # fmt: skip
def test_the_range_is_known(key, low, high):
    np.testing.assert_allclose(range_of(ACTIVATIONS[key]), (low, high), atol=2e-4)


def test_the_smallest_value_of_silu_is_that_of_its_minimum():
    low, high = range_of(ACTIVATIONS["silu"])
    assert high == np.inf
    assert abs(low + 0.2784645428) < 1e-6


def test_a_kink_says_what_pytorch_takes_there():
    facts = [str(said) for part in view_of(f="relu6").parts if hasattr(part, "facts") for _, said in part.facts]
    assert "At z = 0 the slope goes from 0 to 1; PyTorch takes 0 there." in facts
    assert "At z = 6 the slope goes from 1 to 0; PyTorch takes 0 there." in facts
    assert "Slope below 0.01: up to z = 0 and from z = 6 on." in facts


def test_the_point_has_the_numbers_of_the_function_with_its_settings():
    part = view_of(f="leaky_relu", **{"f.slope": 0.2}, z=-2.0).figures["value"]
    assert str(part.text).startswith("At z = −2 leaky ReLU gives a = −0.4 with slope 0.2.")


def test_a_jump_is_no_line():
    z = grid(-1, 1, (0.0,))
    assert {0.0} < set(z.tolist())
    slope = traces_of(view_of(f="relu", reach=1.0).figures["slope"])["ReLU"]
    assert np.isnan(slope["y"][slope["x"] == 0.0]).all()
    assert set(slope["y"][~np.isnan(slope["y"])]) == {0.0, 1.0}
