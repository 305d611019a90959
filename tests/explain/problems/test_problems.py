"""One network per cause, made for it; each has a fix that mends it, and healthy networks raise no alarm."""

import json
from typing import Any

import numpy as np
import pytest

from mlpviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, initial_parameters
from mlpviz.examples.networks import PRESETS
from mlpviz.explain.problems import PROBLEMS, problems_card
from mlpviz.network import Document, edits
from mlpviz.sheet.blocks import blocks_of, shape_of
from mlpviz.sheet.cell import selected_cell
from mlpviz.sheet.rules import rule_of
from mlpviz.sheet.steps import steps_of
from mlpviz.verify.report import check
from tests.support.random_networks import chain

SEVEN = PRESETS["seven_layers"].document.replace(learning_rate=0.01)
"""with the rate at which its first update goes too far"""


def document(
    weights: list[list[list[float]]],
    activations: list[str],
    x: list[list[float]],
    target: list[Any],
    biases: list[list[float]] | None = None,
    rate: float = 1e-4,
    loss: str | dict[str, Any] = "mse",
) -> Document:
    layers = [
        {"weight": weight, "bias": None if biases is None else biases[i], "activation": activations[i]}
        for i, weight in enumerate(weights)
    ]
    made = {"version": 1, "name": "", "layers": layers, "x": x, "target": target, "loss": loss, "learning_rate": rate}
    return Document.parse(json.dumps(made))


CASES = {
    "dead": [
        document([[[-1, -1], [-2, 0]], [[1, 1]]], ["relu", "identity"], [[1, 2], [3, 1]], [[1], [2]]),
        document([[[1, 0], [0, 1]], [[1, 1]]], ["relu", "identity"], [[1, 2], [3, 1]], [[1], [2]], [[-9, -9], [0]]),
        document([[[9, 9]], [[1]]], ["hardtanh", "identity"], [[1, 2], [3, 1]], [[5], [2]]),
    ],
    "saturated": [
        document([[[40, 3], [-20, 30]], [[1, 1]]], ["tanh", "identity"], [[1, 2], [3, 1]], [[5], [-2]]),
        document([[[1, 1]], [[1]]], ["sigmoid", "identity"], [[1, 2], [3, 1]], [[5], [-2]], [[-30], [0]]),
        document([[[9, 9]]], ["sigmoid"], [[1, 2], [3, 1]], [[0], [0]]),
        # flat at 0: a small z closes it, and no factor moves a z of 0
        document([[[1e-3, 2e-3]], [[1]]], ["tanhshrink", "identity"], [[1, 2], [3, 1]], [[5], [-2]]),
        document([[[0, 0]], [[1]]], ["tanhshrink", "identity"], [[1, 2], [3, 1]], [[5], [-2]]),
    ],
    "exploding": [
        document([[[30, 10], [5, 40]]] * 4, ["identity"] * 4, [[1, 2]], [[1, 1]], rate=1e-30),
        document([[[1e5, 1], [1, 1]], [[1, 1]]], ["relu", "identity"], [[1, 2]], [[1]], rate=1e-30),
    ],
    "not_finite": [
        document([[[1e200, 1], [1, 1]], [[1e200, 1]]], ["relu", "identity"], [[1, 2]], [[1]]),
        document([[[1, 1]]], ["identity"], [[1e200, 2]], [[1]]),
        document([[[1, 1], [2, 1]], [[1e160, 1]]], ["tanh", "identity"], [[1, 2]], [[1]]),
    ],
    "symmetric": [
        document([[[0.5, 0.5]] * 3, [[0.3] * 3]], ["tanh", "identity"], [[1, 2], [0, 1]], [[1], [0]]),
        document([[[0, 0]] * 2, [[0, 0]]], ["tanh", "identity"], [[1, 2], [0, 1]], [[1], [0]], [[0, 0], [0]]),
    ],
    "loss_misfit": [
        document([[[1, 2], [0, 1]]], [last], [[1, 2], [0.1, 0.2]], [[1, 0], [0, 1]], loss=loss, rate=1e-6)
        for loss in LOSSES
        for last in (
            "identity",
            "relu",
            "tanh",
            "sigmoid",
            "softmax",
            "log_softmax",
            "leaky_relu",
            "logsigmoid",
            "silu",
        )
        if not LOSSES[loss].suits(last)
    ],
    "neither_side": [
        document([[[1, 1]]], ["identity"], [[1, 2], [0.1, 0.2]], [[1], [0]], loss="hinge"),
        document([[[1], [2]]], ["tanh"], [[1], [0.1]], [[0.5, -1], [0, 0]], loss="hinge"),
    ],
    "too_large": [
        SEVEN,
        document([[[1]]], ["identity"], [[3]], [[1]], rate=0.2),
        document([[[2, 1], [1, -1]], [[1, 1]]], ["tanh", "identity"], [[1, 2], [3, 1]], [[4], [-3]], rate=30.0),
    ],
}


