"""The architecture that Keras and TensorFlow.js write as JSON: layers one after another, with their weights by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine.hyperparameters import exact
from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.keras_graph import value_of
from mlpviz.exchange.imports.keras_names import path_of
from mlpviz.exchange.imports.operations import Activate, Dense, Dropout, Normalize, Operation, Rescale, numbers
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

Weights = Callable[[str], Mapping[str, Array]]
"""The tensors of the layer with this path, by kernel, bias, gamma, beta, moving_mean, moving_variance and so on."""

_SAME = {
    name: name
    for name in ("relu", "relu6", "tanh", "sigmoid", "softmax", "softplus", "softsign", "selu", "silu", "mish", "celu")
}
_RENAMED = {"swish": "silu", "log_softmax": "log_softmax", "logsoftmax": "log_softmax", "log_sigmoid": "logsigmoid"}
_RENAMED |= {"hard_silu": "hardswish", "hard_swish": "hardswish", "hard_tanh": "hardtanh", "tanh_shrink": "tanhshrink"}
_RENAMED |= {"elu": "elu", "gelu": "gelu", "gaussian": "gaussian"}
_CAMEL = {"hardSigmoid": "hard_sigmoid", "logSoftmax": "log_softmax", "leakyReLU": "leaky_relu", "gelu_new": "gelu_new"}

_PASSING = {"InputLayer", "Flatten", "ActivityRegularization", "GaussianNoise", "GaussianDropout", "AlphaDropout"}
"""layers that change no number when a network is used"""


class KerasReader:
    """Reads one Keras architecture; `major` is the version of Keras, whose defaults changed between 2 and 3."""

    def __init__(self, major: int, reading: Reading, weights: Weights) -> None:
        self._major = major
        self._reading = reading
        self._weights = weights
        self.dense = 0
        """dense layers so far"""

    def operations(self, model: Any) -> Sequence[Operation]:
        """The operations of a model's JSON. Raises DocumentError for what is no chain of dense layers."""
        found = value_of(model, self._layer, self._reading)
        self._reading.understand("Dense weights are stored as (inputs, units) and shown transposed, a row per unit.")
        return found

    def _layer(self, kind: str, config: Mapping[str, Any]) -> list[Operation]:
        name = str(config.get("name", kind))
        match kind:
            case "Dense":
                self.dense += 1
                weights = self._weights(name)
                if "kernel" not in weights:
                    raise DocumentError(f"layer {echo(name)} has no kernel in the file")
                kernel = numbers(weights["kernel"], f"the kernel of {name}", (None, None))
                bias = weights.get("bias") if config.get("use_bias", True) else None
                for what in ("kernel_regularizer", "bias_regularizer", "activity_regularizer"):
                    if config.get(what):
                        self._reading.leave_out(f"{name}: its {what.replace('_', ' ')} is part of the loss in Keras.")
                if config.get("quantization_config") or _is_quantized(config.get("dtype")):
                    raise DocumentError(f"layer {echo(name)} is quantized: save the model before quantize()")
                if config.get("lora_rank"):
                    raise DocumentError(f"layer {echo(name)} has LoRA weights, which a dense layer here has not")
                return [Dense(kernel.T, bias), *self._activation(config.get("activation", "linear"), name)]
            case "Activation":
                return self._activation(config.get("activation"), name)
            case "ReLU":
                return [_relu(config)]
            case "LeakyReLU":
                slope = config.get("negative_slope", config.get("alpha", 0.3))
                return [Activate("leaky_relu", {"slope": _number(slope, name)})]
            case "ThresholdedReLU":
                return [Activate("threshold", {"threshold": _number(config.get("theta", 1.0), name), "value": 0.0})]
            case "ELU":
                return [Activate("elu", {"alpha": _number(config.get("alpha", 1.0), name)})]
            case "Softmax":
                if config.get("axis", -1) not in (-1, 1, [-1], [1]):
                    raise DocumentError(
                        f"layer {echo(name)} is a softmax over axis {config['axis']}, expected the last"
                    )
                return [Activate("softmax")]
            case "PReLU":
                return self._prelu(name)
            case "Dropout" | "SpatialDropout1D":
                return [Dropout(_number(config.get("rate", 0.5), name))]
            case "BatchNormalization":
                return [self._norm("batch_norm", name, config)]
            case "LayerNormalization":
                if config.get("rms_scaling"):
                    raise DocumentError(f"layer {echo(name)} is a layer norm with RMS scaling, which is not held here")
                return [self._norm("layer_norm", name, config)]
            case "RMSNormalization":
                return [self._norm("rms_norm", name, config)]
            case "Reshape" if len(config.get("target_shape") or ()) == 1:
                return []
            case "Rescaling":
                return self._rescaling(config, name)
            case "Normalization":
                return self._normalization(config, name)
            case _ if kind in _PASSING:
                if kind not in ("InputLayer", "Flatten"):
                    self._reading.leave_out(f"{name} ({kind}) acts in training only.")
                return []
            case _:
                raise DocumentError(f"layer {echo(name)} is a {kind}, which is no part of a multilayer perceptron here")

    def _activation(self, given: Any, name: str) -> list[Operation]:
        if given is None:
            return []
        settings: Mapping[str, Any] = {}
        if isinstance(given, Mapping):
            inner = given.get("config")
            settings = inner if isinstance(inner, Mapping) else {}
            given = inner if isinstance(inner, str) else given.get("class_name")
            if isinstance(given, str) and given[:1].isupper():
                own = settings.get("name")
                return self._layer(given, {**settings, "name": path_of(name, own) if own else name})
        if not isinstance(given, str):
            raise DocumentError(f"the activation of {echo(name)} is {echo(given)}, expected a name")
        key = _CAMEL.get(given, given)
        if key in ("linear", "identity"):
            return []
        if key == "hard_sigmoid":
            slope, which = (1 / 6, "Keras 3") if self._major >= 3 else (0.2, "Keras 2")
            self._reading.understand(f"{name}: the hard sigmoid of {which} has slope {exact(slope)}.")
            return [Activate("hardsigmoid") if self._major >= 3 else Activate("ramp", {"slope": 0.2, "offset": 0.5})]
        if key == "sparse_sigmoid":
            return [Activate("ramp", {"slope": 0.5, "offset": 0.5})]
        if key == "leaky_relu":
            return [Activate("leaky_relu", {"slope": 0.2})]
        if key == "squareplus":
            return [Activate("squareplus", {"b": 4.0})]
        if key == "gelu_new":
            return [Activate("gelu", {"approximate": "tanh"})]
        if key in ("hard_shrink", "soft_shrink"):
            return [Activate(key.replace("_", ""), {"lambd": 0.5})]
        if key in _SAME or key in _RENAMED:
            return [Activate(_SAME.get(key) or _RENAMED[key])]
        raise DocumentError(f"the activation of {echo(name)} is {echo(given)}, which is not held here")

    def _prelu(self, name: str) -> list[Operation]:
        alpha = next(iter(self._weights(name).values()), None)
        if alpha is None:
            raise DocumentError(f"layer {echo(name)} has no alpha in the file")
        slopes = numbers(alpha, f"alpha of {name}").ravel()
        return [Activate("prelu", {"per_unit": len(slopes) > 1}, slopes)]

    def _norm(self, key: str, name: str, config: Mapping[str, Any]) -> Normalize:
        if config.get("axis", -1) not in (-1, 1, [-1], [1]):
            raise DocumentError(f"layer {echo(name)} normalizes axis {config['axis']}, expected the last")
        weights = self._weights(name)
        eps = _number(config.get("epsilon", 1e-6 if key == "rms_norm" else 1e-3), name)
        running = [weights.get(each) for each in ("moving_mean", "moving_variance")]
        if key == "batch_norm" and None in [None if each is None else 0 for each in running]:
            raise DocumentError(f"layer {echo(name)} has no moving mean and variance in the file")
        return Normalize(key, eps, weights.get("gamma", weights.get("scale")), weights.get("beta"), *running)

    def _rescaling(self, config: Mapping[str, Any], name: str) -> list[Operation]:
        scale, offset = (
            numbers(config.get(each, default), f"{each} of {name}")
            for each, default in (("scale", 1.0), ("offset", 0.0))
        )
        return [_Wide(np.atleast_1d(scale), np.atleast_1d(offset), "input scaling")]

    def _normalization(self, config: Mapping[str, Any], name: str) -> list[Operation]:
        weights = self._weights(name)
        mean, variance = (
            weights[each] if config.get(each) is None and each in weights else config.get(each)
            for each in ("mean", "variance")
        )
        if mean is None or variance is None:
            raise DocumentError(f"layer {echo(name)} has no mean and variance in the file")
        mean, variance = (numbers(each, f"mean and variance of {name}").ravel() for each in (mean, variance))
        deviation = np.maximum(np.sqrt(variance), 1e-7)  # as in Keras
        factor = deviation if config.get("invert") else 1 / deviation
        shift = mean if config.get("invert") else -mean / deviation
        return [_Wide(factor, shift, "input scaling")]


