"""The settings of the Gradient flow page, and the network that they describe."""

from __future__ import annotations

from collections.abc import Iterator

from mlpviz.data import DATASETS
from mlpviz.engine import ACTIVATIONS, INITIALIZERS, NORMS
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting, SwitchSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import Values
from mlpviz.gradient_flow.deep_network import DATA, NOISE, SCALED_NORMAL, FlowSettings
from mlpviz.gradient_flow.maps import SIGMAS
from mlpviz.gradient_flow.shown import ACTIVATIONS_SHOWN, INITIALIZERS_SHOWN

BY_INITIALIZER, BY_DEPTH = "initializer", "depth"
MAPS = ((BY_INITIALIZER, "initializer × activation"), (BY_DEPTH, "σ_w × depth"))

_SCALED = "normal, σ_w/√inputs"


def _ordered(shown: tuple[str, ...], every: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the map first, in its order: a place on its axis is the number of the option."""
    return (*shown, *(key for key in every if key not in shown))


ALL_ACTIVATIONS = tuple((key, ACTIVATIONS[key].label) for key in _ordered(ACTIVATIONS_SHOWN, tuple(ACTIVATIONS)))
ALL_INITIALIZERS = tuple(
    (key, _SCALED if key == SCALED_NORMAL else INITIALIZERS[key].label)
    for key in _ordered(INITIALIZERS_SHOWN, tuple(INITIALIZERS))
)


def settings_of(values: Values, _: Subject) -> Iterator[ExplorationSetting]:
    """The form: the network, its first weights, the samples, and what may help."""
    yield ChoiceSetting(key="map", label="map", options=MAPS, help="What the two sides of the map are.")
    yield SliderSetting(
        key="depth", label="depth", low=1, high=50, step=1, default=20, is_whole=True, group="Network", plays=True,
        help="How many hidden layers there are.",
    )  # fmt: skip
    yield SliderSetting(
        key="width", label="width", low=2, high=128, step=2, default=64, is_whole=True, group="Network",
        help="How many units each hidden layer has.",
    )  # fmt: skip
    yield ChoiceSetting(key="activation", label="activation", options=ALL_ACTIVATIONS, default="tanh", group="Network")
    yield ChoiceSetting(
        key="norm", label="norm", group="Network",
        options=(("", "none"), *((key, each.label) for key, each in NORMS.items())),
        help="What is done to z before the activation.",
    )  # fmt: skip
    yield SwitchSetting(
        key="residual", label="residual connections", group="Network",
        help="Each hidden layer but the first adds what it reads to what it gives.",
    )  # fmt: skip
    yield ChoiceSetting(
        key="initializer", label="initializer", options=ALL_INITIALIZERS, default="xavier_normal", group="First weights"
    )
    if values["map"] == BY_DEPTH or values["initializer"] == SCALED_NORMAL:
        yield SliderSetting(
            key="sigma_w", label="weight scale σ_w", low=SIGMAS[0], high=SIGMAS[-1], step=0.01, default=1.0,
            is_log=True, group="First weights",
            help="Weights are normal numbers with the standard deviation σ_w/√inputs.",
        )  # fmt: skip
    yield SliderSetting(
        key="sigma_b", label="bias scale σ_b", low=0, high=2, step=0.05, default=0.0, group="First weights",
        help="The standard deviation of the biases; 0 leaves them to the initializer.",
    )  # fmt: skip
    yield SliderSetting(
        key="seed", label="seed", low=0, high=99, step=1, default=0, is_whole=True, group="First weights"
    )
    yield ChoiceSetting(
        key="data", label="data", group="Samples",
        options=tuple((key, "normal numbers" if key == NOISE else DATASETS[key].label) for key in DATA),
    )  # fmt: skip
    yield SliderSetting(
        key="batch", label="batch", low=2, high=64, step=2, default=32, is_whole=True, group="Samples",
        help="How many samples a pass has.",
    )  # fmt: skip
    yield SwitchSetting(
        key="clips", label="clip the gradient", group="What helps",
        help="Shorten the whole gradient of the network where it is too long.",
    )  # fmt: skip
    if values["clips"]:
        yield SliderSetting(
            key="max_norm", label="largest norm", low=0.001, high=1000, step=0.1, default=1.0, is_log=True,
            group="What helps", help="The length to which a longer gradient is shortened.",
        )  # fmt: skip


def network_settings(values: Values) -> FlowSettings:
    """The network of these settings; on the map of depths its weights are the scaled normal ones."""
    by_depth = values["map"] == BY_DEPTH
    return FlowSettings(
        depth=values["depth"],
        width=values["width"],
        activation=values["activation"],
        initializer=SCALED_NORMAL if by_depth else values["initializer"],
        sigma_w=values.get("sigma_w", 1.0),
        sigma_b=values["sigma_b"],
        norm=values["norm"],
        residual=values["residual"],
        samples=values["batch"],
        data=values["data"],
        seed=values["seed"],
    )


def changes_to(settings: FlowSettings) -> dict[str, object]:
    """The settings of the form that give this network."""
    found: dict[str, object] = {
        "map": BY_INITIALIZER, "depth": settings.depth, "activation": settings.activation, "norm": settings.norm,
        "residual": settings.residual, "initializer": settings.initializer,
    }  # fmt: skip
    return found | ({"sigma_w": settings.sigma_w} if settings.initializer == SCALED_NORMAL else {})