def keys(one: Document) -> list[str]:
    return [finding["key"] for finding in problems_card(one)]


def sheet_of(one: Document):
    blocks = blocks_of(one.spec, shape_of(one))
    return blocks, {key: rule_of(block, one.spec, shape_of(one)) for key, block in blocks.items()}


def test_every_problem_has_a_case() -> None:
    assert CASES.keys() == set(PROBLEMS)


@pytest.mark.parametrize(("key", "one"), [(key, one) for key, cases in CASES.items() for one in cases])
def test_each_cause_is_named_located_and_mended(key: str, one: Document) -> None:
    finding = next(found for found in problems_card(one) if found["key"] == key)
    assert finding["label"] == PROBLEMS[key].label
    assert str(finding["sentence"]).endswith(".")
    assert not str(finding["detail"]) or str(finding["detail"]).endswith(".")
    order = [step.block for step in steps_of(*sheet_of(one), "unit")]
    shown, place = finding["after"], ".".join(finding["place"].split()[:2])
    assert shown in order
    # no sentence speaks of a number that is not on the sheet yet
    assert place not in order or order.index(shown) >= order.index(place)
    assert finding["place"].startswith("loss ") or selected_cell(one, finding["place"]) is not None
    if key in ("exploding", "not_finite"):
        # where every layer has its part in it, each takes one edit
        for _ in one.layers:
            remedies = [found["remedy"] for found in problems_card(one) if found["key"] == key]
            one = edits.apply(one, remedies[0]["event"]).document if remedies else one
        assert key not in keys(one), problems_card(one)
    else:
        mended = edits.apply(one, finding["remedy"]["event"]).document
        assert key not in keys(mended), problems_card(mended)


@pytest.mark.parametrize("loss", ["cross_entropy", "bce_with_logits", "focal"])
@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("relu", "but ReLU gives none below 0, and where it gives 0 no gradient passes."),
        ("tanh", "but tanh gives only numbers from −1 to 1, so p stays away from 0 and 1."),
        ("gelu", "but GELU gives none below −0.17, and where it is flat no gradient passes."),
        ("leaky_relu", "takes z as it is computed, but layer 1 applies leaky ReLU first."),
    ],
)
def test_a_loss_on_logits_says_which_numbers_never_come(loss: str, last: str, told: str) -> None:
    one = document([[[1, 2], [0, 1]]], [last], [[1, 2]], [[1, 0]], loss=loss, rate=1e-6)
    said = next(str(found["sentence"]) for found in problems_card(one) if found["key"] == "loss_misfit")
    assert said.endswith(told)