class _Wide(Rescale):
    """A rescaling whose numbers may be one for all inputs."""


def widened(operations: Sequence[Operation], inputs: int | None) -> list[Operation]:
    """The operations with one number for all inputs repeated for each. Raises DocumentError if their number is open."""
    found: list[Operation] = []
    for index, operation in enumerate(operations):
        if isinstance(operation, _Wide):
            width = max(len(operation.factor), len(operation.shift))
            if width == 1:
                after = next((each.weight.shape[1] for each in operations[index:] if isinstance(each, Dense)), inputs)
                width = after or 1
            factor, shift = (np.broadcast_to(each, (width,)) for each in (operation.factor, operation.shift))
            operation = Rescale(factor, shift, operation.label)
        found.append(operation)
    return found


def _relu(config: Mapping[str, Any]) -> Activate:
    ceiling, slope, threshold = (config.get(name) for name in ("max_value", "negative_slope", "threshold"))
    ceiling, slope, threshold = (
        None if each is None else _number(each, "ReLU") for each in (ceiling, slope, threshold)
    )
    if not threshold and ceiling is None:
        return Activate("leaky_relu", {"slope": slope}) if slope else Activate("relu")
    if ceiling == 6 and not slope and not threshold:
        return Activate("relu6")
    if ceiling is None:
        if slope:
            raise DocumentError("a ReLU layer has a slope below a threshold and no ceiling, which is not held here")
        return Activate("threshold", {"threshold": threshold, "value": 0.0})
    return Activate("bounded_relu", {"ceiling": ceiling, "slope": slope or 0.0, "threshold": threshold or 0.0})


def _is_quantized(dtype: Any) -> bool:
    """Whether the dtype policy of a layer stores whole numbers with a scale beside them."""
    return isinstance(dtype, Mapping) and str(dtype.get("class_name", "")).startswith("Quantized")


def _number(value: Any, name: str) -> float:
    if isinstance(value, Mapping):  # NumPy numbers and arrays of Keras
        value = value.get("value", value.get("config", value))
    if isinstance(value, Mapping):
        value = value.get("value")
    try:
        return float(value)
    except (TypeError, ValueError):
        raise DocumentError(f"layer {echo(name)} has {echo(value)} where a number was expected") from None


__all__ = ["KerasReader", "Weights", "widened"]
