"""The rules of the loss: its terms, its probabilities, L, and the gradient of the last layer's output."""

from __future__ import annotations

import re

from mlpviz.engine import ACTIVATIONS, NetworkSpec
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.rules.rule import Ref, Rule, partial, row_template, substitute, symbol_pattern


def loss_term(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """ℓ, what one output adds."""
    template, refs = substitute(spec.loss.term_latex, _letters(n))
    return Rule(rf"\ell = {spec.loss.term_latex}", template=template, refs=refs)


def _letters(n: int) -> dict[str, Ref]:
    cell = ("r", "c")
    return {
        "a": (f"a.{n}", *cell),
        "t": (f"one_hot.{n}", *cell),
        "p": (f"probabilities.{n}", *cell),
        "s": ("target_sum.0", 0, "c"),
        "N": ("samples.0", 0, 0),
        "O": ("outputs.0", 0, 0),
    }


def loss(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """L, the sum of the terms over its divisor."""
    found = spec.loss
    return Rule(
        found.latex,
        count=spec.outputs * shape.samples,
        factors=((f"loss_term.{n}", "k/N", "k%N"),),
        divisor=None if found.mean_over == "nothing" else ("divisor.0", 0, 0),
        sentence=found.sentence,
        numpy=found.numpy,
        torch=found.torch_code,
    )


def probabilities(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """p of a loss on logits."""
    phi = ACTIVATIONS[spec.loss.probabilities or ""]
    formula = f"p_{{j}} = {phi.name_latex}"
    if phi.elementwise:
        formula += " = " + re.sub(symbol_pattern("z"), "z_{j}", phi.latex)
        template, refs = substitute(phi.latex, {"z": (f"a.{n}", "r", "c")})
    else:
        template, refs = row_template(phi, f"a.{n}", spec.outputs)
    return Rule(formula, template=template, refs=refs)


def grad_output(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂a of the last layer."""
    latex = spec.loss.grad_latex.replace(r"p \cdot s", "p") if shape.target_sums_to_one else spec.loss.grad_latex
    template, refs = substitute(latex, _letters(n))
    return Rule(
        rf"{partial(f'a^{{{n}}}_{{j}}')} = {latex}",
        template=template,
        refs=refs,
        sentence="The loss itself says how much it changes with this output.",
        numpy=spec.loss.numpy_grad,
    )
