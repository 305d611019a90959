"""The numbers of every block of a sheet, and of the factors that rules refer to but no block shows.

Arrays are as on screen, rows x columns: units x samples, outputs x inputs for weights.
"""

from __future__ import annotations

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.losses.weighing import counts
from mlpviz.engine.optimizers import OptimizerStep, gradient_descent
from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.engine.trace import LayerTrace
from mlpviz.network import Document


def class_rows(document: Document) -> Array | None:
    """The class numbers (N,) of the targets, None for targets in rows and for no targets."""
    return np.array(document.target, dtype=float) if document.has_class_numbers else None


def values_on_screen(document: Document) -> dict[str, Array]:
    """The numbers of every block: of the document's pass, its next learning rate, and its targets as given."""
    values = values_of(document.trace(), document.rate, class_rows(document), document.next_step)
    return values | {
        f"learning_rate.{number}": np.array([[rate]]) for number, rate in rates_of_layers(document).items()
    }


def rates_of_layers(document: Document) -> dict[int, float]:
    """The next learning rate of each layer (from 1) that has its own."""
    return {
        number: document.rate_at(document.schedule_step, layer.learning_rate)
        for number, layer in enumerate(document.layers, start=1)
        if layer.learning_rate is not None
    }


def values_of(
    trace: Trace, learning_rate: float, target_classes: Array | None = None, step: OptimizerStep | None = None
) -> dict[str, Array]:
    """The numbers of every block, and of the factors that rules refer to and no block shows.

    `step` is the update; None means plain gradient descent.
    """
    if step is not None:
        return values_after(trace, learning_rate, target_classes, step.new_params, step.is_plain)
    with np.errstate(all="ignore"):
        after = gradient_descent(trace.params, trace.summed_grad, learning_rate)
    return values_after(trace, learning_rate, target_classes, after, True)


def values_after(
    trace: Trace, learning_rate: float | Array, target_classes: Array | None, after: Array, is_plain: bool
) -> dict[str, Array]:
    """The same where an update gives the parameters `after` (P,); whether it is plain gradient descent.

    It looks at no number, so that its calls can be captured (`captured_values.py`).
    Hidden: `slope.l` (φ', units x samples, 0 where pinned), `jacobian.l` (softmax: unit j and unit k of a sample in
    row j·O + k) with `unit.l` (the numbers of the units) and `unpinned.l` (a before pins), `one_hot.L` (the target
    as the loss reads it), `target_sum`, `wanted_sum` (the same after label smoothing and class weights), `w`, `v`,
    `w_n`, `q` (weights of the loss), `counts` (0 for ignored samples), numbers of a whole row by the names of
    their symbols, `learning_rate`, `samples`, `outputs`, `divisor`;
    with a norm `centred.l` (z - μ), `rate.l` (1 / √(σ² + ε)),
    `mean_rate.l`, `var_rate.l` (how ẑ changes with μ, and half of how it does with σ²; `mean_square_rate.l` in RMS
    norm) and `count.l`; with a learned slope `below.l`; with dropout `keep.l` (1 - p); with dropout or a skip `flow.l`
    (∂L/∂a, 0 where pinned); with another optimizer than plain gradient descent, and with single numbers that are tied,
    `step_weight.l` and so on (how far the update goes).
    """
    last = len(trace.layers)
    values: dict[str, Array] = {"x.0": trace.x.T}
    new = trace.spec.views(after)
    with np.errstate(all="ignore"):
        moved = None if is_plain and not trace.spec.ties else trace.spec.views(trace.params - after)
    for number, layer in enumerate(trace.layers, start=1):
        values[f"weight.{number}"] = layer.weight
        values[f"z.{number}"] = layer.z.T
        values[f"a.{number}"] = layer.a.T
        values[f"grad_a.{number}"] = layer.grad_a.T
        values[f"grad_z.{number}"] = layer.grad_z.T
        values[f"grad_weight.{number}"] = layer.grad_weight
        values[f"new_weight.{number}"] = new[number - 1].weight
        if layer.bias is not None and layer.grad_bias is not None:
            values[f"bias.{number}"] = layer.bias[:, None]
            values[f"grad_bias.{number}"] = layer.grad_bias[:, None]
            values[f"new_bias.{number}"] = np.asarray(new[number - 1].bias)[:, None]
        if moved is not None:
            values |= _steps(number, moved[number - 1])
        values |= _slopes(trace, number)
        if not trace.spec.is_plain:
            values |= _of_norm(trace, number, new[number - 1]) | _of_dropout_and_skip(trace, number)
            values |= _of_activation(trace, number, new[number - 1])
    values["grad_x.0"] = trace.grad_x.T
    if trace.target is not None:
        values[f"target.{last}"] = trace.target.T if target_classes is None else target_classes[None, :]
        # what the loss reads: for class numbers the one-hot rows
        values[f"one_hot.{last}"] = trace.target.T
        values["target_sum.0"] = trace.target.sum(axis=-1)[None, :]
        if trace.spec.loss.ignored is not None:
            values["counts.0"] = counts(trace.target, trace.spec.loss.ignored).T
        if trace.spec.loss.wanted is not None:
            values["wanted_sum.0"] = trace.spec.loss.wanted(trace.target).sum(axis=-1)[None, :]
        row_numbers = trace.spec.loss.row_values(trace.output, trace.target)
        values |= {f"{symbol.name}.0": array.T for symbol, array in row_numbers.items()}
    for each in trace.spec.loss.weights:
        numbers = np.array(each.numbers)
        values[f"{each.symbol.name}.0"] = numbers[None, :] if each.per == "sample" else numbers[:, None]
    if trace.probabilities is not None:
        values[f"probabilities.{last}"] = trace.probabilities.T
    values[f"loss_term.{last}"] = trace.loss_terms.T
    values[f"loss.{last}"] = trace.loss.reshape(1, 1)
    values["learning_rate.0"] = np.reshape(learning_rate, (1, 1))
    values["samples.0"] = np.array([[float(trace.samples)]])
    values["outputs.0"] = np.array([[float(trace.spec.outputs)]])
    values["divisor.0"] = np.array([[float(trace.spec.loss.divisor(trace.samples, trace.spec.outputs, trace.target))]])
    return values


