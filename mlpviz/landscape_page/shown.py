"""What the Loss landscape page offers of the registries, and begins with."""

PLAIN = "sgd"
MOMENTUM, NESTEROV = "sgd_momentum", "sgd_nesterov"
"""SGD is offered in three forms."""

FOUR = (PLAIN, MOMENTUM, "adam", "rmsprop")
TWO = (PLAIN, "adam")
ONE = ("adam",)

HIDDEN = ("tanh", "relu", "sigmoid", "gelu")
"""Activations of the network that learns two moons."""

STARTS = ("xavier_uniform", "kaiming_uniform", "torch_linear", "normal", "zeros")
"""Initializers from which many starts are drawn."""