@pytest.mark.parametrize(
    ("loss", "last", "told"),
    [
        ("cross_entropy", "log_softmax", "gives these probabilities again, so the layer changes nothing."),
        ("bce_with_logits", "log_softmax", "but log-softmax gives none above 0, so p is never above 1/2."),
        ("bce", "identity", "but layer 1 can give numbers below 0 and above 1: there a or 1 − a has no logarithm, "
                            "and PyTorch stops with an error."),
        ("bce", "tanh", "can give numbers below 0: there a or 1 − a has no logarithm, and PyTorch stops with an "
                        "error."),
        ("bce", "log_softmax", "these are 0 or less, and have no logarithm themselves."),
        ("cross_entropy_probs", "relu", "as one distribution, but those of layer 1 need not add up to 1."),
        ("cross_entropy_probs", "tanh", "need not add up to 1, and below 0 they have no logarithm."),
    ],
)  # fmt: skip
def test_a_loss_behind_any_other_activation_is_shown_with_a_warning(loss: str, last: str, told: str) -> None:
    one = document([[[1, 2], [0, 1]]], [last], [[1, -2]], [[1, 0]], loss=loss, rate=1e-6)
    said = next(str(found["sentence"]) for found in problems_card(one) if found["key"] == "loss_misfit")
    assert said.endswith(told)
    assert check(one.trace()).ok


def test_cross_entropy_takes_log_softmax_for_what_it_is() -> None:
    """Its softmax gives the same probabilities: loss and ∂L/∂z are those without the layer."""
    one, other = (
        document([[[1, 2], [0, 1]]], [last], [[1, -2]], [[1, 0]], loss="cross_entropy").trace()
        for last in ("log_softmax", "identity")
    )
    np.testing.assert_allclose(one.loss, other.loss, rtol=1e-14)
    np.testing.assert_allclose(one.layers[0].grad_z, other.layers[0].grad_z, rtol=1e-14)


@pytest.mark.parametrize("last", [key for key, each in ACTIVATIONS.items() if each.elementwise])
def test_outputs_from_0_to_1_are_right_for_binary_cross_entropy(last: str) -> None:
    """No warning where an activation gives nothing else."""
    one = document([[[1, 2], [0, 1]]], [last], [[1, -2]], [[1, 0]], loss="bce", rate=1e-6)
    a = ACTIVATIONS[last].value(np.linspace(-50.0, 50.0, 10_001))
    assert ("loss_misfit" in keys(one)) == bool(a.min() < 0.0 or a.max() > 1.0)


@pytest.mark.parametrize("loss", ["nll", "kl_div"])
@pytest.mark.parametrize(
    ("last", "told"),
    [("softmax", "layer 1 gives the probabilities themselves."), ("identity", "need not add up to 1.")],
)
def test_a_loss_that_reads_logarithms_says_what_it_gets(loss: str, last: str, told: str) -> None:
    one = document([[[1, 2], [0, 1]]], [last], [[1, 2]], [[1, 0]], loss=loss, rate=1e-6)
    said = next(str(found["sentence"]) for found in problems_card(one) if found["key"] == "loss_misfit")
    assert "takes the outputs as logarithms of probabilities, but" in said
    assert said.endswith(told)


@pytest.mark.parametrize("key", PRESETS)
def test_the_examples_raise_no_false_alarm(key: str) -> None:
    one = PRESETS[key].document
    rises = edits.apply(one, {"type": "update"}).document.trace().loss > one.trace().loss
    assert not rises
    assert keys(one) == []


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu", "softplus"])
@pytest.mark.parametrize("seed", range(8))
def test_networks_that_begin_well_raise_no_alarm(activation: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    spec = chain((4, 8, 8, 2), (activation, activation, "identity"))
    params = initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng)
    layers = spec.views(params)
    one = document(
        [layer.weight.tolist() for layer in layers],
        [activation, activation, "identity"],
        rng.normal(size=(6, 4)).tolist(),
        rng.normal(size=(6, 2)).tolist(),
        [np.asarray(layer.bias).tolist() for layer in layers],
        rate=0.01,
    )
    for _ in range(5):
        assert keys(one) == []
        one = edits.apply(one, {"type": "update", "times": 5}).document


