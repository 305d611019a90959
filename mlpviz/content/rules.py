r"""What each cell is made of: the general formula, and where its live numbers stand. One rule per block.

A rule is data. A reference is (block, row, column) whose row and column are numbers from 0 or the letters r and c
(row and column of the cell itself), k (the index of the sum), rk (row r·count + k of a Jacobian), k/N and k%N (row
and column of entry k of a block of N columns).
Sums are written out from `factors`; other formulas are templates, in which `\text{ref0}` is the first reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from latex2mathml.converter import convert

from mlpviz.content.blocks import Block, Shape
from mlpviz.engine import ACTIVATIONS, Activation, NetworkSpec

Ref = tuple[str, int | str, int | str]


@dataclass(frozen=True)
class Detail:
    """How a factor that has no cell of its own is computed: a line such as φ'(1.3) = 1 − 0.862² = 0.257.

    `symbol` is its left side and `template` its formula, both LaTeX with placeholders for `refs`; `value` is the number
    that comes out. One line for each k < count. Where the activation at `pin` is pinned the value is 0 instead, because
    nothing flows through, and the line does not hold. `sources` are the cells that the numbers can be seen in.
    """

    symbol: str
    template: str
    refs: tuple[Ref, ...]
    value: Ref
    pin: Ref
    sources: tuple[Ref, ...]
    count: int = 1


@dataclass(frozen=True)
class Rule:
    """How one cell of a block is computed.

    With `factors`: Σ over k < count of their product, plus `plus`, over `divisor`. With `template`: that formula, its
    numbers in `refs`. Without both the number is given. `formula` is the general formula; both in LaTeX.
    `details` say what factors without a cell are made of.
    """

    formula: str
    count: int = 0
    factors: tuple[Ref, ...] = ()
    plus: Ref | None = None
    divisor: Ref | None = None
    template: str = ""
    refs: tuple[Ref, ...] = ()
    details: tuple[Detail, ...] = ()
    sentence: str = ""
    numpy: str = ""
    torch: str = ""

    @property
    def terms(self) -> int:
        """How many single products a cell takes; 1 for a template."""
        return max(1, self.count + (self.plus is not None))


@lru_cache(maxsize=4096)
def mathml(latex: str) -> str:
    """MathML of a formula of ours; never called with text of the user."""
    return str(convert(latex))


def _single(letter: str) -> str:
    """The letter alone: no part of a command, such as max after a backslash, or of a name, such as sign."""
    return rf"(?<![\\A-Za-z]){re.escape(letter)}(?![A-Za-z])"


def _letters(latex: str, refs: dict[str, Ref]) -> tuple[str, tuple[Ref, ...]]:
    """Put a placeholder for every single letter in `refs` that the formula uses; return the references in order.

    A letter with its index, such as a_{k}, comes before the letters that it has in it.
    """
    used: list[Ref] = []
    for letter, ref in refs.items():
        # placeholders contain letters, so they are written with a private character first
        latex, found = re.subn(_single(letter), f"\x00{len(used)}\x00", latex)
        if found:
            used.append(ref)
    return re.sub("\x00(\\d+)\x00", r"\\text{ref\1}", latex), tuple(used)


def _row(activation: Activation, block: str, outputs: int) -> tuple[str, tuple[Ref, ...]]:
    """The template of a function of a whole row: its own number first, then all numbers of the row in the sum."""
    total = " + ".join(rf"e^{{\text{{ref{k + 1}}}}}" for k in range(outputs))
    template, own = _letters(activation.row_latex, {"z": (block, "r", "c")})
    template = re.sub(_single("s"), lambda _: total, template)
    return template, (*own, *((block, k, "c") for k in range(outputs)))


def _partial(thing: str) -> str:
    return rf"\frac{{\partial L}}{{\partial {thing}}}"


def rule_of(block: Block, spec: NetworkSpec, shape: Shape) -> Rule:
    """The rule of a block of this network."""
    build = _BUILDERS.get(block.quantity.key)
    return build(block.layer, spec, shape) if build else Rule("")


def _a(layer: int) -> tuple[str, str]:
    """Block and symbol of what layer + 1 reads."""
    return (f"a.{layer}", f"a^{{{layer}}}") if layer else ("x.0", "x")


def _z(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    layer, (block, symbol) = spec.layers[n - 1], _a(n - 1)
    bias = rf" + b^{{{n}}}_{{j}}" if layer.bias else ""
    return Rule(
        rf"z^{{{n}}}_{{j}} = \sum_{{i}} W^{{{n}}}_{{ji}} \cdot {symbol}_{{i}}{bias}",
        count=layer.inputs,
        factors=((f"weight.{n}", "r", "k"), (block, "k", "c")),
        plus=(f"bias.{n}", "r", 0) if layer.bias else None,
        numpy="z = a_prev @ weight.T" + (" + bias" if layer.bias else ""),
        torch="z = F.linear(a_prev, weight" + (", bias)" if layer.bias else ")"),
    )


def _activation(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    activation, outputs = spec.activations[n - 1], spec.layers[n - 1].outputs
    if activation.elementwise:
        template, refs = _letters(activation.latex, {"z": (f"z.{n}", "r", "c")})
        formula = rf"a^{{{n}}}_{{j}} = \varphi(z^{{{n}}}_{{j}}) = {activation.latex}"
    else:
        template, refs = _row(activation, f"z.{n}", outputs)
        formula = rf"a^{{{n}}}_{{j}} = {activation.latex}"
    return Rule(
        formula,
        template=template,
        refs=refs,
        sentence=activation.sentence,
        numpy=activation.numpy,
        torch=activation.torch_code,
    )


def _loss_term(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    template, refs = _letters(spec.loss.term_latex, _loss_letters(n, spec))
    return Rule(rf"\ell = {spec.loss.term_latex}", template=template, refs=refs)


def _loss_letters(n: int, spec: NetworkSpec) -> dict[str, Ref]:
    cell = ("r", "c")
    return {
        "a": (f"a.{n}", *cell),
        "t": (f"one_hot.{n}", *cell),
        "p": (f"probabilities.{n}", *cell),
        "s": ("target_sum.0", 0, "c"),
        "N": ("samples.0", 0, 0),
        "O": ("outputs.0", 0, 0),
    }


def _loss(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    loss = spec.loss
    return Rule(
        loss.latex,
        count=spec.outputs * shape.samples,
        factors=((f"loss_term.{n}", "k/N", "k%N"),),
        divisor=None if loss.mean_over == "nothing" else ("divisor.0", 0, 0),
        sentence=loss.sentence,
        numpy=loss.numpy,
        torch=loss.torch_code if shape.target_is_classes else loss.torch_rows or loss.torch_code,
    )


def _probabilities(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    name = {"softmax": r"\operatorname{softmax}(z)_{j}", "sigmoid": r"\sigma(z_{j}) = \frac{1}{1 + e^{-z_{j}}}"}
    if spec.loss.probabilities == "sigmoid":
        template, refs = _letters(ACTIVATIONS["sigmoid"].latex, {"z": (f"a.{n}", "r", "c")})
    else:
        template, refs = _row(ACTIVATIONS["softmax"], f"a.{n}", spec.outputs)
    return Rule("p_{j} = " + name[spec.loss.probabilities or "softmax"], template=template, refs=refs)


def _grad_a(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    symbol = rf"a^{{{n}}}" if n else "x"
    if n == len(spec.layers):
        latex = spec.loss.grad_latex.replace(r"p \cdot s", "p") if shape.target_sums_to_one else spec.loss.grad_latex
        template, refs = _letters(latex, _loss_letters(n, spec))
        return Rule(
            rf"{_partial(symbol + '_{j}')} = {latex}",
            template=template,
            refs=refs,
            sentence="The loss itself says how much it changes with this output.",
            numpy=spec.loss.numpy_grad,
        )
    return Rule(
        rf"{_partial(symbol + '_{i}')} = \sum_{{j}} W^{{{n + 1}}}_{{ji}} \cdot {_partial(f'z^{{{n + 1}}}_{{j}}')}",
        count=spec.layers[n].outputs,
        factors=((f"weight.{n + 1}", "k", "r"), (f"grad_z.{n + 1}", "k", "c")),
    )


def _grad_z(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    activation = spec.activations[n - 1]
    grad_z, grad_a = _partial(f"z^{{{n}}}_{{j}}"), f"grad_a.{n}"
    if activation.elementwise:
        return Rule(
            rf"{grad_z} = {_partial(f'a^{{{n}}}_{{j}}')} \cdot \varphi'(z),"
            rf" \quad \varphi'(z) = {activation.slope_latex}",
            count=1,
            factors=((grad_a, "r", "c"), (f"slope.{n}", "r", "c")),
            details=(_slope(n, activation),),
            numpy=activation.numpy_grad,
        )
    return Rule(
        rf"{grad_z} = \sum_{{k}} {_partial(f'a^{{{n}}}_{{k}}')} \cdot \frac{{\partial a_{{k}}}}{{\partial z_{{j}}}},"
        rf" \quad \frac{{\partial a_{{k}}}}{{\partial z_{{j}}}} = {activation.slope_latex}",
        count=spec.layers[n - 1].outputs,
        factors=((grad_a, "k", "c"), (f"jacobian.{n}", "rk", "c")),
        details=(_derivative(n, activation, spec.layers[n - 1].outputs),),
        sentence=f"Every output of a {activation.label} depends on this z, so every output sends its share back.",
        numpy=activation.numpy_grad,
    )


def _slope(n: int, activation: Activation) -> Detail:
    """φ'(z) of one cell; z comes first, also where the formula is written with a alone."""
    z, a = (f"z.{n}", "r", "c"), (f"a.{n}", "r", "c")
    line, refs = _letters(rf"z \mid {activation.slope_latex}", {"z": z, "a": a})
    own, template = line.split(r" \mid ", 1)
    return Detail(rf"\varphi'({own})", template, refs, value=(f"slope.{n}", "r", "c"), pin=a, sources=refs)


