"""Which initializers and activations the map of gradient flow has, in its order."""

INITIALIZERS_SHOWN = (
    "torch_linear", "normal", "xavier_uniform", "xavier_normal", "kaiming_uniform", "kaiming_normal", "lecun_normal",
    "orthogonal",
)  # fmt: skip
ACTIVATIONS_SHOWN = (
    "identity", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "tanh", "sigmoid", "softsign", "softplus",
    "hardtanh",
)  # fmt: skip
