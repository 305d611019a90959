"""Losses on probabilities: cross-entropies of logits, of probabilities and of log-probabilities, and KL divergence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.activations import log_softmax, sigmoid, softmax
from mlpviz.engine.hyperparameters import Hyperparameter, configurable, tex
from mlpviz.engine.losses.loss import Clamp, ClassTargets, Loss, minus_times_log, weighted
from mlpviz.engine.losses.reduction import REDUCTION, Reduction, over_numbers, over_samples
from mlpviz.engine.parameters import Array


def _xlogy(t: Array, p: Array) -> Array:
    # 0 · log 0 is 0, the limit of p · log p
    return np.where(t == 0.0, 0.0, t * np.log(np.where(t == 0.0, 1.0, p)))


# the bounds of torch.nn.BCELoss: its denominator stays at 1e-12, a float32, its logarithms at -100 and more
_FLOOR, _LEAST_LOG = float(np.float32(1e-12)), -100.0


def _clamped_log(p: Array) -> Array:
    return np.maximum(np.log(p), _LEAST_LOG)


def _bce_holds(y: Array, t: Array) -> NDArray[np.bool_]:
    # a logarithm below -100 counts where the target takes it; then the denominator is far below its bound too
    return (y * (1.0 - y) < _FLOOR) & ~np.isnan(y) & (y != t)


WEIGHT = Hyperparameter(
    "weight",
    "class weights w",
    (),
    0.0,
    kind="floats",
    sentence="How much each class counts, one number per output; empty: all alike.",
)


def _over_classes(reduction: str, weight: tuple[float, ...], reads: ClassTargets) -> Reduction:
    by = over_samples(reduction)
    if reduction == "sum" or not weight or reads == "rows":
        return by
    return Reduction("weights", r"\frac{1}{\sum w} ", ".sum() / (t @ w).sum()", " / (t @ w).sum()", "")


def _weights_code(weight: tuple[float, ...]) -> tuple[str, str]:
    """The definition of the weights w in NumPy, and the argument of PyTorch."""
    if not weight:
        return "", ""
    numbers = ", ".join(f"{number:g}" for number in weight)
    return f"w = np.array([{numbers}]); ", f", weight=torch.tensor([{numbers}])"


def _cross_entropy(
    label_smoothing: float, weight: tuple[float, ...], reduction: str, reads: ClassTargets = "numbers"
) -> Loss:
    by = _over_classes(reduction, weight, reads)

    def wanted(t: Array) -> Array:
        # label smoothing spreads a share of the target over all classes; the class weights are applied to the result
        if label_smoothing:
            t = (1.0 - label_smoothing) * t + label_smoothing / t.shape[-1]
        return weighted(t, weight)

    plain = not weight and not label_smoothing
    keep, spread = tex(1.0 - label_smoothing), tex(label_smoothing)
    target = rf"({keep} \cdot t + \frac{{{spread}}}{{O}})" if label_smoothing else "t"
    target = rf"w_j \cdot {target}" if weight else target
    head, weights = _weights_code(weight)
    smoothing = f", label_smoothing={label_smoothing:g}" if label_smoothing else ""
    if not plain:
        smooth = f"{1.0 - label_smoothing:g} * t + {label_smoothing:g} / y.shape[-1]" if label_smoothing else "t"
        head += f"u = ({smooth}){' * w' if weight else ''}; "
    return Loss(
        key="cross_entropy",
        label="cross-entropy (logits)",
        latex=rf"L = -{by.front}\sum {target} \cdot \log p, \quad p = \operatorname{{softmax}}(z)",
        term_latex=rf"-{target} \cdot \log p",
        grad_latex=by.grad(r"(p \cdot s - t)" if plain else rf"(p \cdot \textstyle\sum {target} - {target})"),
        sentence="Cross-entropy on logits: it applies softmax itself, so the last layer is the identity.",
        torch="cross_entropy" if reads == "rows" else "cross_entropy_of_numbers",
        for_rows=lambda: _cross_entropy(label_smoothing, weight, reduction, "rows"),
        torch_code=f"loss = F.cross_entropy(y, t{weights}{smoothing}{by.torch})",
        numpy=f"{head}loss = -({'t' if plain else 'u'} * np.log(p)){by.numpy}",
        numpy_grad=f"grad_a = (p - t){by.divided}"
        if plain
        else f"{head}grad_a = (p * u.sum(axis=1, keepdims=True) - u){by.divided}",
        terms=lambda y, t: minus_times_log(wanted(t), log_softmax(y)),
        grad=lambda y, t: softmax(y) * wanted(t).sum(axis=-1, keepdims=True) - wanted(t),
        wanted=wanted,
        constants=("−",),
        is_cross_entropy=True,
        mean_over=by.mean_over,
        target="classes",
        last_activations=("identity",),
        probabilities="softmax",
        weight=weight,
        source="the mean over class numbers divides by the sum of their weights; over rows by N, as in PyTorch"
        if weight
        else "",
    )


CROSS_ENTROPY = configurable(
    _cross_entropy,
    Hyperparameter(
        "label_smoothing", "label smoothing", 0.0, 0.0, 1.0, sentence="Share of the target spread over all classes."
    ),
    WEIGHT,
    REDUCTION,
)


def _nll(weight: tuple[float, ...], reduction: str, reads: ClassTargets = "numbers") -> Loss:
    by = _over_classes(reduction, weight, reads)
    head, weights = _weights_code(weight)
    front, times = (r"w_j \cdot ", " * w") if weight else ("", "")
    return Loss(
        key="nll",
        label="negative log-likelihood",
        latex=rf"L = -{by.front}\sum {front}t \cdot a",
        term_latex=rf"-{front}t \cdot a",
        grad_latex=by.grad(rf"(-{front}t)"),
        sentence="Negative log-likelihood: the last layer gives log-probabilities, the loss picks that of the class.",
        torch="nll_of_rows" if reads == "rows" else "nll_of_numbers",
        torch_code=f"{head}loss = -(t{times} * y){by.numpy}".replace("np.array(", "y.new_tensor(")
        if reads == "rows"
        else f"loss = F.nll_loss(y, t{weights}{by.torch})",
        for_rows=lambda: _nll(weight, reduction, "rows"),
        numpy=f"{head}loss = -(t{times} * y){by.numpy}",
        numpy_grad=f"{head}grad_a = -t{times}{by.divided}",
        terms=lambda y, t: minus_times_log(weighted(t, weight), y),
        grad=lambda y, t: np.broadcast_to(-weighted(t, weight), y.shape),
        constants=("−",),
        on_logits=CROSS_ENTROPY.key,
        mean_over=by.mean_over,
        target="classes",
        last_activations=("log_softmax",),
        weight=weight,
    )


NLL = configurable(_nll, WEIGHT, REDUCTION)


def _bce_with_logits(reduction: str) -> Loss:
    by = over_numbers(reduction)
    return Loss(
        key="bce_with_logits",
        label="binary cross-entropy (logits)",
        latex=rf"L = -{by.front}\sum \left( t \log p + (1 - t) \log (1 - p) \right), \quad p = \sigma(z)",
        term_latex=r"-t \log p - (1 - t) \log (1 - p)",
        grad_latex=by.grad("(p - t)"),
        sentence="Binary cross-entropy on logits: it applies the sigmoid itself; the last layer is the identity.",
        torch="binary_cross_entropy_with_logits",
        torch_code=f"loss = F.binary_cross_entropy_with_logits(y, t{by.torch})",
        numpy=f"loss = -(t * np.log(p) + (1 - t) * np.log(1 - p)){by.numpy}",
        numpy_grad=f"grad_a = (p - t){by.divided}",
        # max(y, 0) - y t + log(1 + e^-|y|): an equal expression in which no exponential overflows
        terms=lambda y, t: np.maximum(y, 0.0) - y * t + np.log1p(np.exp(-np.abs(y))),
        grad=lambda y, t: sigmoid(y) - t,
        constants=("−",),
        is_cross_entropy=True,
        mean_over=by.mean_over,
        target="probabilities",
        last_activations=("identity",),
        probabilities="sigmoid",
    )


BCE_WITH_LOGITS = configurable(_bce_with_logits, REDUCTION)


def _cross_entropy_probs(reduction: str, reads: ClassTargets = "numbers") -> Loss:
    by = over_samples(reduction)
    return Loss(
        key="cross_entropy_probs",
        label="cross-entropy (after softmax)",
        latex=rf"L = -{by.front}\sum t \cdot \log a",
        term_latex=r"-t \cdot \log a",
        grad_latex="-" + by.grad(r"\frac{t}{a}"),
        sentence="Cross-entropy by hand: the last layer is the softmax, the loss takes its logarithm.",
        torch="cross_entropy_probs",
        torch_code=f"loss = -torch.xlogy(t, y).sum(){'' if reduction == 'sum' else ' / len(y)'}"
        if reads == "rows"
        else f"loss = -y[torch.arange(len(t)), t].log().{reduction}()",
        for_rows=lambda: _cross_entropy_probs(reduction, "rows"),
        numpy=f"loss = -(t * np.log(y)){by.numpy}",
        numpy_grad=f"grad_a = -t / y{by.divided}",
        terms=lambda y, t: minus_times_log(t, np.log(np.where(t == 0.0, 1.0, y))),
        grad=lambda y, t: np.where(t == 0.0, 0.0, -t / np.where(t == 0.0, 1.0, y)),
        constants=("−",),
        is_cross_entropy=True,
        on_logits=CROSS_ENTROPY.key,
        mean_over=by.mean_over,
        target="classes",
        last_activations=("softmax",),
    )


CROSS_ENTROPY_PROBS = configurable(_cross_entropy_probs, REDUCTION)


def _bce(reduction: str) -> Loss:
    by = over_numbers(reduction)
    return Loss(
        key="bce",
        label="binary cross-entropy (after sigmoid)",
        latex=rf"L = -{by.front}\sum \left( t \cdot \max(\log a, -100) "
        r"+ (1 - t) \cdot \max(\log (1 - a), -100) \right)",
        term_latex=r"-t \cdot \max(\log a, -100) - (1 - t) \cdot \max(\log (1 - a), -100)",
        grad_latex=by.grad(r"\frac{a - t}{\max(a \cdot (1 - a), 10^{-12})}"),
        sentence="Binary cross-entropy by hand: the last layer is the sigmoid, the loss takes its logarithm.",
        torch="binary_cross_entropy",
        torch_code=f"loss = F.binary_cross_entropy(y, t{by.torch})",
        numpy="loss = -(t * np.maximum(np.log(y), -100) + (1 - t) * np.maximum(np.log(1 - y), -100))" + by.numpy,
        numpy_grad=f"grad_a = (y - t) / np.maximum(y * (1 - y), np.float32(1e-12)){by.divided}",
        terms=lambda y, t: -(t * _clamped_log(y) + (1.0 - t) * _clamped_log(1.0 - y)),
        grad=lambda y, t: (y - t) / np.maximum(y * (1.0 - y), _FLOOR),
        clamp=Clamp(
            _bce_holds,
            lambda y, t: (y - t) / (y * (1.0 - y)),
            "the denominator a · (1 − a) is held at 1e-12 or more, and a logarithm at −100 or more",
        ),
        constants=("−",),
        is_cross_entropy=True,
        on_logits=BCE_WITH_LOGITS.key,
        mean_over=by.mean_over,
        target="probabilities",
        last_activations=("sigmoid",),
        source="logarithms held at -100 or more, the denominator at 1e-12 or more, as in torch.nn.BCELoss",
    )


BCE = configurable(_bce, REDUCTION)


def _kl_div(log_target: bool, reduction: str) -> Loss:
    by = over_samples("mean") if reduction == "batchmean" else over_numbers(reduction)
    code = ', reduction="batchmean"' if reduction == "batchmean" else by.torch
    return Loss(
        key="kl_div",
        label="KL divergence",
        latex=rf"L = {by.front}\sum "
        + (r"e^{t} \cdot (t - a)" if log_target else r"\left( t \log t - t \cdot a \right)"),
        term_latex=r"e^{t} \cdot (t - a)" if log_target else r"t \log t - t \cdot a",
        grad_latex=by.grad(r"(-e^{t})" if log_target else "(-t)"),
        sentence="Kullback-Leibler divergence: how many nats the log-probabilities of the last layer waste.",
        torch="kl_div",
        torch_code=f"loss = F.kl_div(y, t{', log_target=True' if log_target else ''}{code})",
        numpy=f"loss = ({'np.exp(t) * (t - y)' if log_target else 't * np.log(t) - t * y'}){by.numpy}",
        numpy_grad=f"grad_a = {'-np.exp(t)' if log_target else '-t'}{by.divided}",
        terms=(lambda y, t: np.exp(t) * (t - y)) if log_target else (lambda y, t: _xlogy(t, t) + minus_times_log(t, y)),
        grad=lambda y, t: np.broadcast_to(-np.exp(t) if log_target else -t, y.shape),
        mean_over=by.mean_over,
        outputs_are_logarithms=True,
        target="values" if log_target else "probabilities",
        last_activations=("log_softmax",),
        source="mean per sample, the divergence itself; PyTorch's own default also divides by O",
    )


KL_DIV = configurable(
    _kl_div,
    Hyperparameter(
        "log_target", "target is a logarithm", False, kind="bool", sentence="Whether targets are log-probabilities."
    ),
    Hyperparameter(
        "reduction",
        "add up or average",
        "batchmean",
        kind="choice",
        choices=("batchmean", "mean", "sum"),
        sentence="Averaged over samples (the divergence itself), over all numbers, or only added up.",
    ),
)

LIKELIHOOD = (CROSS_ENTROPY, BCE_WITH_LOGITS, CROSS_ENTROPY_PROBS, BCE, NLL, KL_DIV)
