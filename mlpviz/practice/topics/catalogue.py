"""The topics: what can be practised, from one neuron to a whole step of learning, at three levels each."""

from __future__ import annotations

from mlpviz.engine.registry import Registry
from mlpviz.practice.topics.dense import DenseRecipe
from mlpviz.practice.topics.special import AdamRecipe, BatchNormRecipe, MomentumRecipe, SoftmaxRecipe
from mlpviz.practice.topics.topic import Bounds, Draw, Topic, TopicLevel

EASY = Bounds(forward=20.0, backward=20.0, loss=20.0, update=30.0)
MIDDLE = Bounds(forward=40.0, backward=40.0, loss=100.0, update=50.0)
HARD = Bounds(forward=99.0, backward=99.0, loss=400.0, update=99.0)
_BY_LEVEL = (EASY, MIDDLE, HARD)
_SEVEN = (3, 3, 2, 3, 2, 2, 2, 1)
_LEAKY = {"key": "leaky_relu", "slope": 0.5}


def _levels(
    asks: tuple[str, ...], *drawn: Draw, gated: str = "", bounds: tuple[Bounds, ...] = _BY_LEVEL
) -> tuple[TopicLevel, TopicLevel, TopicLevel]:
    """Three levels that ask for the same; `gated` are the numbers of those with open and closed gates."""
    first, second, third = (
        TopicLevel(asks, draw, bounds[number], is_gated=str(number + 1) in gated) for number, draw in enumerate(drawn)
    )
    return first, second, third


_ADAM = Bounds(forward=30.0, backward=40.0, loss=50.0, update=5000.0, decimals=6)
_SOFTMAX = Bounds(forward=60.0, loss=60.0, backward=20.0, update=60.0, decimals=4,
                  free=("z", "a", "loss_term", "loss", "new_bias"))  # fmt: skip
_NORM = Bounds(forward=40.0, loss=200.0, backward=40.0, update=60.0, decimals=6)