def test_a_step_that_kills_is_foretold_and_the_death_is_found() -> None:
    (finding,) = problems_card(SEVEN)
    assert finding["key"] == "too_large"
    assert "from 4 to 202" in str(finding["sentence"])
    assert finding["remedy"] == {"label": "Set η to 4e−4", "event": {"type": "set_learning_rate", "value": 4e-4}}
    after = edits.apply(SEVEN, {"type": "update"}).document
    (found,) = problems_card(after)
    assert found["key"] == "dead"
    assert str(found["sentence"]).startswith("Layer 4 is dead: a small change of what comes in changes nothing")
    assert str(found["detail"]).startswith("The slope of ReLU is 0 everywhere here: z runs from ")
    assert edits.apply(after, found["remedy"]["event"]).document.trace().grad.any()


def test_the_largest_stable_step_of_a_parabola_is_exact() -> None:
    # L = (3w - 1)²: curvature 18, so steps below 2 / 18 go down
    (one, rate) = (CASES["too_large"][1], 2 / 18)
    (finding,) = problems_card(one)
    assert "g·Hg / g·g = 18:" in str(finding["detail"])
    assert f"up to η = {rate:.3f}" in str(finding["detail"])
    for value, expected in ((rate * 0.999, []), (rate * 1.001, ["too_large"])):
        assert keys(edits.apply(one, {"type": "set_learning_rate", "value": value}).document) == expected


def test_alike_units_stay_alike_until_they_are_drawn_anew() -> None:
    one = CASES["symmetric"][0]
    learned = edits.apply(one, {"type": "set_learning_rate", "value": 0.05}).document
    for _ in range(3):
        learned = edits.apply(learned, {"type": "update", "times": 5}).document
        assert len(set(learned.layers[0].weight)) == 1
    (finding,) = problems_card(learned)
    drawn = edits.apply(learned, finding["remedy"]["event"]).document
    assert len(set(drawn.layers[0].weight)) == 3


def test_a_layer_that_is_equal_on_one_side_only_is_no_symmetry() -> None:
    one = document([[[0.5, 0.5]] * 2, [[0.3, 0.4]]], ["tanh", "identity"], [[1, 2]], [[1]])
    assert keys(one) == []


ZEROS = document(
    [[[0, 0], [0, 0]], [[0, 0]]],
    ["relu", "sigmoid"],
    [[1, 2], [-1, 1]],
    [[1], [0]],
    [[0, 0], [0]],
    rate=0.1,
    loss="bce",
)


def test_a_cure_of_a_dead_layer_lets_updates_reach_its_weights() -> None:
    findings = {finding["key"]: finding for finding in problems_card(ZEROS)}
    # leaky ReLU alone would end the finding, and 100 updates would change no weight
    leaky = edits.set_activation(ZEROS, 1, "leaky_relu").document
    assert edits.apply(leaky, {"type": "update", "times": 100}).document.layers[0].weight == ZEROS.layers[0].weight
    assert findings["dead"]["remedy"]["label"] == "Draw W of layer 1 at random"
    for finding in findings.values():
        cured = edits.apply(ZEROS, finding["remedy"]["event"]).document
        learned = edits.apply(cured, {"type": "update", "times": 2}).document
        assert learned.layers[0].weight != cured.layers[0].weight


def test_a_cure_that_changes_nothing_is_not_offered() -> None:
    # no input, so no weight of layer 1 ever gets a gradient
    still = document([[[0, 0]], [[1]]], ["relu", "identity"], [[0, 0]], [[1]])
    (dead,) = [finding for finding in problems_card(still) if finding["key"] == "dead"]
    assert dead["remedy"] is None


