"""Losses, softmax, the head of a network: every curve and number is PyTorch's, and leads to a sheet with the same."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812  # the name that everybody uses

from mlpviz.exploration.data_files import decoded, traces_of
from mlpviz.exploration.subject import NOTHING
from mlpviz.exploration.view import TablePart
from mlpviz.functions_page import probability
from mlpviz.functions_page.distribution import drawn
from mlpviz.functions_page.heads import HEADS
from mlpviz.functions_page.loss_curves import DRAWN, domain, loss_at, outputs_of, target_of
from mlpviz.functions_page.page import FUNCTIONS, PICTURES
from mlpviz.functions_page.slope_product import factor, products
from mlpviz.functions_page.softmax_picture import jacobian
from mlpviz.verify import torch_reference


def view_of(**given):
    _, values, problems = FUNCTIONS.exploration.resolve(given)
    assert problems == []
    return FUNCTIONS.exploration.make(values, NOTHING)


@pytest.mark.parametrize("key", DRAWN)
def test_the_curve_of_a_loss_is_pytorchs(key):
    loss = DRAWN[key]
    low, high = domain(loss)
    t, other = (1.0, 0.3 * low + 0.7 * high)
    places = np.linspace(low, high, 9)[1:-1] + 0.0123 * (high - low)
    costs, gradients = loss_at(loss, places, other, t)
    for place, cost, gradient in zip(places, costs, gradients, strict=True):
        y = torch.tensor([[place, other][: outputs_of(loss)]], dtype=torch.float64, requires_grad=True)
        found = torch_reference.loss_value(loss, y, torch.tensor(target_of(loss, t)))
        found.backward()
        np.testing.assert_allclose((cost, gradient), (found.item(), y.grad[0, 0].item()), rtol=1e-9, atol=1e-12)


def test_the_corner_of_a_loss_is_found_and_said():
    view = view_of(show="loss", loss="hinge", y=0.5)
    facts = [
        str(said) for part in view.parts if hasattr(part, "facts") for name, said in part.facts if name == "corner"
    ]
    assert facts == ["At the output 1 the gradient goes from −1 to 0; PyTorch takes −1 there."]
    slope = traces_of(view.figures["gradient"])["hinge"]
    assert np.isnan(slope["y"]).sum() == 1
    facts = [str(said) for part in view_of(show="loss", loss="mae", t=-2.0).parts if hasattr(part, "facts")
             for name, said in part.facts if name == "corner"]  # fmt: skip
    assert facts == ["At the output −2 the gradient goes from −1 to 1; PyTorch takes 0 there."]


@pytest.mark.parametrize("temperature", [0.25, 1.0, 7.0])
def test_the_jacobian_of_softmax_is_that_of_autograd(temperature):
    logits = np.array([2.0, -0.5, 0.25, 1.0])
    expected = torch.autograd.functional.jacobian(lambda z: F.softmax(z / temperature, dim=0), torch.tensor(logits))
    np.testing.assert_allclose(jacobian(logits, temperature), expected.numpy(), rtol=1e-12, atol=1e-15)
    names = {f"z{number + 1}": value for number, value in enumerate(logits)}
    view = view_of(show="softmax", k=4, temperature=temperature, **names)
    table = next(part for part in view.parts if isinstance(part, TablePart))
    assert len(table.rows) == 4
    probabilities = F.softmax(torch.tensor(logits) / temperature, dim=0).numpy()
    bars = view.figures["probabilities"].figure.to_dict()["data"][0]["y"]
    np.testing.assert_allclose(decoded(bars), probabilities, rtol=1e-12)


@pytest.mark.parametrize("t", [0.0, 1.0])
def test_both_losses_of_a_probability_are_pytorchs(t):
    z = np.array([-8.0, -1.0, 0.5, 6.0])
    place = torch.tensor(z, requires_grad=True)
    for ours, theirs in (
        (
            probability.cross_entropy,
            lambda y: F.binary_cross_entropy_with_logits(y, torch.full_like(y, t), reduction="none"),
        ),
        (probability.squared, lambda y: (torch.sigmoid(y) - t) ** 2),
    ):
        place.grad = None
        loss = theirs(place)
        loss.sum().backward()
        np.testing.assert_allclose(ours(z, t), (loss.detach().numpy(), place.grad.numpy()), rtol=1e-10)
    text = str(view_of(show="probability", z=-6.0).figures["gradient"].text)
    assert (
        text
        == "The gradient of cross-entropy is −0.998, that of the squared error −0.00492. It is 202.7 times as large."
    )


def test_ten_sigmoids_leave_less_than_a_millionth():
    assert factor("sigmoid", 0.0, 1.0) == 0.25
    assert products(0.25)[10] == 0.25**10 < 1e-6
    view = view_of(show="product", n=10)
    drawn_line = traces_of(view.figures["product"])["sigmoid"]
    np.testing.assert_allclose(drawn_line["y"], 0.25 ** np.arange(51.0))
    assert "after 10 layers 9.54e−7 is left" in str(view.figures["product"].text)
    assert np.isnan(traces_of(view.figures["product"])["ReLU"]["y"][1:]).all()
    assert "ReLU lets nothing" in str(view.figures["product"].text)


def test_a_distribution_is_the_same_for_the_same_seed_and_adds_up():
    assert np.array_equal(drawn(0, 1, 3), drawn(0, 1, 3))
    assert not np.array_equal(drawn(0, 1, 3), drawn(0, 1, 4))
    view = view_of(show="distribution", f="relu")
    for part in view.figures.values():
        np.testing.assert_allclose(decoded(part.figure.to_dict()["data"][0]["y"]).sum(), 1.0)
    table = next(part for part in view.parts if isinstance(part, TablePart))
    z = drawn(0, 1, 0)
    assert table.rows[1][2].digits == repr(float(np.maximum(z, 0).std()))
    assert "keep the mean square forward" in str(table.note)


@pytest.mark.parametrize("key", HEADS)
def test_a_head_has_the_gradient_of_autograd(key):
    head = HEADS[key]
    view = view_of(show="heads", head=key)
    table = next(part for part in view.parts if isinstance(part, TablePart))
    z = torch.tensor([2.0, 0.5, -1.0], dtype=torch.float64, requires_grad=True)
    loss = {
        "classes": lambda: F.cross_entropy(z[None], torch.tensor([0])),
        "labels": lambda: F.binary_cross_entropy_with_logits(z, torch.ones(3, dtype=torch.float64)),
        "regression": lambda: F.mse_loss(z, torch.ones(3, dtype=torch.float64)),
    }[key]()
    loss.backward()
    shown = [float((cell.digits or cell.text).replace("−", "-")) for cell in table.rows[-1][1:]]
    np.testing.assert_allclose(shown, z.grad.numpy(), rtol=1e-12)
    trace = view.loads[0].hand_over().document.trace()
    np.testing.assert_allclose(trace.loss, loss.item())
    np.testing.assert_allclose(trace.layers[0].grad_z[0], z.grad.numpy(), rtol=1e-12)
    assert head.sentence


@pytest.mark.parametrize("key", PICTURES)
def test_the_network_of_a_picture_opens_on_the_sheet(key):
    for load in view_of(show=key).loads:
        hand_over = load.hand_over()
        assert hand_over.to == "sheet"
        assert np.isfinite(hand_over.document.trace().loss)