TOPICS: Registry[Topic] = Registry(
    "topic",
    (
        Topic(
            "one_neuron", "one neuron", "Products, their sum, the bias, and ReLU.",
            "Compute z and a of this neuron.",
            _levels(
                ("z", "a"), DenseRecipe((1, 1), bias=True, last="relu"), DenseRecipe((3, 1), bias=True, last="relu"),
                DenseRecipe((3, 1), samples=3, bias=True, last="relu", inputs=(-4, 4)), gated="3",
            ),
        ),
        Topic(
            "layer", "a layer as a matrix", "Each row of W has the weights of one unit.", "Compute z of every unit.",
            _levels(
                ("z",), DenseRecipe((2, 2)), DenseRecipe((3, 3), bias=True),
                DenseRecipe((3, 3), samples=2, bias=True, inputs=(-4, 4)),
            ),
        ),
        Topic(
            "relu", "ReLU and what it closes", "Which units pass something on, and which are closed.",
            "Compute z and a: which gates are closed?",
            _levels(
                ("z", "a"), DenseRecipe((2, 3), last="relu"), DenseRecipe((3, 4), samples=2, last="relu", bias=True),
                DenseRecipe((2, 3, 3), samples=2, last="relu", inputs=(-4, 4)), gated="123",
            ),
        ),
        Topic(
            "forward", "the forward pass", "From the inputs to the outputs, layer by layer.",
            "Compute the forward pass, down to the outputs.",
            _levels(
                ("forward",), DenseRecipe((2, 2, 1)), DenseRecipe((3, 3, 2, 1), samples=2, weight=2),
                DenseRecipe(_SEVEN, samples=2, weight=1, inputs=(1, 5)), gated="123",
            ),
        ),
        Topic(
            "loss", "what a loss is", "The terms of the squared error, and their mean.",
            "Compute the terms of L, and L.",
            _levels(("loss",), DenseRecipe((2, 1)), DenseRecipe((2, 2), steps=3), DenseRecipe((2, 2), samples=2)),
        ),
        Topic(
            "loss_gradient", "the gradient of the loss", "How L changes with each output, and with its z.",
            "Compute ∂L/∂a and ∂L/∂z of the last layer.",
            _levels(
                ("grad_a", "grad_z"), DenseRecipe((2, 2), last="relu"), DenseRecipe((2, 3), samples=1, last="relu"),
                DenseRecipe((2, 3), samples=2, last="relu", inputs=(-4, 4)), gated="123",
            ),
        ),
        Topic(
            "chain_rule", "the chain rule in one path", "One unit after the other: every factor of the chain.",
            "Compute the backward pass, from the loss back to x. The slope below 0 is ½.",
            _levels(
                ("backward",), DenseRecipe((1, 1, 1), hidden=_LEAKY), DenseRecipe((1, 1, 1, 1), hidden=_LEAKY),
                DenseRecipe((1, 1, 1, 1, 1), hidden=_LEAKY, samples=2, inputs=(-4, 4)), gated="23",
            ),
        ),
        Topic(
            "many_paths", "many paths", "A unit that feeds several others collects a gradient from each.",
            "Compute ∂L/∂a and ∂L/∂z of the hidden units.",
            (
                TopicLevel(("grad_a.1", "grad_z.1"), DenseRecipe((2, 2, 2)), EASY, is_gated=True),
                TopicLevel(("grad_a.1", "grad_z.1"), DenseRecipe((2, 3, 3)), MIDDLE, is_gated=True),
                TopicLevel(("grad_a.1", "grad_z.1", "grad_a.2", "grad_z.2"),
                           DenseRecipe((2, 3, 3, 2), samples=2, weight=2), HARD, is_gated=True),
            ),
        ),
        Topic(
            "weight_gradient", "gradients of weights", "What came in times ∂L/∂z, added up over the samples.",
            "Compute ∂L/∂W and ∂L/∂b.",
            _levels(
                ("grad_weight", "grad_bias"), DenseRecipe((2, 2), bias=True, inputs=(2, 4)),
                DenseRecipe((2, 2), samples=2, bias=True), DenseRecipe((3, 3, 2), samples=2, bias=True, weight=2),
                gated="3",
            ),
        ),
        Topic(
            "backward", "the backward pass", "From the loss back to every weight.", "Compute the backward pass.",
            _levels(
                ("backward",), DenseRecipe((2, 2, 1)), DenseRecipe((3, 3, 2, 1), samples=2, weight=2),
                DenseRecipe(_SEVEN, samples=2, weight=1, inputs=(1, 5)), gated="123",
            ),
        ),
        Topic(
            "gradient_descent", "one step of gradient descent", "Against the gradient, as far as η says.",
            "Compute the new weights and biases.",
            _levels(
                ("update",), DenseRecipe((2, 1), more={"learning_rate": 0.5}),
                DenseRecipe((2, 2), bias=True, more={"learning_rate": 0.1}),
                DenseRecipe((2, 3, 2), samples=2, bias=True, weight=2, more={"learning_rate": 0.1}), gated="3",
            ),
        ),
        Topic(
            "momentum", "momentum", "The velocity remembers the gradients of earlier steps.",
            "Compute the new velocity, and the new weights.",
            _levels(
                ("update",), MomentumRecipe(DenseRecipe((2, 1), more={"learning_rate": 0.1}), 0.5),
                MomentumRecipe(DenseRecipe((2, 2), bias=True, more={"learning_rate": 0.1}), 0.5),
                MomentumRecipe(DenseRecipe((2, 2, 1), bias=True, weight=2, more={"learning_rate": 0.1}), 0.9),
                gated="3",
            ),
        ),
        Topic(
            "adam", "a step of Adam", "Means of the gradient and of its square, corrected.",
            "Compute m, v and the new numbers. ε is 0.",
            _levels(
                ("update",), AdamRecipe(1), AdamRecipe(2, bias=True), AdamRecipe(3, bias=True, is_second=True),
                bounds=(_ADAM,) * 3,
            ),
        ),
        Topic(
            "softmax", "softmax with cross-entropy", "Probabilities, and the gradient p − t.",
            "Compute the probabilities, ∂L/∂a and ∂L/∂W. The biases are logarithms.",
            _levels(
                ("probabilities", "grad_a", "grad_weight"), SoftmaxRecipe(2, bias=False), SoftmaxRecipe(3),
                SoftmaxRecipe(3, samples=2), bounds=(_SOFTMAX,) * 3,
            ),
        ),
        Topic(
            "batch_norm", "batch norm of three samples", "Mean, variance, ẑ, and how they come back.",
            "Compute the numbers of the norm. ε is 2, so that the root is a whole number.",
            (
                TopicLevel(("forward",), BatchNormRecipe(is_affine=False), _NORM),
                TopicLevel(("forward",), BatchNormRecipe(units=2, activation="relu"), _NORM, is_gated=True),
                TopicLevel(("backward",), BatchNormRecipe(activation="relu"), _NORM, is_gated=True),
            ),
        ),
        Topic(
            "dropout", "dropout", "What is kept is divided by the chance to be kept, forward and backward.",
            "Compute with the mask as it is.",
            (
                TopicLevel(("forward",), DenseRecipe((2, 3, 1), dropout=0.5), MIDDLE, is_gated=True),
                TopicLevel(("backward",), DenseRecipe((2, 3, 1), dropout=0.5), MIDDLE, is_gated=True),
                TopicLevel(("forward", "backward"), DenseRecipe((2, 4, 2), samples=2, dropout=0.5, weight=2), HARD,
                      is_gated=True),
            ),
        ),
        Topic(
            "whole_step", "a whole step of learning", "Both passes, the loss and the update.",
            "Compute every number of this sheet.",
            _levels(
                ("sheet",), DenseRecipe((2, 1), bias=True, more={"learning_rate": 0.5}),
                DenseRecipe((2, 2, 1), bias=True, weight=2), DenseRecipe((2, 3, 2, 1), samples=2, weight=2), gated="23",
            ),
        ),
    ),
)  # fmt: skip
