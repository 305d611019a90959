"""The rule of a parameter after one step of the optimizer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mlpviz.engine import NetworkSpec
from mlpviz.engine.expressions import Expression, Symbol
from mlpviz.engine.optimizers import is_plain
from mlpviz.engine.optimizers.optimizer import ETA, GRADIENT, THETA
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.optimizer_lines import MATRIX, numpy_lines, torch_lines
from mlpviz.sheet.rules.rule import Builder, Ref, Rule, expression_template, partial

GRADIENT_DESCENT = THETA - ETA * GRADIENT


SHARED = "The number is used in several places, and the step follows the sum of the gradients of all of them."

MANY = 8
"""A sum over more units than this is not written out."""

_IN_TORCH = {"weight": "linear.weight", "bias": "linear.bias", "gamma": "norm.weight", "beta": "norm.bias"} | {
    "alpha": "prelu.weight"
}


def update(letter: str, tensor: str) -> Builder:
    """The rule of one parameter tensor. The slots of an optimizer are not on the sheet, so the step is one number."""

    def build(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
        # the update of a tied weight is that of its first layer
        owner = spec.weight_uses(n - 1)[0].layer + 1 if tensor == "weight" else n
        old, optimizer, own = rf"{letter}^{{{n}}}", shape.optimizer_of(owner), shape.update_of(owner)
        uses = _uses(letter, tensor, n, spec)
        if tensor in shape.update_of(n).frozen:
            return Rule(
                rf"\text{{new }}{old} = {old}",
                template=r"\text{ref0}",
                refs=((f"{tensor}.{n}", "r", "c"),),
                sentence="Frozen: the update leaves it as it is, whatever its gradient.",
                numpy=f"{tensor}  # no update",
                torch=f"{_IN_TORCH[tensor]}.requires_grad_(False)",
            )
        penalty = shape.penalty_of(tensor)
        if not is_plain(optimizer) or penalty is not None or not uses:
            # the definitions of its letters are left out: the card of the update shows them with their numbers
            own_lines = optimizer.of_tensor(tensor == MATRIX)
            latex = own_lines.formula(optimizer.settings).formula.latex({THETA: old})
            return Rule(
                rf"\text{{new }}{old} = {latex}",
                template=r"\text{ref0} - \text{ref1}",
                refs=((f"{tensor}.{n}", "r", "c"), (f"step_{tensor}.{n}", "r", "c")),
                sentence=optimizer.sentence if len(uses) == 1 else f"{optimizer.sentence} {SHARED}",
                numpy=numpy_lines(optimizer, tensor, penalty),
                torch=torch_lines(optimizer, tensor, penalty),
            )
        refs: dict[Symbol, Ref] = {
            THETA: (f"{tensor}.{n}", "r", "c"),
            ETA: (f"learning_rate.{owner if own.has_own_rate else 0}", 0, 0),
            GRADIENT: (f"grad_{tensor}.{n}", "r", "c"),
        }
        if len(uses) > 1:
            return _of_uses(old, tensor, uses, refs)
        template, found = expression_template(GRADIENT_DESCENT, refs)
        latex = GRADIENT_DESCENT.latex({THETA: old, GRADIENT: partial(old)})
        return Rule(rf"\text{{new }}{old} = {latex}", template=template, refs=found)

    return build


class _Use(NamedTuple):
    """A place in which the number of a cell is used: its gradient in letters, in NumPy, and as a cell."""

    letters: str
    numpy: str
    gradient: Ref


def _uses(letter: str, tensor: str, n: int, spec: NetworkSpec) -> tuple[_Use, ...]:
    """The uses of the numbers of a tensor, the same for all of its cells; empty where they differ from cell to cell."""
    own = (_Use(partial(f"{letter}^{{{n}}}"), f"grad_{tensor}", (f"grad_{tensor}.{n}", "r", "c")),)
    if spec.sharing is None or tensor not in ("weight", "bias"):
        return own
    if spec.ties:
        return ()
    layer = spec.layers[n - 1]
    if tensor == "bias":
        if not layer.one_bias:
            return own
        units = range(layer.outputs)
        found = tuple(
            _Use(partial(f"b^{{{n}}}_{{{k + 1}}}"), f"grad_bias[{k}]", (f"grad_bias.{n}", k, 0)) for k in units
        )
        return found if len(found) <= MANY else ()
    return tuple(
        _Use(
            partial(f"W^{{{use.layer + 1}}}") + (r"^{\top}" if use.transposed else ""),
            f"grad_weight_{use.layer + 1}{'.T' * use.transposed}",
            (f"grad_weight.{use.layer + 1}", *(("c", "r") if use.transposed else ("r", "c"))),
        )
        for use in spec.weight_uses(n - 1)
    )


def _of_uses(old: str, tensor: str, uses: tuple[_Use, ...], refs: Mapping[Symbol, Ref]) -> Rule:
    """The rule of a number that is used in several places: the gradients of its uses are added up."""
    parts = [Symbol(use.letters, f"use_{number}") for number, use in enumerate(uses, start=1)]
    total: Expression = parts[0]
    for part in parts[1:]:
        total = total + part
    step = THETA - ETA * total
    template, found = expression_template(
        step, {**refs, **{part: use.gradient for part, use in zip(parts, uses, strict=True)}}
    )
    return Rule(
        rf"\text{{new }}{old} = {step.latex({THETA: old})}",
        template=template,
        refs=found,
        sentence=SHARED,
        numpy=f"{tensor} - learning_rate * ({' + '.join(use.numpy for use in uses)})",
        torch=f"{_IN_TORCH[tensor]} -= learning_rate * {_IN_TORCH[tensor]}.grad  # one parameter: autograd adds up",
    )
