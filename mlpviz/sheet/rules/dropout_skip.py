"""The rules of what stands behind φ, dropout and skip: how a comes out of h, and ∂L/∂h out of ∂L/∂a."""

from __future__ import annotations

from mlpviz.engine import NetworkSpec
from mlpviz.engine.hyperparameters import tex
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.rules.dense import activation, flow
from mlpviz.sheet.rules.rule import Rule
from mlpviz.sheet.rules.symbols import partial, read_by


def a(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """a: φ's own output, or what dropout and a skip make of it."""
    layer, parts = spec.layers[n - 1], layer_tensors(spec.layers[n - 1], shape.training)
    if not parts.inner:
        return activation(n, spec, shape)
    if not layer.skip:
        return dropped(n, spec, shape)
    block, symbol = read_by(n - layer.skip)
    own, word = (f"dropped.{n}", "dropped") if parts.dropping else (f"h.{n}", "h")
    letter = rf"\text{{dropped}}^{{{n}}}_{{j}}" if parts.dropping else rf"h^{{{n}}}_{{j}}"
    return Rule(
        rf"a^{{{n}}}_{{j}} = {letter} + {symbol}_{{j}}",
        count=1,
        factors=((own, "r", "c"),),
        plus=((block, "r", "c"),),
        sentence=f"The skip adds what layer {n - layer.skip + 1} reads: "
        f"{'this layer' if layer.skip == 1 else f'these {layer.skip} layers'} only have to learn the difference.",
        numpy=f"a = {word} + skipped",
        torch=f"a = {word} + skipped",
    )


def dropped(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """What dropout leaves of h."""
    rate = tex(spec.layers[n - 1].dropout)
    is_a = not spec.layers[n - 1].skip
    symbol = rf"a^{{{n}}}_{{j}}" if is_a else rf"\text{{dropped}}^{{{n}}}_{{j}}"
    code = f"{'a' if is_a else 'dropped'} = h * mask / (1 - {spec.layers[n - 1].dropout:g})"
    return Rule(
        rf"{symbol} = \frac{{1}}{{1 - p}} \cdot h^{{{n}}}_{{j}} \cdot m_{{j}}, \quad p = {rate}",
        count=1,
        factors=((f"h.{n}", "r", "c"), (f"mask.{n}", "r", "c")),
        divisor=(f"keep.{n}", 0, 0),
        sentence="What dropout leaves of h: 0, or h divided by the chance to be kept, so that its mean stays the same.",
        numpy=code,
        torch=code,
    )


def grad_h(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂h behind dropout."""
    rate = spec.layers[n - 1].dropout
    return Rule(
        rf"{partial(f'h^{{{n}}}_{{j}}')} = \frac{{1}}{{1 - p}} \cdot {partial(f'a^{{{n}}}_{{j}}')} \cdot m_{{j}},"
        rf" \quad p = {tex(rate)}",
        count=1,
        factors=((f"flow.{n}", "r", "c"), (f"mask.{n}", "r", "c")),
        divisor=(f"keep.{n}", 0, 0),
        details=(flow(n),),
        numpy=f"grad_h = grad_a * mask / (1 - {rate:g})",
    )