def _derivative(n: int, activation: Activation, outputs: int) -> Detail:
    """∂a_k/∂z_j of one sample for every k: units j and k stand in it as numbers from 1."""
    # the other unit may be pinned: its own a is then not the one on screen
    letters: dict[str, Ref] = {
        "a_{k}": (f"unpinned.{n}", "k", "c"),
        "a_{j}": (f"unpinned.{n}", "r", "c"),
        "j": (f"unit.{n}", "r", 0),
        "k": (f"unit.{n}", "k", 0),
    }
    line, refs = _letters(rf"\frac{{\partial a_k}}{{\partial z_j}} \mid {activation.slope_latex}", letters)
    symbol, template = line.split(r" \mid ", 1)
    sources = ((f"a.{n}", "k", "c"), (f"a.{n}", "r", "c"))
    return Detail(symbol, template, refs, (f"jacobian.{n}", "rk", "c"), sources[0], sources, outputs)


def _grad_weight(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    block, symbol = _a(n - 1)
    samples = r"\sum_{n} " if shape.samples > 1 else ""
    return Rule(
        rf"{_partial(f'W^{{{n}}}_{{ji}}')} = {samples}{_partial(f'z^{{{n}}}_{{j}}')} \cdot {symbol}_{{i}}",
        count=shape.samples,
        factors=((f"grad_z.{n}", "r", "k"), (block, "c", "k")),
    )


def _grad_bias(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    samples = r"\sum_{n} " if shape.samples > 1 else ""
    return Rule(
        rf"{_partial(f'b^{{{n}}}_{{j}}')} = {samples}{_partial(f'z^{{{n}}}_{{j}}')}",
        count=shape.samples,
        factors=((f"grad_z.{n}", "r", "k"),),
    )


def _update(letter: str, tensor: str, n: int) -> Rule:
    old = rf"{letter}^{{{n}}}"
    return Rule(
        rf"\text{{new }}{old} = {old} - \eta \cdot {_partial(old)}",
        template=r"\text{ref0} - \text{ref1} \cdot \text{ref2}",
        refs=((f"{tensor}.{n}", "r", "c"), ("learning_rate.0", 0, 0), (f"grad_{tensor}.{n}", "r", "c")),
    )


_BUILDERS: dict[str, Callable[[int, NetworkSpec, Shape], Rule]] = {
    "z": _z,
    "a": _activation,
    "probabilities": _probabilities,
    "loss_term": _loss_term,
    "loss": _loss,
    "grad_a": _grad_a,
    "grad_x": _grad_a,
    "grad_z": _grad_z,
    "grad_weight": _grad_weight,
    "grad_bias": _grad_bias,
    "new_weight": lambda n, spec, shape: _update("W", "weight", n),
    "new_bias": lambda n, spec, shape: _update("b", "bias", n),
}
