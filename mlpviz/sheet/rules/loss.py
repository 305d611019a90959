r"""The rules of the loss: its terms, its probabilities, L, and the gradient of the last layer's output.

The formulas of losses are LaTeX in their records: `substitute` puts placeholders into them.
"""

from __future__ import annotations

import re

from mlpviz.engine import ACTIVATIONS, NetworkSpec
from mlpviz.engine.activations.activation import Z
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.rules.rule import Ref, Rule, activation_template, partial


def symbol_pattern(letter: str) -> str:
    """A pattern for the letter alone, not as a part of a command or a name, as the n in sign."""
    return rf"(?<![\\A-Za-z]){re.escape(letter)}(?![A-Za-z])"


def substitute(latex: str, refs: dict[str, Ref]) -> tuple[str, tuple[Ref, ...]]:
    """Put a placeholder for every single letter in `refs` that the formula uses; return the references in order.

    In `refs` a letter with its index, such as a_{k}, must come before the letters in it.
    """
    used: list[Ref] = []
    for letter, ref in refs.items():
        # placeholders contain letters, so they are written with a private character first
        latex, found = re.subn(symbol_pattern(letter), f"\x00{len(used)}\x00", latex)
        if found:
            used.append(ref)
    return re.sub("\x00(\\d+)\x00", r"\\text{ref\1}", latex), tuple(used)


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
        torch=found.torch_code if shape.target_is_classes else found.torch_rows or found.torch_code,
    )


def probabilities(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """p of a loss on logits."""
    phi = ACTIVATIONS[spec.loss.probabilities or ""]
    formula = f"p_{{j}} = {phi.name_latex}"
    if phi.elementwise:
        formula += f" = {phi.formula.latex({Z: 'z_{j}'})}"
    template, refs = activation_template(phi, f"a.{n}", spec.outputs)
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