def _of_norm(trace: Trace, number: int, new: LayerViews) -> dict[str, Array]:
    """What the norm of a layer (from 1) shows, and the factors of its derivative."""
    own, norm = trace.layers[number - 1], trace.spec.layers[number - 1].norm
    if norm is None or own.spread is None or own.n is None or own.normalised is None:
        return {}
    values: dict[str, Array] = {"n": own.n.T, "grad_n": np.asarray(own.grad_n).T}
    if own.gamma is not None:
        values |= {"normalised": own.normalised.T, "grad_normalised": np.asarray(own.grad_normalised).T}
    for name in norm.parameters:
        values |= _of_parameter(own, new, name)
    if norm.running:
        for prefix, flat in (("", trace.buffers), ("new_", trace.new_buffers)):
            views = trace.spec.buffer_views(flat)[number - 1]
            if views is not None and (trace.training or not prefix):
                values[f"{prefix}running_mean"], values[f"{prefix}running_var"] = (view[:, None] for view in views)
    with np.errstate(all="ignore"):
        rate = 1.0 / np.sqrt(own.spread + norm.eps)
        values["rate"] = rate.T
        if own.mean is not None:
            values["centred"] = (own.z - own.mean).T
        if statistics := layer_tensors(trace.spec.layers[number - 1], trace.training).statistics:
            values |= {name: getattr(own, name).T for each in statistics for name in (each, f"grad_{each}")}
            values |= {"mean_rate": -rate.T, f"{norm.spread}_rate": -0.5 * (rate * rate).T}
            values["count"] = np.array([[float(own.z.shape[norm.axis])]])
    return {f"{name}.{number}": array for name, array in values.items()}


def _of_parameter(own: LayerTrace, new: LayerViews, name: str) -> dict[str, Array]:
    """A parameter of a norm or an activation, its gradient and what it is after the update, each as a column."""
    arrays = {name: getattr(own, name), f"grad_{name}": getattr(own, f"grad_{name}"), f"new_{name}": getattr(new, name)}
    return {key: array[:, None] for key, array in arrays.items()}


