"""Where the factors of a loss come from: the ½, the 2, the 1/N, the class weights. One record and one story each.

The record of a loss says whether it has a factor: by its divisor, its constants and its hyperparameters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpviz.engine import Loss, Trace
from mlpviz.engine.expressions import Symbol
from mlpviz.engine.losses.symbols import LENGTH, RIGHT
from mlpviz.engine.losses.weighing import counts
from mlpviz.engine.registry import Registry
from mlpviz.explain.loss_clamp import held_outputs, held_sentence
from mlpviz.text.numbers import all_digits
from mlpviz.text.sentences import Sentence, exact_number, sentence


@dataclass(frozen=True)
class LossFactor:
    """One factor: how it is written (LaTeX), whether the loss of a trace has it, and where it comes from."""

    key: str
    latex: str
    found: Callable[[Trace], bool]
    story: Callable[[Trace], Sentence | str]


def _hyperparameter(loss: Loss, name: str) -> Any:
    return dict(loss.settings).get(name)


def _number(loss: Loss, name: str) -> str:
    return all_digits(float(_hyperparameter(loss, name) or 0.0))


def _divisor(trace: Trace) -> Sentence:
    return exact_number(float(trace.spec.loss.divisor(trace.samples, trace.spec.outputs, trace.target)))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _bound(trace: Trace) -> Sentence:
    """What the bounds of the formula are for, and the first output at which one of them holds."""
    held, clamp = held_outputs(trace), trace.spec.loss.clamp
    if held:
        more = len(held) - 1
        others = f" So {'is' if more == 1 else 'are'} {_counted(more, 'more output')}." if more else ""
        return sentence("{said}{others}", said=held_sentence(trace, held[0]), others=others)
    bound, purpose = ("", "") if clamp is None else (clamp.bound, clamp.purpose)
    return sentence("As in PyTorch {bound}, {purpose}. Here no bound holds.", bound=bound, purpose=purpose)


def _focus(trace: Trace) -> Sentence:
    gamma = float(_hyperparameter(trace.spec.loss, "gamma"))
    return sentence(
        "A term is multiplied by the share of p that misses the target, to the power {gamma}: where the right side has "
        "p = 0.9 it keeps {left} of itself, where it has 0.5 it keeps {half}.",
        gamma=exact_number(gamma),
        left=exact_number(0.1**gamma),
        half=exact_number(0.5**gamma),
    )


def _ignored(trace: Trace) -> str:
    number, target = trace.spec.loss.ignored, trace.target
    rows = () if target is None else tuple(np.flatnonzero(counts(target, number) == 0.0) + 1)
    said = f"A sample of class {number} counts neither in the sum nor in the mean, and its gradient is 0"
    if not len(rows):
        return f"{said}. Here there is none."
    if len(rows) == trace.samples:
        return f"{said}. Here no sample counts: L is 0, where PyTorch's mean is NaN; every gradient is 0 in both."
    return f"{said}: {'sample' if len(rows) == 1 else 'samples'} {', '.join(map(str, rows))}."


def _over(name: str) -> Callable[[Trace], bool]:
    return lambda trace: trace.spec.loss.mean_over == name


def _has(symbol: Symbol) -> Callable[[Trace], bool]:
    """Whether this number of the whole row stands in the formula."""
    return lambda trace: any(line.symbol == symbol for line in trace.spec.loss.row_numbers)


LOSS_FACTORS: Registry[LossFactor] = Registry(
    "factor of a loss",
    (
        LossFactor(
            "half",
            r"\frac{1}{2}",
            lambda trace: "½" in trace.spec.loss.constants,
            lambda trace: "Put there by hand: the square brings down a 2 when it is differentiated, and ½ · 2 = 1.",
        ),
        LossFactor(
            "two",
            "2",
            lambda trace: "2" in trace.spec.loss.constants,
            lambda trace: "Only in the gradient: the derivative of (a − t)² is 2 · (a − t).",
        ),
        LossFactor(
            "numbers",
            r"\frac{1}{N \cdot O}",
            _over("numbers"),
            lambda trace: sentence(
                "The mean is taken over all numbers: {samples} · {outputs} = {divisor}. "
                "The loss and its gradient keep their size when samples or outputs are added.",
                samples=_counted(trace.samples, "sample"),
                outputs=_counted(trace.spec.outputs, "output"),
                divisor=_divisor(trace),
            ),
        ),
        LossFactor(
            "samples",
            r"\frac{1}{N}",
            _over("samples"),
            lambda trace: sentence(
                "The mean is taken over the samples, N = {divisor}; the outputs of one sample are added up, "
                "because together they are one distribution.",
                divisor=_divisor(trace),
            ),
        ),
        LossFactor(
            "twice the samples",
            r"\frac{1}{2 N}",
            _over("twice the samples"),
            lambda trace: sentence(
                "As in many courses: the mean over the samples, and a 2 that a square brings down is taken away "
                "again, 2 · N = {divisor}.",
                divisor=_divisor(trace),
            ),
        ),
        LossFactor(
            "outputs",
            r"\frac{1}{O}",
            _over("outputs"),
            lambda trace: sentence(
                "As in PyTorch the terms are divided by O = {divisor}, the number of outputs, also where samples are "
                "only added up.",
                divisor=_divisor(trace),
            ),
        ),
        LossFactor(
            "sample weights",
            "w_{n}",
            lambda trace: bool(trace.spec.loss.sample_weight),
            lambda trace: f"How much each sample counts: {', '.join(map(all_digits, trace.spec.loss.sample_weight))}.",
        ),
        LossFactor(
            "output weights",
            "v_{j}",
            lambda trace: bool(trace.spec.loss.term_weight),
            lambda trace: f"How much each output counts: {', '.join(map(all_digits, trace.spec.loss.term_weight))}.",
        ),
        LossFactor(
            "positives",
            "q_{j}",
            lambda trace: bool(_hyperparameter(trace.spec.loss, "pos_weight")),
            lambda trace: (
                "How much a target of 1 counts against one of 0: "
                f"{', '.join(map(all_digits, _hyperparameter(trace.spec.loss, 'pos_weight')))}."
            ),
        ),
        LossFactor(
            "factor",
            "c",
            lambda trace: trace.spec.loss.scale != 1.0,
            lambda trace: f"The whole loss is multiplied by {all_digits(trace.spec.loss.scale)}, and every gradient.",
        ),
        LossFactor(
            "given",
            r"\frac{\partial L}{\partial a}",
            lambda trace: trace.spec.loss.target == "gradients",
            lambda trace: "The targets are ∂L/∂a themselves: L = Σ t · a is a loss that has this gradient.",
        ),
        LossFactor(
            "weights",
            r"\frac{1}{\sum w}",
            lambda trace: trace.spec.loss.mean_over == "weights" and bool(trace.spec.loss.weight),
            lambda trace: sentence(
                "A weighted mean: the class weights of the samples add up to {divisor}, and that stands in place of N.",
                divisor=_divisor(trace),
            ),
        ),
        LossFactor(
            "counted",
            r"\frac{1}{\sum c}",
            lambda trace: trace.spec.loss.mean_over == "weights" and not trace.spec.loss.weight,
            lambda trace: sentence(
                "The mean is over the samples that count, here {divisor}, and that stands in place of N.",
                divisor=_divisor(trace),
            ),
        ),
        LossFactor("ignored", "c_{n}", lambda trace: trace.spec.loss.ignored is not None, _ignored),
        LossFactor(
            "nothing",
            "1",
            _over("nothing"),
            lambda trace: "Nothing is divided: the terms are added up, so twice the samples give twice the gradient.",
        ),
        LossFactor(
            "minus",
            "-",
            lambda trace: "−" in trace.spec.loss.constants,
            lambda trace: "The logarithm of a probability is never above 0; the minus makes a loss of it.",
        ),
        LossFactor(
            "class weights",
            "w_{j}",
            lambda trace: bool(trace.spec.loss.weight),
            lambda trace: f"How much each class counts: {', '.join(map(all_digits, trace.spec.loss.weight))}.",
        ),
        LossFactor(
            "smoothing",
            r"\frac{1}{O}",
            lambda trace: bool(_hyperparameter(trace.spec.loss, "label_smoothing")),
            lambda trace: (
                f"Label smoothing takes {_number(trace.spec.loss, 'label_smoothing')} of each target and spreads it "
                f"evenly over the O = {trace.spec.outputs} classes."
            ),
        ),
        LossFactor(
            "bend",
            r"\delta",
            lambda trace: _hyperparameter(trace.spec.loss, "delta") is not None,
            lambda trace: (
                f"Farther than {_number(trace.spec.loss, 'delta')} from the target the loss is a straight line: "
                "its slope stays at ±δ, so that an outlier cannot pull harder."
            ),
        ),
        LossFactor(
            "rounding",
            r"\frac{1}{\beta}",
            lambda trace: bool(_hyperparameter(trace.spec.loss, "beta")),
            lambda trace: (
                f"Nearer than {_number(trace.spec.loss, 'beta')} to the target the corner of |a − t| is rounded by a "
                "parabola; 1/β makes its slope reach ±1 where it meets the line."
            ),
        ),
        LossFactor(
            "lead",
            "a_{y}",
            _has(RIGHT),
            lambda trace: (
                f"The output of the right class. Another one costs nothing, and its gradient is 0, where it is at "
                f"least {_number(trace.spec.loss, 'margin')} below it."
            ),
        ),
        LossFactor(
            "power",
            "2",
            lambda trace: _hyperparameter(trace.spec.loss, "p") == 2,
            lambda trace: (
                "Twice as much short of the margin costs four times as much; the square brings a 2 into the gradient."
            ),
        ),
        LossFactor(
            "direction",
            r"\frac{1}{|a|}",
            _has(LENGTH),
            lambda trace: (
                "Divided by their lengths a and t are directions, and their product is the cosine of the angle between "
                "them. The 1 of 1 − cos is shared out, 1/O for each output."
            ),
        ),
        LossFactor(
            "margin",
            "m",
            lambda trace: _hyperparameter(trace.spec.loss, "margin") is not None and trace.spec.loss.target == "signs",
            lambda trace: (
                f"An output at least {_number(trace.spec.loss, 'margin')} on the right side of 0 costs nothing, "
                "and beyond that its gradient is 0; exactly there it still pulls, as in PyTorch."
            ),
        ),
        LossFactor(
            "neither side",
            "t = 0",
            lambda trace: trace.spec.loss.target == "signs" and bool(np.any(trace.target == 0.0)),
            lambda trace: "A target of 0 is neither side: its term is always the same, and its gradient 0.",
        ),
        LossFactor("bound", r"\max", lambda trace: trace.spec.loss.clamp is not None, _bound),
        LossFactor(
            "constant",
            r"\ln t!",
            lambda trace: bool(_hyperparameter(trace.spec.loss, "full")) and trace.spec.loss.outputs_are_logarithms,
            lambda trace: "The logarithm of t! has no a in it: it raises the loss and adds nothing to the gradient.",
        ),
        LossFactor(
            "variance",
            r"\frac{1}{\sigma^2}",
            lambda trace: _hyperparameter(trace.spec.loss, "variance") is not None,
            lambda trace: (
                f"The variance σ² = {_number(trace.spec.loss, 'variance')} divides the squared distance and the "
                "gradient. The ½ and the logarithms are of the density of a normal distribution, without a in them."
            ),
        ),
        LossFactor(
            "focus",
            r"(1 - p_t)^{\gamma}",
            lambda trace: bool(_hyperparameter(trace.spec.loss, "gamma")),
            _focus,
        ),
        LossFactor(
            "balance",
            r"\alpha_t",
            lambda trace: (
                _hyperparameter(trace.spec.loss, "alpha") is not None
                and _hyperparameter(trace.spec.loss, "alpha") >= 0.0
            ),
            lambda trace: (
                f"A target of 1 counts {_number(trace.spec.loss, 'alpha')}, "
                f"a target of 0 counts {all_digits(1.0 - _hyperparameter(trace.spec.loss, 'alpha'))}."
            ),
        ),
    ),
)


def factors_of(trace: Trace) -> list[tuple[LossFactor, Sentence | str]]:
    """The factors that the loss of this trace has, each with its story."""
    return [(factor, factor.story(trace)) for factor in LOSS_FACTORS.values() if factor.found(trace)]
