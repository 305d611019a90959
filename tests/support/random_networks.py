"""Random networks for tests, drawn by hypothesis and built from the registries."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, LayerSpec, NetworkSpec, Pin, Trace, draw_masks, run_pass
from mlpviz.engine.dropout import DropoutMasks
from mlpviz.engine.parameters import Array

SMOOTH = tuple(key for key, activation in ACTIVATIONS.items() if not activation.kinks)


@dataclass(frozen=True, eq=False)
class Example:
    """A network with everything that one pass needs."""

    spec: NetworkSpec
    params: Array
    x: Array
    target: Array | None
    pins: tuple[Pin, ...]
    training: bool = True
    masks: DropoutMasks = field(default_factory=dict)
    buffers: Array | None = None

    @property
    def mode(self) -> dict[str, Any]:
        """Training or evaluation, as keywords of `run_pass` and `loss_value`."""
        return {"training": self.training, "masks": self.masks, "buffers": self.buffers}

    def run(self) -> Trace:
        return run_pass(self.spec, self.params, self.x, self.target, self.pins, **self.mode)


def chain(
    widths: tuple[int, ...], activations: tuple[str, ...] | str, loss: str = "mse", bias: bool = True
) -> NetworkSpec:
    """Layers of these widths (inputs first), one activation for all or one per layer."""
    keys = (activations,) * (len(widths) - 1) if isinstance(activations, str) else activations
    layers = zip(widths, widths[1:], keys, strict=False)
    return NetworkSpec(tuple(LayerSpec(i, o, ACTIVATIONS[key], bias) for i, o, key in layers), LOSSES[loss])


def target_for(loss: str, samples: int, outputs: int, rng: np.random.Generator) -> Array | None:
    """A target that fits the loss: class numbers half of the time where they are allowed."""
    match LOSSES[loss].target:
        case "none":
            return None
        case "classes":
            if rng.integers(2) or not LOSSES[loss].takes_rows:
                return rng.integers(0, outputs, samples)
            return rng.dirichlet(np.ones(outputs), samples)
        case "probabilities":
            return rng.random((samples, outputs))
        case "signs":
            return rng.choice((-1.0, 1.0), (samples, outputs))
    return rng.normal(size=(samples, outputs))


def example(spec: NetworkSpec, samples: int, seed: int, pins: int = 0, scale: float = 1.0) -> Example:
    """Parameters, inputs, target and pins for this network; z stays of the order of `scale` in every layer."""
    rng = np.random.default_rng(seed)
    params = rng.normal(size=spec.size)
    for slot in spec.slots:
        params[slot.weight] *= scale / np.sqrt(slot.shape[1])
        if "gamma" in slot.names:
            params[slot.gamma] = rng.uniform(0.5, 1.5, slot.shape[0])
    x = rng.normal(size=(samples, spec.inputs))
    target = target_for(spec.loss.key, samples, spec.outputs, rng)
    places = []
    for _ in range(pins):
        layer = int(rng.integers(len(spec.layers)))
        unit = int(rng.integers(spec.layers[layer].outputs))
        # within 0 and 1, so that every loss takes it
        places.append(Pin(layer, int(rng.integers(samples)), unit, float(rng.uniform(0.05, 0.95))))
    return Example(spec, params, x, target, tuple(places), masks=draw_masks(spec, samples, rng))


@st.composite
def examples(
    draw: st.DrawFn,
    max_layers: int = 12,
    max_width: int = 16,
    max_samples: int = 8,
    max_pins: int = 2,
    activations: tuple[str, ...] = tuple(ACTIVATIONS),
) -> Example:
    """Networks of 1 to max_layers layers, with every activation and every loss, and a bias for each layer or not."""
    count = draw(st.integers(1, max_layers))
    widths = draw(st.lists(st.integers(1, max_width), min_size=count + 1, max_size=count + 1))
    keys = draw(st.lists(st.sampled_from(activations), min_size=count, max_size=count))
    biases = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    loss = LOSSES[draw(st.sampled_from(list(LOSSES)))]
    if loss.last_activations:
        keys[-1] = draw(st.sampled_from(loss.last_activations))
    spec = NetworkSpec(
        tuple(
            LayerSpec(i, o, ACTIVATIONS[key], bias)
            for i, o, key, bias in zip(widths, widths[1:], keys, biases, strict=False)
        ),
        loss,
    )
    return example(
        spec, draw(st.integers(1, max_samples)), draw(st.integers(0, 2**32 - 1)), draw(st.integers(0, max_pins))
    )


@st.composite
def mixed_examples(
    draw: st.DrawFn,
    max_layers: int = 6,
    max_width: int = 8,
    max_samples: int = 8,
    max_pins: int = 2,
    activations: tuple[str, ...] = tuple(ACTIVATIONS),
) -> Example:
    """`examples` with norm, dropout and skip in some layers, their hyperparameters set, in training or evaluation."""
    plain = draw(examples(max_layers, max_width, max_samples, 0, activations))
    layers: list[LayerSpec] = []
    fitting = plain.spec.loss.last_activations
    for number, layer in enumerate(plain.spec.layers, start=1):
        # such a loss reads what its last activation gives
        bare = number == len(plain.spec.layers) and bool(fitting) and "identity" not in fitting
        norm = draw(st.none() | st.sampled_from(list(NORMS.values())))
        if norm is not None:
            hyperparameters = {"eps": draw(st.sampled_from((1e-5, 1e-3, 0.1))), "affine": draw(st.booleans())}
            if norm.running:
                hyperparameters["momentum"] = draw(st.sampled_from((0.0, 0.1, 0.7, 1.0)))
            norm = norm.configure(**hyperparameters)
        around = [layer.inputs, *(before.inputs for before in reversed(layers))]
        skips = [0, *(skip for skip, width in enumerate(around, start=1) if width == layer.outputs and not bare)]
        layers.append(
            replace(
                layer,
                norm=norm,
                dropout=0.0 if bare else draw(st.sampled_from((0.0, 0.0, 0.2, 0.5, 1.0))),
                skip=draw(st.sampled_from(skips)),
            )
        )
    spec = NetworkSpec(tuple(layers), plain.spec.loss)
    return with_mode(
        spec, len(plain.x), draw(st.integers(0, 2**32 - 1)), draw(st.booleans()), draw(st.integers(0, max_pins))
    )


def with_mode(spec: NetworkSpec, samples: int, seed: int, training: bool = True, pins: int = 0) -> Example:
    """`example` with masks and running statistics; at least two samples where batch norm wants to train."""
    if training and spec.buffer_size:
        samples = max(samples, 2)
    one, rng = example(spec, samples, seed, pins), np.random.default_rng(seed)
    buffers = rng.uniform(0.2, 2.0, spec.buffer_size)
    return replace(one, training=training, masks=draw_masks(spec, samples, rng) if training else {}, buffers=buffers)
