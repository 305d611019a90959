"""A network of one's own: every loss with every way to begin, and each error at its field."""

import pytest

from mlpviz.engine import LOSSES
from mlpviz.network import DocumentError
from mlpviz.network.new_network import INTEGERS, STARTS, ZEROS, new_network

PLAIN = {
    "widths": "2-3-2",
    "activations": ["relu", "identity"],
    "biases": True,
    "loss": "mse",
    "start": INTEGERS,
    "seed": "0",
    "samples": "2",
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("widths", ["2-3-2", "3 4 4 1", "1, 2"])
def test_every_loss_and_every_start_gives_a_network(loss, widths):
    last = (LOSSES[loss].last_activations or ("identity",))[0]
    hidden = ["relu"] * (len(widths.replace(",", "").replace("-", " ").split()) - 2)
    for start, _ in STARTS:
        made = {"widths": widths, "activations": [*hidden, last], "loss": loss, "start": start}
        document = new_network(**PLAIN | made)
        assert document.samples == 2
        assert document.layers[0].bias is not None


def test_small_integers_are_small_and_every_layer_has_a_gradient():
    for seed in range(20):
        document = new_network(
            **PLAIN | {"widths": "2-3-3-2", "activations": ["relu"] * 2 + ["identity"], "seed": str(seed)}
        )
        numbers = {number for layer in document.layers for row in (*layer.weight, layer.bias) for number in row}
        assert numbers <= {-2, -1, 0, 1, 2}
        assert all(layer.grad_weight.any() for layer in document.trace().layers)
        after = document.replace(learning_rate=document.learning_rate).next_step
        assert after.new_params.size == document.spec.size


def test_the_same_seed_draws_the_same_network_and_zeros_are_zeros():
    drawn = [new_network(**PLAIN | {"start": "xavier_uniform", "seed": seed}) for seed in ("7", "7", "8")]
    assert drawn[0] == drawn[1] != drawn[2]
    zeros = new_network(**PLAIN | {"start": ZEROS, "biases": False})
    assert not zeros.params.any()
    assert zeros.layers[0].bias is None


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("widths", {"widths": "2"}, "such as 2-3-2"),
        ("widths", {"widths": "2-b-2"}, "such as 2-3-2"),
        ("widths", {"widths": "2-0-2"}, "from 1 to 1,024"),
        ("widths", {"widths": "2-999999999999999-2"}, "from 1 to 1,024"),
        ("widths", {"widths": "900-900-2"}, "at most 250,000 are allowed"),
        ("widths", {"widths": "-".join(["2"] * 40)}, "at most 32 are allowed"),
        ("activations", {"activations": ["relu"]}, "one for each of 2 layers"),
        ("loss", {"loss": "nothing"}, "choose one from the list"),
        ("start", {"start": "nothing"}, "choose one from the list"),
        ("seed", {"seed": "-1"}, "a whole number from 0 to"),
        ("samples", {"samples": "65"}, "a whole number from 1 to 64"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(field, given, said):
    with pytest.raises(DocumentError) as error:
        new_network(**PLAIN | given)
    assert error.value.path[0] == field
    assert said in str(error.value.problem)
