"""The rules of a dense layer: z, φ, dropout, skip, and the gradients of all of them and of W and b.

The rules of a norm, which comes between z and φ, are in `norms.py`.
"""

from __future__ import annotations

from typing import Literal

from mlpviz.engine import Activation, NetworkSpec
from mlpviz.engine.activations.activation import (
    A_J,
    A_K,
    ALPHA,
    GRAD_A,
    GRAD_Z,
    SLOPES,
    Z_J,
    Z_K,
    A,
    J,
    K,
    Z,
)
from mlpviz.engine.expressions import Expression, Rewritten, Symbol, Where, number_code
from mlpviz.engine.hyperparameters import tex
from mlpviz.engine.tensor_names import LayerTensors, layer_tensors
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.rules.loss import grad_output
from mlpviz.sheet.rules.rule import (
    Detail,
    Ref,
    Rule,
    activation_template,
    partial,
    placeholders,
    read_by,
)


def z(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """z: the weighted sum of the inputs."""
    layer, (block, symbol) = spec.layers[n - 1], read_by(n - 1)
    bias = rf" + b^{{{n}}}_{{j}}" if layer.bias else ""
    return Rule(
        rf"z^{{{n}}}_{{j}} = \sum_{{i}} W^{{{n}}}_{{ji}} \cdot {symbol}_{{i}}{bias}",
        count=layer.inputs,
        factors=((f"weight.{n}", "r", "k"), (block, "k", "c")),
        plus=((f"bias.{n}", "r", 0),) if layer.bias else (),
        numpy="z = a_prev @ weight.T" + (" + bias" if layer.bias else ""),
        torch="z = F.linear(a_prev, weight" + (", bias)" if layer.bias else ")"),
    )


def activation(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """The output of φ: a, or h where dropout or a skip follow."""
    phi, outputs = spec.activations[n - 1].in_mode(shape.training), spec.layers[n - 1].outputs
    parts = layer_tensors(spec.layers[n - 1], shape.training)
    output, name = f"{parts.activation_output}^{{{n}}}_{{j}}", rf"\varphi({parts.activation_input}^{{{n}}}_{{j}}) = "
    template, refs = activation_template(phi, f"{parts.activation_input}.{n}", outputs, _slope_places(n, phi))
    return Rule(
        f"{output} = {name if phi.elementwise else ''}{phi.formula.latex(_letters(parts))}",
        template=template,
        refs=refs,
        sentence=phi.sentence,
        numpy=_code(phi.formula, A, "numpy", parts),
        torch=_code(Where(phi.formula.body), A, "torch", parts),
    )


def _slope_places(n: int, phi: Activation) -> dict[Symbol, Ref]:
    """Where the slopes are that an activation learns or draws."""
    alpha: Ref = (f"alpha.{n}", "r" if phi.alpha == "unit" else 0, 0)
    return {ALPHA: alpha, SLOPES: (f"slopes.{n}", "r", "c")}


def _letters(parts: LayerTensors) -> dict[Symbol, str]:
    """The letters of the input and output of φ in this layer."""
    return {
        Z: parts.activation_input,
        A: parts.activation_output,
        Z_J: f"{parts.activation_input}_j",
        Z_K: f"{parts.activation_input}_k",
    } | {symbol: f"{parts.activation_output}_{{{index}}}" for symbol, index in ((A_J, "j"), (A_K, "k"))}


def _code(formula: Where, symbol: Symbol, language: Literal["numpy", "torch"], parts: LayerTensors) -> str:
    """Lines of code that give a symbol its value, with the names of the input and output of φ in this layer."""
    # without dropout ∂L/∂h = ∂L/∂a, whatever a skip adds
    grad = "grad_h" if parts.dropout else "grad_a"
    names = {
        Z: parts.activation_input,
        A: parts.activation_output,
        GRAD_Z: f"grad_{parts.activation_input}",
        GRAD_A: grad,
    }
    return "\n".join(formula.line(symbol).code(language, names))


def a(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """a: the output of φ, after dropout and the skip if there are any."""
    layer, parts = spec.layers[n - 1], layer_tensors(spec.layers[n - 1], shape.training)
    if not parts.has_h:
        return activation(n, spec, shape)
    if not layer.skip:
        return dropped(n, spec, shape)
    block, symbol = read_by(n - layer.skip)
    own, word = (f"dropped.{n}", "dropped") if parts.dropout else (f"h.{n}", "h")
    letter = rf"\text{{dropped}}^{{{n}}}_{{j}}" if parts.dropout else rf"h^{{{n}}}_{{j}}"
    return Rule(
        rf"a^{{{n}}}_{{j}} = {letter} + {symbol}_{{j}}",
        count=1,
        factors=((own, "r", "c"),),
        plus=((block, "r", "c"),),
        sentence=f"The skip adds what layer {n - layer.skip + 1} reads: "
        f"{'this layer only has' if layer.skip == 1 else f'these {layer.skip} layers only have'} to learn the "
        "difference.",
        numpy=f"a = {word} + skipped",
        torch=f"a = {word} + skipped",
    )


_H, _MASK, _P = Symbol("h", "h"), Symbol("m_{j}", "mask"), Symbol("p", "p")


def _through_mask(x: Symbol, rate: float) -> Expression:
    """What dropout does with h on the way forward and with ∂L/∂a on the way back."""
    if rate == 1.0:
        return x * _MASK
    return Rewritten(1 / (1 - _P) * x * _MASK, x * _MASK / (1 - _P))


def dropped(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """h after dropout."""
    rate = spec.layers[n - 1].dropout
    is_a = not spec.layers[n - 1].skip
    symbol = rf"a^{{{n}}}_{{j}}" if is_a else rf"\text{{dropped}}^{{{n}}}_{{j}}"
    formula = _through_mask(_H, rate)
    code = f"{'a' if is_a else 'dropped'} = {formula.numpy({_P: number_code(rate)})}"
    return Rule(
        rf"{symbol} = {formula.latex({_H: f'h^{{{n}}}_{{j}}'})}, \quad p = {tex(rate)}",
        count=1,
        factors=((f"h.{n}", "r", "c"), (f"mask.{n}", "r", "c")),
        divisor=_kept_share(n, rate),
        sentence="With p = 1 dropout leaves nothing: every unit is 0, and there is no chance to be kept to divide by."
        if rate == 1.0
        else "What dropout leaves of h: 0, or h divided by the chance to be kept, so that its mean stays the same.",
        numpy=code,
        torch=code,
    )


def mask(n: int, spec: NetworkSpec, shape: Shape) -> Rule:  # as all builders
    """The mask is given; where nothing is kept it cannot be changed."""
    return Rule(
        "", sentence="With p = 1 dropout drops every unit of every sample." if spec.layers[n - 1].dropout == 1 else ""
    )


def _kept_share(n: int, rate: float) -> Ref | None:
    """The number that the product with a mask is divided by; none where nothing is kept."""
    return None if rate == 1.0 else (f"keep.{n}", 0, 0)


def grad_a(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂a of a layer, or ∂L/∂x: from the loss, or from the next layer and the skips that read it."""
    if n == len(spec.layers):
        return grad_output(n, spec, shape)
    symbol = f"a^{{{n}}}" if n else "x"
    joined = [number for number, layer in enumerate(spec.layers, start=1) if layer.skip and number - layer.skip == n]
    more = "".join(f" + {partial(f'a^{{{number}}}_{{i}}')}" for number in joined)
    name = "grad_a" if n else "grad_x"
    return Rule(
        rf"{partial(symbol + '_{i}')} = \sum_{{j}} W^{{{n + 1}}}_{{ji}} \cdot {partial(f'z^{{{n + 1}}}_{{j}}')}{more}",
        count=spec.layers[n].outputs,
        factors=((f"weight.{n + 1}", "k", "r"), (f"grad_z.{n + 1}", "k", "c")),
        plus=tuple((f"flow.{number}", "r", "c") for number in joined),
        details=tuple(flow(number) for number in joined),
        sentence="Every weight that leaves this unit carries its share of the loss back, and the skip all of its own."
        if joined
        else "",
        numpy=f"{name} = grad_z_next @ weight_next" + " + grad_a_behind_skip" * len(joined) if joined else "",
    )


def flow(number: int) -> Detail:
    """∂L/∂a of a layer with dropout or a skip, 0 where a is pinned."""
    cell: Ref = (f"grad_a.{number}", "r", "c")
    return Detail(
        partial(f"a^{{{number}}}"),
        r"\text{ref0}",
        (cell,),
        value=(f"flow.{number}", "r", "c"),
        sources=(cell,),
        pin=(f"a.{number}", "r", "c"),
    )


def grad_h(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂h, before dropout."""
    rate = spec.layers[n - 1].dropout
    formula = _through_mask(GRAD_A, rate)
    own = formula.latex({GRAD_A: partial(f"a^{{{n}}}_{{j}}")})
    return Rule(
        rf"{partial(f'h^{{{n}}}_{{j}}')} = {own}, \quad p = {tex(rate)}",
        count=1,
        factors=((f"flow.{n}", "r", "c"), (f"mask.{n}", "r", "c")),
        divisor=_kept_share(n, rate),
        details=(flow(n),),
        numpy=f"grad_h = {formula.numpy({_P: number_code(rate)})}",
    )


def through_activation(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """The gradient of the input of φ: ∂L/∂z, or ∂L/∂n after a norm."""
    phi, outputs = spec.activations[n - 1].in_mode(shape.training), spec.layers[n - 1].outputs
    parts = layer_tensors(spec.layers[n - 1], shape.training)
    phi_input, phi_output = parts.activation_input, "h" if parts.dropout else "a"
    grad_input, slope = partial(f"{phi_input}^{{{n}}}_{{j}}"), phi.derivative.latex(_letters(parts))
    grad_output = partial(f"{phi_output}^{{{n}}}_{{{'j' if phi.elementwise else 'k'}}}")
    numpy = _code(phi.gradient, GRAD_Z, "numpy", parts)
    if phi.elementwise:
        return Rule(
            rf"{grad_input} = {grad_output} \cdot \varphi'({phi_input}), \quad \varphi'({phi_input}) = {slope}",
            count=1,
            factors=((f"grad_{phi_output}.{n}", "r", "c"), (f"slope.{n}", "r", "c")),
            details=(_slope(n, phi, parts),),
            numpy=numpy,
        )
    derivative = rf"\frac{{\partial {parts.activation_output}_{{k}}}}{{\partial {phi_input}_{{j}}}}"
    return Rule(
        rf"{grad_input} = \sum_{{k}} {grad_output} \cdot {derivative}, \quad {derivative} = {slope}",
        count=outputs,
        factors=((f"grad_{phi_output}.{n}", "k", "c"), (f"jacobian.{n}", "rk", "c")),
        details=(_derivative(n, phi, outputs, parts),),
        sentence=f"Every output of a {phi.label} depends on this {phi_input}, so every output sends its share back.",
        numpy=numpy,
    )


def _slope(n: int, phi: Activation, parts: LayerTensors) -> Detail:
    """φ' of one cell; the input of φ is the first reference, also where the formula has a alone."""
    places: dict[Symbol, Ref] = {
        Z: (f"{parts.activation_input}.{n}", "r", "c"),
        A: (f"{parts.activation_output}.{n}", "r", "c"),
    }
    places |= _slope_places(n, phi)
    used = [symbol for symbol in places if symbol == Z or symbol in phi.derivative.in_order()]
    texts, refs = placeholders(used), tuple(places[symbol] for symbol in used)
    symbol, template = rf"\varphi'({texts[Z]})", phi.derivative.latex(texts)
    return Detail(symbol, template, refs, value=(f"slope.{n}", "r", "c"), sources=refs, pin=(f"a.{n}", "r", "c"))


def _derivative(n: int, phi: Activation, outputs: int, parts: LayerTensors) -> Detail:
    """∂a_k/∂z_j of one sample for every k, with the units j and k as numbers from 1."""
    # the other unit may be pinned: its own a is then not the one on screen
    places: dict[Symbol, Ref] = {
        A_K: (f"unpinned.{n}", "k", "c"),
        A_J: (f"unpinned.{n}", "r", "c"),
        J: (f"unit.{n}", "r", 0),
        K: (f"unit.{n}", "k", 0),
    }
    used = [symbol for symbol in places if symbol in (J, K) or symbol in phi.derivative.in_order()]
    texts, refs = placeholders(used), tuple(places[symbol] for symbol in used)
    symbol = rf"\frac{{\partial {parts.activation_output}_{texts[K]}}}{{\partial {parts.activation_input}_{texts[J]}}}"
    template = phi.derivative.latex(texts)
    sources = ((f"{parts.activation_output}.{n}", "k", "c"), (f"{parts.activation_output}.{n}", "r", "c"))
    pin = (f"a.{n}", "k", "c")
    return Detail(symbol, template, refs, (f"jacobian.{n}", "rk", "c"), sources, pin, outputs)


def grad_weight(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂W, added up over the samples."""
    block, symbol = read_by(n - 1)
    samples = r"\sum_{n} " if shape.samples > 1 else ""
    return Rule(
        rf"{partial(f'W^{{{n}}}_{{ji}}')} = {samples}{partial(f'z^{{{n}}}_{{j}}')} \cdot {symbol}_{{i}}",
        count=shape.samples,
        factors=((f"grad_z.{n}", "r", "k"), (block, "c", "k")),
        sentence=_part_of_use(spec, n, "weight"),
    )


def grad_bias(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂b, added up over the samples."""
    samples = r"\sum_{n} " if shape.samples > 1 else ""
    return Rule(
        rf"{partial(f'b^{{{n}}}_{{j}}')} = {samples}{partial(f'z^{{{n}}}_{{j}}')}",
        count=shape.samples,
        factors=((f"grad_z.{n}", "r", "k"),),
        sentence=_part_of_use(spec, n, "bias"),
    )


def _part_of_use(spec: NetworkSpec, n: int, tensor: str) -> str:
    """What is said of a gradient whose numbers are used elsewhere too; empty where they are not."""
    layer = spec.layers[n - 1]
    others = [f"layer {use.layer + 1}" for use in spec.weight_uses(n - 1) if use.layer != n - 1]
    if tensor == "weight" and others:
        where = f"W is used in {' and '.join(others)} too"
    elif tensor == "bias" and layer.one_bias:
        where = "all units have one bias"
    elif (
        spec.sharing is not None
        and spec.ties
        and any(
            place[0] == n - 1 and (len(place) == 3) == (tensor == "weight") for group in spec.ties for place in group
        )
    ):
        where = "some numbers here are used in several places"
    else:
        return ""
    return f"The part of this use: as if every place had a number of its own. But {where}, and the update adds them up."


def grad_alpha(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂α of an activation that learns its slope, added up over the samples, and over the units that share it."""
    parts = layer_tensors(spec.layers[n - 1], shape.training)
    phi_input = parts.activation_input
    shared, given = spec.activations[n - 1].alpha == "layer", "h" if parts.dropout else "a"
    units = spec.layers[n - 1].outputs if shared else 1
    row, column = ("k/N", "k%N") if shared else ("r", "k")
    read, below = (f"{phi_input}.{n}", row, column), (f"below.{n}", row, column)
    sums = r"\sum_{j} " * (units > 1) + r"\sum_{n} " * (shape.samples > 1)
    alpha, minimum = rf"\alpha^{{{n}}}" + "_{j}" * (not shared), rf"\min(0, {phi_input}^{{{n}}}_{{j}})"
    return Rule(
        rf"{partial(alpha)} = {sums}{partial(f'{given}^{{{n}}}_{{j}}')} \cdot {minimum}",
        count=shape.samples * units,
        factors=((f"grad_{given}.{n}", row, column), below),
        details=(
            Detail(
                rf"\min(0, {phi_input})",
                r"\min(0, \text{ref0})",
                (read,),
                value=below,
                sources=(read,),
                pin=(f"a.{n}", row, column),
                count=shape.samples * units,
            ),
        ),
        sentence="All units of the layer share this α, so what each of them says of it is added up." * (units > 1),
        numpy=f"grad_alpha = (grad_{given} * np.minimum({phi_input}, 0)).sum({'' if shared else 'axis=0'})",
    )
