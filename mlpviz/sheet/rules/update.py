"""The rule of a parameter after one step of the optimizer."""

from __future__ import annotations

from mlpviz.engine import NetworkSpec
from mlpviz.engine.expressions import Symbol
from mlpviz.engine.optimizers import is_plain
from mlpviz.engine.optimizers.optimizer import ETA, GRADIENT, THETA
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.optimizer_lines import MATRIX, numpy_lines, torch_lines
from mlpviz.sheet.rules.rule import Builder, Ref, Rule, expression_template, partial

GRADIENT_DESCENT = THETA - ETA * GRADIENT


_IN_TORCH = {"weight": "linear.weight", "bias": "linear.bias", "gamma": "norm.weight", "beta": "norm.bias"} | {
    "alpha": "prelu.weight"
}


def update(letter: str, tensor: str) -> Builder:
    """The rule of one parameter tensor. The slots of an optimizer are not on the sheet, so the step is one number."""

    def build(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
        old, optimizer, own = rf"{letter}^{{{n}}}", shape.optimizer_of(n), shape.update_of(n)
        if tensor in own.frozen:
            return Rule(
                rf"\text{{new }}{old} = {old}",
                template=r"\text{ref0}",
                refs=((f"{tensor}.{n}", "r", "c"),),
                sentence="Frozen: the update leaves it as it is, whatever its gradient.",
                numpy=f"{tensor}  # no update",
                torch=f"{_IN_TORCH[tensor]}.requires_grad_(False)",
            )
        penalty = shape.penalty_of(tensor)
        if not is_plain(optimizer) or penalty is not None:
            # the definitions of its letters are left out: the card of the update shows them with their numbers
            own_lines = optimizer.of_tensor(tensor == MATRIX)
            latex = own_lines.formula(optimizer.settings).formula.latex({THETA: old})
            return Rule(
                rf"\text{{new }}{old} = {latex}",
                template=r"\text{ref0} - \text{ref1}",
                refs=((f"{tensor}.{n}", "r", "c"), (f"step_{tensor}.{n}", "r", "c")),
                sentence=optimizer.sentence,
                numpy=numpy_lines(optimizer, tensor, penalty),
                torch=torch_lines(optimizer, tensor, penalty),
            )
        refs: dict[Symbol, Ref] = {
            THETA: (f"{tensor}.{n}", "r", "c"),
            ETA: (f"learning_rate.{n if own.has_own_rate else 0}", 0, 0),
            GRADIENT: (f"grad_{tensor}.{n}", "r", "c"),
        }
        template, found = expression_template(GRADIENT_DESCENT, refs)
        latex = GRADIENT_DESCENT.latex({THETA: old, GRADIENT: partial(old)})
        return Rule(rf"\text{{new }}{old} = {latex}", template=template, refs=found)

    return build
