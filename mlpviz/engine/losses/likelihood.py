"""Losses on one distribution: cross-entropies of logits, probabilities and their logarithms, and KL divergence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlpviz.engine.activations import log_softmax, softmax
from mlpviz.engine.expressions import (
    Expression,
    Number,
    Rewritten,
    Sum,
    exp,
    log,
    number_code,
    tall,
    xlogy,
)
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.losses.loss import ClassTargets, Loss, loss_entry
from mlpviz.engine.losses.reduction import (
    OVER_COUNTED,
    OVER_SAMPLES,
    OVER_WEIGHTS,
    REDUCTION,
    Reduction,
    over_numbers,
    over_samples,
)
from mlpviz.engine.losses.symbols import CLASS_WEIGHT, COUNTS, A, O, P, S, T
from mlpviz.engine.losses.weighing import CLASS_WEIGHTS, class_weights, counted, minus_times_log, weighted
from mlpviz.engine.parameters import Array


def _xlogy(t: Array, p: Array) -> Array:
    # 0 · log 0 is 0, the limit of p · log p
    return np.where(t == 0.0, 0.0, t * np.log(np.where(t == 0.0, 1.0, p)))


def _share_of(t: Array, y: Array) -> Array:
    # a class without a share may have the logarithm of 0; other infinities and NaN are shown, as by PyTorch
    return np.where((t == 0.0) & np.isneginf(y), 0.0, t * y)


def _over_classes(reduction: str, weight: tuple[float, ...], ignored: int | None, reads: ClassTargets) -> Reduction:
    is_weighted = bool(weight) and reduction != "sum" and reads == "numbers"
    if ignored is not None and reduction != "sum" and not weight:
        return OVER_COUNTED
    return OVER_WEIGHTS if is_weighted else over_samples(reduction)


IGNORE_INDEX = Hyperparameter(
    "ignore_index",
    "ignored class",
    -100,
    -100,
    kind="int",
    sentence="A sample of this class number counts neither in the sum nor in the mean; below 0: every sample counts.",
)


def _ignored(ignore_index: int, reads: ClassTargets) -> tuple[int | None, str]:
    """The class number that does not count, and the argument of PyTorch; rows of probabilities have none."""
    if ignore_index < 0 or reads == "rows":
        return None, ""
    return ignore_index, f", ignore_index={ignore_index}"


def _cross_entropy(
    label_smoothing: float,
    weight: tuple[float, ...],
    ignore_index: int,
    reduction: str,
    reads: ClassTargets = "numbers",
) -> Loss:
    ignored, ignoring = _ignored(ignore_index, reads)

    def wanted(t: Array) -> Array:
        # label smoothing spreads a share of the target over all classes; the class weights are applied to the result
        smooth = (1.0 - label_smoothing) * t + label_smoothing / t.shape[-1] if label_smoothing else t
        return counted(weighted(smooth, weight), t, ignored)

    plain = not weight and not label_smoothing and ignored is None
    target: Expression = Number(1.0 - label_smoothing) * T + Number(label_smoothing) / O if label_smoothing else T
    target = CLASS_WEIGHT * target if weight else target
    target = target if ignored is None else COUNTS * target
    weights, argument = class_weights(weight)
    smoothing = f", label_smoothing={number_code(label_smoothing)}" if label_smoothing else ""
    return Loss(
        key="cross_entropy",
        aliases=("CrossEntropyLoss", "CE", "softmax_cross_entropy"),
        label="cross-entropy (logits)",
        body=target * log(P),
        minus=True,
        where=r", \quad p = \operatorname{softmax}(z)",
        term=-(target * log(P)),
        slope=P * S - T if plain else P * Sum(target, axis=-1) - target,
        sentence="Cross-entropy on logits: it applies softmax itself, so the last layer is the identity.",
        torch="cross_entropy" if reads == "rows" else "cross_entropy_of_numbers",
        for_rows=lambda: _cross_entropy(label_smoothing, weight, ignore_index, reduction, "rows"),
        torch_call=f"F.cross_entropy(y, t{argument}{smoothing}{ignoring}{{}})",
        per_sample=True,
        terms=lambda y, t: minus_times_log(wanted(t), log_softmax(y)),
        grad=lambda y, t: softmax(y) * wanted(t).sum(axis=-1, keepdims=True) - wanted(t),
        wanted=wanted,
        constants=("−",),
        is_cross_entropy=True,
        by=_over_classes(reduction, weight, ignored, reads),
        ignored=ignored,
        target="classes",
        last_activations=("identity",),
        probabilities="softmax",
        weight=weight,
        weights=weights,
        source="the mean over class numbers divides by the sum of their weights; over rows by N, as in PyTorch"
        if weight
        else "",
    )


CROSS_ENTROPY = loss_entry(
    _cross_entropy,
    Hyperparameter(
        "label_smoothing", "label smoothing", 0.0, 0.0, 1.0, sentence="Share of the target spread over all classes."
    ),
    CLASS_WEIGHTS,
    IGNORE_INDEX,
    REDUCTION,
    per_output=False,
)


def _nll(weight: tuple[float, ...], ignore_index: int, reduction: str, reads: ClassTargets = "numbers") -> Loss:
    ignored, ignoring = _ignored(ignore_index, reads)
    weights, argument = class_weights(weight)
    target: Expression = CLASS_WEIGHT * T if weight else T
    target = target if ignored is None else COUNTS * target

    def wanted(t: Array) -> Array:
        return counted(weighted(t, weight), t, ignored)

    rows = " * ".join([*(each.code("torch") for each in weights), "t"])
    return Loss(
        key="nll",
        aliases=("NLLLoss",),
        label="negative log-likelihood",
        body=target * A,
        minus=True,
        term=-(target * A),
        slope=-target,
        sentence="Negative log-likelihood: the last layer gives log-probabilities, the loss picks that of the class.",
        torch="nll_of_rows" if reads == "rows" else "nll_of_numbers",
        torch_call=f"-{rows} * y" if reads == "rows" else f"F.nll_loss(y, t{argument}{ignoring}{{}})",
        per_sample=reads == "numbers",
        for_rows=lambda: _nll(weight, ignore_index, reduction, "rows"),
        terms=lambda y, t: minus_times_log(wanted(t), y),
        grad=lambda y, t: np.broadcast_to(-wanted(t), y.shape),
        constants=("−",),
        on_logits=CROSS_ENTROPY.key,
        by=_over_classes(reduction, weight, ignored, reads),
        ignored=ignored,
        target="classes",
        last_activations=("log_softmax",),
        outputs_are_logarithms=True,
        weight=weight,
        weights=weights,
    )


NLL = loss_entry(_nll, CLASS_WEIGHTS, IGNORE_INDEX, REDUCTION, per_output=False)


def _cross_entropy_probs(reduction: str, reads: ClassTargets = "numbers") -> Loss:
    # a class without a share counts nothing, also where its probability is 0
    product = Rewritten(T * log(A), xlogy(T, A))
    return Loss(
        key="cross_entropy_probs",
        aliases=("categorical_crossentropy", "sparse_categorical_crossentropy"),
        label="cross-entropy (after softmax)",
        body=product,
        minus=True,
        term=-product,
        slope=-(T / A),
        sentence="Cross-entropy by hand: the last layer is the softmax, the loss takes its logarithm.",
        torch="cross_entropy_probs",
        torch_call="-torch.xlogy(t, y)" if reads == "rows" else "-y[torch.arange(len(t)), t].log()",
        per_sample=reads == "numbers",
        for_rows=lambda: _cross_entropy_probs(reduction, "rows"),
        terms=lambda y, t: minus_times_log(t, np.log(np.where(t == 0.0, 1.0, y))),
        grad=lambda y, t: np.where(t == 0.0, 0.0, -t / np.where(t == 0.0, 1.0, y)),
        constants=("−",),
        is_cross_entropy=True,
        on_logits=CROSS_ENTROPY.key,
        by=over_samples(reduction),
        target="classes",
        last_activations=("softmax",),
    )


CROSS_ENTROPY_PROBS = loss_entry(_cross_entropy_probs, REDUCTION, per_output=False)


def _kl_div(log_target: bool, reduction: str) -> Loss:
    by = replace(OVER_SAMPLES, torch=', reduction="batchmean"') if reduction == "batchmean" else over_numbers(reduction)
    term: Expression = exp(T) * (T - A) if log_target else xlogy(T, T) - T * A
    return Loss(
        key="kl_div",
        aliases=("KLDivLoss", "kl", "kullback_leibler"),
        label="KL divergence",
        body=term if log_target else tall(term),
        term=term,
        slope=-exp(T) if log_target else -T,
        sentence="Kullback-Leibler divergence: how many nats the log-probabilities of the last layer waste.",
        torch="kl_div",
        torch_call=f"F.kl_div(y, t{', log_target=True' if log_target else ''}{{}})",
        terms=(lambda y, t: np.exp(t) * (t - y)) if log_target else (lambda y, t: _xlogy(t, t) - _share_of(t, y)),
        grad=lambda y, t: np.broadcast_to(-np.exp(t) if log_target else -t, y.shape),
        by=by,
        outputs_are_logarithms=True,
        target="values" if log_target else "probabilities",
        last_activations=("log_softmax",),
        source="mean per sample, the divergence itself; PyTorch's own default also divides by O",
    )


KL_DIV = loss_entry(
    _kl_div,
    Hyperparameter(
        "log_target", "target is a logarithm", False, kind="bool", sentence="Whether targets are log-probabilities."
    ),
    Hyperparameter(
        "reduction",
        "add up or average",
        "batchmean",
        kind="choice",
        says_itself=True,
        choices=("batchmean", "mean", "sum"),
        sentence="Averaged over samples (the divergence itself), over all numbers, or only added up.",
    ),
)

LIKELIHOOD = (CROSS_ENTROPY, CROSS_ENTROPY_PROBS, NLL, KL_DIV)