def _of_activation(trace: Trace, number: int, new: LayerViews) -> dict[str, Array]:
    """The slopes that the φ of a layer (from 1) has learned or drawn, and what α multiplies: z below 0, 0 above."""
    own = trace.layers[number - 1]
    values: dict[str, Array] = {} if own.slopes is None else {"slopes": own.slopes.T}
    if own.alpha is not None:
        values |= _of_parameter(own, new, "alpha") | {"below": below_zero(trace, number).T}
    return {f"{name}.{number}": array for name, array in values.items()}


def below_zero(trace: Trace, number: int) -> Array:
    """How the a of a layer (from 1) changes with α (N, O): by what φ reads below 0; by 0 above it and where pinned."""
    found = np.minimum(trace.layers[number - 1].activation_input, 0.0)
    for pin in trace.pins:
        if pin.layer == number - 1:
            found[pin.sample, pin.unit] = 0.0
    return found


def _of_dropout_and_skip(trace: Trace, number: int) -> dict[str, Array]:
    """What dropout and a skip of a layer (from 1) show, and the factors of their derivatives."""
    own, layer = trace.layers[number - 1], trace.spec.layers[number - 1]
    parts = layer_tensors(layer, trace.training)
    if not parts.has_h:
        return {}
    flow = own.grad_a.T.copy()
    for pin in trace.pins:
        if pin.layer == number - 1:
            flow[pin.unit, pin.sample] = 0.0
    values: dict[str, Array] = {"h": np.asarray(own.h).T, "flow": flow}
    if own.mask is not None and own.grad_h is not None:
        values |= {"mask": own.mask.T, "grad_h": own.grad_h.T, "keep": np.array([[1.0 - layer.dropout]])}
        if layer.skip:
            values["dropped"] = np.asarray(own.dropped).T
    return {f"{name}.{number}": array for name, array in values.items()}


def _slopes(trace: Trace, number: int) -> dict[str, Array]:
    layer, activation, a = trace.layers[number - 1], trace.spec.activations[number - 1], trace.unpinned[number - 1]
    phi_input = layer.activation_input
    pinned = [(pin.unit, pin.sample) for pin in trace.pins if pin.layer == number - 1]
    with np.errstate(all="ignore"):
        if activation.slope is not None:
            slope = activation.slope(phi_input, a, *layer.alpha_arguments).T.astype(float)
            for unit, sample in pinned:
                slope[unit, sample] = 0.0
            return {f"slope.{number}": slope}
        samples, outputs = phi_input.shape
        # column k of the Jacobian is the gradient that a 1 at output k sends back: (O k, N, O j)
        ones = np.broadcast_to(np.eye(outputs)[:, None, :], (outputs, samples, outputs))
        jacobian = activation.vjp(phi_input, a, ones)
        for unit, sample in pinned:
            jacobian[unit, sample] = 0.0
        return {
            f"jacobian.{number}": jacobian.transpose(2, 0, 1).reshape(outputs * outputs, samples),
            f"unpinned.{number}": a.T,
            f"unit.{number}": np.arange(1.0, outputs + 1.0)[:, None],
        }


def derivatives_of(trace: Trace, number: int, sample: int) -> Array:
    """What a layer's φ (from 1) gives by what it reads, in one sample (from 0): (O,) slopes, or for softmax (O z, O a).

    0 where a is pinned.
    """
    found = _slopes(trace, number)
    if f"slope.{number}" in found:
        return found[f"slope.{number}"][:, sample]
    outputs = trace.spec.layers[number - 1].outputs
    return found[f"jacobian.{number}"][:, sample].reshape(outputs, outputs)


def _steps(number: int, moved: LayerViews) -> dict[str, Array]:
    """How far the update takes each parameter of a layer: old - new."""
    return {
        f"step_{name}.{number}": array if array.ndim == 2 else array[:, None]
        for name, array in moved._asdict().items()
        if array is not None
    }