@pytest.mark.parametrize("activation", ["relu", "hardsigmoid", "hardtanh"])
def test_a_layer_without_slopes_is_no_problem_where_every_output_is_right(activation: str) -> None:
    end = float(ACTIVATIONS[activation].value(np.array([-9.0]))[0])
    assert keys(document([[[-9.0]]], [activation], [[1]], [[end]])) == []
    assert keys(document([[[-9.0]]], [activation], [[1]], [[end + 1.0]])) == ["dead"]


def test_a_step_that_is_slightly_too_large_shows_digits_that_differ() -> None:
    one = document([[[10]]], ["identity"], [[1]], [[0]], rate=1.0 + 1e-7)
    (finding,) = [finding for finding in problems_card(one) if finding["key"] == "too_large"]
    assert "takes the loss from 100 to 100.00004, though" in str(finding["sentence"])


@pytest.mark.parametrize(
    ("one", "said", "label"),
    [
        (
            document([[[1, 0, 0], [0, 1, 0], [0, 0, 1]]], ["softmax"], [[0, 0, 1000]], [0], loss="cross_entropy_probs"),
            "The loss term of output 1 is ∞: ln 0 is −∞.",
            "Use cross-entropy (logits), which needs no probability",
        ),
        (
            document(
                [[[1]]], ["identity"], [[-3]], [[2]], loss={"key": "poisson_nll", "log_input": False, "eps": 1e-9}
            ),
            "The loss term of output 1 is NaN: ln (−3.00) does not exist: only positive numbers have a logarithm.",
            "Let the output be the logarithm of the expected count",
        ),
        (
            document([[[1]]], ["identity"], [[800]], [[2]], loss="poisson_nll"),
            "The loss term of output 1 is ∞: e to the power of 800 is more than a number can hold, 1.8e308.",
            "Divide all inputs by 800",
        ),
        (
            document([[[1]]], ["log_softmax"], [[1]], [[800]], loss={"key": "kl_div", "log_target": True}),
            "The loss term of output 1 is ∞: e to the power of 800 is more than a number can hold, 1.8e308.",
            None,
        ),
        (
            document([[[1], [1]]], ["identity"], [[1]], [0], loss={"key": "cross_entropy", "weight": [0, 1]}),
            "The loss is NaN: 0 / 0 has no value.",
            None,
        ),
    ],
    ids=["ln 0", "ln of −3", "exp", "exp of a target", "0/0"],
)
def test_infinity_is_named_by_its_operation_and_cured_by_what_ends_it(
    one: Document, said: str, label: str | None
) -> None:
    finding = problems_card(one)[0]
    assert (str(finding["sentence"]), finding["remedy"] and finding["remedy"]["label"]) == (said, label)
    if label:
        assert "not_finite" not in keys(edits.apply(one, finding["remedy"]["event"]).document)


@pytest.mark.parametrize(
    ("activation", "x", "told"),
    [
        ("tanh", [[50]], "Layer 1 is saturated: what tanh reads is so far above 0"),
        ("celu", [[-900]], "Layer 1 is saturated: what CELU reads is so far below 0"),
        ("tanh", [[50], [-50]], "Layer 1 is saturated: what tanh reads is so far from 0"),
        ("gaussian", [[-900]], "Layer 1 is saturated: what Gaussian reads is so far below 0"),
        ("gaussian", [[1e-9]], "Layer 1 is closed: what Gaussian reads is so near 0"),
        ("tanhshrink", [[1e-9]], "Layer 1 is closed: what tanh shrink reads is so near 0"),
    ],
)
def test_a_flat_layer_says_where_it_reads(activation: str, x: list[list[float]], told: str) -> None:
    one = document([[[1]], [[1]]], [activation, "identity"], x, [[9]] * len(x))
    found = next(found for found in problems_card(one) if found["key"] == "saturated")
    assert str(found["sentence"]).startswith(f"{told} that its curve is flat there")
    both = "in both samples" in str(found["sentence"])
    assert both == (len(x) == 2)
