"""What each cell is made of: the general formula, and where its live numbers stand. One rule per block."""

from __future__ import annotations

from mlpviz.content.blocks import Block, Shape
from mlpviz.content.rules import behind, layers, losses, norms
from mlpviz.content.rules.record import Builder, Detail, Ref, Rule, mathml
from mlpviz.engine import NetworkSpec

__all__ = ["Detail", "Ref", "Rule", "mathml", "rule_of"]


def rule_of(block: Block, spec: NetworkSpec, shape: Shape) -> Rule:
    """The rule of a block of this network."""
    build = _BUILDERS.get(block.quantity.key)
    return build(block.layer, spec, shape) if build else Rule("")


_BUILDERS: dict[str, Builder] = {
    "z": layers.z,
    "mean": norms.mean,
    "var": norms.var,
    "normalised": norms.normalised,
    "n": norms.n,
    "h": layers.activation,
    "dropped": behind.dropped,
    "a": behind.a,
    "probabilities": losses.probabilities,
    "loss_term": losses.loss_term,
    "loss": losses.loss,
    "grad_a": layers.grad_a,
    "grad_x": layers.grad_a,
    "grad_h": behind.grad_h,
    "grad_n": layers.through_activation,
    "grad_normalised": norms.grad_normalised,
    "grad_var": norms.grad_var,
    "grad_mean": norms.grad_mean,
    "grad_z": norms.grad_z,
    "grad_weight": layers.grad_weight,
    "grad_bias": layers.grad_bias,
    "grad_gamma": norms.grad_gamma,
    "grad_beta": norms.grad_beta,
    "new_weight": layers.update("W", "weight"),
    "new_bias": layers.update("b", "bias"),
    "new_gamma": layers.update(r"\gamma", "gamma"),
    "new_beta": layers.update(r"\beta", "beta"),
    "new_running_mean": norms.new_running_mean,
    "new_running_var": norms.new_running_var,
}
