"""How each cell is computed: the general formula, and the cells whose numbers go into it. One rule per block."""

from __future__ import annotations

from mlpviz.engine import NetworkSpec
from mlpviz.sheet.blocks import Block, Shape
from mlpviz.sheet.rules import dense, loss, norms
from mlpviz.sheet.rules.rule import Builder, Detail, Ref, Rule, mathml
from mlpviz.sheet.rules.update import update

__all__ = ["Detail", "Ref", "Rule", "mathml", "rule_of"]


def rule_of(block: Block, spec: NetworkSpec, shape: Shape) -> Rule:
    """The rule of a block of this network."""
    build = _BUILDERS.get(block.quantity.key)
    return build(block.layer, spec, shape) if build else Rule("")


_BUILDERS: dict[str, Builder] = {
    "mask": dense.mask,
    "z": dense.z,
    "mean": norms.mean,
    "var": norms.var,
    "mean_square": norms.mean_square,
    "normalised": norms.normalised,
    "n": norms.n,
    "h": dense.activation,
    "dropped": dense.dropped,
    "a": dense.a,
    "probabilities": loss.probabilities,
    "loss_term": loss.loss_term,
    "loss": loss.loss,
    "grad_a": dense.grad_a,
    "grad_x": dense.grad_a,
    "grad_h": dense.grad_h,
    "grad_n": dense.through_activation,
    "grad_normalised": norms.grad_normalised,
    "grad_var": norms.grad_spread,
    "grad_mean_square": norms.grad_spread,
    "grad_mean": norms.grad_mean,
    "grad_z": norms.grad_z,
    "grad_weight": dense.grad_weight,
    "grad_bias": dense.grad_bias,
    "grad_gamma": norms.grad_gamma,
    "grad_beta": norms.grad_beta,
    "grad_alpha": dense.grad_alpha,
    "new_weight": update("W", "weight"),
    "new_bias": update("b", "bias"),
    "new_gamma": update(r"\gamma", "gamma"),
    "new_beta": update(r"\beta", "beta"),
    "new_alpha": update(r"\alpha", "alpha"),
    "new_running_mean": norms.new_running_mean,
    "new_running_var": norms.new_running_var,
}
